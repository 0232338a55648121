"""The heart: what an actor states on an issue at a summit, and the evidence for it."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from issues.domain.position import RedLineMention, State
from issues.history import Record
from issues.models.actor import Actor, Person
from issues.models.fields import filled, in_order, on_scale, one_of, scale_field
from issues.models.issue import Issue, Option
from issues.models.source import Statement
from issues.models.summit import Event, Summit

NO_PLACEMENT = Q(option__isnull=True, value__isnull=True)
NO_LIMITS = Q(accepts_from__isnull=True, accepts_to__isnull=True)


class PositionState(models.TextChoices):
    """Whether the actor spoke, took back, or kept silent."""

    STATED = State.STATED, "stated"
    WITHDRAWN = State.WITHDRAWN, "withdrawn"
    SILENT = State.SILENT, "silent"


class PositionRedLine(models.TextChoices):
    """What a position says of a red line."""

    NOT_ADDRESSED = RedLineMention.NOT_ADDRESSED, "not addressed"
    DECLARED = RedLineMention.DECLARED, "declared"
    DERIVED = RedLineMention.DERIVED, "derived by the coder"
    DROPPED = RedLineMention.DROPPED, "dropped"


class Basis(models.TextChoices):
    """How the position is known."""

    STATED = "stated", "stated publicly"
    REPORTED = "reported", "reported by others"
    INFERRED = "inferred", "inferred by the coder"


class Confidence(models.TextChoices):
    """How sure the coder is of the coding, not how likely an event is."""

    HIGH = "high", "high"
    MODERATE = "moderate", "moderate"
    LOW = "low", "low"


class Position(Record):
    """The alternative that an actor states, or is reported to favour, on an issue at a summit."""

    State = PositionState
    RedLine = PositionRedLine
    Basis = Basis
    Confidence = Confidence

    key_paths = ("issue__process__slug", "issue__slug", "actor__slug", "summit__slug")
    history_indexes = ("issue",)

    # The edits of its placement since it was recorded, filled in by the queries that show its words.
    corrections: Collection[Any] = ()

    issue = models.ForeignKey(  # found by the index of what may be there once
        Issue, on_delete=models.PROTECT, related_name="positions", db_index=False
    )
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="positions")
    summit = models.ForeignKey(Summit, on_delete=models.PROTECT, related_name="positions")
    state = models.CharField(max_length=10, choices=State, default=State.STATED)
    option = models.ForeignKey(
        Option, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    value = scale_field(help_text="Only where it is finer than the option.")
    summary = models.TextField(blank=True, help_text="The position in one sentence of ours.")
    red_line = models.CharField(max_length=15, choices=RedLine, default=RedLine.NOT_ADDRESSED)
    accepts_from = scale_field()
    accepts_to = scale_field()
    salience = scale_field()
    condition = models.TextField(blank=True, help_text="What the position is conditional on.")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED)
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.MODERATE)
    disputed = models.BooleanField(default=False)
    note = models.TextField(blank=True, help_text="The reason of the coding.")
    reviewed_by = models.ForeignKey(  # nearly all are without one at times, and an index of them misleads
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_positions",
        db_index=False,
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("summit", "issue", "actor")
        indexes = [
            models.Index(
                fields=("reviewed_by",), condition=Q(reviewed_by__isnull=False), name="position_reviewed_by"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("issue", "actor", "summit"),
                name="position_once",
                violation_error_message=(
                    "This actor's position on this issue at this summit is already recorded."
                ),
            ),
            on_scale("value", "position_value_on_scale"),
            on_scale("accepts_from", "position_accepts_from_on_scale"),
            on_scale("accepts_to", "position_accepts_to_on_scale"),
            on_scale("salience", "position_salience_on_scale"),
            in_order("accepts_from", "accepts_to", "position_limits_in_order"),
            models.CheckConstraint(
                condition=NO_LIMITS | Q(red_line__in=["declared", "derived"]),
                name="position_limits_need_red_line",
                violation_error_message="Limits belong to a declared or derived red line.",
            ),
            models.CheckConstraint(
                condition=Q(state="stated") | NO_PLACEMENT,
                name="position_placed_only_if_stated",
                violation_error_message="A withdrawn or silent position has no placement.",
            ),
            models.CheckConstraint(
                condition=Q(state="stated") | Q(red_line="not_addressed"),
                name="position_red_line_only_if_stated",
                violation_error_message="A withdrawn or silent position says nothing of a red line.",
            ),
            models.CheckConstraint(
                condition=~Q(basis="inferred") | ~Q(note=""),
                name="position_inferred_needs_note",
                violation_error_message="An inferred position needs a note that gives the reason.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="position_review_whole",
            ),
            one_of("state", PositionState, "position_state_known"),
            one_of("red_line", PositionRedLine, "position_red_line_known"),
            one_of("basis", Basis, "position_basis_known"),
            one_of("confidence", Confidence, "position_confidence_known"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} on {self.issue} at {self.summit}"

    @property
    def placement(self) -> float | None:
        """Where it lies on the scale: the value, else the option's value, else nowhere."""
        if self.value is not None:
            return float(self.value)
        return float(self.option.value) if self.option else None


class PositionLink(Record):
    """Another issue to which the actor ties this position."""

    key_paths = (
        "position__issue__process__slug",
        "position__issue__slug",
        "position__actor__slug",
        "position__summit__slug",
        "issue__slug",
    )
    history_indexes = ("position",)

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="links")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="linked_from")

    class Meta:
        ordering = ("position", "issue")
        verbose_name = "linked issue"
        constraints = [models.UniqueConstraint(fields=("position", "issue"), name="position_link_once")]

    def __str__(self) -> str:
        return f"{self.position}, linked to {self.issue}"


class OutcomeStatus(models.TextChoices):
    """What came of it."""

    AGREED = "agreed", "agreed"
    PROGRESS = "progress", "progress"
    REAFFIRMED = "reaffirmed", "reaffirmed"
    NONE = "none", "none"
    SETBACK = "setback", "setback"


class Outcome(Record):
    """What a summit produced on an issue, or as a whole, by one account. Versions stand side by side."""

    Status = OutcomeStatus

    key_paths = ("summit__process__slug", "summit__slug", "ref")
    history_indexes = ("summit",)

    summit = models.ForeignKey(Summit, on_delete=models.PROTECT, related_name="outcomes")
    ref = models.SlugField(max_length=40, allow_unicode=True, help_text="A short id.")
    issue = models.ForeignKey(
        Issue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outcomes",
        help_text="Empty: the summit as a whole.",
    )
    status = models.CharField(max_length=10, choices=Status)
    text = models.TextField()
    placement = scale_field(help_text="Where the agreed text lies.")
    according_to_actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    according_to_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )

    class Meta:
        ordering = ("summit", "issue", "ref")
        constraints = [
            models.UniqueConstraint(fields=("summit", "ref"), name="outcome_ref_once"),
            on_scale("placement", "outcome_on_scale"),
            models.CheckConstraint(
                condition=Q(according_to_actor__isnull=True) | Q(according_to_person__isnull=True),
                name="outcome_one_account",
                violation_error_message="An outcome is told by an actor or by a person, not both.",
            ),
            models.CheckConstraint(
                condition=Q(placement__isnull=True) | Q(issue__isnull=False),
                name="outcome_placed_on_issue",
                violation_error_message="An outcome is placed on an issue's scale: name the issue.",
            ),
            one_of("status", OutcomeStatus, "outcome_status_known"),
            filled("text", "outcome_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.summit}: {self.get_status_display()}"


class Stance(models.TextChoices):
    """Whether a statement speaks for or against what it is linked to."""

    SUPPORTS = "supports", "supports"
    DISPUTES = "disputes", "disputes"


class Evidence(Record):
    """The link from a statement to the one thing that it supports or disputes."""

    Stance = Stance

    key_paths = (
        "statement__source__key",
        "statement__ref",
        "position__issue__process__slug",
        "position__issue__slug",
        "position__actor__slug",
        "position__summit__slug",
        "event__process__slug",
        "event__ref",
        "outcome__summit__process__slug",
        "outcome__summit__slug",
        "outcome__ref",
    )
    history_indexes = ("position", "statement", "event", "outcome")

    statement = models.ForeignKey(  # found by the index of what may be there once
        Statement, on_delete=models.PROTECT, related_name="evidence", db_index=False
    )
    position = models.ForeignKey(
        Position, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence"
    )
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence"
    )
    stance = models.CharField(max_length=10, choices=Stance, default=Stance.SUPPORTS)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=False, event__isnull=True, outcome__isnull=True)
                | Q(position__isnull=True, event__isnull=False, outcome__isnull=True)
                | Q(position__isnull=True, event__isnull=True, outcome__isnull=False),
                name="evidence_one_target",
                violation_error_message="Evidence supports exactly one position, event or outcome.",
            ),
            models.UniqueConstraint(fields=("statement", "position"), name="evidence_position_once"),
            models.UniqueConstraint(fields=("statement", "event"), name="evidence_event_once"),
            models.UniqueConstraint(fields=("statement", "outcome"), name="evidence_outcome_once"),
            one_of("stance", Stance, "evidence_stance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.stance} {self.position or self.event or self.outcome}"
