"""Occasions: meetings, statements made away from any table, and what happened between them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from issues.domain.position import Occasion
from issues.domain.span import Span, span
from issues.history import Record
from issues.models.actor import Actor, Person
from issues.models.fields import Precision, filled, in_order, not_taken, one_of, precision_field
from issues.models.issue import Issue
from issues.models.process import Place, Process, Track


class SummitKind(models.TextChoices):
    """Who met, or what was issued."""

    LEADERS = "leaders", "leaders"
    MINISTERS = "ministers", "ministers"
    WORKING = "working", "working level"
    STATEMENT = "statement", "statement"
    DOCUMENT = "document", "document"


class SummitStatus(models.TextChoices):
    """Whether the occasion took place."""

    PLANNED = "planned", "planned"
    HELD = "held", "held"
    NOT_HELD = "not_held", "not held"


class Summit(Record):
    """One occasion of a process, ordered by day and then by sequence within the day."""

    Kind = SummitKind
    Status = SummitStatus

    MEETINGS = (Kind.LEADERS, Kind.MINISTERS, Kind.WORKING)

    key_paths = ("process__slug", "slug")
    history_indexes = ("process",)

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="summits")
    slug = models.SlugField(max_length=80, allow_unicode=True)
    name = models.CharField(max_length=200)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.PROTECT, related_name="summits")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LEADERS)
    status = models.CharField(max_length=8, choices=Status, default=Status.HELD)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="summits")
    starts_on = models.DateField()
    starts_on_precision = precision_field()
    order_on = models.DateField(
        "stands in the order on",
        null=True,
        blank=True,
        help_text="For a day known to the month or year alone: which day within it to take for the order.",
    )
    order_note = models.CharField(
        "why on that day", max_length=300, blank=True, help_text="What tells the order, of a day not known."
    )
    ends_on = models.DateField(null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(default=1, help_text="Order within the day.")
    host = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="hosted")
    parallel_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parallels",
        help_text="The summit during which this was said elsewhere.",
    )
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ("process", "starts_on", "sequence")
        constraints = [
            models.UniqueConstraint(fields=("process", "slug"), name="summit_slug_once"),
            models.UniqueConstraint(
                fields=("process", "starts_on", "sequence"),
                name="summit_order_once",
                violation_error_message="Another occasion has this day and sequence.",
            ),
            models.CheckConstraint(
                condition=Q(parallel_to__isnull=True) | ~Q(parallel_to=F("id")),
                name="summit_not_parallel_to_itself",
                violation_error_message="A summit cannot be parallel to itself.",
            ),
            in_order("starts_on", "ends_on", "summit_dates_in_order"),
            models.CheckConstraint(
                condition=Q(order_on__isnull=True) | ~Q(starts_on_precision=Precision.DAY),
                name="summit_order_of_known_day",
                violation_error_message="A day that is known needs no other day for the order.",
            ),
            in_order("starts_on", "order_on", "summit_order_within"),
            models.CheckConstraint(
                condition=Q(order_on__isnull=True, order_note="")
                | Q(order_on__isnull=False) & ~Q(order_note=""),
                name="summit_order_has_note",
                violation_error_message="Say in the note why it stands there, and only where it does.",
            ),
            one_of("kind", SummitKind, "summit_kind_known"),
            one_of("status", SummitStatus, "summit_status_known"),
            one_of("starts_on_precision", Precision, "summit_precision_known"),
            filled("name", "summit_has_name"),
            not_taken("slug", ("new",), "summit_slug_free"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("summit", args=[self.process.slug, self.slug])

    @property
    def occasion(self) -> Occasion:
        """It, as the fold orders it."""
        return Occasion(
            self.pk,
            self.starts_on,
            self.sequence,
            self.parallel_to_id,
            self.starts_on_precision,
            self.order_on,
        )

    @property
    def span(self) -> Span:
        """The days that its day may be, whatever place the coder gave it in the order."""
        return span(self.starts_on, self.starts_on_precision)

    @property
    def stands_on(self) -> date:
        """The day at which it stands in the order: the last that it may be, or the one that was chosen."""
        return self.occasion.place[0]

    @property
    def resets_events(self) -> bool:
        """Whether what happened before it belongs to its own page: leaders or ministers met."""
        return self.kind in (SummitKind.LEADERS, SummitKind.MINISTERS) and self.status == SummitStatus.HELD

    @property
    def is_meeting(self) -> bool:
        """Whether people sat at a table, as against a statement or a document."""
        return self.kind in self.MEETINGS


class Attendance(Record):
    """Who sat at the table, and for whom."""

    key_paths = ("summit__process__slug", "summit__slug", "actor__slug", "person__slug")
    history_indexes = ("summit",)

    summit = models.ForeignKey(Summit, on_delete=models.CASCADE, related_name="attendance")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="attended")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attended"
    )

    class Meta:
        ordering = ("summit", "actor__name")
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=("summit", "actor", "person"), name="attendance_once"),
            models.UniqueConstraint(
                fields=("summit", "actor"),
                condition=Q(person__isnull=True),
                name="attendance_unnamed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.actor} at {self.summit}"


class Event(Record):
    """Context between summits: a checkpoint closed, a rally, a clash. It holds no positions."""

    key_paths = ("process__slug", "ref")
    history_indexes = ("process",)

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="events")
    ref = models.SlugField(max_length=40, allow_unicode=True, help_text="A short id.")
    date = models.DateField()
    date_precision = precision_field()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("process", "date", "ref")
        constraints = [
            models.UniqueConstraint(fields=("process", "ref"), name="event_ref_once"),
            one_of("date_precision", Precision, "event_precision_known"),
            filled("title", "event_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class EventIssue(Record):
    """An issue that an event bears on."""

    key_paths = ("event__process__slug", "event__ref", "issue__slug")
    history_indexes = ("event",)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="event_issues")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="event_issues")

    class Meta:
        ordering = ("event", "issue")
        constraints = [models.UniqueConstraint(fields=("event", "issue"), name="event_issue_once")]

    def __str__(self) -> str:
        return f"{self.event}: {self.issue}"
