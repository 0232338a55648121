"""``manage.py import``: the plan is printed, then carried out; everything that is wrong is told at once."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.history import ChangeSet
from issues.models import Position
from issues.tests.acts import apart
from issues.tests.factories import make_user
from issues.tests.importing.workbooks import workbook
from issues.tests.universe import Universe

HEADS = "issue,actor,summit,option,quote,source"
GOOD = f"{HEADS}\nflow,Arden,spring,half,So.,record\nflow,Cadria,spring,most,So.,record\n"
MIXED = f'{HEADS}\nflow,Arden,spring,half,"=So, yes.",record\nflaw,Cadria,spring,most,-No,record\n'


def run(path: Path, *options: str, **how: Any) -> str:
    out = StringIO()
    with apart():
        call_command("import", str(path), "--process", "lenna", *options, stdout=out, stderr=out, **how)
    return out.getvalue()


def written(tmp_path: Path, content: str | bytes, name: str = "positions.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_plan_is_printed_row_by_row_and_carried_out_as_one_change_set(
    universe: Universe, tmp_path: Path
) -> None:
    told = run(written(tmp_path, GOOD), "--reason", "The spring round.")

    assert "new        row 2: Arden on flow at spring: half; 1 new statement" in told
    assert "moved      row 3: Cadria on flow at spring: most; 1 new statement" in told
    assert "1 new, 1 moved, 0 corrected, 0 same, 0 refused" in told
    made = ChangeSet.objects.latest("pk")
    assert (made.kind, made.reason, made.who, made.imported.file_name) == (
        "import",
        "The spring round.",
        "A command",
        "positions.csv",
    )


def test_a_dry_run_changes_nothing(universe: Universe, tmp_path: Path) -> None:
    before = Position.objects.count(), ChangeSet.objects.count()

    told = run(written(tmp_path, GOOD), "--dry-run")

    assert told.endswith("Nothing was changed: this was a dry run.\n")
    assert (Position.objects.count(), ChangeSet.objects.count()) == before


def test_the_same_file_twice_changes_nothing(universe: Universe, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    run(path)
    before = ChangeSet.objects.count()

    told = run(path)

    assert "0 new, 0 moved, 0 corrected, 2 same, 0 refused" in told
    assert told.endswith("Nothing was changed: all of this is on record.\n")
    assert ChangeSet.objects.count() == before


def test_a_changed_cell_is_told_as_a_correction(universe: Universe, tmp_path: Path) -> None:
    run(written(tmp_path, GOOD))

    told = run(written(tmp_path, GOOD.replace("half,So.", "all,So indeed.")))

    assert "corrected  row 2: Arden on flow at spring: option: half → all; quote: So. → So indeed.\n" in told


def test_a_refused_row_holds_all_back_and_is_written_to_a_file_that_can_be_read_again(
    universe: Universe, tmp_path: Path
) -> None:
    path, refused = written(tmp_path, MIXED), tmp_path / "refused.csv"
    before = Position.objects.count()

    with pytest.raises(CommandError, match=r"Nothing was changed. Some rows are refused"):
        run(path, "--refused", str(refused))

    assert Position.objects.count() == before
    lines = refused.read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        f"{HEADS},refused because",
        "flaw,Cadria,spring,most,-No,record,issue “flaw” is no issue that is known here: "
        "did you mean Summer flow (flow)?",
    ]
    mended = written(tmp_path, refused.read_text(encoding="utf-8").replace("flaw,", "flow,"), "mended.csv")
    run(mended)
    stored = Position.objects.get(actor=universe.cadria, issue=universe.flow, summit=universe.spring)
    assert stored.evidence.get().statement.quote == "-No"


def test_the_others_are_brought_in_without_the_refused_where_that_is_asked_for(
    universe: Universe, tmp_path: Path
) -> None:
    told = run(written(tmp_path, MIXED), "--without-refused")

    assert "refused    row 3: Cadria on flaw at spring: issue “flaw” is no issue" in told
    assert Position.objects.filter(summit=universe.spring).count() == 1


def test_a_mapping_is_proposed_changed_and_given_again(universe: Universe, tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Summer flow,Data sharing\nArden,1,NA\nBelmar,7,4\n")
    mapping = tmp_path / "mapping.json"
    with pytest.raises(CommandError, match="Nothing says the summit"):
        run(path, "--propose", str(mapping))
    proposed = json.loads(mapping.read_text())
    assert proposed["across"] == "issue"

    proposed |= {
        "columns": {"actor": "Who"},
        "constants": {"summit": "spring"},
        "scales": {"*": [1, 7]},
        "values": {"*": {"NA": "silent"}},
        "inferred": "Scores of experts.",
    }
    mapping.write_text(json.dumps(proposed))
    run(path, "--mapping", str(mapping))

    found = Position.objects.filter(summit=universe.spring).order_by("actor__slug", "issue__slug")
    assert [(one.actor.slug, one.issue.slug, one.state, one.placement, one.basis) for one in found] == [
        ("arden", "data", "silent", None, "stated"),
        ("arden", "flow", "stated", 0.0, "inferred"),
        ("belmar", "data", "stated", 50.0, "inferred"),
        ("belmar", "flow", "stated", 100.0, "inferred"),
    ]


def test_a_workbook_is_read_as_well(universe: Universe, tmp_path: Path) -> None:
    rows = [["Positions, spring"], [], HEADS.split(","), ["flow", "Arden", "spring", 48.5, "So.", "record"]]

    run(written(tmp_path, workbook(*rows), "positions.xlsx"))

    assert Position.objects.get(summit=universe.spring).placement == 48.5


def test_it_is_done_in_the_name_of_an_account_that_may(universe: Universe, tmp_path: Path) -> None:
    make_user(username="idle")
    make_user(username="chief", is_superuser=True)
    path = written(tmp_path, GOOD)

    for name in ("nobody", "idle"):
        with pytest.raises(CommandError, match=f"There is no account “{name}” that may record"):
            run(path, "--by", name)
    run(path, "--by", "chief")

    assert ChangeSet.objects.latest("pk").who == "chief"


@pytest.mark.parametrize(
    ("content", "mapping", "message"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, None, "old Excel file"),
        ("a,b\n1,2\n", None, "Nothing says the issue"),
        (GOOD, "{", "This is no JSON"),
        (GOOD, '{"colums": {}}', "colums: there is no such part"),
        (GOOD, '{"columns": {"issue": "Topic"}}', "There is no column “Topic” in this table"),
        (GOOD, b"\xff\xff", "is no text in UTF-8"),
        ("", None, "There is nothing in this file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    universe: Universe, tmp_path: Path, content: str | bytes, mapping: str | bytes | None, message: str
) -> None:
    path = written(tmp_path, content)
    options = [] if mapping is None else ["--mapping", str(written(tmp_path, mapping, "mapping.json"))]

    with pytest.raises(CommandError, match=message):
        run(path, *options)


def test_a_file_that_is_not_there_and_a_process_that_is_not_are_named(
    universe: Universe, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"nowhere.csv cannot be read: No such file"):
        run(tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="There is no process “other”"):
        call_command("import", str(written(tmp_path, GOOD)), "--process", "other")
    with pytest.raises(CommandError, match="Say into which process it goes: --process"):
        call_command("import", str(written(tmp_path, GOOD)))
    with pytest.raises(CommandError, match=r"nowhere.zip cannot be read: No such file"):
        call_command("import", str(tmp_path / "nowhere.zip"))


def test_a_huge_file_is_refused_without_being_read(universe: Universe, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as opened:
        opened.truncate(2**30)

    with pytest.raises(CommandError, match="The file has 1,024 MB; at most 50 can be read"):
        run(path)


class Terminal(StringIO):
    """What a person sits before."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_it_is_and_a_file_is_not(universe: Universe, tmp_path: Path) -> None:
    path, terminal, file = written(tmp_path, GOOD), Terminal(), StringIO()
    with apart():
        call_command("import", str(path), "--process", "lenna", "--dry-run", stdout=StringIO(), stderr=file)
        call_command("import", str(path), "--process", "lenna", stdout=StringIO(), stderr=terminal)

    assert file.getvalue() == ""
    told = terminal.getvalue()
    places = [told.find(what) for what in ("Reading …", "Checking 2 rows …", "Storing 2, all or none …")]
    assert places == sorted(places)
    assert -1 not in places
