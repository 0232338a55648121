"""Taking back: one edit undone, or one version restored, each after a preview and with a reason."""

from collections.abc import Callable
from copy import copy
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
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
from issues.history import Record, StaleVersion, Way
from issues.models import DRAFTS, Statement
from issues.queries.history.names import RecordNames
from issues.queries.history.record_history import PARTS
from issues.user import User
from issues.views.access import refuse
from issues.views.history.access import kind_of_record, process_around, sight_of, version_of
from issues.views.history.pages import may_take_back

STALE = "Someone changed it while you had this page open. Below is what it is now; look at it again."
REFUSED = "The database refuses this: something else takes its place by now."
MOST_ALONG = 100

Act = Callable[[User, str, int], None]


@require_http_methods(["GET", "HEAD", "POST"])
def undo_edit_page(request: HttpRequest, model: str, pk: int, row: int) -> HttpResponse:
    """What undoing one edit would change, or why it cannot be undone. A POST with a reason does it."""
    kind = kind_of_record(model)
    found = _row(request, kind, pk, row)
    if isinstance(found, HttpResponse):
        return found
    if not may_undo(request.user, found.change_set):
        raise PermissionDenied

    def act(by: User, reason: str, opened: int) -> None:
        undo_edit(found, opened, by=by, reason=reason)

    form = _form(request)
    if form.is_bound and _acted(request, form, act):
        return HttpResponseRedirect(_home(found))
    plan, current = plan_undo(found), _stored(kind, pk)
    context = {"plan": plan, "changes": _changes(current, plan.values)}
    return _asking(request, "issues/history_undo.html", found, current, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore_version_page(request: HttpRequest, model: str, pk: int, row: int) -> HttpResponse:
    """What restoring a version would change. A POST with a reason does it, as a new version."""
    kind = kind_of_record(model)
    found = _row(request, kind, pk, row)
    if isinstance(found, HttpResponse):
        return found
    if not may_take_back(request, kind, is_deleted=_stored(kind, pk) is None):
        raise PermissionDenied

    def act(by: User, reason: str, opened: int) -> None:
        if opened:
            restore_version(found, opened, by=by, reason=reason)
        else:
            restore_deleted(found, by=by, reason=reason, kind=Way.PAGE)

    form = _form(request)
    if form.is_bound and _acted(request, form, act):
        return HttpResponseRedirect(_home(found))
    current = _stored(kind, pk)
    context = {"changes": _changes(current, restored_values(found)), "plan": None}
    return _asking(request, "issues/history_restore.html", found, current, form, context)


def _row(request: HttpRequest, kind: type[Record], pk: int, row: int) -> Any:
    """The version that is to be taken back, or the refusal of who may not even see it."""
    sight = sight_of(request.user, kind)
    if sight is None or request.user.is_anonymous:
        return refuse(request)
    if kind in DRAFTS:
        raise PermissionDenied
    return version_of(kind, pk, row, sight)


def _form(request: HttpRequest) -> TakeBackForm:
    return TakeBackForm(request.POST if request.method == "POST" else None)


def _acted(request: HttpRequest, form: TakeBackForm, act: Act) -> bool:
    """Do what was asked; where that is refused, say on the form why."""
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        act(cast(User, request.user), typed["reason"], typed["opened_version"])
    except StaleVersion:
        form.add_error(None, STALE)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError:
        form.add_error(None, REFUSED)
    return not form.errors


def _asking(
    request: HttpRequest,
    template: str,
    found: Any,
    current: Record | None,
    form: TakeBackForm,
    context: dict[str, Any],
) -> HttpResponse:
    kind = found.instance_type
    names = RecordNames(None, [found, *([current] if current else [])])
    deletion = None if current else last_deletion(found)
    along = list(taken_along(deletion))[: MOST_ALONG + 1] if deletion else []
    called = RecordNames(None, along)
    shown = {
        "process": process_around(request.user, names.last(kind, found.id) or found.instance),
        "model": kind._meta.model_name,
        "noun": kind._meta.verbose_name,
        "pk": found.id,
        "row": found,
        "name": names.title(kind, found.id),
        "form": form,
        "current": current,
        "opened_version": current.version if current else 0,
        "loses_review": getattr(current, "reviewed_by_id", None) is not None,
        "along": [
            f"{row.instance_type._meta.verbose_name}: {called.of(row.instance_type, row.id)}"
            for row in along[:MOST_ALONG]
        ],
        "is_more_along": len(along) > MOST_ALONG,
        "home": _home(found),
    }
    return render(request, template, {**shown, **context}, status=400 if form.errors else 200)


def _stored(kind: type[Record], pk: int) -> Any:
    return kind._default_manager.filter(pk=pk).first()


def _changes(current: Any, values: dict[str, Any]) -> list[Any]:
    """What the fields of a record would go from and to, in words."""
    if current is None or not values:
        return []
    after = copy(current)
    for name, value in values.items():
        setattr(after, name, value)
    return RecordNames(None, [current, after]).changes(current, after)


def _home(row: Any) -> str:
    """The history that tells of a version: of the record that it hangs on, where it hangs on one."""
    for kind, parts in PARTS.items():
        for part in parts:
            if part.model is row.instance_type and not part.through:
                key = getattr(row, f"{part.relation}_id")
                if key is not None and kind not in DRAFTS and row.instance_type is not Statement:
                    return reverse("history", args=[kind._meta.model_name, key])
    return reverse("history", args=[row.instance_type._meta.model_name, row.id])
