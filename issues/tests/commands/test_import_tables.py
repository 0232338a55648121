"""``manage.py import --table``: issues, actors, people and summits come in by the same door."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import (
    Actor,
    Participation,
    Place,
    Summit,
)
from issues.tests.acts import apart
from issues.tests.commands.importing_tables import ACTORS, SUMMITS, refused, run
from issues.tests.importing.planning import broken
from issues.tests.universe import Universe
from issues.tests.views.visitors import visit_as


def test_summits_come_in_with_their_day_place_and_host(universe: Universe, tmp_path: Path) -> None:
    assert "say in make that new places are made" in refused(tmp_path, "summits", SUMMITS)[0]

    told = run(tmp_path, "summits", SUMMITS, {"make": {"place": {}}})

    assert "corrected  row 4: Ford meeting: starts on: 2031-03-10 → 2031-03-11" in told
    autumn = Summit.objects.get(slug="autumn-talks")
    assert (str(autumn.starts_on), autumn.starts_on_precision, autumn.status) == (
        "1983-02-01",
        "month",
        "held",
    )
    assert (autumn.place and autumn.place.name, autumn.host) == ("Weirhouse", universe.commission)
    last = Summit.objects.get(slug="last-talks")
    assert (last.status, last.place) == ("planned", Place.objects.get(name="Newtown"))
    new = "new place Newtown; kind: leaders; starts on: 2032; place: Newtown; status: planned"
    assert f"row 3: Last talks: {new}" in told
    assert broken() == []
    assert "0 new, 0 moved, 0 corrected, 3 same" in run(tmp_path, "summits", SUMMITS, {"make": {"place": {}}})


def test_summits_that_cannot_be_taken_are_refused_with_reasons(universe: Universe, tmp_path: Path) -> None:
    text = (
        "summit,kind,date,ends_on,host,status\n"
        "A,,2001,,,\n"
        "B,leaders,,,,\n"
        "C,leaders,2001-05-02,2001-05-01,,\n"
        "D,leaders,2090,,Kadria,held\n"
        "E,leaders,2031-03-10,,,\n"
        "Foord meeting,leaders,2001,,,\n"
        "G,leaders,soon,4/5/2001,,gone\n"
    )

    told = refused(tmp_path, "summits", text)

    assert len(told) == 7
    for place, reason in enumerate(
        (
            "kind is missing",
            "is missing: a new summit needs its day",
            "lies before the first day",
            "is held, but its day is still to come",
            "Ford meeting is on record with this day, place and kind",
            "did you mean Ford meeting (ford)?",
            "is no date",
        )
    ):
        assert reason in told[place], told[place]
    assert "did you mean Cadria" in told[3]


def test_a_table_is_undone_as_one(universe: Universe, tmp_path: Path) -> None:
    run(tmp_path, "actors", ACTORS)

    with apart():
        undo(ChangeSet.objects.latest("pk"), by=universe.coder, reason="The wrong file.")

    assert not Actor.objects.filter(slug="estmark").exists()
    assert Participation.objects.get(actor=universe.arden).role == "party"


def test_nothing_is_stored_where_the_record_changed_or_a_rule_refuses(
    universe: Universe, tmp_path: Path
) -> None:
    with recording(by=universe.coder, reason="Another spelling."):
        universe.arden.aliases = "Ardenia"
        universe.arden.save()

    told = run(tmp_path, "actors", "actor,aliases\nArden,ardenia\n")

    assert "1 same" in told, "a spelling that is known is no change"
    text = "actor,kind\nLower Basin,state\n"
    with pytest.raises(CommandError, match="row 2, Lower Basin: This coalition has members"):
        run(tmp_path, "actors", text)
    assert Actor.objects.get(pk=universe.lower_basin.pk).kind == "coalition"


def test_a_table_that_does_not_fit_is_told(universe: Universe, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing says the actor"):
        run(tmp_path, "actors", "colour\nred\n")
    with pytest.raises(CommandError, match="table: this is a mapping of people, not of actors"):
        run(tmp_path, "actors", "actor\nArden\n", {"table": "people"})
    with pytest.raises(CommandError, match="there is no such field"):
        run(tmp_path, "actors", "a\nb\n", {"table": "actors", "columns": {"summit": "a"}})


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("actors", "actors"),
        ("memberships", "actors"),
        ("offices", "people"),
        ("issues", "issues"),
        ("options", "issues"),
        ("summits", "summits"),
    ],
)
def test_what_leaves_as_a_table_comes_back_as_it_stands(
    universe: Universe, tmp_path: Path, name: str, table: str
) -> None:
    answer: Any = visit_as("researcher").get(f"/lenna/data/{name}.csv")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content

    told = run(tmp_path, table, text.decode("utf-8-sig"), dry_run=True)

    assert "0 new, 0 moved, 0 corrected," in told, told
    assert ", 0 refused" in told, told


def test_the_words_of_pages_are_known(universe: Universe, tmp_path: Path) -> None:
    run(tmp_path, "actors", "actor,kind\nNorn,De facto authority\nSud,International Organization\n")

    assert set(Actor.objects.filter(slug__in=("norn", "sud")).values_list("kind", flat=True)) == {
        "de_facto",
        "international",
    }


def test_a_slug_alone_says_which_record_and_only_a_precision_may_be_corrected(
    universe: Universe, tmp_path: Path
) -> None:
    told = run(tmp_path, "summits", "slug,date,host\nford,2031,Cadria\n", dry_run=True)

    assert "corrected  row 2: ford: starts on: 2031-03-10 → 2031; host: nothing → Cadria" in told
    told = run(
        tmp_path,
        "people",
        "name,post,country,until\nOla,PM,Cadria,present\n",
        {"values": {"until": {"present": "skip"}}},
    )
    assert "new        row 2: Ola: PM\n" in told
    assert "title is missing" not in told
