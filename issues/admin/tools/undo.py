"""Undoing a change set: what that would do, in sentences, and why it is done."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from issues.actions.take_back.undo_change_set import LaterChange, Touched, refuse_later, touched, undo
from issues.actions.take_back.undo_edit import may_undo
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.tool import author, tool_page
from issues.forms.refusals import errors_on, in_words
from issues.history import ChangeSet, Way
from issues.models import DRAFTS, Sheet
from issues.queries.history.names import FieldChange, RecordNames
from issues.queries.history.record_history import with_before

MOST = 200
PRIVATE = "This was done on a coder’s own sheet; only that coder may undo it."


@dataclass
class Preview:
    """What undoing would do: the names of what goes and comes back, and what changes back, field by field."""

    removed: list[str] = field(default_factory=list)
    put_back: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[FieldChange]]] = field(default_factory=list)
    untold: int = 0


def undo_page(request: HttpRequest, key: str) -> HttpResponse:
    """What undoing a change set would do, and what stands in the way. A POST with a reason does it."""
    change_set = get_object_or_404(ChangeSet, pk=key if is_key(key) else None)
    if not may_undo(request.user, change_set):
        raise PermissionDenied
    if _is_anothers_draft(change_set, author(request)):
        return _asking(request, change_set, ReasonForm(), [PRIVATE], Preview())
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with errors_on(form):
            undo(change_set, by=author(request), reason=form.cleaned_data["change_reason"], kind=Way.ADMIN)
            messages.success(request, "The change set was undone.")
            return redirect("admin:issues_changeset_change", change_set.pk)
    versions = touched(change_set)
    return _asking(request, change_set, form, _obstacles(change_set, versions), preview(versions))


def _obstacles(change_set: ChangeSet, versions: Touched) -> list[str]:
    """Why it cannot be undone: it was, it is empty, or others changed its records since."""
    if change_set.undone_by_id is not None:
        return ["This was undone already."]
    if not any(versions.values()):
        return ["There is nothing to undo in this change set."]
    try:
        refuse_later(versions)
    except LaterChange as error:
        return in_words(error)
    return []


def preview(versions: Touched) -> Preview:
    """What undoing would do with these records. A few queries for each kind of them."""
    firsts = [first for of_model in versions.values() for first, _ in of_model.values()]
    shown, before = firsts[:MOST], dict[Any, Any]()
    for model in dict.fromkeys(first.instance_type for first in shown):
        keys = {first.history_id for first in shown if first.instance_type is model}
        before |= {(model, key): row for key, row in with_before(model, keys, {})[1].items()}
    names, found = RecordNames(None, [*shown, *before.values()]), Preview(untold=len(firsts) - len(shown))
    for first in shown:
        stored = names.stored(first.instance_type, first.id)
        then = before.get((first.instance_type, first.history_id))
        if first.history_type == "+":
            found.removed.append(names.described(first))
        elif then is not None and stored is not None:
            if fields := names.changes(stored, then):
                found.changed.append((names.described(first), fields))
        elif then is not None and then.history_type != "-":
            found.put_back.append(names.described(first))
    return found


def _is_anothers_draft(change_set: ChangeSet, user: Any) -> bool:
    """Whether any of it was typed on another coder's own sheet. One query."""
    sheet, *parts = (
        model.history.filter(change_set=change_set).order_by().values("id" if model is Sheet else "sheet_id")
        for model in DRAFTS
    )
    private = Sheet.history.filter(id__in=sheet.union(*parts), coder__isnull=False)
    return bool(private.exclude(coder=user.pk).exists())


def _asking(
    request: HttpRequest, change_set: ChangeSet, form: ReasonForm, errors: list[str], shown: Preview
) -> HttpResponse:
    return tool_page(
        request,
        "confirm_undo",
        "Undo this change set",
        ChangeSet,
        form,
        change_set=change_set,
        preview=shown,
        errors=[] if form.non_field_errors() else errors,
        may_confirm=not errors,
    )
