"""Old addresses tell nothing of other processes, and lead to none of their records."""

from typing import Any

import pytest
from django.test import Client

from issues.models import Actor, Participation, Process, Source, Summit
from issues.tests.actions.upkeep.merging import into
from issues.tests.acts import add, log_position, remove
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.renaming import followed, rename

pytestmark = pytest.mark.django_db


def test_an_old_address_does_not_tell_that_a_private_process_exists(
    universe: Universe, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    rename(universe, universe.process, "lenna-now")
    rename(universe, universe.arden, "upper-arden")
    past(type(universe.process).objects).update(visibility="open")
    stranger = Client()

    for address in ("/lenna/", "/lenna/actors/arden/", "/lenna/changes.atom?actor=arden"):
        old, unknown = stranger.get(address), stranger.get(address.replace("lenna", "other"))
        assert old.status_code == unknown.status_code == 404
        assert old.content.decode().replace("lenna", "other") == unknown.content.decode()

    past(type(universe.process).objects).update(visibility="public")
    assert followed(stranger, "/lenna/actors/arden/") == "/lenna-now/actors/upper-arden/"


def test_an_actor_of_another_process_is_not_told_by_its_old_slug(universe: Universe, reader: Client) -> None:
    other = add(Actor(name="Elsewhere", slug="elsewhere", kind="state"), by=universe.coder, reason="New.")
    process = add(make_unsaved_process(), by=universe.coder, reason="New.")
    add(Participation(process=process, actor=other, role="party"), by=universe.coder, reason="New.")
    rename(universe, other, "secret-name")

    answer = reader.get("/lenna/actors/elsewhere/")

    assert answer.status_code == 404
    assert "secret-name" not in answer.content.decode()


def test_nobody_is_led_to_a_record_of_another_process(universe: Universe, reader: Client) -> None:
    by, position = universe.coder, universe.at("commission", "data", "mill")
    add(make_unsaved_process(), by=by, reason="New.")
    old = position.pk
    remove(position, by=by, reason="Stored anew.")
    new = log_position(
        issue=position.issue,
        actor=position.actor,
        summit=position.summit,
        statements=[universe.statements["arden-1"]],
        summary="Stored anew.",
        by=by,
        reason="Again.",
    )
    source = universe.sources["record"]
    double = Source(
        title="Twin", key="twin", kind=source.kind, publisher=source.publisher, url="https://twin.example/"
    )
    gone = add(double, by=by, reason="Recorded twice.").pk
    into(universe, source, double)

    for kind, was, now in (("positions", old, new.pk), ("sources", gone, source.pk)):
        assert followed(reader, f"/lenna/{kind}/{was}/") == f"/lenna/{kind}/{now}/"
        assert reader.get(f"/another/{kind}/{was}/").status_code == 404


def test_a_summit_of_the_same_slug_in_another_process_is_another(universe: Universe, reader: Client) -> None:
    process = add(make_unsaved_process(), by=universe.coder, reason="New.")
    first = Summit(process=process, name="Weir", slug="weir-old", starts_on=universe.weir.starts_on)
    add(first, by=universe.coder, reason="New.")
    rename(universe, first, "else")

    assert reader.get("/lenna/summits/weir-old/").status_code == 404


def make_unsaved_process() -> Process:
    return Process(name="Another", slug="another")
