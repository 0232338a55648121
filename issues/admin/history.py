"""The history of a record: who, when, why and what, and an earlier version restored with a reason."""

from typing import Any, ClassVar, cast

from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from issues.actions.restore import restore_deleted
from issues.admin.forms import RestoreForm, is_key
from issues.admin.refusal import in_words
from issues.admin.restore import restore_version
from issues.admin.trail import Part, trail, versions
from issues.admin.wording import Names, name_of, recorded_fields
from issues.history import Record, StaleVersion

STALE = "Someone changed it while you had this page open. Look at the differences again."


class HistoryPages(SimpleHistoryAdmin):
    """The two history pages. Looking needs the right to view, restoring the right to change or add."""

    object_history_template: ClassVar[Any] = "simple_history/object_history.html"
    object_history_form_template = "simple_history/object_history_form.html"
    history_list_per_page = 50
    # What hangs on the record and is told with its history.
    history_parts: ClassVar[tuple[Part, ...]] = ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All versions, newest first, each with its differences from the one before."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        key = unquote(object_id)
        rows = self._rows(key)
        current = self._current(request, key)
        if current is None and not rows.exists():
            raise Http404
        listed = trail(self.model, key, self.history_parts)
        paginator = Paginator(listed, self.history_list_per_page)
        page = paginator.get_page(request.GET.get(PAGE_VAR))
        record = current or rows[0].instance
        context = {
            "title": f"History: {name_of(record)}",
            "versions": versions(
                self.model, self.history_parts, list(page.object_list), self.admin_site.name
            ),
            "page_obj": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "is_deleted": current is None,
        }
        return self._page(request, self.object_history_template, record, {**context, **(extra_context or {})})

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One version beside what is stored now. A POST restores it: only with permission and a reason."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        key = unquote(object_id)
        row = self._rows(key).filter(history_id=version_id).first() if is_key(version_id) else None
        if row is None:
            raise Http404
        current = self._current(request, key)
        may_restore = (
            self.has_change_permission(request, current) if current else self.has_add_permission(request)
        )
        form = RestoreForm(initial={"opened_version": current.version if current else 0})
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            form = RestoreForm(request.POST)
            if form.is_valid() and self._restore(request, form, row, current):
                return HttpResponseRedirect(self._history_url(key))
            current = self._current(request, key)
            form.data = {**request.POST.dict(), "opened_version": str(current.version if current else 0)}
        context = {
            "title": f"Version of {row.history_date:%Y-%m-%d %H:%M} UTC: {name_of(current or row.instance)}",
            "row": row,
            "fields": _beside(self.model, row, current),
            "is_deleted": current is None,
            "may_restore": may_restore,
            "form": form,
            "history_url": self._history_url(key),
        }
        record = current or row.instance
        return self._page(
            request, self.object_history_form_template, record, {**context, **(extra_context or {})}
        )

    def _restore(self, request: HttpRequest, form: RestoreForm, row: Any, current: Record | None) -> bool:
        """Restore a version; where that is refused, say on the form why."""
        reason, by = form.cleaned_data["change_reason"], cast(User, request.user)
        try:
            if current is None:
                restored = restore_deleted(row, by=by, reason=reason)
            else:
                restored = restore_version(row, form.cleaned_data["opened_version"], by=by, reason=reason)
        except StaleVersion:
            form.add_error(None, STALE)
            return False
        except (IntegrityError, ValidationError) as error:
            form.add_error(None, in_words(error))
            return False
        self.message_user(request, f"“{name_of(restored)}” was restored.")
        return True

    def _rows(self, key: str) -> Any:
        """The history rows of a record, newest first."""
        rows = self.model.history.select_related("history_user")
        return rows.filter(id=key).order_by("-history_date", "-history_id") if is_key(key) else rows.none()

    def _current(self, request: HttpRequest, key: str) -> Any:
        """The stored record, or None where it was deleted."""
        return self.get_queryset(request).filter(pk=key).first() if is_key(key) else None

    def _history_url(self, key: str) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_history", args=[quote(key)]
        )

    def _page(
        self, request: HttpRequest, template: str, record: Record, context: dict[str, Any]
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": record,
            "object_name": name_of(record),
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
        }
        return render(request, template, {**shared, **context})


def _beside(model: type[Any], row: Any, current: Any) -> list[dict[str, Any]]:
    """Every field of a version beside the stored one."""
    fields, names = recorded_fields(model), Names()
    names.learn([row, *([current] if current else [])], fields)
    return [
        {
            "field": str(field.verbose_name).capitalize(),
            "then": names.words(field, getattr(row, field.attname)),
            "now": names.words(field, getattr(current, field.attname)) if current else "",
            "differs": bool(current) and getattr(row, field.attname) != getattr(current, field.attname),
        }
        for field in fields
    ]
