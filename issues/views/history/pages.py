"""The history of a record: who changed what, when and why; and two of its versions side by side."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.actions.take_back.undo_edit import undoable
from issues.forms.history import HistoryForm
from issues.forms.parameters import read_parameters
from issues.history import Record
from issues.models import DRAFTS, Scenario, ScenarioSet
from issues.queries.access.may import may
from issues.queries.history.names import RecordNames, address_of, kind_of
from issues.queries.history.record_history import parts_between, trail
from issues.queries.history.shown_on import page_about
from issues.queries.history.versions import REVIEW, VERSIONS_A_PAGE, Trail, versions
from issues.views.access import refuse
from issues.views.history.access import (
    Visible,
    in_process,
    kind_of_record,
    process_around,
    version_of,
    visible_to,
)
from issues.views.parameters import read_now


@require_safe
def history_page(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """All versions, newest first, each with its differences from the one before; or two side by side."""
    kind = kind_of_record(model)
    visible = visible_to(request.user, kind, pk)
    if visible is None:
        return refuse(request)
    read_now(request, None, HistoryForm)
    wanted = read_parameters(HistoryForm(request.GET), None)
    first, second = (version_of(kind, pk, wanted[name], visible) for name in ("first", "second"))
    if first and second and first != second:
        pair = sorted((first, second), key=lambda row: (row.history_date, row.history_id))
        return _compared(request, kind, pk, visible, pair)
    page = Paginator(trail(kind, pk, visible.only), VERSIONS_A_PAGE).get_page(wanted["page"] or 1)
    history = _history(kind, pk, visible, list(page.object_list))
    listed = {item.row.pk for item in history.versions if item.is_own}
    context = {
        "page": page,
        "chosen": first or second,
        "is_alone": bool(wanted["first"] or wanted["second"]),
        "listed": listed,
        "may_compare": len(listed) > 1 or page.has_other_pages(),
        "may_restore": may_take_back(request, history.record, is_deleted=history.is_deleted),
        "undoable": set()
        if kind in DRAFTS
        else undoable(request.user, [item.row.change_set for item in history.versions]),
    }
    return render(request, "issues/history.html", _around(request, kind, pk, visible, history) | context)


def may_take_back(request: HttpRequest, record: Any, *, is_deleted: bool) -> bool:
    """Whether the reader may bring back versions of this record. Drafts are the sheet's business."""
    kind, verb = kind_of(record), "add" if is_deleted else "change"
    return kind not in DRAFTS and may(request.user, f"issues.{verb}_{kind._meta.model_name}", record)


def _compared(
    request: HttpRequest, kind: type[Record], pk: int, visible: Visible, pair: Sequence[Any]
) -> HttpResponse:
    """Two versions of a record, the older first, and what became of its parts between them."""
    older, newer = pair
    between = list(parts_between(kind, pk, visible.only, older, newer)[: VERSIONS_A_PAGE + 1])
    history = _history(kind, pk, visible, between[:VERSIONS_A_PAGE])
    context = {
        "older": older,
        "newer": newer,
        "fields": RecordNames(visible.named, [older, newer], visible.people).changes(
            older, newer, but=REVIEW
        ),
        "has_more": len(between) > VERSIONS_A_PAGE,
    }
    return render(
        request, "issues/history_compare.html", _around(request, kind, pk, visible, history) | context
    )


def _history(kind: type[Record], pk: int, visible: Visible, listed: Sequence[Any]) -> Trail:
    try:
        return versions(kind, pk, listed, visible.only, visible.named, visible.people)
    except IndexError:
        raise Http404(f"There is no {kind._meta.verbose_name} {pk}.") from None


def _around(
    request: HttpRequest, kind: type[Record], pk: int, visible: Visible, history: Trail
) -> dict[str, Any]:
    """What every page of a record's history says around its content."""
    asked = read_parameters(HistoryForm(request.GET), None)["process"]
    process = process_around(request.user, history.record, asked)
    return {
        "process": process,
        "asked": in_process(asked),
        "people": visible.people,
        "trail": history,
        "model": kind._meta.model_name,
        "noun": kind._meta.verbose_name,
        "pk": pk,
        "address": "" if history.is_deleted else address_of(history.record, process),
        "begins": kind in (ScenarioSet, Scenario),
        "shown_on": "" if kind in DRAFTS else page_about(history.record, process),
    }
