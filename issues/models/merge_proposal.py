"""Merges that were proposed: that some records are one, for an editor to do or to decline."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from issues.history import Record
from issues.models.actor import Actor, Person
from issues.models.fields import filled, one_of
from issues.models.source import Source

# By the word that names it, the kind of record of which several may be one.
MERGEABLE: dict[str, type[Record]] = {str(model._meta.model_name): model for model in (Actor, Person, Source)}


class Answer(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", "open"
    DONE = "done", "done"
    DECLINED = "declined", "declined"


class MergeProposal(models.Model):
    """Who proposes to merge which records into which one, when and why, and what was answered.

    It is a question and no record: its records are told by their keys and by what they were called, because
    one of them may be gone since. ``stands`` and ``fields`` are what was chosen (``actions.upkeep.merge``).
    """

    Answer = Answer

    kind = models.CharField(max_length=10, choices=[(name, name) for name in MERGEABLE])
    keeper = models.PositiveBigIntegerField(help_text="The key of the one to be kept.")
    others = models.JSONField(help_text="The keys of the others.")
    names = models.JSONField(help_text="What each was called, by its key.")
    stands = models.JSONField(default=dict, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merge_proposals")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MERGEABLE)), name="merge_proposal_kind_known"),
            one_of("answer", Answer, "merge_proposal_answer_known"),
            filled("reason", "merge_proposal_has_reason"),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN, answered_by=None, answered_at=None)
                | ~Q(answer=Answer.OPEN) & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="merge_proposal_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.DECLINED) | ~Q(answer_reason=""),
                name="merge_proposal_declined_with_reason",
                violation_error_message="Say why it is declined.",
            ),
        ]

    def __str__(self) -> str:
        kept, *others = (f"“{self.names.get(str(key), key)}”" for key in self.keys)
        return f"{', '.join(others)} into {kept}"

    @property
    def model(self) -> type[Any]:
        """The kind of its records."""
        return MERGEABLE[self.kind]

    @property
    def keys(self) -> list[int]:
        """The keys of its records, the one to be kept first."""
        return [self.keeper, *self.others]
