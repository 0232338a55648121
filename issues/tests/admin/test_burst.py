"""Several send one form of the admin at the same moment: it is told or stored, and never an error of ours.

Every kind of its registry is changed, acted upon, deleted and added by four at once, as are its tools.
"""

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from issues.actions.upkeep.merge_proposals import propose_merge
from issues.history import ChangeSet, Way, recording
from issues.models import RECORDS, MergeProposal
from issues.tests.acts import correct
from issues.tests.burst import Fields, administrators, at_once, fields_of, forms_of
from issues.tests.factories import MAKERS, make_evidence, make_participation, make_person
from issues.tests.universe import Universe
from issues.user import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What each kind has beside its list and forms, and pages of the whole site that write nothing.
OF_A_KIND = ("changelist", "add", "history", "delete", "change")
READ_ALONE = {
    *("deleted", "index", "login", "logout", "password_change_done", "autocomplete", "jsi18n"),
    *("view_on_site", "app_list", None),
}
TOOLS = {"issues_changeset_undo", "issues_process_order", "password_change", "auth_user_password_change"}
GIVEN = {"change_reason": "At once.", "post": "yes", "confirm": "1"}


def pages() -> set[str | None]:
    """The names of all that the admin has, those of the forms of each kind without it."""
    found = {getattr(pattern, "name", None) for pattern in admin.site.get_urls()}
    for model, model_admin in admin.site._registry.items():
        forms = {f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in OF_A_KIND}
        found |= {pattern.name for pattern in model_admin.get_urls()} - forms
    return found


def test_every_page_of_the_admin_is_sent_to_or_read_alone() -> None:
    assert pages() == TOOLS | READ_ALONE


def one_of_each(by: User) -> dict[type[models.Model], models.Model]:
    """A record of every kind that the admin has, with nothing that refers to it but what it needs."""
    with recording(by=by, reason="One of each.", kind=Way.COMMAND):
        made: dict[Any, Any] = {model: MAKERS[model]() for model in RECORDS}
        for position in [record for model, record in made.items() if model.__name__ == "Position"]:
            make_participation(process=position.issue.process, actor=position.actor)
            make_evidence(position=position)
    return made


@pytest.fixture
def kinds(committed: Universe) -> dict[type[models.Model], Any]:
    """One of each kind of the registry of which there is one."""
    made = one_of_each(committed.coder)
    found = {model: made.get(model) or model._default_manager.first() for model in admin.site._registry}
    return {model: record for model, record in found.items() if record is not None}


def test_no_form_of_a_kind_fails_where_several_send_it_at_once(kinds: dict[type[models.Model], Any]) -> None:
    people = administrators()
    changes = {model: address_of(model, "change", record.pk) for model, record in kinds.items()}
    typed = {model: first_form(people[0], address) | GIVEN for model, address in changes.items()}
    sent = {(model, "change"): at_once(people, changes[model], typed[model]) for model in kinds}
    for model, record in kinds.items():
        for action in actions_of(model):
            sent[model, action] = acted_upon(people, model, action)
        sent[model, "delete"] = at_once(people, address_of(model, "delete", record.pk), GIVEN)
    for model in kinds:
        sent[model, "add"] = at_once(people, address_of(model, "add"), as_new(typed[model]))

    assert {what: answers for what, answers in sent.items() if max(answers) >= 500} == {}
    for what in ("change", "delete_selected", "delete", "add"):
        assert sum(302 in answers for (_, done), answers in sent.items() if done == what) > len(kinds) // 3, (
            what
        )


def address_of(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def acted_upon(people: list[Client], model: type[models.Model], action: str) -> list[int]:
    """What is answered where two of a kind are chosen for an action, and what its page asks is confirmed."""
    address = address_of(model, "changelist")
    chosen = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2])
    asked = {"action": action, "_selected_action": chosen, "index": "0"}
    confirmed = [fields_of(form) for form, _ in forms_of(people[0].post(address, asked), address)]
    return at_once(people, address, asked | (confirmed[0] if confirmed else {}) | GIVEN)


def as_new(typed: Fields) -> Fields:
    """What is typed for a record, typed for another."""
    counts = {name: "0" for name in typed if name.endswith("INITIAL_FORMS")}
    return {
        name: value for name, value in typed.items() if not name.endswith(("-id", "opened_version"))
    } | counts


def first_form(client: Client, address: str) -> dict[str, Any]:
    """What the first form of a page would send."""
    found = [fields_of(form) for form, _ in forms_of(client.get(address), address)]
    fields = found[0] if found else {}
    return {name: value for name, value in fields.items() if name not in ("_continue", "_addanother")}


def actions_of(model: type[models.Model]) -> list[str]:
    """The names of what is done with several of a kind."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="person-0")
    return list(admin.site._registry[model].get_actions(request))


def test_no_tool_fails_where_several_send_it_at_once(committed: Universe) -> None:
    people, by = administrators(), committed.coder
    arden = correct(committed.arden, {"aliases": "Another"}, by=by, reason="To be undone.")
    undone = ChangeSet.objects.get(pk=arden.history.first().change_set_id)
    sent: dict[str, tuple[list[Any], Fields]] = {
        "issues_changeset_undo": ([undone.pk], {}),
        "issues_process_order": ([committed.process.pk], {}),
        "password_change": ([], {"old_password": "x", "new_password1": "x", "new_password2": "x"}),
        "auth_user_password_change": (
            [by.pk],
            {"usable_password": "true", "password1": "ten-egrets-fishing", "password2": "ten-egrets-fishing"},
        ),
    }
    assert sent.keys() == TOOLS
    for name, (args, fields) in sent.items():
        address = reverse(f"admin:{name}", args=args)
        answers = at_once(people, address, first_form(people[0], address) | GIVEN | fields)

        assert max(answers) < 500, name
        assert 302 in answers or name == "password_change", (name, answers)


def test_a_proposed_merge_that_is_answered_at_once_is_answered_once(committed: Universe) -> None:
    people, by = administrators(), committed.coder
    with recording(by=by, reason="Two of one.", kind=Way.COMMAND):
        keeper, other = make_person(), make_person()
    proposal = propose_merge(keeper=keeper, losers=[other], by=by, reason="One person.", stands={}, fields={})
    address = reverse("admin:issues_mergeproposal_change", args=[proposal.pk])

    answers = at_once(people, address, first_form(people[0], address) | GIVEN)

    assert max(answers) < 500
    assert MergeProposal.objects.get().answer == "done"
