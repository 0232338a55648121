"""Taking back: one edit undone, or one version restored, each after a preview and with a reason."""

from copy import copy
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from issues.actions.take_back.restore import (
    last_deletion,
    restore_deleted,
    restore_version,
    restored_values,
    taken_along,
)
from issues.actions.take_back.undo_edit import may_undo, plan_undo, undo_edit
from issues.forms.history import TakeBackForm
from issues.forms.refusals import STALE, add_stale, errors_on
from issues.history import recording
from issues.models import DRAFTS, Statement
from issues.queries.history.names import RecordNames
from issues.queries.history.record_history import PARTS
from issues.user import User
from issues.views.access import refuse
from issues.views.history.access import in_process, kind_of_record, process_around, version_of, visible_to
from issues.views.history.pages import may_take_back
from issues.views.parameters import read_now

MOST_ALONG = 200


@require_http_methods(["GET", "HEAD", "POST"])
def undo_edit_page(request: HttpRequest, model: str, pk: int, row: int) -> HttpResponse:
    """What undoing one edit would change, or why it cannot be undone. A POST with a reason does it."""
    return _page(request, model, pk, row, "undo")


@require_http_methods(["GET", "HEAD", "POST"])
def restore_version_page(request: HttpRequest, model: str, pk: int, row: int) -> HttpResponse:
    """What restoring a version would change. A POST with a reason does it, as a new version."""
    return _page(request, model, pk, row, "restore")


def _page(request: HttpRequest, model: str, pk: int, key: int, how: str) -> HttpResponse:
    kind = kind_of_record(model)
    visible = visible_to(request.user, kind, pk)
    if visible is None or request.user.is_anonymous:
        return refuse(request)
    read_now(request, None, "process")
    asked = request.GET.get("process", "")
    row: Any = None if kind in DRAFTS else version_of(kind, pk, key, visible)
    current: Any = kind._default_manager.filter(pk=pk).first()
    if row is None or not _may(request, row, how, is_deleted=current is None):
        raise PermissionDenied
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        act = undo_edit if how == "undo" else _restore
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            act(row, typed["opened_version"], by=request.user, reason=typed["reason"])
            return redirect(_home(row, asked))
    plan = plan_undo(row) if how == "undo" else None
    values = plan.values if plan else restored_values(row)
    names = RecordNames(None, [row, *([current] if current else [])])
    context = {
        "process": process_around(request.user, names.last(kind, pk) or row.instance, asked),
        "model": model,
        "noun": kind._meta.verbose_name,
        "pk": pk,
        "row": row,
        "name": names.title(kind, pk),
        "form": form,
        "people": visible.people,
        "plan": plan,
        "fields": names.fields(row),
        "changes": _changes(current, values),
        "current": current,
        "opened_version": current.version if current else 0,
        "loses_review": getattr(current, "reviewed_by_id", None) is not None,
        "home": _home(row, asked),
        **_along(None if current else last_deletion(row)),
    }
    return render(request, f"issues/history_{how}.html", context, status=400 if form.errors else 200)


def _may(request: HttpRequest, row: Any, how: str, *, is_deleted: bool) -> bool:
    if how == "undo":
        return may_undo(request.user, row.change_set)
    return may_take_back(request, row.instance, is_deleted=is_deleted)


def _restore(row: Any, opened: int, *, by: User, reason: str) -> None:
    """Restore a version of a record that is stored, or the record that was deleted."""
    if opened:
        restore_version(row, opened, by=by, reason=reason)
    else:
        with recording(by=by, reason=reason):
            restore_deleted(row)


def _along(deletion: Any) -> dict[str, Any]:
    """What was deleted with the record and comes back with it, by name; nothing of a stored record."""
    along = list(taken_along(deletion)) if deletion else []
    names = RecordNames(None, along[:MOST_ALONG])
    listed = [names.described(row) for row in along[:MOST_ALONG]]
    return {"along": listed, "more_along": len(along) - len(listed)}


def _changes(current: Any, values: dict[str, Any]) -> list[Any]:
    """What the fields of a record would go from and to, in words."""
    if current is None or not values:
        return []
    after = copy(current)
    for name, value in values.items():
        setattr(after, name, value)
    return RecordNames(None, [current, after]).changes(current, after)


def _home(row: Any, asked: str) -> str:
    """The history that tells of a version, in the process that is asked for: see :func:`_told_in`."""
    return _told_in(row) + in_process(asked)


def _told_in(row: Any) -> str:
    """The history of the record that a version hangs on, where it hangs on one; else its own."""
    for kind, parts in PARTS.items():
        for part in parts:
            if part.model is row.instance_type and not part.through:
                key = getattr(row, f"{part.relation}_id")
                if key is not None and kind not in DRAFTS and row.instance_type is not Statement:
                    return reverse("history", args=[kind._meta.model_name, key])
    return reverse("history", args=[row.instance_type._meta.model_name, row.id])
