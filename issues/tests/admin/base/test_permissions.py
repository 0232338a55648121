"""Who may do what: every role at every page of every record, and no request that slips through."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.urls import reverse

from issues.history import ChangeSet, Record
from issues.models import RECORDS, Assessment
from issues.tests.admin.conftest import ROLES, address, client_of, filled, someone

pytestmark = pytest.mark.sqlite

MODELS = [*RECORDS, ChangeSet]
REMOVED_WHILE_RECORDING = {
    *("Evidence", "Signatory", "PositionLink", "Attendance", "EventIssue", "Membership"),
    *("ScenarioOutcome", "Citation", "Signpost", "Judgement"),
}
METHODS = ("put", "patch", "delete", "options", "head")
CAST = ["anonymous", "staff without a group", *ROLES]


def may(role: str, verb: str, model: type[models.Model]) -> bool:
    """The matrix as it is promised."""
    if role not in ROLES:
        return False
    if verb == "view":
        return True
    if model is Assessment:
        return verb == "add" and role != "viewer"
    if model is ChangeSet or role == "viewer":
        return False
    return verb in {"add", "change"} or role == "editor" or model.__name__ in REMOVED_WHILE_RECORDING


def sign_in(role: str) -> Client:
    if role == "anonymous":
        return Client()
    return client_of(someone(role))


def is_let_in(response: Any) -> bool:
    """Let in, refused, or asked to sign in; nothing else may happen."""
    if response.status_code == 302:
        if response["Location"].startswith("/history/"):  # the site's page, behind the same right to look
            return True
        assert response["Location"].startswith("/admin/login/"), response["Location"]
    else:
        assert response.status_code in {200, 403}, response.status_code
    return response.status_code == 200


@pytest.mark.parametrize("role", CAST)
def test_each_role_sees_the_pages_that_it_may(role: str, one_of_each: dict[type[Record], Record]) -> None:
    client = sign_in(role)
    records: list[Any] = [*one_of_each.values(), ChangeSet.objects.first()]
    wrong = []
    for record in records:
        verbs = {"changelist": "view", "change": "view", "history": "view", "add": "add", "delete": "delete"}
        for page, verb in verbs.items():
            if is_let_in(client.get(address(record, page))) != may(role, verb, type(record)):
                wrong.append((type(record).__name__, page))
        deleted = reverse("admin:deleted", args=[record._meta.model_name])
        is_record = isinstance(record, Record)
        if is_record and is_let_in(client.get(deleted)) != may(role, "view", type(record)):
            wrong.append((type(record).__name__, "deleted"))
    assert wrong == []


@pytest.mark.parametrize("role", CAST)
def test_only_those_who_may_change_see_the_reason_and_the_buttons(
    role: str, one_of_each: dict[type[Record], Record]
) -> None:
    client = sign_in(role)
    for record in one_of_each.values():
        response = client.get(address(record))
        if response.status_code != 200:
            continue
        page = response.content.decode()
        assert ('name="_save"' in page) is may(role, "change", type(record)), type(record)
        assert ('name="change_reason"' in page) is may(role, "change", type(record)), type(record)


def snapshot() -> dict[str, list[Any]]:
    """Every stored row of our application, and the admin's log."""
    history = [model.history.model for model in RECORDS]  # type: ignore[attr-defined]
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in [*RECORDS, ChangeSet, *history, LogEntry, Group]
    }


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", "viewer"])
def test_those_who_only_read_change_nothing_by_any_request(
    role: str, one_of_each: dict[type[Record], Record]
) -> None:
    reader, writer = sign_in(role), sign_in("editor")
    before = snapshot()
    for record in one_of_each.values():
        model = type(record)
        typed = filled(writer.get(address(record)))
        for name in ("name", "title", "label", "text", "summary", "quote", "order", "until"):
            if name in typed:
                typed[name] = "1"
        typed |= {"change_reason": "Mine.", "post": "yes", "action": "delete_selected"}
        typed |= {"_selected_action": [record.pk], "opened_version": record.version, "index": "0"}
        row = record.history.first().history_id
        forms = [address(model, "add"), address(record)]
        urls = [
            *forms,
            address(record, "delete"),
            address(record, "history"),
            reverse("admin:deleted", args=[record._meta.model_name]),
            reverse("history-restore", args=[record._meta.model_name, record.pk, row]),
            address(model, "changelist"),
        ]
        for url in urls:
            for extra in ({}, {"_saveasnew": "1"}, {"_popup": "1"}) if url in forms else ({},):
                response = reader.post(url, typed | extra)
                assert response.status_code in {200, 302, 401, 403}, (url, response.status_code)
            for method in (
                ("put", "patch", "delete", "options", "head") if url == address(record) else ("put",)
            ):
                getattr(reader, method)(url)
    assert snapshot() == before


def test_a_researcher_deletes_nothing_but_links(one_of_each: dict[type[Record], Record]) -> None:
    researcher = sign_in("researcher")
    counts = {model: model._base_manager.count() for model in RECORDS}
    for record in one_of_each.values():
        if type(record).__name__ not in REMOVED_WHILE_RECORDING:
            typed = {"post": "yes", "change_reason": "Mine."}
            assert researcher.post(address(record, "delete"), typed).status_code == 403
            researcher.post(
                address(record, "changelist"),
                typed | {"action": "delete_selected", "_selected_action": [record.pk]},
            )
    assert {model: model._base_manager.count() for model in RECORDS} == counts


@pytest.mark.parametrize("role", CAST)
def test_the_first_page_lists_what_a_role_may_see(role: str, db: None) -> None:
    response = sign_in(role).get("/admin/")
    if role == "anonymous":
        assert response.status_code == 302
        return
    listed = {model["object_name"] for app in response.context["app_list"] for model in app["models"]}
    proposed = {"MergeProposal"} if role in ("researcher", "editor") else set()
    assert listed == (
        {model.__name__ for model in [*MODELS, Assessment]} | proposed if role in ROLES else set()
    )


def test_the_roles_have_exactly_their_permissions(db: None) -> None:
    for role, group in ROLES.items():
        held = set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))
        expected = {
            f"{verb}_{model._meta.model_name}"
            for model in [*MODELS, Assessment]
            for verb in ("view", "add", "change", "delete")
            if may(role, verb, model)
        }
        # Releases are made and withdrawn on pages of the process, and by editors alone.
        releases = {"view_release", "add_release", "change_release"} if role == "editor" else set()
        assert held == expected | releases
