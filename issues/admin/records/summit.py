"""Summits with who attended, and events between them."""

from django.contrib import admin

from issues.admin.base.record import RecordAdmin, RecordInline
from issues.admin.base.short_ids import EventForm
from issues.admin.lists.columns import MeetingFilter, SummitColumns
from issues.admin.lists.filters import RelatedFilter
from issues.admin.records.evidence import EventEvidenceInline
from issues.models import Attendance, Event, EventIssue, Summit


class AttendanceInline(RecordInline):
    """Who sat at the table."""

    model = Attendance
    fk_name = "summit"
    fields = ("actor", "person")
    list_select_related = ("summit", "actor", "person")
    most_rows = 100


class EventIssueInline(RecordInline):
    """The issues that an event bears on."""

    model = EventIssue
    fk_name = "event"
    fields = ("issue",)
    list_select_related = ("event", "issue")


@admin.register(Summit)
class SummitAdmin(SummitColumns, RecordAdmin):
    """Occasions of a process, in their order."""

    list_display = (
        "name",
        "starts_on",
        "kind",
        "status",
        "logged",
        "track",
        "process",
        "place",
        "host",
        "sequence",
    )
    list_filter = (
        ("process", RelatedFilter),
        MeetingFilter,
        "kind",
        "status",
        ("track", RelatedFilter),
    )
    list_select_related = ("process", "track", "place", "host", "parallel_to")
    search_fields = ("name", "slug", "summary", "place__name", "place__aliases")
    date_hierarchy = "starts_on"
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AttendanceInline,)


@admin.register(Attendance)
class AttendanceAdmin(RecordAdmin):
    """Who sat at which table."""

    list_display = ("summit", "actor", "person")
    list_filter = (("summit__process", RelatedFilter),)
    list_select_related = ("summit", "actor", "person")
    search_fields = ("summit__name", "actor__name", "actor__aliases", "person__name", "person__aliases")


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """Context between summits."""

    form = EventForm
    list_display = ("title", "ref", "process", "date", "date_precision")
    list_filter = (("process", RelatedFilter),)
    list_select_related = ("process",)
    search_fields = ("title", "ref", "text")
    date_hierarchy = "date"
    inlines = (EventIssueInline, EventEvidenceInline)


@admin.register(EventIssue)
class EventIssueAdmin(RecordAdmin):
    """Which event bears on which issue."""

    list_display = ("event", "issue")
    list_filter = (("event__process", RelatedFilter),)
    list_select_related = ("event", "issue")
    search_fields = ("event__title", "event__ref", "issue__name", "issue__aliases")
