"""Processes with who takes part, places and tracks."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.admin.base.inline import inline
from issues.admin.base.record import RecordAdmin
from issues.admin.lists.filters import RelatedFilter
from issues.models import Participation, Place, Process, Track


@admin.register(Process)
class ProcessAdmin(RecordAdmin):
    """Negotiations, each leading to the order of its issues."""

    list_display = ("name", "slug", "started_on", "ended_on", "visibility", "names_public", "at_desk")
    list_filter = ("visibility", "names_public")
    search_fields = ("name", "slug", "summary")
    prepopulated_fields = {"slug": ("name",)}
    change_form_template: ClassVar[Any] = "admin/process_form.html"
    inlines = (
        inline(Participation, "process", "actor", "role", "capability", "order", "watched", most_rows=60),
    )

    @admin.display(description="Desk")
    def at_desk(self, process: Process) -> SafeString:
        """The way to what needs attention in it."""
        address = f"{reverse('admin:index')}?{urlencode({'process': process.slug})}"
        return format_html('<a href="{}">What needs attention</a>', address)


admin.site.register(Place, RecordAdmin, list_display=("name", "aliases"), search_fields=("name", "aliases"))
admin.site.register(
    Track,
    RecordAdmin,
    list_display=("name", "process", "lead"),
    list_filter=(("process", RelatedFilter),),
    list_select_related=("process", "lead"),
    search_fields=("name", "process__name", "lead__name", "lead__aliases"),
)
admin.site.register(
    Participation,
    RecordAdmin,
    list_display=("actor", "process", "role", "capability", "order", "watched"),
    list_filter=(("process", RelatedFilter), "role", "watched"),
    list_select_related=("actor", "process"),
    search_fields=("actor__name", "actor__short_name", "actor__aliases", "process__name"),
)
