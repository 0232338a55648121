"""Processes with who takes part, places and tracks."""

from typing import Any, ClassVar

from django.contrib import admin

from issues.admin.base.record import RecordAdmin, RecordInline
from issues.admin.lists.filters import RelatedFilter
from issues.models import Participation, Place, Process, Track


class ParticipationInline(RecordInline):
    """Who takes part in a process."""

    model = Participation
    fk_name = "process"
    fields = ("actor", "role", "capability", "order", "watched")
    list_select_related = ("actor", "process")
    most_rows = 60


@admin.register(Process)
class ProcessAdmin(RecordAdmin):
    """Negotiations."""

    list_display = ("name", "slug", "started_on", "ended_on", "public")
    list_filter = ("public",)
    search_fields = ("name", "slug", "summary")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (ParticipationInline,)
    # Leads to the order of its issues.
    change_form_template: ClassVar[Any] = "admin/process_form.html"


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    """Places under all their names."""

    list_display = ("name", "aliases")
    search_fields = ("name", "aliases")


@admin.register(Track)
class TrackAdmin(RecordAdmin):
    """Venues and mediators."""

    list_display = ("name", "process", "lead")
    list_filter = (("process", RelatedFilter),)
    list_select_related = ("process", "lead")
    search_fields = ("name", "process__name", "lead__name", "lead__aliases")


@admin.register(Participation)
class ParticipationAdmin(RecordAdmin):
    """Who takes part in what, as which."""

    list_display = ("actor", "process", "role", "capability", "order", "watched")
    list_filter = (("process", RelatedFilter), "role", "watched")
    list_select_related = ("actor", "process")
    search_fields = ("actor__name", "actor__short_name", "actor__aliases", "process__name")
