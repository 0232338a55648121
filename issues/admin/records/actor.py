"""Actors with their members, and people with their offices."""

from django.contrib import admin

from issues.admin.base.record import RecordAdmin, RecordInline
from issues.admin.lists.attention import DuplicatesFilter
from issues.admin.lists.columns import ActorColumns, PersonColumns
from issues.admin.lists.filters import RelatedFilter
from issues.admin.tools.merge import merge_selected
from issues.models import Actor, Membership, Office, Person


class MembershipInline(RecordInline):
    """The members of a coalition."""

    model = Membership
    fk_name = "coalition"
    fields = ("member", "since", "until")
    list_select_related = ("coalition", "member")
    verbose_name = "member"
    verbose_name_plural = "members, of a coalition"
    most_rows = 60


class OfficeInline(RecordInline):
    """The posts that a person held."""

    model = Office
    fk_name = "person"
    fields = ("actor", "title", "since", "until")
    list_select_related = ("person", "actor")


@admin.register(Actor)
class ActorAdmin(ActorColumns, RecordAdmin):
    """States, authorities, organisations, coalitions and their organs."""

    list_display = ("name", "short_name", "kind", "part_of", "roles", "aliases")
    list_filter = (
        "kind",
        "participations__role",
        ("participations__process", RelatedFilter),
        DuplicatesFilter,
    )
    list_select_related = ("part_of",)
    search_fields = ("name", "short_name", "slug", "aliases")
    actions = ("delete_selected", merge_selected)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who belongs to which coalition, and when."""

    list_display = ("member", "coalition", "since", "until")
    list_select_related = ("member", "coalition")
    search_fields = ("member__name", "member__aliases", "coalition__name", "coalition__aliases")


@admin.register(Person)
class PersonAdmin(PersonColumns, RecordAdmin):
    """People who speak or sit at the table."""

    list_display = ("name", "held", "aliases")
    list_filter = (DuplicatesFilter,)
    search_fields = ("name", "slug", "aliases")
    actions = ("delete_selected", merge_selected)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OfficeInline,)


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    """Posts that people held."""

    list_display = ("title", "person", "actor", "since", "until")
    list_select_related = ("person", "actor")
    search_fields = ("title", "person__name", "person__aliases", "actor__name", "actor__aliases")
