"""Old addresses lead on: of what was renamed or merged, on every page, feed and file, for who may read it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.take_back.undo_change_set import undo
from issues.actions.take_back.undo_edit import undo_edit
from issues.history import ChangeSet
from issues.models import Actor, Issue, Participation
from issues.queries.upkeep.merge_plan import plan_merge
from issues.tests.actions.upkeep.merging import double_of, into
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG, READ
from issues.tests.views.renaming import followed, rename
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.django_db


def rename_everything(universe: Universe) -> dict[str, str]:
    """Another slug for everything that an address names; by the old slug the new one."""
    renamed: list[Any] = [
        universe.process,
        *(universe.arden, universe.cadria, universe.flow, universe.data),
        *(universe.weir, universe.ford, universe.delta, universe.spring, universe.mill),
        *(universe.scenario_set, universe.scenarios["half"]),
    ]
    new = {record.slug: f"{record.slug}-now" for record in renamed}
    for record in renamed:
        rename(universe, record, new[record.slug])
    return new


def test_every_page_and_file_is_found_under_its_old_address_with_its_query(universe: Universe) -> None:
    client = visit_as("superuser")
    asked = {
        **{name: args(universe) for name, args in READ.items()},
        **{name: args(universe) for name, (method, args) in LOG.items() if method == "get"},
    }
    del asked["import-file"], asked["import-plan"], asked["import-refused"]  # there is no import here
    there = {name for name, args in asked.items() if client.get(reverse(name, args=args)).status_code == 200}
    assert asked.keys() - there == {"log-details"}  # there is no cell yet
    new = rename_everything(universe)

    for name, args in asked.items():
        old = reverse(name, args=args)
        now = reverse(name, args=[new.get(arg, arg) for arg in args])
        answer = client.get(f"{old}?a=1&b=%C3%A9")

        assert (answer.status_code, answer["Location"]) == (301, f"{now}?a=1&b=%C3%A9"), name
        assert name not in there or followed(client, old) == now


@pytest.mark.parametrize(
    ("address", "now"),
    [
        ("/lenna/?summit=weir&against=ford", "/lenna/?summit=weir-now&against=ford-now"),
        ("/lenna/issues/flow/?summit=ford", "/lenna/issues/flow-now/?summit=ford-now"),
        ("/lenna/actors/arden/?against=cadria", "/lenna/actors/arden-now/?against=cadria-now"),
        ("/lenna/actors/belmar/?against=arden", "/lenna/actors/belmar/?against=arden-now"),
        ("/lenna/changes/?actor=arden&actor=belmar", "/lenna/changes/?actor=arden-now&actor=belmar"),
        (
            "/lenna/changes/?issue=flow&from_summit=ford",
            "/lenna/changes/?issue=flow-now&from_summit=ford-now",
        ),
        ("/lenna/changes.csv?to_summit=weir", "/lenna/changes.csv?to_summit=weir-now"),
        ("/lenna/changes.atom?actor=arden", "/lenna/changes.atom?actor=arden-now"),
        ("/lenna/data/positions.csv?actor=arden", "/lenna/data/positions.csv?actor=arden-now"),
        ("/lenna/data/matrix.json?summit=weir", "/lenna/data/matrix.json?summit=weir-now"),
        ("/lenna/analysis/?summit=weir", "/lenna/analysis/?summit=weir-now"),
        ("/lenna/issues/flow/forecast/?summit=weir", "/lenna/issues/flow-now/forecast/?summit=weir-now"),
        (
            "/lenna/issues/flow/forecast/?salience-arden=9",
            "/lenna/issues/flow-now/forecast/?salience-arden-now=9",
        ),
        (
            "/lenna/consistency/judge/?from=flow&on=data",
            "/lenna/consistency/judge/?from=flow-now&on=data-now",
        ),
    ],
)
def test_a_filter_by_what_was_renamed_is_the_same_filter(universe: Universe, address: str, now: str) -> None:
    client = visit_as("superuser")
    rename_everything(universe)

    assert followed(client, address) == now.replace("/lenna/", "/lenna-now/")
    if "?" in now and "consistency" not in now:
        # as well where only the filter is old
        only = address.replace("/lenna/", "/lenna-now/").replace("/flow/", "/flow-now/")
        only = only.replace("actors/arden/", "actors/arden-now/")
        if "salience" not in only:
            assert followed(client, only) == now.replace("/lenna/", "/lenna-now/")


def test_a_track_is_found_by_its_old_name(universe: Universe, reader: Client) -> None:
    rename(universe, universe.ford.track, "Basin talks", "name")

    assert followed(reader, "/lenna/changes/?track=River+track") == "/lenna/changes/?track=Basin+talks"


def test_a_slug_that_is_taken_anew_belongs_to_the_new_record(universe: Universe, reader: Client) -> None:
    rename(universe, universe.flow, "summer-flow")
    assert followed(reader, "/lenna/issues/flow/") == "/lenna/issues/summer-flow/"

    other = Issue(process=universe.process, name="Other", slug="flow", question="What?", kind="text")
    add(other, by=universe.coder, reason="New.")
    assert "Other" in reader.get("/lenna/issues/flow/").content.decode()

    rename(universe, other, "other")
    assert followed(reader, "/lenna/issues/flow/") == "/lenna/issues/other/"
    other.refresh_from_db()
    remove(other, by=universe.coder, reason="A mistake.")
    assert followed(reader, "/lenna/issues/flow/") == "/lenna/issues/summer-flow/"


def test_undoing_a_rename_puts_both_addresses_right(universe: Universe, reader: Client) -> None:
    renamed = rename(universe, universe.arden, "upper-arden")
    assert followed(reader, "/lenna/actors/arden/") == "/lenna/actors/upper-arden/"

    undo(renamed, by=universe.coder, reason="It was right.")
    assert reader.get("/lenna/actors/arden/").status_code == 200
    assert followed(reader, "/lenna/actors/upper-arden/") == "/lenna/actors/arden/"

    again = rename(universe, universe.arden, "great-arden")
    row = Actor.history.get(change_set=again)
    undo_edit(row, Actor.objects.get(pk=universe.arden.pk).version, by=universe.coder, reason="No.")
    assert followed(reader, "/lenna/actors/great-arden/") == "/lenna/actors/arden/"


def test_a_merged_actor_is_found_as_its_keeper_on_pages_and_in_filters(
    universe: Universe, reader: Client
) -> None:
    double = double_of(universe, universe.belmar)
    add(
        Participation(process=universe.process, actor=double, role="observer"),
        by=universe.coder,
        reason="Twice.",
    )
    assert reader.get("/lenna/actors/belmar-2/").status_code == 200
    participations = Participation.objects.filter(actor__in=[universe.belmar, double])
    stays = participations.get(actor=universe.belmar)
    into(universe, universe.belmar, double, stands=_stands(universe.belmar, double, stays))
    merged = ChangeSet.objects.order_by("-pk")[0]

    assert followed(reader, "/lenna/actors/belmar-2/?summit=weir") == "/lenna/actors/belmar/?summit=weir"
    assert followed(reader, "/lenna/changes.atom?actor=belmar-2") == "/lenna/changes.atom?actor=belmar"

    universe.belmar.refresh_from_db()
    rename(universe, universe.belmar, "lower-belmar")
    assert followed(reader, "/lenna/actors/belmar-2/") == "/lenna/actors/lower-belmar/"
    undo(ChangeSet.objects.order_by("-pk")[0], by=universe.coder, reason="No.")
    undo(merged, by=universe.coder, reason="They were two.")
    assert reader.get("/lenna/actors/belmar-2/").status_code == 200


def test_a_merge_that_changes_nothing_of_its_keeper_leads_on_too(universe: Universe, reader: Client) -> None:
    universe.belmar.refresh_from_db()
    correct(universe.belmar, {"aliases": "Belmar (again)"}, by=universe.coder, reason="Known.")
    double = double_of(universe, universe.belmar)
    add(
        Participation(process=universe.process, actor=double, role="observer"),
        by=universe.coder,
        reason="Twice.",
    )
    stays = Participation.objects.get(actor=universe.belmar)
    universe.belmar.refresh_from_db()
    into(universe, universe.belmar, double, stands=_stands(universe.belmar, double, stays))

    assert followed(reader, "/lenna/actors/belmar-2/") == "/lenna/actors/belmar/"


def test_a_merged_source_is_found_as_its_keeper(universe: Universe, reader: Client) -> None:
    keeper = universe.sources["record"]
    loser = next(one for key, one in universe.sources.items() if key not in ("record", "digest", "leaflet"))
    into(universe, keeper, loser)

    assert followed(reader, f"/lenna/sources/{loser.pk}/") == f"/lenna/sources/{keeper.pk}/"


def test_what_was_deleted_leads_nowhere(universe: Universe, reader: Client) -> None:
    text = Issue(process=universe.process, name="Brief", slug="brief", question="What?", kind="text")
    add(text, by=universe.coder, reason="New.")
    correct(universe.flow, {"name": "Flow"}, by=universe.coder, reason="Another.")
    undo(ChangeSet.objects.filter(reason="New.").get(), by=universe.coder, reason="A mistake.")

    assert reader.get("/lenna/issues/brief/").status_code == 404


def test_what_is_posted_to_an_old_address_goes_on_whole(universe: Universe) -> None:
    client = visit_as("superuser")
    rename(universe, universe.spring, "spring-meeting")

    answer = client.post("/lenna/summits/spring/log/join/", {"x": "1"})

    assert (answer.status_code, answer["Location"]) == (308, "/lenna/summits/spring-meeting/log/join/")


@pytest.mark.parametrize(
    "address", ["/lenna/issues/" + "x" * 5_000 + "/", "/lenna/changes/?actor=" + "x" * 500]
)
def test_what_never_was_is_refused_as_before(universe: Universe, reader: Client, address: str) -> None:
    assert reader.get(address).status_code in (400, 404)


def _stands(keeper: Actor, double: Actor, stays: Any) -> dict[str, int]:
    plan = plan_merge(keeper, [double])
    return {clash.key: stays.pk for clash in plan.clashes if stays in clash.rows}


def test_a_filter_that_is_wrong_twice_is_refused_and_leads_nowhere(
    universe: Universe, reader: Client
) -> None:
    assert reader.get("/lenna/changes/?issue=moves&issue=moves").status_code == 400
