"""Change sets, to read only: they are made by changing records."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from issues.actions.take_back.undo_edit import may_undo
from issues.admin.base.tool import ReadOnlyAdmin, author
from issues.history import ChangeSet, ProcessChange
from issues.queries.access.readable import readable
from issues.queries.access.standing import standing_of
from issues.queries.reading.people import People


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """Who changed something, when and why."""

    list_display = ("time", "user", "kind", "reason")
    list_filter = ("kind",)
    list_select_related = ("user", "undone_by")
    search_fields = ("reason", "user__username")
    date_hierarchy = "time"
    actions = None
    change_form_template: ClassVar[Any] = "admin/change_set.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeSet]:
        """All; of somebody from whom processes are hidden, those that touch such alone as they may read."""
        change_sets = super().get_queryset(request)
        if not standing_of(request.user).hidden:
            return change_sets
        there = ProcessChange.objects.filter(change_set=OuterRef("pk"), process__in=readable(request.user))
        beyond = People(named=True, reader=author(request)).beyond
        return change_sets.filter(Exists(there)).exclude(pk__in=beyond)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The change set, with the way to undo it for those who may."""
        change_set = kwargs["obj"]
        context["may_undo"] = change_set.undone_by_id is None and may_undo(request.user, change_set)
        return super().render_change_form(request, context, *args, **kwargs)
