"""The index finds what the words of a record say, whatever writes them, on either database alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.domain.searching import key_of, needle, words_of
from issues.history import Way, bring_many, change_many, recording, remove_many
from issues.models import Person, Place, Process, SearchEntry, Signatory, Source, Statement
from issues.models.search_entry import entry_key
from issues.queries.search.entries import SEARCHED, differing
from issues.queries.search.find import search
from issues.queries.search.index import Among, among_rows, keys_having
from issues.queries.search.names import ranked, said_by
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_person,
    make_position,
    make_signatory,
    make_source,
    make_statement,
)
from issues.tests.past import past
from issues.tests.universe import Universe

LETTERS = st.sampled_from("abcAéß ․.,-'ԵերაბგУуسلاም中国🕊\u200c\u0301\u200f")
TEXTS = st.text(LETTERS, max_size=12)


def everywhere() -> list[tuple[type[Any], list[int]]]:
    return [(kind, found) for kind in SEARCHED if (found := [*differing(kind)])]


def recorded() -> Any:
    return recording(by=None, reason="x", kind=Way.COMMAND)


@pytest.fixture(autouse=True)
def in_step(universe: Universe) -> Iterator[None]:
    """Whatever a test writes, the index is in step with it afterwards."""
    assert everywhere() == []
    yield
    assert everywhere() == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=6), TEXTS)
def test_it_finds_what_plain_python_finds(universe: Universe, texts: list[str], typed: str) -> None:
    words = words_of(typed)
    keys = {entry_key(2, 10_000 + n): key_of([], [text]) for n, text in enumerate(texts)}
    SearchEntry.objects.filter(pk__gte=entry_key(2, 10_000), pk__lt=entry_key(3, 0)).delete()
    SearchEntry.objects.bulk_create(SearchEntry(pk=pk, key=key) for pk, key in keys.items())
    anyone = Among(Person, ("%s = %s", [1, 1]))
    try:
        found = keys_having(said_by(words, ()), anyone, 1_000) if words else []
        meant = [
            pk - entry_key(2, 0)
            for pk, key in sorted(keys.items(), reverse=True)
            if words and all(needle(word) in key for word in words)
        ]
        assert [pk for pk, _ in found if pk >= 10_000] == meant
    finally:
        SearchEntry.objects.filter(pk__gte=entry_key(2, 10_000), pk__lt=entry_key(3, 0)).delete()


def hits(typed: str, kind: str) -> list[str]:
    groups = {group.kind.slug: group.hits for group in search(Process.objects.all(), typed).groups}
    return ["".join(piece.text for piece in hit.name) for hit in groups.get(kind, [])]


def test_every_door_of_the_record_keeps_it(universe: Universe) -> None:
    with recorded():
        one, two, three = (Place.objects.create(name=f"Newdoor {number}") for number in "123")
        Place.objects.bulk_create([Place(name="Newdoor many")])
    with recorded():
        one.name = "Olddoor 1"
        one.save()
        change_many(Place, {two.pk: {"name": "Olddoor 2"}}, {two.pk: two.version})
        three.delete()
    assert everywhere() == []
    with recorded():
        remove_many(Place, [two.pk])
    with recorded() as opened:
        try:
            with opened.attempt():
                Place.objects.create(name="Neverdoor")
                raise KeyError
        except KeyError:
            pass
    keys = SearchEntry.objects.filter(key__contains="door").values_list("key", flat=True)
    assert sorted(key.split("\n")[1].strip() for key in keys) == ["newdoor many", "olddoor 1"]


def test_what_comes_with_its_history_is_found(universe: Universe) -> None:
    with recorded():
        bring_many(Place, [Place(pk=900, name="Farplace")], [])
    assert SearchEntry.objects.filter(pk=entry_key(3, 900), key__contains="farplace").exists()


def test_very_many_records_are_read_some_thousand_at_once(universe: Universe) -> None:
    with recorded():
        source = make_source()
        Statement.objects.bulk_create(
            Statement(source=source, ref=f"m{number}", quote=f"Manifold {number}") for number in range(600)
        )
    with CaptureQueriesContext(connection) as captured, recorded():
        Statement.objects.bulk_create(
            Statement(source=source, ref=f"n{number}", quote=f"Manifold {number}") for number in range(600)
        )
    asked = [one["sql"] for one in captured if "searchentry" in one["sql"]]
    assert len(asked) == 1
    assert SearchEntry.objects.filter(key__contains="manifold").count() == 1200


def test_a_record_costs_one_statement_more_and_none_where_it_says_the_same(universe: Universe) -> None:
    with CaptureQueriesContext(connection) as captured, recorded():
        statement = make_statement(quote="Once.", source=universe.sources["gazette"])
        make_evidence(position=universe.at("arden", "flow", "ford"), statement=statement)
    assert len([one for one in captured if "searchentry" in one["sql"]]) == 1
    with CaptureQueriesContext(connection) as captured, recorded():
        evidence = statement.evidence.get()
        evidence.stance = "disputes"
        evidence.save()
    assert [one for one in captured if "searchentry" in one["sql"]] == []


def test_what_is_typed_on_a_sheet_costs_nothing(universe: Universe) -> None:
    sheet = open_sheet(summit=universe.spring, by=universe.coder)
    with CaptureQueriesContext(connection) as captured:
        save_cell(
            sheet=sheet,
            actor=universe.arden,
            issue=universe.flow,
            typed="a",
            version=0,
            by=universe.coder,
        )
    assert len(captured) > 1
    assert [one for one in captured if "searchentry" in one["sql"]] == []


def test_every_statement_of_a_person_is_found_by_every_name(universe: Universe) -> None:
    with recorded():
        envoy = make_person(name="Iva Tarr", aliases="Ива Тарр\nIva Old until 2020")
        for number in range(12):
            make_statement(quote=f"Words {number}.", speaker=envoy, occasion=universe.weir)
        make_statement(quote="Reported.", reported_by_person=envoy, occasion=universe.weir)
    for typed in ("Iva Tarr", "тарр", "ИВА", "iva old"):
        (group,) = [
            one for one in search(Process.objects.all(), typed).groups if one.kind.slug == "statements"
        ]
        assert group.number == 13, typed
    assert hits("tarr reported", "statements") == ["Reported."]
    with recorded():
        envoy.name = "Iva Newname"
        envoy.aliases = ""
        envoy.save()
    assert hits("тарр", "statements") == []
    assert len(hits("newname", "statements")) == 8


def test_who_signs_is_found_and_who_no_longer_does_is_not(universe: Universe) -> None:
    with recorded():
        statement = make_statement(quote="Jointly.", occasion=universe.weir)
        make_signatory(statement=statement, actor=universe.arden)
    assert "Jointly." in hits("arden jointly", "statements")
    with recorded():
        Signatory.objects.get(statement=statement).delete()
    assert hits("arden jointly", "statements") == []


def test_a_name_comes_before_its_beginning_before_words_before_the_rest(universe: Universe) -> None:
    with recorded():
        names = ["Longriver", "Old River", "River Lenna", "River", "Delta"]
        sources = {name: make_source(title=name, publisher="x") for name in names}
        said = Source.objects.get(pk=sources["Delta"].pk)
        said.publisher = "The River"
        said.save()
    found = ranked(["river"], said_by(["river"], ()), among_rows(Source.objects.filter(title__in=names)))
    assert [Source.objects.get(pk=pk).title for pk in found] == [
        "River",
        "River Lenna",
        "Old River",
        "Longriver",
        "Delta",
    ]


def test_the_whole_name_is_first_where_there_are_more_than_are_put_in_order(
    universe: Universe, monkeypatch: Any
) -> None:
    monkeypatch.setattr("issues.queries.search.names.MOST_RANKED", 5)
    with recorded():
        first = make_source(title="Needle")
        for number in range(9):
            make_source(title=f"The needle {number}")
    found = ranked(["needle"], said_by(["needle"], ()), among_rows(Source.objects.all()))
    assert found[0] == first.pk
    assert len(found) == 6


def test_days_narrow_it(universe: Universe) -> None:
    every = search(Process.objects.all(), "meeting")
    day = universe.weir.starts_on
    some = search(Process.objects.all(), "meeting", days=(day, day))
    assert {group.kind.slug for group in some.groups} <= {group.kind.slug for group in every.groups}
    assert [hit.address for group in some.groups for hit in group.hits] == ["/lenna/summits/weir/"]


def test_hidden_names_take_no_place_among_those_that_are_compared(
    universe: Universe, monkeypatch: Any
) -> None:
    monkeypatch.setattr("issues.queries.search.names.MOST_COMPARED", 1)
    with recorded():
        make_person(name="Belmer", slug="later")  # belongs nowhere
    assert "Belmar" in search(Process.objects.all(), "Bellmar").near


def test_rebuilding_writes_what_is_missing_and_forgets_what_is_gone(universe: Universe, capsys: Any) -> None:
    before = dict(SearchEntry.objects.values_list("pk", "key"))
    assert before
    SearchEntry.objects.filter(pk__in=[*before][::2]).delete()
    SearchEntry.objects.filter(pk=[*before][1]).update(key="wrong")
    SearchEntry.objects.create(pk=entry_key(8, 999_999), key="nothing")
    with pytest.raises(CommandError, match="breaches"):
        call_command("check_data")
    assert "run rebuild_search" in capsys.readouterr().out
    call_command("rebuild_search")
    assert dict(SearchEntry.objects.values_list("pk", "key")) == before
    with CaptureQueriesContext(connection) as captured:
        assert everywhere() == []
    assert len(captured) == 5 * len(SEARCHED) + 1


def test_an_edit_past_the_record_is_noticed(universe: Universe) -> None:
    past(Person.objects.filter(slug=universe.minister.slug)).update(name="Somebody Else")
    assert everywhere() == [(Person, [universe.minister.pk])]
    call_command("rebuild_search")


def test_an_ordinary_search_costs_as_many_queries_whatever_there_is(universe: Universe) -> None:
    def cost(typed: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            search(Process.objects.all(), typed)
        return len(captured)

    cost("nothing")
    assert cost("nothing") <= cost("nowhere at all") <= 16
    with recorded():
        for _ in range(20):
            issue = make_issue(process=universe.process, name="Zebra")
            make_position(issue=issue, summit=universe.weir, actor=universe.arden, summary="Zebra.")
    few = cost("zebra")
    with recorded():
        for _ in range(20):
            make_issue(process=universe.process, name="Zebra")
    assert cost("zebra") == few
