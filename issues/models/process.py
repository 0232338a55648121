"""The negotiation itself, its places and its tracks."""

from uuid import uuid4

from django.db import models
from django.urls import reverse

from issues.history import Record
from issues.models.fields import aliases_field, filled, in_order, not_taken, one_of

# The first parts of the addresses that lead elsewhere than to a process.
TAKEN = ("account", "admin", "api", "healthz", "history", "new", "search", "sign-in", "sign-out", "static")


class Visibility(models.TextChoices):
    """Who may read a process, each with all of the one before it."""

    PRIVATE = "private", "private: its members"
    OPEN = "open", "open: all who sign in"
    PUBLIC = "public", "public: everyone, where the installation allows it"


class Process(Record):
    """One negotiation, with its parties, issues and summits."""

    Visibility = Visibility
    key_paths = ("slug",)

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    uuid = models.UUIDField(
        default=uuid4, unique=True, editable=False, help_text="The same for ever, whatever it is called."
    )
    summary = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    visibility = models.CharField(
        "who may read it", max_length=10, choices=Visibility, default=Visibility.OPEN
    )
    names_public = models.BooleanField(
        "names of our people public",
        default=False,
        help_text="Readers who are not signed in are told who edited, reviewed, assessed and judged.",
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "processes"
        constraints = [
            in_order("started_on", "ended_on", "process_dates_in_order"),
            filled("name", "process_has_name"),
            not_taken("slug", TAKEN, "process_slug_free"),
            one_of("visibility", Visibility, "process_visibility_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether it is marked to be read without signing in."""
        return self.visibility == Visibility.PUBLIC

    @property
    def is_private(self) -> bool:
        """Whether it is its members' alone."""
        return self.visibility == Visibility.PRIVATE

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("matrix", args=[self.slug])


class Place(Record):
    """A place under all its names; quotations keep the form that they use."""

    key_paths = ("name",)

    name = models.CharField(max_length=200, unique=True)
    aliases = aliases_field()

    class Meta:
        ordering = ("name",)
        constraints = [filled("name", "place_has_name")]

    def __str__(self) -> str:
        return self.name


class Track(Record):
    """A venue or mediator under which summits happen."""

    key_paths = ("process__slug", "name")
    history_indexes = ("process",)

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="tracks")
    name = models.CharField(max_length=200)
    lead = models.ForeignKey(
        "issues.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="tracks_led"
    )

    class Meta:
        ordering = ("process", "name")
        constraints = [
            models.UniqueConstraint(fields=("process", "name"), name="track_named_once"),
            filled("name", "track_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
