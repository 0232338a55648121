"""Endings: sets of scenarios, what each bundles, the signs of it, and how options bear on each other."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from issues.clock import common_day
from issues.domain.consistency import STRONGEST
from issues.history import Record
from issues.models.fields import filled, not_taken, on_scale, one_of, scale_field
from issues.models.issue import Issue, Option
from issues.models.process import Process
from issues.models.source import Statement

# What the addresses below the scenarios of a process, and below a set, end with.
TAKEN_BY_SETS = ("new",)
TAKEN_BY_SCENARIOS = ("new", "assess", "resolve")


class ScenarioSet(Record):
    """A question about how the negotiation ends by a day, and the endings that answer it."""

    key_paths = ("process__slug", "slug")
    history_indexes = ("process",)

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="scenario_sets")
    slug = models.SlugField(max_length=80, allow_unicode=True)
    question = models.CharField(max_length=300)
    opened_on = models.DateField(
        default=common_day,
        help_text="The day on which it was asked; no ending of it came about before.",
    )
    closes_on = models.DateField(help_text="The day by which it is decided.")
    exclusive = models.BooleanField(
        default=True,
        help_text="Exactly one of its endings happens: one is “other”, and they are assessed together.",
    )

    class Meta:
        verbose_name = "question"
        ordering = ("process", "-closes_on", "slug")
        constraints = [
            models.UniqueConstraint(fields=("process", "slug"), name="scenario_set_slug_once"),
            filled("question", "scenario_set_has_question"),
            not_taken("slug", TAKEN_BY_SETS, "scenario_set_slug_free"),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("scenario-set", args=[self.process.slug, self.slug])


class Resolution(models.TextChoices):
    """How history answered."""

    HAPPENED = "happened", "happened"
    DID_NOT = "did_not", "did not happen"
    VOID = "void", "void"


class Scenario(Record):
    """One ending: a bundle of outcomes, one an issue at most."""

    Resolution = Resolution

    key_paths = ("set__process__slug", "set__slug", "slug")
    history_indexes = ("set",)

    set = models.ForeignKey(
        ScenarioSet, on_delete=models.CASCADE, related_name="scenarios", verbose_name="question"
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, allow_unicode=True)
    narrative = models.TextField(blank=True, help_text="How it would come about.")
    order = models.PositiveSmallIntegerField(default=0)
    is_other = models.BooleanField(default=False, help_text="Whatever the other endings leave out.")
    resolved = models.CharField(max_length=10, choices=Resolution, blank=True, help_text="Empty: still open.")
    resolved_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day on which it happened, or was sure not to; not the day on which somebody says so.",
    )

    class Meta:
        verbose_name = "ending"
        ordering = ("set", "is_other", "order", "name")
        constraints = [
            models.UniqueConstraint(fields=("set", "slug"), name="scenario_slug_once"),
            models.UniqueConstraint(
                fields=("set",),
                condition=Q(is_other=True),
                name="scenario_other_once",
                violation_error_message="This question has an ending “other” already.",
            ),
            models.CheckConstraint(
                condition=Q(resolved="", resolved_on__isnull=True)
                | (~Q(resolved="") & Q(resolved_on__isnull=False)),
                name="scenario_resolution_whole",
                violation_error_message="A resolution has a day, and a day a resolution.",
            ),
            models.CheckConstraint(
                condition=Q(resolved__in=["", *Resolution.values]),
                name="scenario_resolution_known",
                violation_error_message="Unknown resolution.",
            ),
            filled("name", "scenario_has_name"),
            not_taken("slug", TAKEN_BY_SCENARIOS, "scenario_slug_free"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("scenario", args=[self.set.process.slug, self.set.slug, self.slug])


class ScenarioOutcome(Record):
    """Where a scenario settles one issue."""

    key_paths = ("scenario__set__process__slug", "scenario__set__slug", "scenario__slug", "issue__slug")
    history_indexes = ("scenario",)

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="outcomes", verbose_name="ending"
    )
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="scenario_outcomes")
    option = models.ForeignKey(
        Option, null=True, blank=True, on_delete=models.PROTECT, related_name="scenario_outcomes"
    )
    value = scale_field(help_text="Only where it is finer than the option.")
    note = models.TextField(blank=True, help_text="Why the ending lies there.")

    class Meta:
        verbose_name = "outcome of an ending"
        verbose_name_plural = "outcomes of endings"
        ordering = ("scenario", "issue__order", "issue__name")
        constraints = [
            models.UniqueConstraint(
                fields=("scenario", "issue"),
                name="scenario_outcome_once",
                violation_error_message="This ending settles this issue already.",
            ),
            on_scale("value", "scenario_outcome_on_scale"),
            models.CheckConstraint(
                condition=Q(option__isnull=False) | Q(value__isnull=False),
                name="scenario_outcome_placed",
                violation_error_message="Choose an option or give a value.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.issue}"

    @property
    def placement(self) -> float:
        """Where it lies on the scale: the value, else the option's value."""
        if self.value is not None:
            return float(self.value)
        return float(self.option.value) if self.option else 0.0


class Citation(Record):
    """Words in a source by which an ending was expected."""

    key_paths = (
        "scenario__set__process__slug",
        "scenario__set__slug",
        "scenario__slug",
        "statement__source__key",
        "statement__ref",
    )
    history_indexes = ("scenario",)

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="citations", verbose_name="ending"
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="citations")

    class Meta:
        ordering = ("scenario", "pk")
        constraints = [models.UniqueConstraint(fields=("scenario", "statement"), name="citation_once")]

    def __str__(self) -> str:
        return f"{self.scenario}, by {self.statement}"


class SignpostDirection(models.TextChoices):
    """What the sign does to the probability of its scenario."""

    RAISES = "raises", "raises"
    LOWERS = "lowers", "lowers"


class Signpost(Record):
    """Something to watch for that would make a scenario more likely, or less."""

    Direction = SignpostDirection

    key_paths = ("scenario__set__process__slug", "scenario__set__slug", "scenario__slug", "text")
    history_indexes = ("scenario",)

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="signposts", verbose_name="ending"
    )
    text = models.CharField(max_length=300)
    direction = models.CharField(max_length=6, choices=SignpostDirection)
    observed_on = models.DateField(null=True, blank=True, help_text="Empty: not seen yet.")
    statement = models.ForeignKey(
        Statement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signposts",
        help_text="The words that show it.",
    )

    class Meta:
        ordering = ("scenario", "pk")
        constraints = [
            models.UniqueConstraint(fields=("scenario", "text"), name="signpost_once"),
            one_of("direction", SignpostDirection, "signpost_direction_known"),
            filled("text", "signpost_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class Judgement(Record):
    """How, by one person's judgement, an option bears on an option of another issue.

    From strongly hindering to strongly promoting; each person judges an influence once.
    """

    key_paths = (
        "from_option__issue__process__slug",
        "from_option__issue__slug",
        "from_option__value",
        "on_option__issue__slug",
        "on_option__value",
        "author__username",
    )
    history_indexes = ("from_option",)

    from_option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="judgements_from")
    on_option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="judgements_on")
    impact = models.SmallIntegerField(
        help_text="From −3, strongly hindering, to 3, strongly promoting.",
        validators=[MinValueValidator(-STRONGEST), MaxValueValidator(STRONGEST)],
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements")
    reason = models.TextField()
    is_example = models.BooleanField(
        default=False, help_text="Made up to show how judgements look; nobody’s opinion."
    )

    class Meta:
        ordering = ("from_option", "on_option", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("from_option", "on_option", "author"),
                name="judgement_once",
                violation_error_message="You judged this influence already; correct that judgement.",
            ),
            models.CheckConstraint(
                condition=~Q(from_option=F("on_option")),
                name="judgement_on_another",
                violation_error_message="An option does not bear on itself.",
            ),
            models.CheckConstraint(
                condition=Q(impact__gte=-STRONGEST, impact__lte=STRONGEST),
                name="judgement_in_range",
                violation_error_message="The impact must lie between −3 and 3.",
            ),
            filled("reason", "judgement_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.from_option} on {self.on_option}"
