"""The site of the admin: stock, but for its first page and the pages that are about more than one form."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse


class RedlinesAdminSite(AdminSite):
    """The admin whose first page is a desk, and whose look-ups know what a form is about."""

    # The desk lists every kind of record; the room is for the columns of the lists.
    enable_nav_sidebar = False
    # Factors, sessions and providers are nobody's to read or write there: secrets are among them.
    unseen = frozenset({"account", "mfa", "socialaccount", "usersessions"})
    # Not imported above, here as below: the site is made while issues.admin is being imported.

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take what an app shows of itself, but for what is unseen."""
        asked: Any = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        seen = [model for model in asked if model._meta.app_label not in self.unseen]
        super().register(seen, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to where everybody signs in: there alone a second factor is asked for."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_urls(self) -> list[Any]:
        """The pages beside lists and forms, before the addresses of records."""
        from issues.admin.tools.deleted import deleted_page
        from issues.admin.tools.order import order_page
        from issues.admin.tools.undo import undo_page

        pages = (
            ("issues/changeset/<str:key>/undo/", undo_page, "issues_changeset_undo"),
            ("issues/process/<str:key>/order/", order_page, "issues_process_order"),
            ("issues/<str:model>/deleted/", deleted_page, "deleted"),
        )
        own = [path(address, self.admin_view(page), name=name) for address, page, name in pages]
        return [*own, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The kinds of records by what they are about, those of every evening first."""
        from issues.admin.tools.dashboard import grouped

        return grouped(super().get_app_list(request, app_label))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What needs attention, then everything that is on record."""
        from issues.admin.tools.dashboard import desk_context

        desk = desk_context(request.user, request.GET.get("process"))
        return super().index(request, {**desk, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Everything on record, without the desk above."""
        return super().app_index(request, app_label, {"title": self.index_title, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What a look-up field offers."""
        from issues.admin.base.lookups import RecordLookUp

        return cast(HttpResponse, RecordLookUp.as_view(admin_site=self)(request))
