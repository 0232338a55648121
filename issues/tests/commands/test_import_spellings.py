"""Names that were answered are kept as spellings of their records, where that was said."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.models import Actor, Person
from issues.tests.acts import apart
from issues.tests.importing.planning import broken
from issues.tests.universe import Universe

HEADS = "issue,actor,summit,option,source,speaker\n"
TEXT = f"{HEADS}flow,Kadria,spring,half,record,Frau Sol\nflow,Ardenn,spring,nonsense,record,\n"
NAMES = {"actor": {"Kadria": "cadria", "Ardenn": "arden"}, "speaker": {"Frau Sol": "mira-sol"}}


def run(tmp_path: Path, text: str = TEXT, names: Any = NAMES, table: str = "positions", **how: Any) -> str:
    mapping = {"names": names, "keep_aliases": True}
    (tmp_path / "mapping.json").write_text(json.dumps(mapping))
    (tmp_path / "file.csv").write_text(text)
    out = StringIO()
    with apart():
        call_command(
            "import",
            str(tmp_path / "file.csv"),
            process="lenna",
            mapping=tmp_path / "mapping.json",
            table=table,
            without_refused=True,
            stdout=out,
            stderr=out,
            **how,
        )
    return out.getvalue()


def test_answers_become_spellings_in_the_same_change_set_and_serve_the_next_file(
    universe: Universe, tmp_path: Path
) -> None:
    told = run(tmp_path)

    assert "spelling   “Kadria” of the actor Cadria" in told
    assert "spelling   “Frau Sol” of the person Mira Sol" in told
    assert Actor.objects.get(pk=universe.cadria.pk).aliases == "Kadria"
    assert Person.objects.get(pk=universe.minister.pk).aliases == "Мира Сол\nFrau Sol"
    assert Actor.objects.get(pk=universe.arden.pk).aliases == "", "its row was refused"
    assert broken() == []
    again = run(tmp_path, names={"actor": {"Ardenn": "arden"}}, dry_run=True)
    assert "1 same, 1 refused" in again
    assert "spelling" not in again

    with apart():
        undo(ChangeSet.objects.latest("pk"), by=universe.coder, reason="The wrong file.")
    assert Actor.objects.get(pk=universe.cadria.pk).aliases == ""


def test_answers_are_not_kept_where_that_was_not_said(universe: Universe, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps({"names": NAMES}))
    (tmp_path / "f.csv").write_text(TEXT)

    with apart():
        call_command(
            "import",
            str(tmp_path / "f.csv"),
            process="lenna",
            mapping=tmp_path / "m.json",
            without_refused=True,
            stdout=StringIO(),
        )

    assert Actor.objects.get(pk=universe.cadria.pk).aliases == ""


def test_a_name_that_is_anothers_is_not_kept_and_that_is_said(universe: Universe, tmp_path: Path) -> None:
    text = f"{HEADS}flow,Belmar,spring,half,record,\n"

    told = run(tmp_path, text, {"actor": {"Belmar": "cadria"}})

    assert "“Belmar” is not kept as a spelling of Cadria: it is one of Kingdom of Belmar." in told
    assert Actor.objects.get(pk=universe.cadria.pk).aliases == ""


def test_a_file_may_bring_nothing_but_spellings(universe: Universe, tmp_path: Path) -> None:
    told = run(tmp_path, "actor\nKadria\n", NAMES, table="actors")

    assert "1 same" in told
    assert told.endswith("Done, as one change set.\n")
    assert Actor.objects.get(pk=universe.cadria.pk).aliases == "Kadria"
