"""The order of the issues of a process: plain numbers in one form, one change set."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Way, recording
from issues.models import Issue, Process
from issues.tests.admin.conftest import ROLES, address, client_of, open_and_save, someone
from issues.tests.factories import make_issue, make_process, make_user


def page_of(process: Process) -> str:
    return reverse("admin:issues_process_order", args=[process.pk])


@pytest.fixture
def issues(world: SimpleNamespace) -> list[Issue]:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        more = [make_issue(process=world.process, name=name, order=5) for name in ("Water", "Trade")]
    return [world.issue, *more]


def typed(page: Any, **over: Any) -> dict[str, Any]:
    form = page.context["form"]
    fields = [bound for bound in form if bound.name != "change_reason"]
    return (
        {bound.html_name: bound.value() for bound in fields}
        | {"change_reason": "As the brief has it."}
        | over
    )


def test_the_page_of_the_process_leads_there(editor: Client, issues: list[Issue]) -> None:
    assert page_of(issues[0].process) in editor.get(address(issues[0].process)).content.decode()
    assert "/order/" not in editor.get(address(Process, "add")).content.decode()


def test_the_order_is_saved_as_one_change_set_that_can_be_undone(
    editor: Client, world: SimpleNamespace, issues: list[Issue]
) -> None:
    before, counted = list(Issue.objects.values_list("pk", "order")), ChangeSet.objects.count()
    page = editor.get(page_of(world.process))
    places = {f"order-{issue.pk}": 10 - number for number, issue in enumerate(issues)}
    answer = editor.post(page_of(world.process), typed(page, **places))
    assert answer["Location"] == address(world.process)
    assert [issue.name for issue in world.process.issues.order_by("order")] == ["Trade", "Water", "Borders"]
    made = ChangeSet.objects.first()
    assert (ChangeSet.objects.count(), made.reason) == (counted + 1, "As the brief has it.")
    assert made.kind == Way.ADMIN
    undo(made, by=make_user(), reason="No.")
    assert list(Issue.objects.values_list("pk", "order")) == before


def test_only_what_moves_is_stored(editor: Client, world: SimpleNamespace, issues: list[Issue]) -> None:
    page = editor.get(page_of(world.process))
    editor.post(page_of(world.process), typed(page, **{f"order-{issues[1].pk}": 9}))
    assert [issue.history.count() for issue in issues] == [1, 2, 1]
    size = ChangeSet.objects.count()
    page = editor.get(page_of(world.process))
    editor.post(page_of(world.process), typed(page))
    assert ChangeSet.objects.count() == size


@pytest.mark.parametrize("value", ["", "abc", "-1", "32768", "1.5"])
def test_what_is_no_number_is_refused_by_issue(
    editor: Client, world: SimpleNamespace, issues: list[Issue], value: str
) -> None:
    page = editor.get(page_of(world.process))
    name = f"order-{issues[1].pk}"
    refused = editor.post(page_of(world.process), typed(page, **{name: value, f"order-{issues[2].pk}": 7}))
    assert "Water: " in refused.content.decode()
    assert "Error:" in refused.content.decode()
    assert refused.context["form"][f"order-{issues[2].pk}"].value() in (7, "7")
    assert Issue.objects.get(pk=issues[2].pk).order == 5


def test_a_reason_is_asked_for(editor: Client, world: SimpleNamespace, issues: list[Issue]) -> None:
    page = editor.get(page_of(world.process))
    refused = editor.post(
        page_of(world.process), typed(page, change_reason=" ", **{f"order-{issues[1].pk}": 1})
    )
    assert "change_reason" in refused.context["form"].errors
    assert Issue.objects.get(pk=issues[1].pk).order == 5


def test_a_change_in_the_meantime_is_refused_and_nothing_typed_is_lost(
    editor: Client, world: SimpleNamespace, issues: list[Issue]
) -> None:
    page = editor.get(page_of(world.process))
    with recording(by=None, reason="x", kind=Way.COMMAND):
        fresh = Issue.objects.get(pk=issues[1].pk)
        fresh.order = 3
        fresh.save()
    over = {f"order-{issues[1].pk}": 9}
    refused = editor.post(page_of(world.process), typed(page, **over))
    assert "while you had this page open" in refused.content.decode()
    assert Issue.objects.get(pk=issues[1].pk).order == 3
    assert editor.post(page_of(world.process), typed(refused)).status_code == 302
    assert Issue.objects.get(pk=issues[1].pk).order == 9


def test_an_issue_that_breaks_a_rule_is_named(editor: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        bare = make_issue(process=world.process, name="Bare", options={0.0: "all"})
    page = editor.get(page_of(world.process))
    refused = editor.post(page_of(world.process), typed(page, **{f"order-{bare.pk}": 4}))
    assert "Bare: An issue with a scale has 2 to 13 options" in refused.content.decode()


def test_a_process_without_issues_says_so(editor: Client) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        process = make_process()
    assert "no issues yet" in editor.get(page_of(process)).content.decode()


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_only_those_who_may_change_issues_order_them(
    world: SimpleNamespace, issues: list[Issue], role: str
) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    may, url = role in {"researcher", "editor"}, page_of(world.process)
    page = client.get(address(world.process))
    if page.status_code == 200:
        assert (url in page.content.decode()) is may
    assert (client.get(url).status_code == 200) is may
    posted = {f"order-{issue.pk}": 8 for issue in issues} | {f"seen-{issue.pk}": 1 for issue in issues}
    client.post(url, posted | {"change_reason": "Mine."})
    assert (Issue.objects.get(pk=issues[1].pk).order == 8) is may


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "0"])
def test_unknown_keys_find_nothing(editor: Client, key: str) -> None:
    assert editor.get(f"{address(Process, 'changelist')}{key}/order/").status_code == 404


@pytest.mark.parametrize(("typed_order", "stored"), [("", 8), ("0", 0), ("3", 3)])
def test_a_new_issue_comes_last_unless_its_place_is_typed(
    researcher: Client, world: SimpleNamespace, typed_order: str, stored: int
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_issue(process=world.process, order=7)
    options = {f"options-{n}-{name}": "" for n in range(3) for name in ("value", "label")}

    answer = open_and_save(
        researcher,
        address(Issue, "add"),
        **options
        | {"process": world.process.pk, "name": "Maps", "slug": "maps", "question": "Whose?", "kind": "text"},
        order=typed_order,
    )

    assert answer.status_code == 302
    assert Issue.objects.get(slug="maps").order == stored
