"""What was deleted of one kind of record: who, when, why and its words, and the way back."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from issues.actions.take_back.restore import restore_deleted, taken_along
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.names import names_of
from issues.admin.base.refusal import in_words
from issues.admin.base.wording import Names, name_of
from issues.history import Record, Way
from issues.queries.history.names import recorded_fields
from issues.user import User

PER_PAGE = 50
# Hidden fields of a form, which nobody typed.
UNSAID = ("csrfmiddlewaretoken", "opened_version", "id")
MOST_ALONG = 200
# What a record says, in the first of these that it has.
GIST = ("summary", "quote", "text", "question", "title", "note")


class DeletedPages(admin.ModelAdmin):
    """Two pages beside the list: what was deleted, and restoring one of it."""

    def get_urls(self) -> list[Any]:
        """The addresses of both, before those of records."""
        view, base = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", view(self.deleted_view), name=f"{base}_deleted"),
            path("deleted/<str:row>/", view(self.restore_deleted_view), name=f"{base}_restore"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with the way to what was deleted."""
        return super().changelist_view(
            request, {"deleted_url": self._deleted_address("deleted"), **(extra_context or {})}
        )

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """All that was deleted and is still gone, the last first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        paginator = Paginator(deletions(self.model), PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR))
        rows = list(page.object_list)
        shown = [
            {
                "row": row,
                "name": name,
                "gist": _gist(row),
                "url": self._deleted_address("restore", row.history_id),
            }
            for row, name in zip(rows, names_of(rows), strict=True)
        ]
        context = {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "deleted": shown,
            "page_obj": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "may_restore": self._may_bring_back(request),
        }
        return self._deleted_page(request, "admin/deleted.html", context)

    def restore_deleted_view(self, request: HttpRequest, row: str) -> HttpResponse:
        """One deleted record and what went with it. A POST with a reason brings all of it back."""
        if not self._may_bring_back(request):
            raise PermissionDenied
        found = deletions(self.model).filter(history_id=row).first() if is_key(row) else None
        if found is None:
            raise Http404
        form = ReasonForm(request.POST if request.method == "POST" else None)
        errors: list[str] = []
        if form.is_bound and form.is_valid():
            errors = self._bring_back(request, found, form.cleaned_data["change_reason"])
            if not errors:
                change = f"{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(f"{self.admin_site.name}:{change}", args=[found.id]))
        along = list(taken_along(found))
        context = {
            "title": f"Restore {names_of([found])[0]}",
            "row": found,
            "fields": _fields(self.model, found),
            "along": _named(along[:MOST_ALONG]),
            "untold": max(len(along) - MOST_ALONG, 0),
            "errors": errors,
            "reason_form": form,
        }
        return self._deleted_page(request, "admin/deleted_restore.html", context)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """A form of a record that was deleted meanwhile: by whom and why, what was typed, the way back."""
        row = deletions(self.model).filter(id=object_id).first() if is_key(object_id) else None
        if row is None or request.method != "POST":
            answer: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
            return answer
        context = {
            "title": f"{names_of([row])[0]} was deleted while you had it open",
            "row": row,
            "typed": list(_typed(self.model, request)),
            "restore_url": self._deleted_address("restore", row.history_id),
            "may_restore": self._may_bring_back(request),
        }
        return self._deleted_page(request, "admin/deleted_meanwhile.html", context)

    def _bring_back(self, request: HttpRequest, row: Any, reason: str) -> list[str]:
        """Bring it back; returns what stands against it."""
        try:
            record = restore_deleted(row, by=cast(User, request.user), reason=reason, kind=Way.ADMIN)
        except ValidationError as error:
            return list(error.messages)
        except IntegrityError as error:
            return [in_words(error)]
        self.message_user(request, f"“{name_of(record)}” was restored.")
        return []

    def _may_bring_back(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and self.has_add_permission(request)

    def _deleted_address(self, page: str, *args: Any) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(f"{self.admin_site.name}:{name}", args=args)

    def _deleted_page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "deleted_url": self._deleted_address("deleted"),
        }
        return TemplateResponse(request, template, {**shared, **context})


def deletions(model: type[Any]) -> QuerySet[Any]:
    """The last history row of every record of a model that is gone, the last deleted first."""
    rows = model.history.model.objects
    newer = rows.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    there = model._default_manager.filter(pk=OuterRef("id"))
    found: QuerySet[Any] = (
        rows.filter(~Exists(newer), ~Exists(there), history_type="-")
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
    )
    return found


def _typed(model: type[Record], request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What a form said, field by field as far as a person filled it in."""
    labels = {field.name: field.verbose_name for field in recorded_fields(model)} | {
        "change_reason": "reason"
    }
    for name, values in request.POST.lists():
        own = name.rsplit("-", 1)[-1]
        said = [value for value in map(str, values) if value]
        if said and not own.isupper() and own not in UNSAID and not name.startswith(("_", "initial-")):
            yield str(labels.get(own, own.replace("_", " "))), ", ".join(said)


def _gist(row: Any) -> str:
    """The first words of what it says."""
    said = next((text for name in GIST if (text := getattr(row, name, ""))), "")
    return str(said)


def _fields(model: type[Record], row: Any) -> list[dict[str, str]]:
    """Every field that says something, in words."""
    fields, names = recorded_fields(model), Names()
    names.learn([row], fields)
    return [
        {
            "field": str(field.verbose_name).capitalize(),
            "value": names.words(field, getattr(row, field.attname)),
        }
        for field in fields
        if getattr(row, field.attname) not in (None, "")
    ]


def _named(rows: list[Any]) -> list[str]:
    """What went with it: its kind and its name."""
    found = []
    for model in dict.fromkeys(row.instance_type for row in rows):
        of_model = [row for row in rows if row.instance_type is model]
        found += [f"{model._meta.verbose_name}: {name}" for name in names_of(of_model)]
    return found
