"""The changes of a process, narrowed: what is stored in SQL, what the fold derives in Python."""

from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from issues.domain.change import UNCERTAIN, Change, ChangeKind, Direction
from issues.filters.fields import Day, One, Several, Words, contains
from issues.filters.shared import FeedFilter, PageForm, lies_before
from issues.models import Person, Position, Summit
from issues.models.actor import ParticipationRole
from issues.models.position import Basis, Confidence
from issues.models.source import SourceKind
from issues.queries.pages.change_feed import (
    Speaker,
    Wants,
    positions_of,
    positions_resting_on,
    positions_saying,
)
from issues.queries.pages.matrix_cell import LINE_CHANGES
from issues.queries.reading.process import Reading

# What is asked of each change: what the fold derives, and whose it is, by the actor that keeps it today.
KINDS = [*((kind.value, kind.value) for kind in ChangeKind), (UNCERTAIN, "order uncertain")]
DERIVED = ("kind", "direction", "red_line")
OF_ACTORS = ("actor", "role")
SAID = ("quote", "original_quote", "translation")
# What may be asked to be empty: of a position, what no statement that supports it has.
EMPTY = [("track", "no track"), ("speaker", "no speaker"), ("source", "no source")]


class ChangeForm(PageForm):
    """The summits and days of a range, in order."""

    def clean(self) -> dict[str, Any]:
        """Refuse summits that end before they begin."""
        cleaned = super().clean()
        order = [slug for slug, _ in self.fields["from_summit"].choices]  # type: ignore[attr-defined]
        begins, ends = cleaned.get("from_summit"), cleaned.get("to_summit")
        if begins and ends and order.index(ends) > order.index(begins):  # the newest is offered first
            self.add_error("to_summit", lies_before(self.fields["from_summit"]))
        return cleaned


class ChangeFilter(FeedFilter):
    """The changes of a process: :attr:`stored` narrows positions in SQL, :meth:`wants` asks each change."""

    first: ClassVar[tuple[str, ...]] = ("issue", "actor", "kind", "q")

    issue = Several(field_name="issue__slug", label="Issue")
    actor = Several(label="Actor", method="derived")
    kind = Several(label="Kind", method="derived", choices=KINDS)
    q = Words(label="Words", method="with_words")
    direction = Several(
        label="Direction", method="derived", choices=[(item.value, item.value) for item in Direction]
    )
    red_line = Several(
        label="Red line", method="derived", choices=[(item.value, item.value) for item in LINE_CHANGES]
    )
    role = Several(label="Role", method="derived", choices=ParticipationRole.choices)
    track = Several(field_name="summit__track__name", label="Track")
    speaker = Several(label="Speaker", method="said_by")
    source_kind = Several(label="Source kind", method="of_source_kind", choices=SourceKind.choices)
    without = Several(label="Is empty", method="left_empty", choices=EMPTY)
    basis = Several(field_name="basis", label="Basis", choices=Basis.choices)
    confidence = Several(field_name="confidence", label="Confidence", choices=Confidence.choices)
    summit = One(label="Summit", method="at_summit", empty_label="any")
    from_summit = One(label="From summit", method="from_one", empty_label="the first")
    to_summit = One(label="To summit", method="to_one", empty_label="the last")
    since = Day(field_name="summit__starts_on", lookup_expr="gte", label="From day")
    until = Day(field_name="summit__starts_on", lookup_expr="lte", label="To day")
    unreviewed = One(
        label="Review", method="not_reviewed", choices=[("1", "unreviewed only")], empty_label="any"
    )

    class Meta:
        model = Position
        fields: ClassVar[tuple[str, ...]] = ()
        form = ChangeForm

    def __init__(
        self, data: Any, reading: Reading, tracks: Iterable[str] = (), speakers: Iterable[Speaker] = ()
    ) -> None:
        super().__init__(data, queryset=positions_of(reading))
        self.reading = reading
        self.speakers = {item.person.slug: item for item in speakers}
        summits = [(item.slug, item.name) for item in reversed(list(reading.summits.values()))]
        for name, choices in {
            "issue": [(item.slug, item.name) for item in reading.issues.values()],
            "actor": [(item.actor.slug, str(item.actor)) for item in reading.participations],
            "track": [(name, name) for name in tracks],
            "speaker": [(slug, item.person.name) for slug, item in self.speakers.items()],
            "summit": summits,
            "from_summit": summits,
            "to_summit": summits,
        }.items():
            self.filters[name].extra["choices"] = choices

    @property
    def stored(self) -> QuerySet[Position] | None:
        """The positions that the stored filters leave; None where none of them is set, so that all are."""
        if self.form.is_valid() and not self.asked.keys() - {*DERIVED, *OF_ACTORS}:
            return None
        return self.qs

    @property
    def subject(self) -> str:
        """What is asked for in what no renaming changes, in one order: keys in the place of slugs."""
        keys = {
            **{("issue", item.slug): item.pk for item in self.reading.issues.values()},
            **{("actor", item.actor.slug): item.actor_id for item in self.reading.participations},
            **{("summit", item.slug): item.pk for item in self.reading.summits.values()},
            **{("speaker", slug): item.person.pk for slug, item in self.speakers.items()},
        }
        asked: dict[str, list[str]] = {}
        for name in sorted(self.asked):
            values = self.form[name].data
            given = values if isinstance(values, list) else [values]
            kind = "summit" if name.endswith("summit") else name
            asked[name] = sorted(str(keys.get((kind, value), value)) for value in set(given))
        return urlencode(asked, doseq=True)

    def wants(self) -> Wants:
        """The question whether a change is of the kinds, directions and red-line changes asked for."""
        asked = [(name, frozenset(self.asked[name])) for name in DERIVED if name in self.asked]
        actors = self._actors()
        return lambda change: (
            change.entry.actor in actors and all(_told(change, name) in values for name, values in asked)
        )

    def _actors(self) -> frozenset[int]:
        """The actors asked for, by name and by role in this process; all where neither is asked."""
        asked = self.asked
        return frozenset(
            item.actor_id
            for item in self.reading.participations
            if item.actor.slug in asked.get("actor", [item.actor.slug])
            and item.role in asked.get("role", [item.role])
        )

    # How each filter narrows

    def derived(self, queryset: QuerySet[Position], name: str, value: Any) -> QuerySet[Position]:
        """Nothing: what the fold derives is in no column."""
        return queryset

    def with_words(self, queryset: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        """Every word, each in the summary, in something said in evidence or in the name of who said it."""
        for word in value.split():
            named = Person.objects.filter(contains(word, "name", "aliases")).values("pk")
            words = contains(word, *SAID) | Q(speaker__in=named)
            said = Q(id__in=positions_saying(words, self.reading))
            queryset = queryset.filter(contains(word, "summary") | said)
        return queryset

    def said_by(self, queryset: QuerySet[Position], name: str, value: list[str]) -> QuerySet[Position]:
        """Resting on the words of any of these people."""
        keys = {key for slug in value for key in self.speakers[slug].keys}
        return queryset.filter(id__in=self._resting_on(Q(speaker__in=keys))) if value else queryset

    def of_source_kind(self, queryset: QuerySet[Position], name: str, value: list[str]) -> QuerySet[Position]:
        """Resting on a source of any of these kinds."""
        kept = self._resting_on(Q(source__kind__in=value))
        return queryset.filter(id__in=kept) if value else queryset

    def left_empty(self, queryset: QuerySet[Position], name: str, value: list[str]) -> QuerySet[Position]:
        """Stated on no track, by nobody who is named, or resting on no source: any of what is asked."""
        empty = {
            "track": lambda: Q(summit__track__isnull=True),
            "speaker": lambda: ~Q(id__in=self._resting_on(Q(speaker__isnull=False))),
            "source": lambda: ~Q(id__in=self._resting_on(Q())),
        }
        asked = Q()
        for one in value:
            asked |= empty[one]()
        return queryset.filter(asked)

    def _resting_on(self, statements: Q) -> RawSQL:
        return positions_resting_on(statements, self.reading)

    def at_summit(self, queryset: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        """Said at a summit or in parallel to it, as its page tells."""
        summit = self._summit(value)
        return queryset.filter(Q(summit=summit) | Q(summit__parallel_to=summit))

    def from_one(self, queryset: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        """Said at a summit, in parallel to it, or later."""
        return self._beyond(queryset, self._summit(value), "gt")

    def to_one(self, queryset: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        """Said up to a summit or in parallel to it: what counts as of it."""
        return self._beyond(queryset, self._summit(value), "lt")

    def not_reviewed(self, queryset: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        """Seen by no second pair of eyes since its last edit."""
        return queryset.filter(reviewed_by__isnull=True)

    def _beyond(self, queryset: QuerySet[Position], summit: Summit, way: str) -> QuerySet[Position]:
        table = summit.occasion.table
        keys, tables = zip(*((item.id, item.table) for item in self.reading.occasions), strict=True)
        at_table = [place for place, other in enumerate(tables) if other == table]
        kept = keys[at_table[0] :] if way == "gt" else keys[: at_table[-1] + 1]
        return queryset.filter(summit__in=kept)

    def _summit(self, slug: str) -> Summit:
        summit = self.reading.by_slug(slug)
        if summit is None:
            raise LookupError(slug)  # the form has refused it
        return summit


def _told(change: Change, name: str) -> str | None:
    """What a change is told as: of uncertain order, as nothing else."""
    if name == "kind":
        return change.listed_as
    return getattr(change, name) if change.order_known else None
