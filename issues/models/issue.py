"""What is negotiated: issues and the options on their scales."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from issues.domain.scale import IssueKind
from issues.history import Record
from issues.models.fields import aliases_field, filled, in_order, not_taken, on_scale, one_of, scale_field
from issues.models.process import Process


class KindOfIssue(models.TextChoices):
    """What the scale of an issue measures."""

    PREFERENCE = IssueKind.PREFERENCE, "preference: what an actor wants"
    STAGE = IssueKind.STAGE, "stage: how far a text has come"
    TEXT = IssueKind.TEXT, "text: no scale"


class Issue(Record):
    """A controversial point with alternatives, on one scale of 0 to 100."""

    Kind = KindOfIssue

    key_paths = ("process__slug", "slug")
    history_indexes = ("process",)

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="issues")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, allow_unicode=True)
    question = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PREFERENCE)
    low_label = models.CharField(max_length=120, blank=True, help_text="What 0 means.")
    high_label = models.CharField(max_length=120, blank=True, help_text="What 100 means.")
    reference_point = models.ForeignKey(
        "issues.Option",
        null=True,
        blank=True,
        # An option that is somewhere the reference point does not go; with the issue itself it does.
        on_delete=models.RESTRICT,
        related_name="reference_of",
        help_text="The option that holds if nothing is agreed.",
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_issues"
    )
    order = models.PositiveSmallIntegerField(default=0)
    aliases = aliases_field()
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("process", "order", "name")
        constraints = [
            models.UniqueConstraint(fields=("process", "slug"), name="issue_slug_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="issue_not_its_own_parent",
                violation_error_message="An issue cannot be its own parent.",
            ),
            in_order("opened_on", "closed_on", "issue_dates_in_order"),
            one_of("kind", KindOfIssue, "issue_kind_known"),
            filled("name", "issue_has_name"),
            filled("question", "issue_has_question"),
            not_taken("slug", ("new",), "issue_slug_free"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("issue", args=[self.process.slug, self.slug])

    @property
    def has_scale(self) -> bool:
        """Whether positions on it can be placed."""
        return self.kind != self.Kind.TEXT


class Option(Record):
    """A named alternative, placed on the issue's scale."""

    key_paths = ("issue__process__slug", "issue__slug", "value")
    history_indexes = ("issue",)

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="options")
    label = models.CharField(max_length=200)
    value = scale_field(optional=False)

    class Meta:
        ordering = ("issue", "value")
        constraints = [
            models.UniqueConstraint(
                fields=("issue", "value"),
                name="option_value_once",
                violation_error_message="Two options of an issue cannot have the same value.",
            ),
            on_scale("value", "option_on_scale"),
            filled("label", "option_has_label"),
        ]

    def __str__(self) -> str:
        return f"{self.value:g} {self.label}"
