"""Change sets, to read only: they are made by changing records."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from issues.actions.take_back.undo_edit import may_undo
from issues.admin.base.search import found
from issues.history import ChangeSet


@admin.register(ChangeSet)
class ChangeSetAdmin(admin.ModelAdmin):
    """Who changed something, when and why."""

    list_display = ("time", "user", "kind", "reason")
    list_filter = ("kind",)
    list_select_related = ("user", "undone_by")
    search_fields = ("reason", "user__username")
    date_hierarchy = "time"
    show_full_result_count = False
    actions = None
    change_form_template: ClassVar[Any] = "admin/change_set.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody makes one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody rewrites what happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody forgets it either."""
        return False

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The change set, with the way to undo it for those who may."""
        change_set = kwargs["obj"]
        context["may_undo"] = change_set.undone_by_id is None and may_undo(request.user, change_set)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The change sets whose reason or author has these words."""
        return found(queryset, self.search_fields, search_term), False
