"""“Propose a merge…”: who may change and not delete proposes, who may delete does it or declines."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Way, recording
from issues.models import MergeProposal, Source, User
from issues.models.merge_proposal import Answer
from issues.tests.admin.conftest import ROLES, address, client_of, someone
from issues.tests.admin.tools.test_merge_pages import asked, confirmed
from issues.tests.factories import make_actor, make_person, make_source, make_statement

LIST = "/admin/issues/mergeproposal/"


@pytest.fixture
def two(db: None) -> SimpleNamespace:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        one = make_source(title="One", author="Doe", url="https://one.example/")
        other = make_source(title="Other", author="Roe", url="https://other.example/")
        make_statement(source=one, ref="1"), make_statement(source=other, ref="1")
    return SimpleNamespace(one=one, other=other)


def proposing(client: Client, two: SimpleNamespace, **typed: Any) -> Any:
    page = asked(client, two.one, two.other, action="propose_selected", keeper=two.one.pk)
    typed = {"action": "propose_selected", "change_reason": "One report."} | typed
    return confirmed(client, page, two.one, two.other, **typed)


@pytest.fixture
def proposal(researcher: Client, two: SimpleNamespace) -> MergeProposal:
    proposing(researcher, two, **{"field-author": two.other.pk})
    return MergeProposal.objects.get()


def at(proposal: MergeProposal) -> str:
    return reverse("admin:issues_mergeproposal_change", args=[proposal.pk])


def answered(client: Client, proposal: MergeProposal, **typed: Any) -> Any:
    """Post the preview back as a browser would."""
    page = client.get(at(proposal))
    posted = {f"seen-{item['record'].pk}": item["record"].version for item in page.context["records"]}
    posted |= {
        f"field-{choice['name']}": value["pk"]
        for choice in page.context["choices"]
        for value in choice["values"]
        if value["stands"]
    }
    keeper = page.context["keeper"].pk
    reason = page.context["merging"]["change_reason"].value()
    posted |= {"keeper": keeper, "previewed": keeper, "confirm": "1", "change_reason": reason}
    return client.post(at(proposal), posted | typed)


def test_a_researcher_sees_the_preview_and_proposes(researcher: Client, two: SimpleNamespace) -> None:
    before = ChangeSet.objects.count()
    page = asked(researcher, two.one, two.other, action="propose_selected", keeper=two.one.pk)
    told = page.content.decode()
    assert "an editor sees this preview" in told
    assert 'name="field-title"' in told
    assert f"{two.other.key} 1" in told
    assert f"{two.one.key} 2" in told

    refused = confirmed(researcher, page, two.one, two.other, action="propose_selected", change_reason=" ")
    assert refused.context["reason_form"].errors
    assert not MergeProposal.objects.exists()

    answer = proposing(researcher, two, **{"field-author": two.other.pk})
    told = researcher.get(answer["Location"]).content.decode()
    proposal = MergeProposal.objects.get()
    assert at(proposal) in told
    assert (proposal.keeper, proposal.others, proposal.reason) == (
        two.one.pk,
        [two.other.pk],
        "One report.",
    )
    assert (proposal.by.username, proposal.fields) == ("researcher", {"author": two.other.pk})
    assert ChangeSet.objects.count() == before
    assert Source.objects.filter(pk=two.other.pk).exists()
    assert "It waits for an editor." in researcher.get(at(proposal)).content.decode()


def on_desk(client: Client, proposal: MergeProposal) -> bool:
    """Whether the proposal has a line on this person's desk, which leads to it."""
    return at(proposal) in [line.url for line in client.get("/admin/").context["shared_lines"]]


def test_it_is_not_proposed_twice(researcher: Client, two: SimpleNamespace, proposal: MergeProposal) -> None:
    assert "proposed this already" in proposing(researcher, two).content.decode()
    assert MergeProposal.objects.count() == 1


def test_it_stands_on_the_desk_of_editors_alone(
    researcher: Client, editor: Client, viewer: Client, proposal: MergeProposal
) -> None:
    assert on_desk(editor, proposal)
    assert at(proposal) in editor.get("/admin/").content.decode()
    assert not on_desk(researcher, proposal)
    assert not on_desk(viewer, proposal)


def test_an_editor_merges_from_the_preview_that_is_filled_in(
    editor: Client, two: SimpleNamespace, proposal: MergeProposal
) -> None:
    page = editor.get(at(proposal))
    assert page.context["keeper"] == two.one
    assert "One report." in page.content.decode()
    answer = answered(editor, proposal)
    assert answer.status_code == 302
    kept = Source.objects.get(pk=two.one.pk)
    assert (kept.title, kept.author, kept.other_urls) == ("One", "Roe", "https://other.example/")
    assert not Source.objects.filter(pk=two.other.pk).exists()
    proposal.refresh_from_db()
    assert (proposal.answer, str(proposal.answered_by)) == (Answer.DONE, "editor")
    made = ChangeSet.objects.first()
    assert (made.user.username, made.reason, made.kind) == ("editor", "One report.", Way.ADMIN)
    assert f"/changeset/{made.pk}/undo/" in editor.get(answer["Location"]).content.decode()
    assert not on_desk(editor, proposal)
    assert "Done by" in editor.get(at(proposal)).content.decode()
    undo(made, by=User.objects.get(username="editor"), reason="Two.")
    assert Source.objects.filter(pk=two.other.pk).exists()


def test_another_keeper_can_be_chosen(editor: Client, two: SimpleNamespace, proposal: MergeProposal) -> None:
    page = editor.post(at(proposal), {"keeper": two.other.pk, "preview": "1"})
    assert page.context["keeper"] == two.other
    seen = {f"seen-{record.pk}": record.version for record in (two.one, two.other)}
    typed = {"keeper": two.other.pk, "previewed": two.other.pk, "confirm": "1", "change_reason": "Yes."}
    assert editor.post(at(proposal), seen | typed).status_code == 302
    assert Source.objects.get(pk__in=[two.one.pk, two.other.pk]) == two.other


def test_an_editor_declines_with_a_reason(
    editor: Client, researcher: Client, two: SimpleNamespace, proposal: MergeProposal
) -> None:
    refused = editor.post(at(proposal), {"decline": "1", "decline-change_reason": " "})
    assert refused.status_code == 200
    assert "This field is required" in refused.content.decode()
    answer = editor.post(at(proposal), {"decline": "1", "decline-change_reason": "They are two."})
    assert answer.status_code == 302
    assert Source.objects.filter(pk=two.other.pk).exists()
    told = researcher.get(at(proposal)).content.decode()
    assert "Declined by" in told
    assert "They are two." in told
    assert not on_desk(editor, proposal)
    assert answered_late(editor, proposal, two) == 200
    proposing(researcher, two)  # It may be proposed again.
    assert MergeProposal.objects.filter(answer=Answer.OPEN).count() == 1


def answered_late(client: Client, proposal: MergeProposal, two: SimpleNamespace) -> int:
    typed = {"keeper": two.one.pk, "previewed": two.one.pk, "confirm": "1", "change_reason": "Late."}
    status = client.post(at(proposal), typed).status_code
    assert Source.objects.filter(pk=two.other.pk).exists()
    return status


def test_one_that_is_outdated_says_so_and_goes(
    editor: Client, two: SimpleNamespace, proposal: MergeProposal
) -> None:
    page = asked(editor, two.one, two.other, keeper=two.one.pk)
    confirmed(editor, page, two.one, two.other)
    assert not on_desk(editor, proposal)
    told = editor.get(at(proposal)).content.decode()
    assert "outdated" in told
    assert "merged into “" in told
    assert 'name="confirm"' not in told
    late = {"keeper": two.one.pk, "previewed": two.one.pk, "confirm": "1", "change_reason": "x"}
    assert "outdated" in editor.post(at(proposal), late).content.decode()


def test_a_change_in_the_meantime_is_refused_and_shown(
    editor: Client, two: SimpleNamespace, proposal: MergeProposal
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        two.other.title = "Changed"
        two.other.save()
    typed = {"keeper": two.one.pk, "previewed": two.one.pk, "confirm": "1", "change_reason": "x"}
    seen = {f"seen-{two.one.pk}": 1, f"seen-{two.other.pk}": 1}
    answer = editor.post(at(proposal), typed | seen)
    assert "while you had this page open" in answer.content.decode()
    assert Source.objects.filter(pk=two.other.pk).exists()


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_who_proposes_and_who_answers(two: SimpleNamespace, role: str) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    listed = client.get(address(Source, "changelist"))
    if listed.status_code == 200:
        assert (b"propose_selected" in listed.content) is (role == "researcher")
        assert (b"merge_selected" in listed.content) is (role == "editor")
    seen = {f"seen-{record.pk}": record.version for record in (two.one, two.other)}
    typed = {"keeper": two.one.pk, "previewed": two.one.pk, "confirm": "1", "change_reason": "Mine."} | seen
    asked(client, two.one, two.other, action="propose_selected", **typed)
    assert MergeProposal.objects.exists() is (role == "researcher")

    by = User.objects.filter(username=role).first() or someone("somebody")
    MergeProposal.objects.all().delete()
    made = MergeProposal.objects.create(
        kind="source", keeper=two.one.pk, others=[two.other.pk], names={}, reason="x", by=by
    )
    sees = 200 if role in ("researcher", "editor") else 302 if role == "anonymous" else 403
    assert client.get(LIST).status_code == sees
    assert client.get(at(made)).status_code == sees
    client.post(at(made), {"decline": "1", "decline-change_reason": "No."})
    made.refresh_from_db()
    assert (made.answer == Answer.DECLINED) is (role == "editor")
    MergeProposal.objects.update(answer=Answer.OPEN, answered_by=None, answered_at=None)
    client.post(at(made), typed)
    assert Source.objects.filter(pk=two.other.pk).exists() is (role != "editor")


@pytest.mark.parametrize("make", [make_actor, make_person])
def test_actors_and_people_are_proposed_too(researcher: Client, editor: Client, make: Any) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        one, other = make(), make()
    proposing(researcher, SimpleNamespace(one=one, other=other))
    proposal = MergeProposal.objects.get()
    assert answered(editor, proposal).status_code == 302
    assert list(type(one).objects.filter(pk__in=[one.pk, other.pk])) == [one]


@pytest.mark.parametrize("key", ["0", "abc", "9" * 30])
def test_unknown_proposals_are_not_found(editor: Client, key: str) -> None:
    assert editor.get(f"{LIST}{key}/change/").status_code == 404


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 30, "1 OR 1=1"])
def test_odd_values_break_nothing(
    editor: Client, two: SimpleNamespace, proposal: MergeProposal, value: str
) -> None:
    names = ("keeper", "previewed", f"seen-{two.one.pk}", "stands-x", "stands-", "field-title", "field-")
    typed = {"confirm": "1", "change_reason": "x"}
    assert editor.post(at(proposal), typed | dict.fromkeys(names, value)).status_code == 200
    seen = {f"seen-{record.pk}": record.version for record in (two.one, two.other)}
    posted = dict.fromkeys(names, value) | {"keeper": two.one.pk, "previewed": two.one.pk} | seen
    refused = editor.post(at(proposal), typed | posted)
    assert "Title: choose the value" in refused.content.decode()
    assert Source.objects.filter(pk=two.other.pk).exists()
