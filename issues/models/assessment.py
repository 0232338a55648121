"""What the team believes: probabilities of scenarios, given once and never edited."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from issues.history import ChangeSet, touch
from issues.models.fields import filled
from issues.models.scenario import Scenario
from issues.models.summit import Summit


class Immutable(TypeError):
    """A stored assessment was about to change; a new one is given instead."""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments, which are made and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: an assessment is never edited."""
        raise Immutable("An assessment is never edited; give a new one.")

    def delete(self) -> NoReturn:
        """Refuse: an assessment is never taken back."""
        raise Immutable("An assessment is never taken back; give a new one.")


class Assessment(models.Model):
    """One person's probability for a scenario after a summit, with the reason.

    Those of one act have one change set: an exclusive set is assessed in one act. A round is one set
    after one summit, or on a day after it; in it the latest of a person counts.
    """

    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, related_name="assessments", verbose_name="ending"
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments"
    )
    after = models.ForeignKey(Summit, on_delete=models.PROTECT, related_name="assessments")
    as_of = models.DateField(
        null=True, blank=True, help_text="The day that the round is of; empty: it is of the summit."
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    probability = models.FloatField(
        help_text="In per cent.", validators=[MinValueValidator(0.0), MaxValueValidator(100.0)]
    )
    rationale = models.TextField()
    is_example = models.BooleanField(
        default=False, help_text="Made up to show how numbers look; nobody’s forecast, and never scored."
    )
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="assessments")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "scenario")
        constraints = [
            models.UniqueConstraint(
                fields=("scenario", "assessor", "change_set"), name="assessment_once_an_act"
            ),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=100),
                name="assessment_in_range",
                violation_error_message="The probability must lie between 0 and 100 per cent.",
            ),
            filled("rationale", "assessment_has_rationale"),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} on {self.scenario}, after {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new assessment. Raises Immutable for a stored one."""
        if not self._state.adding:
            raise Immutable("An assessment is never edited; give a new one.")
        with transaction.atomic():
            super().save(*args, **kwargs)
            touch(self.after.process_id)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an assessment is never taken back."""
        raise Immutable("An assessment is never taken back; give a new one.")
