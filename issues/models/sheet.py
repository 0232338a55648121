"""The log sheet: what researchers type on the evening of a summit, before it is published as positions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from issues.domain.codes import CellKind
from issues.history import ChangeSet, Record
from issues.models.actor import Actor, Person
from issues.models.fields import in_order, on_scale, one_of, scale_field
from issues.models.issue import Issue, Option
from issues.models.position import NO_LIMITS, Basis
from issues.models.source import Claim, Source
from issues.models.summit import Summit


class KindOfCell(models.TextChoices):
    """What a coded cell says."""

    REAFFIRMED = CellKind.REAFFIRMED, "the same placement, seen again"
    PLACED = CellKind.PLACED, "placed"
    TEXT = CellKind.TEXT, "text only"
    WITHDRAWN = CellKind.WITHDRAWN, "withdrawn"
    SILENT = CellKind.SILENT, "not addressed"


class CellRedLine(models.TextChoices):
    """What a cell says of a red line; a derived one is coded in the admin, with its reason."""

    NOT_ADDRESSED = "not_addressed", "not addressed"
    DECLARED = "declared", "declared"
    DROPPED = "dropped", "dropped"


class Sheet(Record):
    """The draft of a summit: one that all researchers share, or one coder's own."""

    key_paths = ("summit__process__slug", "summit__slug", "coder__username")
    history_indexes = ("summit",)

    summit = models.ForeignKey(Summit, on_delete=models.PROTECT, related_name="sheets")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sheets",
        help_text="Empty: shared. A coder's own sheet is seen by nobody else until both are finished.",
    )
    published = models.OneToOneField(
        ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="published_sheet"
    )
    finished = models.BooleanField(default=False, help_text="The coder is done; it can be compared.")
    # How the sheet looks, and nothing of the record: they have no history and count no version up.
    issues_aside = models.ManyToManyField(
        Issue, blank=True, related_name="+", help_text="What its meeting is not about: shown when asked for."
    )
    actors_aside = models.ManyToManyField(
        Actor, blank=True, related_name="+", help_text="Who is not logged here: shown when asked for."
    )

    class Meta:
        ordering = ("summit", "coder")
        constraints = [
            models.UniqueConstraint(
                fields=("summit",), condition=Q(coder__isnull=True), name="sheet_shared_once"
            ),
            models.UniqueConstraint(fields=("summit", "coder"), name="sheet_of_coder_once"),
            models.CheckConstraint(
                condition=Q(coder__isnull=True) | Q(published__isnull=True),
                name="sheet_private_not_published",
                violation_error_message="Only the shared sheet is published.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sheet of {self.summit}" + (f", {self.coder}" if self.coder_id else "")

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed on it yet, so that it is not stored."""
        return self._state.adding

    @property
    def is_private(self) -> bool:
        """Whether it belongs to one coder."""
        return self.coder_id is not None


class SheetRow(Record):
    """An actor's row: the source that serves its cells, and whose statement it joins."""

    key_paths = (
        "sheet__summit__process__slug",
        "sheet__summit__slug",
        "sheet__coder__username",
        "actor__slug",
    )
    history_indexes = ("sheet",)
    history_is_kept = False

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="sheet_rows")
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="sheet_rows"
    )
    joins = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joined_by",
        help_text="The actor whose statement this is too: its coalition, or the first to sign.",
    )

    class Meta:
        ordering = ("sheet", "actor")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "actor"), name="sheet_row_once"),
            models.CheckConstraint(
                condition=Q(joins__isnull=True) | ~Q(joins=models.F("actor")),
                name="sheet_row_joins_another",
                violation_error_message="A statement is joined by others than its first signatory.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} on {self.sheet}"


class Cell(Record):
    """One actor on one issue: the code as typed, what it meant then, and the details."""

    key_paths = (
        "sheet__summit__process__slug",
        "sheet__summit__slug",
        "sheet__coder__username",
        "actor__slug",
        "issue__slug",
    )
    history_indexes = ("sheet",)
    history_is_kept = False

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="cells")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="cells")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="cells")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=KindOfCell)
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.PROTECT, related_name="cells")
    value = scale_field()
    red_line = models.CharField(max_length=15, choices=CellRedLine, default=CellRedLine.NOT_ADDRESSED)
    accepts_from = scale_field()
    accepts_to = scale_field()
    low_confidence = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    translation = models.TextField(blank=True)
    speaker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cells")
    locator = models.CharField(max_length=120, blank=True)
    claimed_as = models.CharField(
        "the speaker calls it",
        max_length=10,
        choices=Claim,
        blank=True,
        help_text="Only what the speaker or reporter says of these words.",
    )
    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cells",
        help_text="Where it is another than the row's.",
    )
    salience = scale_field()
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED)
    note = models.TextField(blank=True)
    disputed = models.BooleanField(default=False)
    quotations = models.JSONField(
        "further quotations",
        default=list,
        blank=True,
        help_text="What is quoted beside the first, in the same names; speaker and source by their keys.",
    )

    class Meta:
        ordering = ("sheet", "actor", "issue")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "actor", "issue"), name="cell_once"),
            one_of("kind", KindOfCell, "cell_kind_known"),
            one_of("red_line", CellRedLine, "cell_red_line_known"),
            one_of("basis", Basis, "cell_basis_known"),
            models.CheckConstraint(
                condition=Q(claimed_as__in=["", *Claim.values]),
                name="cell_claim_known",
                violation_error_message="Unknown claim.",
            ),
            on_scale("value", "cell_value_on_scale"),
            on_scale("accepts_from", "cell_accepts_from_on_scale"),
            on_scale("accepts_to", "cell_accepts_to_on_scale"),
            on_scale("salience", "cell_salience_on_scale"),
            in_order("accepts_from", "accepts_to", "cell_limits_in_order"),
            models.CheckConstraint(
                condition=NO_LIMITS | Q(red_line="declared"),
                name="cell_limits_need_red_line",
                violation_error_message="Limits belong to a declared red line: put ! after the code.",
            ),
            models.CheckConstraint(
                condition=Q(kind="placed") | Q(option__isnull=True, value__isnull=True),
                name="cell_placed_only_if_coded",
                violation_error_message="Only a letter or a number places a cell.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="placed") | Q(option__isnull=False) | Q(value__isnull=False),
                name="cell_placed_somewhere",
                violation_error_message="A placed cell has an option or a value.",
            ),
            models.CheckConstraint(
                condition=~Q(basis="inferred") | ~Q(note=""),
                name="cell_inferred_needs_note",
                violation_error_message="An inferred position needs a note that gives the reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} on {self.issue}"

    @property
    def placement(self) -> float | None:
        """Where the cell puts the actor on the scale."""
        if self.value is not None:
            return float(self.value)
        return float(self.option.value) if self.option else None
