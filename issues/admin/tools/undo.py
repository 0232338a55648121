"""Undoing a change set: what that would do, in sentences, and why it is done."""

from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from issues.actions.jobs.work import MOST_ON_A_PAGE, ask
from issues.actions.take_back.undo_change_set import (
    PRIVATE,
    Touched,
    refuse_undoing,
    size_of,
    touched,
    undo,
)
from issues.actions.take_back.undo_edit import may_undo
from issues.admin.base.forms import ReasonForm
from issues.admin.base.tool import tool_page
from issues.forms.refusals import REFUSALS, errors_on, in_words
from issues.history import ChangeSet, Way
from issues.models import Job
from issues.queries.history.names import FieldChange, RecordNames
from issues.queries.history.record_history import with_before
from issues.user import User

MOST = 200


@dataclass
class Preview:
    """What undoing would do: the names of what goes and comes back, and what changes back, field by field."""

    removed: list[str] = field(default_factory=list)
    put_back: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[FieldChange]]] = field(default_factory=list)
    untold: int = 0


def undo_page(request: HttpRequest, key: str) -> HttpResponse:
    """What undoing a change set would do, and what stands in the way. A POST with a reason does it.

    A large one is undone by a worker, whose page tells how far it is.
    """
    change_set = get_object_or_404(ChangeSet, pk=key if key.isdecimal() else None)
    user = cast(User, request.user)
    if not may_undo(user, change_set):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        size = size_of(change_set)
        if size > MOST_ON_A_PAGE and not _obstacles(change_set, touched(change_set), user):
            reason = form.cleaned_data["change_reason"]
            return redirect("job", ask(Job(undoing=change_set, by=user, reason=reason, size=size)).pk)
        with errors_on(form):
            undo(change_set, by=user, reason=form.cleaned_data["change_reason"], kind=Way.ADMIN)
            messages.success(request, "The change set was undone.")
            return redirect("admin:issues_changeset_change", change_set.pk)
    versions = touched(change_set)
    errors = _obstacles(change_set, versions, user)
    return tool_page(
        request,
        "confirm_undo",
        "Undo this change set",
        ChangeSet,
        form,
        change_set=change_set,
        preview=preview(versions) if PRIVATE not in errors else Preview(),
        errors=[] if form.non_field_errors() else errors,
        may_confirm=not errors,
    )


def _obstacles(change_set: ChangeSet, versions: Touched, user: User) -> list[str]:
    """Why it cannot be undone: it was, it is empty, or what the action refuses."""
    if change_set.undone_by_id is not None:
        return ["This was undone already."]
    if not any(versions.values()):
        return ["There is nothing to undo in this change set."]
    try:
        refuse_undoing(versions, user)
    except REFUSALS as error:
        return in_words(error)
    return []


def preview(versions: Touched) -> Preview:
    """What undoing would do with these records. A few queries for each kind of them."""
    firsts = [first for of_model in versions.values() for first, _ in of_model.values()]
    shown, before = firsts[:MOST], dict[Any, Any]()
    for model in dict.fromkeys(first.instance_type for first in shown):
        keys = {first.history_id for first in shown if first.instance_type is model}
        before |= {(model, key): row for key, row in with_before(model, keys, {})[1].items()}
    names = RecordNames(None, [*shown, *before.values()])
    undoing = Preview(untold=len(firsts) - len(shown))
    for first in shown:
        stored = names.stored(first.instance_type, first.id)
        then = before.get((first.instance_type, first.history_id))
        if first.history_type == "+":
            undoing.removed.append(names.described(first))
        elif then is not None and stored is not None:
            if fields := names.changes(stored, then):
                undoing.changed.append((names.described(first), fields))
        elif then is not None and then.history_type != "-":
            undoing.put_back.append(names.described(first))
    return undoing
