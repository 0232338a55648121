"""Whoever has an answer already is told that nothing has changed, and never where something has."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from issues.actions.scenarios.assess import assess
from issues.history import WHOLE, ChangeSet, Revision
from issues.models import Actor, Event, Position, Process, Statement
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.api.reading import OF_LENNA, TELLING
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User

ASKED = (
    *TELLING,
    f"{OF_LENNA}positions.csv?limit=3",
    f"{OF_LENNA}positions/?actor=arden",
    f"{OF_LENNA}standing/?summit=weir",
)


def again(client: Client, address: str, sign: str) -> Any:
    return client.get(address, headers={"If-None-Match": sign})


@pytest.mark.parametrize("address", ASKED)
def test_what_has_not_changed_is_not_sent_again(universe: Universe, reader: Client, address: str) -> None:
    first = reader.get(address)
    same = again(reader, address, first["ETag"])

    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == first["ETag"] == reader.head(address)["ETag"]
    assert first["ETag"].startswith('"')
    assert again(reader, address, f'"other", W/{first["ETag"]}').status_code == 304
    assert again(reader, address, '"other"').status_code == 200
    assert "no-cache" in first["Cache-Control"]
    assert {"Accept", "Authorization", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}


def test_each_form_state_and_reader_has_signs_of_its_own(
    universe: Universe, reader: Client, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    signs = [
        *(reader.get(address)["ETag"] for address in ASKED),
        reader.get(f"{OF_LENNA}positions/", headers={"Accept": "text/csv"})["ETag"],
        Client().get(f"{OF_LENNA}positions/")["ETag"],
    ]

    assert len(set(signs)) == len(signs)


def test_a_sign_is_asked_for_before_anything_is_worked_out(
    universe: Universe, reader: Client, django_assert_max_num_queries: Any
) -> None:
    sign = reader.get(f"{OF_LENNA}changes/")["ETag"]
    again(reader, f"{OF_LENNA}changes/", sign)  # who asks is known from here on

    with django_assert_max_num_queries(7):
        assert again(reader, f"{OF_LENNA}changes/", sign).status_code == 304


def test_an_error_has_no_sign_and_no_answer_stands_for_it(universe: Universe, reader: Client) -> None:
    wrong = reader.get(f"{OF_LENNA}positions/?actr=1", headers={"If-None-Match": "*"})

    assert wrong.status_code == 400
    assert "ETag" not in wrong


def _edits(universe: Universe, random: Random) -> list[Callable[[], Any]]:
    """Something of every kind that changes what is told, each done when it is called."""
    by, number = universe.coder, str(random.random())

    def edit(model: Any, **changes: Any) -> Any:
        record = random.choice(list(model.objects.order_by("pk")))
        return correct(record, changes, by=by, reason=number)

    def numbers() -> None:
        given = dict(zip(universe.scenarios.values(), (20.0, 50.0, 30.0), strict=True))
        assess(universe.scenario_set, given, after=universe.weir, rationale=number, by=make_user())

    return [
        lambda: edit(Position, note=number),
        lambda: edit(Actor, short_name=number[:20]),
        lambda: edit(Statement, quote=number),
        lambda: edit(Process, summary=number),
        lambda: edit(Event, title=number),
        lambda: add(
            Event(process=universe.process, ref=number, title=number, date=timezone.now().date()),
            by=by,
            reason=number,
        ),
        lambda: log_position(
            issue=universe.data,
            actor=universe.fishers,
            summit=random.choice([universe.ford, universe.mill, universe.weir]),
            statements=[universe.statements["arden-1"]],
            summary=number,
            by=by,
            reason=number,
        ),
        lambda: remove(
            random.choice(list(Event.objects.filter(evidence=None, event_issues=None))), by=by, reason=number
        ),
        numbers,
    ]


@pytest.mark.parametrize("seed", range(3))
def test_nobody_is_told_that_nothing_changed_where_something_did(
    universe: Universe, reader: Client, seed: int
) -> None:
    random = Random(seed)
    kept = {address: reader.get(address) for address in ASKED}
    for _ in range(4):
        before = ChangeSet.objects.count()
        try:
            random.choice(_edits(universe, random))()
        except Exception:
            assert ChangeSet.objects.count() == before
            continue
        for address in random.sample(ASKED, 6):
            now = reader.get(address)
            answer = again(reader, address, kept[address]["ETag"])
            if answer.status_code == 304:
                assert now.content == kept[address].content, address
            kept[address] = now


def test_what_a_reader_may_and_what_our_people_are_called_are_part_of_the_sign(
    universe: Universe, reader: Client
) -> None:
    address = f"{OF_LENNA}record_edits/?limit=1"
    first = reader.get(address)
    universe.coder.name = "Another Name"
    universe.coder.save()
    second = again(reader, address, first["ETag"])
    assert second.status_code == 200

    User.objects.get(username="reader").groups.set([Group.objects.get(name="Editors")])

    assert again(reader, address, second["ETag"]).status_code == 200


def test_every_recording_gives_the_record_another_sign_and_nothing_else_does(universe: Universe) -> None:
    sign = Revision.objects.get(of=WHOLE).sign
    correct(universe.flow, {}, by=universe.coder, reason="Nothing.")
    assert Revision.objects.get(of=WHOLE).sign == sign

    correct(universe.flow, {"name": "The flow"}, by=universe.coder, reason="Something.")
    other = Revision.objects.get(of=WHOLE).sign
    # It is drawn: a number would be given again after a copy of the database was put back.
    assert other != sign
    assert len(other) == 32
