"""Who may do what to which record, by their role in the installation and in the process."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from issues.actions.access import give
from issues.history import recording
from issues.models import Process, ProcessMember, Source
from issues.queries.access.grants import GRANTS, NOT_IN_ONE
from issues.queries.access.may import may, may_in
from issues.queries.access.readable import readable
from issues.queries.access.shared import asked_by, seen_by, tellable
from issues.queries.access.standing import forget_standing
from issues.tests.factories import make_participation, make_process, make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.user import User

pytestmark = pytest.mark.django_db

GROUPS = {"reader": "Viewers", "researcher": "Researchers", "editor": "Editors"}
READS, LOGS, DELETES = "issues.view_position", "issues.add_position", "issues.delete_position"


@pytest.mark.parametrize("role", GROUPS)
def test_a_role_in_a_process_lets_what_the_same_role_in_the_installation_lets(role: str) -> None:
    group = Group.objects.get(name=GROUPS[role])
    granted = {f"issues.{name}" for name in group.permissions.values_list("codename", flat=True)}
    assert granted - NOT_IN_ONE == GRANTS[role]


def test_an_owner_may_what_an_editor_may_and_say_who_sees_it() -> None:
    assert GRANTS["owner"] - GRANTS["editor"] == {"issues.change_processmember"}


def someone(process: Process, *, group: str = "", role: str = "", **fields: Any) -> User:
    user = make_user(**fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    if role:
        ProcessMember.objects.create(process=process, user=user, role=role)
    return user


@pytest.mark.parametrize("visibility", ["private", "open", "public"])
@pytest.mark.parametrize("group", ["", "Viewers", "Researchers", "Editors"])
@pytest.mark.parametrize("role", ["", "reader", "researcher", "editor", "owner"])
def test_what_is_private_is_its_members_and_else_the_greater_role_holds(
    universe: Universe, visibility: str, group: str, role: str
) -> None:
    past(Process.objects).update(visibility=visibility)
    process = Process.objects.get()
    user = someone(process, group=group, role=role)
    place = max(
        ("", "reader", "researcher", "editor", "owner").index(role),
        0 if visibility == "private" else ("", "Viewers", "Researchers", "Editors").index(group),
        0 if visibility == "private" else 1,
    )
    expected = (place >= 1, place >= 2, place >= 3)
    position = universe.at("arden", "flow", "ford")

    assert tuple(may_in(user, one, process) for one in (READS, LOGS, DELETES)) == expected
    assert tuple(may(user, one, position) for one in (READS, LOGS, DELETES)) == expected
    assert readable(user).exists() == expected[0]


def test_strangers_read_what_is_public_where_the_installation_says_so(
    universe: Universe, settings: Any
) -> None:
    process, stranger = universe.process, AnonymousUser()
    for public_read in (False, True):
        settings.PUBLIC_READ = public_read
        assert may_in(stranger, READS, process) == public_read == readable(stranger).exists()
        assert not may_in(stranger, LOGS, process)
    process.visibility = "open"
    assert not may_in(stranger, READS, process)


def test_a_closed_account_may_nothing(universe: Universe) -> None:
    user = someone(universe.process, role="owner", is_active=False)
    assert not may_in(user, READS, universe.process)
    assert not readable(user).exists()


def test_an_administrator_may_everything(universe: Universe) -> None:
    past(Process.objects).update(visibility="private")
    user = make_user(is_superuser=True)
    assert may(user, DELETES, universe.at("arden", "flow", "ford"))
    assert readable(user).exists()


@pytest.fixture
def outsider(universe: Universe) -> User:
    """An editor of the installation, from whom the process is hidden; arden takes part in another too."""
    with recording(by=universe.coder, reason="Another."):
        make_participation(process=make_process(slug="other"), actor=universe.arden)
    past(Process.objects.filter(pk=universe.process.pk)).update(visibility="private")
    return someone(universe.process, group="Editors")


def test_of_what_is_shared_an_outsider_is_told_what_another_process_has_too(
    universe: Universe, outsider: User
) -> None:
    kinds = (type(universe.arden), type(universe.minister), Source, type(universe.weir), Process)
    told = {kind.__name__: list(seen_by(outsider, kind.objects.all())) for kind in kinds}

    assert {*map(str, told["Actor"])} == {"Arden", "Ministry of Water"}
    assert [str(process.pk) for process in told["Process"]] == [str(Process.objects.get(slug="other").pk)]
    assert not any(told[name] for name in ("Person", "Source", "Summit"))
    assert may(outsider, "issues.change_actor", universe.arden)
    assert not may(outsider, "issues.change_actor", universe.belmar)


def test_a_new_record_of_no_process_is_told(outsider: User) -> None:
    source = Source(title="New", key="new", publisher="Us", kind="news")
    past(Source.objects).bulk_create([source])
    assert list(seen_by(outsider, Source.objects.all())) == [source]


def test_a_look_up_asks_who_asks(universe: Universe, outsider: User) -> None:
    everyone = set(type(universe.arden).objects.all())
    of_both = {universe.arden, *universe.arden.organs.all()}
    assert set(tellable(type(universe.arden).objects.all())) == everyone
    with asked_by(outsider):
        assert set(tellable(type(universe.arden).objects.all())) == of_both
    give(process=universe.process, user=outsider, role="reader", by=None, reason="One of us.")
    forget_standing(outsider)
    with asked_by(outsider):
        assert set(tellable(type(universe.arden).objects.all())) == everyone
