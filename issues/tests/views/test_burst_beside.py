"""What is beside the sheet and the scenarios is sent by several at the same moment: who may see a process,
a new one, releases, what is taken back from a history.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.access import give
from issues.history import Way, recording
from issues.models import Place, ProcessMember, Release
from issues.models.process_member import Role, in_force
from issues.tests.acts import correct, remove
from issues.tests.burst import AT_ONCE, Fields, administrators, at_once, each_at_once, forms_of
from issues.tests.factories import make_place, make_user
from issues.tests.universe import Universe
from issues.tests.views.addresses import ACCOUNTS, OWN
from issues.tests.views.releasing import make
from issues.tests.views.starting import typed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_storage"),
]

GIVES = {"act": "give", "give-user": "mara", "give-role": "researcher", "give-reason": "At once."}
SHOWS = {"act": "show", "show-visibility": "open", "show-reason": "x", "show-opened_version": "1"}
RELEASE = {"number": "1.0", "title": "The Lenna, 1.0", "notes": "", "known": "", "make": "1"}
WITHDRAWS = {"withdraw": "1", "reason": "At once."}
# What is read alone, or by accounts, which have a test of their own.
READ_ALONE = {
    *("home", "search", "history", "job", "releases", "release", "release-file", "release-changes"),
    *("release-changes-file", "release-metadata", "probability-picture"),
    *("embed-matrix", "embed-ladder", "embed-steps"),
}
# What several send to each: the names in its address, and what is typed over what the page offers.
WRITTEN: dict[str, tuple[Callable[[Universe], list[Any]], list[Fields]]] = {
    "access": (lambda u: ["lenna"], [GIVES, GIVES | {"give-role": "owner"}, SHOWS, {"act": "nonsense"}]),
    "new-process": (lambda u: [], [typed(name="Lakes")]),
    "new-release": (lambda u: ["lenna"], [RELEASE | {"number": "2.0"}]),
    "edit-release": (lambda u: ["lenna", "1.0"], [{"doi": "10.5555/12345678"}, WITHDRAWS]),
    "history-undo": (lambda u: newest(u), [{"reason": "At once."}]),
    "history-restore": (lambda u: removed(u), [{"reason": "At once."}]),
}


def newest(universe: Universe) -> list[Any]:
    """The newest row of the history of an actor, after another correction."""
    record = correct(universe.arden, {"aliases": "Another"}, by=universe.coder, reason="To take it back.")
    return ["actor", record.pk, record.history.first().pk]


def removed(universe: Universe) -> list[Any]:
    """The last row of the history of a place that was deleted."""
    with recording(by=universe.coder, reason="Made and removed.", kind=Way.COMMAND):
        place = make_place()
    remove(place, by=universe.coder, reason="To restore it.")
    return ["place", place.pk, Place.history.filter(id=place.pk).latest("history_date", "history_id").pk]


def test_every_other_address_that_writes_is_in_the_table() -> None:
    assert WRITTEN.keys() | READ_ALONE | ACCOUNTS == OWN


def test_none_fails_where_several_write_at_once(committed: Universe) -> None:
    make_user(username="mara")
    people = administrators()
    make(people[0])
    for name, (args, sent) in WRITTEN.items():
        address = reverse(name, args=args(committed))
        answers = [at_once(people, address, {})]
        answers += [at_once(people, address, offered(people[0], address) | fields) for fields in sent]

        assert max(max(codes) for codes in answers) < 500, (name, answers)
        assert any(302 in codes for codes in answers), (name, answers)


def offered(client: Client, address: str) -> dict[str, Any]:
    """What is hidden in the forms that the page would send to itself: which versions are seen, for one."""
    own = [form for form, to in forms_of(client.get(address), address) if to == address]
    hidden = (field.attrs for form in own for field in form.all("input", type="hidden"))
    return {field["name"]: field["value"] for field in hidden if field.get("value")}


def test_of_owners_who_are_ended_at_once_one_stays_and_nobody_has_two_roles(committed: Universe) -> None:
    people, process = administrators(), committed.process
    in_force().filter(process=process).delete()
    owners = [make_user(username=f"owner-{number}") for number in range(AT_ONCE)]
    for owner in owners:
        give(process=process, user=owner, role=Role.OWNER, by=None, reason="One of them.")
    address = reverse("access", args=[process.slug])
    ends = [
        (client, address, {"act": "end", "end-user": owner.pk, "end-reason": "At once."})
        for client, owner in zip(people, owners, strict=True)
    ]

    assert sorted(each_at_once(ends)) == [302] * (AT_ONCE - 1) + [422]
    assert in_force().filter(process=process, role=Role.OWNER).count() == 1
    make_user(username="mara")
    roles = [{"give-role": role} for role in Role.values]
    gives = [(client, address, GIVES | role) for client, role in zip(people, roles, strict=True)]
    assert set(each_at_once(gives)) == {302}
    assert in_force().filter(user__username="mara").count() == 1
    assert ProcessMember.objects.filter(user__username="mara").count() == AT_ONCE


def test_a_release_that_is_made_at_once_is_made_once(committed: Universe) -> None:
    made = at_once(administrators(), reverse("new-release", args=["lenna"]), RELEASE)

    assert sorted(made) == [302] + [422] * (AT_ONCE - 1)
    assert Release.objects.count() == 1


def test_a_release_that_is_withdrawn_at_once_is_withdrawn_for_one_reason(committed: Universe) -> None:
    people = administrators()
    make(people[0])
    address = reverse("edit-release", args=["lenna", "1.0"])

    assert sorted(at_once(people, address, WITHDRAWS)) == [302] + [422] * (AT_ONCE - 1)
