"""What was deleted of one kind of record: who, when, why and its words. Its restoring is the site's page."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from issues.admin.base.forms import is_key
from issues.admin.base.tool import tool_page
from issues.history import REMOVED, Record
from issues.models import RECORDS
from issues.queries.access.shared import rows_seen
from issues.queries.history.names import RecordNames, recorded_fields
from issues.queries.history.rows import NEWEST_FIRST, after, history
from issues.queries.reading.people import People

PER_PAGE = 50
# Hidden fields of a form, which nobody typed.
UNSAID = ("csrfmiddlewaretoken", "opened_version", "id")
# What a record says, in the first of these that it has.
GIST = ("summary", "quote", "text", "question", "title", "note")
BY_NAME = {model._meta.model_name: model for model in RECORDS}


def deleted_page(request: HttpRequest, model: str) -> HttpResponse:
    """All records of a kind that were deleted and are still gone, the last first."""
    if model not in BY_NAME:
        raise Http404
    kind = BY_NAME[model]
    if not any(request.user.has_perm(f"issues.{verb}_{model}") for verb in ("view", "change")):
        raise PermissionDenied
    paginator = Paginator(rows_seen(request.user, kind, deletions(kind)), PER_PAGE)
    page = paginator.get_page(request.GET.get(PAGE_VAR))
    names = RecordNames(None, page.object_list)
    title = f"Deleted {kind._meta.verbose_name_plural}"
    context: dict[str, Any] = {
        "deleted": [(row, names.title(kind, row.id), _gist(row)) for row in page.object_list],
        "page_obj": page,
        "page_range": paginator.get_elided_page_range(page.number),
        "page_var": PAGE_VAR,
        "may_restore": _may_restore(request, kind),
        "people": People(named=True, reader=request.user),
    }
    return tool_page(request, "deleted", title, kind, **context)


def deleted_meanwhile(request: HttpRequest, kind: type[Record], key: str) -> HttpResponse | None:
    """A form of a record that is deleted by now: by whom and why, what was typed, the way back.

    None where it never was.
    """
    row = None
    if is_key(key):
        row = rows_seen(request.user, kind, deletions(kind)).filter(id=key).first()
    if row is None:
        return None
    title = f"{RecordNames(None, [row]).title(kind, row.id)} was deleted while you had it open"
    context: dict[str, Any] = {
        "row": row,
        "typed": list(_typed(kind, request)),
        "may_restore": _may_restore(request, kind),
        "people": People(named=True, reader=request.user),
    }
    return tool_page(request, "deleted_meanwhile", title, kind, **context)


def deletions(model: type[Any]) -> QuerySet[Any]:
    """The last history row of every record of a model that is gone, the last deleted first."""
    there = model._default_manager.filter(pk=OuterRef("id"))
    deleted: QuerySet[Any] = history(model).filter(
        ~after(history(model)), ~Exists(there), history_type=REMOVED
    )
    return deleted.select_related("change_set").order_by(*NEWEST_FIRST)


def _may_restore(request: HttpRequest, kind: type[Record]) -> bool:
    return request.user.has_perm(f"issues.add_{kind._meta.model_name}")


def _typed(model: type[Record], request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What a form said, field by field as far as a person filled it in."""
    labels = {field.name: field.verbose_name for field in recorded_fields(model)}
    labels["change_reason"] = "reason"
    for name, values in request.POST.lists():
        own = name.rsplit("-", 1)[-1]
        said = [value for value in map(str, values) if value]
        if said and not own.isupper() and own not in UNSAID and not name.startswith(("_", "initial-")):
            yield str(labels.get(own, own.replace("_", " "))), ", ".join(said)


def _gist(row: Any) -> str:
    """The first words of what it says."""
    return str(next((text for name in GIST if (text := getattr(row, name, ""))), ""))
