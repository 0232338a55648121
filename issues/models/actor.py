"""Who negotiates: actors, coalitions, people and their posts."""

from django.db import models
from django.db.models import F, Q

from issues.history import Record
from issues.models.fields import Dated, Precision, aliases_field, filled, in_order, not_taken, one_of
from issues.models.process import Process


class ActorKind(models.TextChoices):
    """What an actor is."""

    STATE = "state", "state"
    DE_FACTO = "de_facto", "de facto authority"
    INTERNATIONAL = "international", "international organisation"
    COALITION = "coalition", "coalition"
    ORGANISATION = "organisation", "organisation"
    ORGAN = "organ", "organ of a state or organisation"


class Actor(Record):
    """A state, de facto authority, international organisation, coalition or organisation."""

    Kind = ActorKind

    key_paths = ("slug",)
    history_indexes = ("part_of",)

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=15, choices=Kind)
    aliases = aliases_field()
    part_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organs",
        help_text="A ministry is part of its state: what it says counts as the state's.",
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="actor_not_part_of_itself",
                violation_error_message="An actor cannot be part of itself.",
            ),
            one_of("kind", ActorKind, "actor_kind_known"),
            filled("name", "actor_has_name"),
            not_taken("slug", ("new",), "actor_slug_free"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Membership(Record, Dated):
    """A member of a coalition, for a time."""

    key_paths = ("coalition__slug", "member__slug", "since")
    history_indexes = ("coalition", "member")

    coalition = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="coalitions")

    class Meta:
        ordering = ("coalition", "member")
        constraints = [
            models.UniqueConstraint(fields=("coalition", "member", "since"), name="membership_once"),
            models.UniqueConstraint(
                fields=("coalition", "member"),
                condition=Q(since__isnull=True),
                name="membership_undated_once",
            ),
            models.CheckConstraint(
                condition=~Q(coalition=F("member")),
                name="membership_of_another",
                violation_error_message="A coalition cannot be its own member.",
            ),
            in_order("since", "until", "membership_dates_in_order"),
            one_of("since_precision", Precision, "membership_since_precision_known"),
            one_of("until_precision", Precision, "membership_until_precision_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.coalition}"


class ParticipationRole(models.TextChoices):
    """What an actor is to a process."""

    PARTY = "party", "party"
    MEDIATOR = "mediator", "mediator"
    GUARANTOR = "guarantor", "guarantor"
    OBSERVER = "observer", "observer"
    STAKEHOLDER = "stakeholder", "stakeholder"


class Participation(Record):
    """An actor's role in a process."""

    Role = ParticipationRole

    WATCHED_ROLES = (Role.PARTY, Role.MEDIATOR)

    key_paths = ("process__slug", "actor__slug")
    history_indexes = ("process", "actor")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=12, choices=Role)
    capability = models.FloatField(default=1, help_text="What it can bring to bear, relative to the others.")
    order = models.PositiveSmallIntegerField(default=0)
    watched = models.BooleanField(default=True, help_text="Counts for coverage: its silence is a finding.")

    class Meta:
        ordering = ("process", "order", "actor__name")
        constraints = [
            models.UniqueConstraint(fields=("process", "actor"), name="participation_once"),
            models.CheckConstraint(
                condition=Q(capability__gt=0),
                name="capability_positive",
                violation_error_message="The capability must be above 0.",
            ),
            one_of("role", ParticipationRole, "participation_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}, {self.get_role_display()}"


class Person(Record):
    """Someone who speaks or sits at the table."""

    key_paths = ("slug",)

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    aliases = aliases_field()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"
        constraints = [filled("name", "person_has_name")]

    def __str__(self) -> str:
        return self.name


class Office(Record, Dated):
    """A post that a person holds for a time."""

    key_paths = ("person__slug", "actor__slug", "title", "since")
    history_indexes = ("person", "actor")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offices")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="offices")
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("person", "since")
        constraints = [
            models.UniqueConstraint(fields=("person", "actor", "title", "since"), name="office_once"),
            models.UniqueConstraint(
                fields=("person", "actor", "title"),
                condition=Q(since__isnull=True),
                name="office_undated_once",
            ),
            in_order("since", "until", "office_dates_in_order"),
            one_of("since_precision", Precision, "office_since_precision_known"),
            one_of("until_precision", Precision, "office_until_precision_known"),
            filled("title", "office_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
