"""Two sources of one report: short ids numbered on, copies joined, addresses kept, fields chosen."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from issues.actions.log_sheet.sheet import open_sheet
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import Actor, Snapshot, Source, Statement
from issues.queries.old_addresses import keyed
from issues.queries.search.addresses import found_at
from issues.queries.upkeep.merge_plan import plan_merge
from issues.tests.actions.upkeep.merging import double_of, everything, into, no_breach_anywhere
from issues.tests.acts import add, correct, remove
from issues.tests.factories import make_snapshot, make_source, make_statement
from issues.tests.universe import Universe

Two = tuple[Source, Source]


@pytest.fixture
def two(universe: Universe) -> Two:
    with recording(by=universe.coder, reason="x"):
        keeper = make_source(key="one", url="https://one.example/a", title="One", author="")
        other = make_source(key="other", url="https://other.example/b", title="Other", author="Doe")
    return keeper, other


def say(universe: Universe, source: Source, *refs: str, **fields: Any) -> list[Statement]:
    with recording(by=universe.coder, reason="x"):
        return [make_statement(source=source, ref=ref, **fields) for ref in refs]


def refs_of(source: Source) -> list[str]:
    return sorted(Statement.objects.filter(source=source).values_list("ref", flat=True))


def undone(universe: Universe, before: Any) -> bool:
    undo(ChangeSet.objects.first(), by=universe.coder, reason="They are two.")
    return bool(everything() == before)


def test_short_ids_that_are_taken_are_numbered_on(universe: Universe, two: Two) -> None:
    keeper, other = two
    say(universe, keeper, "1", "s1", "opening")
    first, second, _, named = say(universe, other, "1", "s1", "s2", "opening")
    before = everything()

    plan = plan_merge(keeper, [other])
    assert plan.refs == {first.pk: "2", second.pk: "s3", named.pk: "opening-2"}
    assert not plan.clashes
    kept = into(universe, keeper, other)

    assert refs_of(kept) == ["1", "2", "opening", "opening-2", "s1", "s2", "s3"]
    assert Statement.objects.get(pk=second.pk).ref == "s3"
    assert keyed(Statement, second.pk) == second.pk
    assert no_breach_anywhere()
    assert undone(universe, before)


def test_what_was_stated_anew_leads_to_itself_though_numbered_on(universe: Universe, two: Two) -> None:
    keeper, other = two
    say(universe, keeper, "s1")
    (gone,) = say(universe, other, "s1")
    remove(gone, by=universe.coder, reason="Again, whole.")
    (anew,) = say(universe, other, "s1")
    into(universe, keeper, other)
    assert keyed(Statement, gone.pk) == anew.pk


def test_copies_at_one_address_that_say_the_same_are_one(universe: Universe, two: Two) -> None:
    keeper, other = two
    with recording(by=universe.coder, reason="x"):
        mine = make_snapshot(source=keeper, url="https://archive.example/1")
        theirs = make_snapshot(source=other, url="https://archive.example/1")
    (read,) = say(universe, other, "s1", snapshot=theirs)
    keeper.refresh_from_db(), other.refresh_from_db()
    before = everything()

    kept = into(universe, keeper, other)

    assert list(kept.snapshots.all()) == [mine]
    assert Statement.objects.get(pk=read.pk).snapshot == mine
    assert no_breach_anywhere()
    assert undone(universe, before)


def test_copies_at_one_address_that_differ_are_chosen(universe: Universe, two: Two) -> None:
    keeper, other = two
    with recording(by=universe.coder, reason="x"):
        mine = make_snapshot(source=keeper, url="https://archive.example/1", taken_by="A library")
        theirs = make_snapshot(source=other, url="https://archive.example/1", taken_by="Another")
    (one,), (two_,) = (
        say(universe, keeper, "s1", snapshot=mine),
        say(universe, other, "s1", snapshot=theirs),
    )
    keeper.refresh_from_db(), other.refresh_from_db()
    before = everything()
    (clash,) = plan_merge(keeper, [other]).clashes
    assert clash.may_choose
    with pytest.raises(ValidationError, match="say which stands"):
        into(universe, keeper, other)

    kept = into(universe, keeper, other, stands={clash.key: theirs.pk})

    assert list(kept.snapshots.all()) == [theirs]
    assert set(Statement.objects.filter(pk__in=[one.pk, two_.pk]).values_list("snapshot", flat=True)) == {
        theirs.pk
    }
    assert no_breach_anywhere()
    assert undone(universe, before)


def test_the_keepers_value_stands_unless_another_is_chosen(universe: Universe, two: Two) -> None:
    keeper, other = two
    before = everything()
    offered = {choice.name: choice for choice in plan_merge(keeper, [other]).choices}
    assert {"title", "url", "author"} <= offered.keys()
    assert not {"key", "note", "other_urls", "accessed_on"} & offered.keys()
    assert offered["title"].standing({}) == keeper
    assert offered["author"].standing({}) == other  # The keeper says nothing.

    kept = into(universe, keeper, other, fields={"title": other.pk, "url": other.pk, "author": keeper.pk})

    assert (kept.title, kept.url, kept.author) == ("Other", "https://other.example/b", "")
    assert kept.other_urls == "https://one.example/a"
    assert f"Also recorded as “{keeper}”." in kept.note
    assert Source.history.filter(id=keeper.pk, title="One").exists()
    assert undone(universe, before)


def test_a_day_is_chosen_with_its_precision(universe: Universe, two: Two) -> None:
    keeper, other = two
    correct(keeper, {"published_on": date(2031, 5, 2)}, by=universe.coder, reason="x")
    said = {"published_on": date(2031, 5, 1), "published_on_precision": "month"}
    correct(other, said, by=universe.coder, reason="x")
    keeper.refresh_from_db(), other.refresh_from_db()
    kept = into(universe, keeper, other, fields={"published_on": other.pk})
    assert (str(kept.published_on), kept.published_on_precision) == ("2031-05-01", "month")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"key": 1}, "“key”: the records do not differ"),
        ({"note": 1}, "“note”: the records do not differ"),
        ({"language": 1}, "“language”: the records do not differ"),
        ({"no such": 1}, "“no such”: the records do not differ"),
        ({"title": 0}, "Title: choose the value of one of these records"),
    ],
)
def test_a_field_that_is_not_offered_is_refused(
    universe: Universe, two: Two, fields: dict[str, int], told: str
) -> None:
    before = everything()
    with pytest.raises(ValidationError, match=told):
        into(universe, *two, fields=fields)
    assert everything() == before


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [
        (date(2031, 5, 2), date(2031, 5, 1), date(2031, 5, 1)),
        (date(2031, 5, 1), date(2031, 5, 2), date(2031, 5, 1)),
        (None, date(2031, 5, 2), date(2031, 5, 2)),
        (None, None, None),
    ],
)
def test_the_day_on_which_it_was_first_read_is_kept(
    universe: Universe, two: Two, mine: date | None, theirs: date | None, kept: date | None
) -> None:
    for source, day in zip(two, (mine, theirs), strict=True):
        correct(source, {"accessed_on": day}, by=universe.coder, reason="x")
        source.refresh_from_db()
    assert into(universe, *two).accessed_on == kept


def test_the_address_that_goes_is_found_and_not_added_again(universe: Universe, two: Two) -> None:
    keeper, other = two
    correct(other, {"other_urls": "https://third.example/c"}, by=universe.coder, reason="x")
    other.refresh_from_db()
    kept = into(universe, keeper, other)
    assert kept.other_urls.splitlines() == ["https://other.example/b", "https://third.example/c"]
    assert found_at("http://other.example/b/") == found_at("https://third.example/c") == kept
    again = Source(key="new", title="x", publisher="x", kind="news", url="https://other.example/b")
    with pytest.raises(ValidationError, match="is an address of"):
        add(again, by=universe.coder, reason="x")


def test_archived_copies_of_both_are_kept(universe: Universe, two: Two) -> None:
    keeper, other = two
    for source, address in zip(two, ("https://archive.example/1", "https://archive.example/2"), strict=True):
        correct(source, {"archive_url": address}, by=universe.coder, reason="x")
        source.refresh_from_db()
    before = everything()
    kept = into(universe, keeper, other, fields={"archive_url": other.pk})
    kept.refresh_from_db()
    assert kept.archive_url == "https://archive.example/2"
    assert set(kept.snapshots.values_list("url", flat=True)) == {
        "https://archive.example/1",
        "https://archive.example/2",
    }
    assert undone(universe, before)


def test_of_sources_with_snapshots_the_newest_copy_is_shown_and_none_is_lost(
    universe: Universe, two: Two
) -> None:
    keeper, other = two
    with recording(by=universe.coder, reason="x"):
        make_snapshot(source=keeper, url="https://archive.example/1")
    correct(other, {"archive_url": "https://archive.example/2"}, by=universe.coder, reason="x")
    keeper.refresh_from_db(), other.refresh_from_db()
    assert "archive_url" not in {choice.name for choice in plan_merge(keeper, [other]).choices}
    kept = into(universe, keeper, other)
    assert Snapshot.objects.filter(source=kept).count() == 2
    assert no_breach_anywhere()


def test_a_name_that_is_not_chosen_is_a_spelling_and_no_former_name(universe: Universe) -> None:
    twin = double_of(universe, universe.belmar, name="Upper Belmar", kind=universe.belmar.kind)
    before = everything()
    kept = into(universe, universe.belmar, twin, fields={"name": twin.pk})
    kept = Actor.objects.get(pk=kept.pk)
    assert kept.name == "Upper Belmar"
    assert "Kingdom of Belmar" in kept.aliases.splitlines()
    assert " until " not in kept.aliases
    assert undone(universe, before)


def test_whom_a_sheet_sets_aside_is_merged_like_any_other(universe: Universe) -> None:
    twin = double_of(universe, universe.belmar)
    sheet = open_sheet(summit=universe.spring, by=universe.coder)
    sheet.actors_aside.add(twin)
    into(universe, universe.belmar, twin)
    assert not sheet.actors_aside.exists()


@pytest.mark.parametrize("count", [3, 300])
def test_however_many_statements_there_are_it_takes_as_many_queries(
    universe: Universe, two: Two, count: int
) -> None:
    keeper, other = two
    for source in two:
        say(universe, source, *(f"s{number}" for number in range(1, count + 1)))
    keeper.refresh_from_db(), other.refresh_from_db()
    with CaptureQueriesContext(
        connection,
    ) as planned:
        plan_merge(keeper, [other])
    with CaptureQueriesContext(connection) as merged:
        into(universe, keeper, other)
    assert set(refs_of(keeper)) == {f"s{number}" for number in range(1, 2 * count + 1)}
    assert len(planned) <= 25
    assert len(merged) <= 90
