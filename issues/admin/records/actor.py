"""Actors with their members, and people with their offices."""

from django.contrib import admin

from issues.admin.base.inline import inline
from issues.admin.base.record import RecordAdmin
from issues.admin.lists.columns import fill_actors, fill_people, held, roles
from issues.admin.lists.dates import begun, ended
from issues.admin.lists.filters import DuplicatesFilter, RelatedFilter
from issues.admin.tools.merge import MERGING, Mergeable
from issues.models import Actor, Membership, Office, Person

# Both ends of a time, each with how exactly it is known.
TIME = ("since", "since_precision", "until", "until_precision")
OF_PROCESS = ("participations__process", RelatedFilter)


@admin.register(Actor)
class ActorAdmin(Mergeable, RecordAdmin):
    """States, authorities, organisations, coalitions and their organs."""

    list_display = ("name", "short_name", "kind", "part_of", roles, "aliases")
    fill = staticmethod(fill_actors)
    list_filter = ("kind", "participations__role", OF_PROCESS, DuplicatesFilter)
    list_select_related = ("part_of",)
    search_fields = ("name", "short_name", "slug", "aliases")
    actions = ("delete_selected", *MERGING)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (
        inline(
            *(Membership, "coalition", "member", *TIME),
            verbose_name="member",
            verbose_name_plural="members, of a coalition",
            most_rows=60,
        ),
    )


@admin.register(Person)
class PersonAdmin(Mergeable, RecordAdmin):
    """People who speak or sit at the table."""

    list_display = ("name", held, "aliases")
    fill = staticmethod(fill_people)
    list_filter = (DuplicatesFilter,)
    search_fields = ("name", "slug", "aliases")
    actions = ("delete_selected", *MERGING)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (inline(Office, "person", "actor", "title", *TIME),)


admin.site.register(
    Membership,
    RecordAdmin,
    list_display=("member", "coalition", begun, ended),
    fields=("coalition", "member", TIME[:2], TIME[2:]),
    list_select_related=("member", "coalition"),
    search_fields=("member__name", "member__aliases", "coalition__name", "coalition__aliases"),
)
admin.site.register(
    Office,
    RecordAdmin,
    list_display=("title", "person", "actor", begun, ended),
    fields=("person", "actor", "title", TIME[:2], TIME[2:]),
    list_select_related=("person", "actor"),
    search_fields=("title", "person__name", "person__aliases", "actor__name", "actor__aliases"),
)
