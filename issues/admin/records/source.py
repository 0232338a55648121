"""Sources and the statements in them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from issues.actions.rules.actors import LEFT_ALONE, signatory_count
from issues.actions.rules.check import check_finished
from issues.admin.base.forms import RecordFormSet
from issues.admin.base.inline import inline
from issues.admin.base.record import RecordAdmin, is_list
from issues.admin.base.search import at_address
from issues.admin.base.short_ids import SourceForm, StatementForm
from issues.admin.lists.columns import archived, fill_sources, uses
from issues.admin.lists.dates import as_known
from issues.admin.lists.filters import DuplicatesFilter, LanguageFilter, LinksFilter, UsedInFilter, UseFilter
from issues.admin.tools.merge import MERGING, Mergeable
from issues.models import Signatory, Snapshot, Source, Statement


class FoundByAddress(RecordAdmin):
    """Records that are found by the address of their source, in any of the ways to write it."""

    # The look-up that leads to the source.
    source_path = ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What is at the address, else what the words find."""
        exact = at_address(queryset, self.source_path, search_term)
        return (
            (exact, False)
            if exact is not None
            else super().get_search_results(request, queryset, search_term)
        )


@admin.register(Source)
class SourceAdmin(Mergeable, FoundByAddress):
    """Documents."""

    form = SourceForm

    list_display = (
        "key",
        "publisher",
        "title",
        "kind",
        uses,
        archived,
        as_known("published_on", empty="undated"),
        "language",
    )
    fill = staticmethod(fill_sources)
    list_filter = (
        *(UsedInFilter, UseFilter, "kind", LanguageFilter),
        *(("archive_url", admin.EmptyFieldListFilter), DuplicatesFilter, LinksFilter),
    )
    list_select_related = ("cited_via",)
    search_fields = ("key", "title", "publisher", "author", "url", "other_urls", "archive_url")
    actions = ("delete_selected", *MERGING)
    date_hierarchy = "published_on"
    inlines = (
        inline(
            *(Snapshot, "source", "url", "taken_at", "taken_by", "note"),
            verbose_name="archived copy",
            verbose_name_plural="archived copies, the newest of which is shown",
        ),
    )


@admin.register(Snapshot)
class SnapshotAdmin(RecordAdmin):
    """Archived copies of sources."""

    list_display = ("source", "url", "taken_at", "taken_by")
    list_select_related = ("source",)
    search_fields = ("source__key", "source__title", "url", "taken_by", "note")


class SignatoryFormSet(RecordFormSet):
    """Who signed a joint statement: two or more, or nobody."""

    def together(self) -> list[str]:
        """How many there are once this form is stored."""
        found = signatory_count(self.instance, len(self.surviving))
        return [LEFT_ALONE if self.leaving else message for _, message in found]


@admin.register(Statement)
class StatementAdmin(FoundByAddress):
    """Words in a source."""

    form = StatementForm

    source_path = "source__"

    list_display = ("__str__", "quote_begins", "speaker", "organ", as_known("said_on"), "occasion")
    list_filter = ("claimed_as", LanguageFilter)
    list_select_related = ("source", "speaker", "organ", "occasion")
    search_fields = (
        *("ref", "quote", "original_quote", "translation", "note"),
        *(
            "source__key",
            "source__title",
            "source__url",
            "source__other_urls",
            "speaker__name",
            "speaker__aliases",
        ),
    )
    date_hierarchy = "said_on"
    inlines = (
        inline(
            *(Signatory, "statement", "actor"),
            formset=SignatoryFormSet,
            verbose_name="signatory",
            verbose_name_plural="signatories, of a joint statement",
        ),
    )
    fieldsets = (
        (None, {"fields": (("source", "ref"), "locator", "snapshot")}),
        ("The words", {"fields": ("quote", "original_quote", "language", "translation", "note")}),
        (
            "Who said them",
            {"fields": ("speaker", "organ", "attribution", "reported_by_actor", "reported_by_person")},
        ),
        ("When", {"fields": (("said_on", "said_on_precision"), "occasion", "in_reply_to", "claimed_as")}),
    )

    def get_ordering(self, request: HttpRequest) -> Any:
        """In the list, what was recorded last comes first: it is what one comes back to."""
        return ("-pk",) if is_list(request) else super().get_ordering(request)

    @admin.display(description="quote", ordering="quote")
    def quote_begins(self, statement: Statement) -> str:
        """The first words."""
        words = statement.quote or statement.note
        return words if len(words) <= 80 else f"{words[:79]}…"


@admin.register(Signatory)
class SignatoryAdmin(RecordAdmin):
    """Who signed which joint statement."""

    list_display = ("statement", "actor")
    list_select_related = ("statement__source", "actor")
    search_fields = ("statement__source__key", "statement__ref", "actor__name", "actor__aliases")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Refuse the first of a statement: two are named together, on the statement."""
        super().save_related(request, form, formsets, change)
        check_finished(form.instance.statement)
