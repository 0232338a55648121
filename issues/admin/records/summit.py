"""Summits with who attended, and events between them."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join

from issues.actions.record.occasion import occasion_breaches, same_occasions
from issues.admin.base.forms import RecordForm
from issues.admin.base.inline import inline
from issues.admin.base.record import RecordAdmin
from issues.admin.base.short_ids import EventForm
from issues.admin.lists.columns import fill_summits, logged
from issues.admin.lists.dates import as_known
from issues.admin.lists.filters import MeetingFilter, RelatedFilter
from issues.admin.records.evidence import evidence_inline
from issues.models import Attendance, Event, EventIssue, Summit


class OccasionForm(RecordForm):
    """An occasion: what its day says of it, and whether it is on record already."""

    confirmed = forms.BooleanField(
        required=False,
        label="Another occasion",
        help_text="Tick it where one of the same day, place and kind is on record and this is another.",
    )

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self._is_asked():
            return
        for name, message in occasion_breaches(self.instance, confirmed=self.cleaned_data["confirmed"]):
            same = same_occasions(self.instance) if name == "confirmed" else []
            pages = format_html_join(
                ", ", '<a href="{}">{}</a>', ((item.get_absolute_url(), item) for item in same)
            )
            self.add_error(name if name in self.fields else None, format_html("{} {}", message, pages))

    def _is_asked(self) -> bool:
        """Whether the day, the place, the kind or the status is new."""
        return bool({"starts_on", "starts_on_precision", "place", "kind", "status"} & set(self.changed_data))


@admin.register(Summit)
class SummitAdmin(RecordAdmin):
    """Occasions of a process, in their order."""

    form = OccasionForm
    list_display = (
        *("name", as_known("starts_on"), "kind", "status", logged),
        *("track", "process", "place", "host", "sequence"),
    )
    fill = staticmethod(fill_summits)
    list_filter = (("process", RelatedFilter), MeetingFilter, "kind", "status", ("track", RelatedFilter))
    list_select_related = ("process", "track", "place", "host", "parallel_to")
    search_fields = ("name", "slug", "summary", "place__name", "place__aliases")
    date_hierarchy = "starts_on"
    prepopulated_fields = {"slug": ("name",)}
    inlines = (inline(Attendance, "summit", "actor", "person", most_rows=100),)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """Context between summits."""

    form = EventForm
    list_display = ("title", "ref", "process", as_known("date"))
    list_filter = (("process", RelatedFilter),)
    list_select_related = ("process",)
    search_fields = ("title", "ref", "text")
    date_hierarchy = "date"
    inlines = (inline(EventIssue, "event", "issue"), evidence_inline("event", "event"))


admin.site.register(
    Attendance,
    RecordAdmin,
    list_display=("summit", "actor", "person"),
    list_filter=(("summit__process", RelatedFilter),),
    list_select_related=("summit", "actor", "person"),
    search_fields=("summit__name", "actor__name", "actor__aliases", "person__name", "person__aliases"),
)
admin.site.register(
    EventIssue,
    RecordAdmin,
    list_display=("event", "issue"),
    list_filter=(("event__process", RelatedFilter),),
    list_select_related=("event", "issue"),
    search_fields=("event__title", "event__ref", "issue__name", "issue__aliases"),
)
