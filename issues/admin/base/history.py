"""The history of a record is the site's own page; the admin leads there."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from simple_history.admin import SimpleHistoryAdmin

from issues.admin.base.forms import is_key


class HistoryPages(SimpleHistoryAdmin):
    """The two addresses of the admin's history, which lead to the pages of the same record and version."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All versions of a record."""
        return self._elsewhere(request, "history", unquote(object_id))

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One version, to restore."""
        return self._elsewhere(request, "history-restore", unquote(object_id), version_id)

    def _elsewhere(self, request: HttpRequest, name: str, *keys: str) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not all(map(is_key, keys)):
            raise Http404
        return redirect(name, self.opts.model_name, *map(int, keys))
