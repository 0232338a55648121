"""The site of the admin: stock, but for its first page."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class RedlinesAdminSite(AdminSite):
    """The admin whose first page is a desk, and whose look-ups know what a form is about."""

    # The desk lists every kind of record; the room is for the columns of the lists.
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What needs attention, then everything that is on record."""
        # Not above: the site is made while issues.admin is being imported.
        from issues.admin.tools.dashboard import desk_context

        return super().index(request, {**desk_context(request.user), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What a look-up field offers."""
        from issues.admin.base.lookups import RecordLookUp

        return cast(HttpResponse, RecordLookUp.as_view(admin_site=self)(request))
