"""Where words come from: sources and the statements in them."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from issues.domain.address import listed, normalised
from issues.domain.span import day_in_words
from issues.history import Record
from issues.models.actor import Actor, Person
from issues.models.fields import Precision, filled, one_of, precision_field
from issues.models.summit import Summit

# The longest address on record.
LONGEST_ADDRESS = 700
is_web_address = URLValidator(schemes=["http", "https"])


class SourceKind(models.TextChoices):
    """How close a source is to the words."""

    OFFICIAL = "official", "official text"
    MIRROR = "mirror", "mirror of an official text"
    NEWS = "news", "news report"
    ANALYSIS = "analysis", "analysis"
    DAMAGED = "damaged", "damaged copy: dates and names only"


class Source(Record):
    """A document; a statement cites a place in it."""

    Kind = SourceKind

    key_paths = ("key",)

    key = models.SlugField(max_length=60, unique=True, allow_unicode=True, help_text="A short id.")
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    url = models.URLField(max_length=LONGEST_ADDRESS, null=True, blank=True, unique=True)
    other_urls = models.TextField(
        "other addresses",
        blank=True,
        help_text="Where else the same document stands or stood, one address a line. It is found by each.",
    )
    archive_url = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    published_on = models.DateField(null=True, blank=True, help_text="Empty: undated.")
    published_on_precision = precision_field()
    accessed_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=20, default="en", help_text="A language tag: en, ru, hy.")
    cited_via = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
        help_text="The source that reports this one, where it was not seen itself.",
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("publisher", "published_on", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(cited_via__isnull=True) | ~Q(cited_via=F("id")),
                name="source_not_cited_via_itself",
                violation_error_message="A source cannot be cited via itself.",
            ),
            models.CheckConstraint(
                condition=Q(url__isnull=True) | ~Q(url=""),
                name="source_url_or_none",
                violation_error_message="Leave the address empty where there is none.",
            ),
            one_of("kind", SourceKind, "source_kind_known"),
            one_of("published_on_precision", Precision, "source_precision_known"),
            filled("title", "source_has_title"),
            filled("publisher", "source_has_publisher"),
        ]
        indexes = [
            # Who types a key or a title writes it in any case.
            models.Index(Upper("key"), name="source_key_upper"),
            models.Index(Upper("title"), name="source_title_upper"),
            models.Index(fields=["archive_url"], name="source_archive_url"),
            models.Index(fields=["language"], name="source_language"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def clean(self) -> None:
        """Write the addresses in one way, so that the same document is found again."""
        self.url = normalised(self.url) if self.url else None
        others = [address for address in listed(self.other_urls) if address != self.url]
        self.other_urls = "\n".join(others)
        for address in others:
            _check_address(address)

    @property
    def addresses(self) -> list[str]:
        """Where it stands or stood, its own address first."""
        return [*([self.url] if self.url else []), *self.other_urls.splitlines()]


def _check_address(address: str) -> None:
    """Raise ValidationError, at the other addresses of a source, for what is none."""
    try:
        is_web_address(address)
    except ValidationError as error:
        message = f"“{address[:100]}” is no address of a page."
        raise ValidationError({"other_urls": message}) from error
    if len(address) > LONGEST_ADDRESS:
        message = f"“{address[:100]}…” has {len(address)} characters; at most {LONGEST_ADDRESS} are kept."
        raise ValidationError({"other_urls": message})


class Snapshot(Record):
    """A copy of a source as it was at a time, kept at an address of its own.

    From the first on that a source has, its ``archive_url`` is the address of the newest
    (``actions.record.snapshots``).
    """

    key_paths = ("source__key", "url")
    history_indexes = ("source",)

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="snapshots")
    url = models.URLField("address", max_length=LONGEST_ADDRESS, help_text="Where the copy is.")
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken. Empty: not known.")
    taken_by = models.CharField(
        max_length=200, blank=True, help_text="Who took it: an archive on the web, a library."
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("source", "taken_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("source", "url"),
                name="snapshot_once",
                violation_error_message="This copy is recorded already.",
            ),
            filled("url", "snapshot_has_address"),
        ]

    def __str__(self) -> str:
        taken = day_in_words(self.taken_at) if self.taken_at else "at a time not known"
        return f"{self.source.key}, copy taken {taken}"


class Claim(models.TextChoices):
    """What the speaker or reporter says of a statement."""

    NEW = "new", "new"
    REAFFIRMED = "reaffirmed", "reaffirmed"


class Statement(Record):
    """Words in a source: a quotation, or a report of what someone holds."""

    Claim = Claim

    key_paths = ("source__key", "ref")
    history_indexes = ("source", "occasion")
    # Its signatories, where whoever read it asked for them: see queries/reading/signatories.py.
    signers: list["Signatory"]

    source = models.ForeignKey(  # found by the index of what may be there once
        Source, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    ref = models.SlugField(max_length=40, allow_unicode=True, help_text="A short id in its source.")
    quote = models.TextField("quote as printed", blank=True)
    original_quote = models.TextField(
        "quote as original", blank=True, help_text="Where it is known to differ from what is printed."
    )
    language = models.CharField(max_length=20, default="en")
    translation = models.TextField(blank=True, help_text="In English, where the quote is not.")
    speaker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    organ = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="The body that speaks: a ministry, a spokesman's office.",
    )
    attribution = models.CharField(
        max_length=200, blank=True, help_text="Words for the unnamed: “many observers”."
    )
    reported_by_actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    reported_by_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    said_on = models.DateField(null=True, blank=True)
    said_on_precision = precision_field()
    occasion = models.ForeignKey(
        Summit, null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    in_reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    claimed_as = models.CharField(
        max_length=10,
        choices=Claim,
        blank=True,
        help_text="What the speaker or reporter says of it.",
    )
    locator = models.CharField(max_length=120, blank=True, help_text="Page, paragraph, minute.")
    snapshot = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text="The archived copy of its source that it was read from.",
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("source", "ref")
        indexes = [
            models.Index(fields=["said_on"], name="statement_said_on"),
            models.Index(fields=["language"], name="statement_language"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("source", "ref"), name="statement_ref_once"),
            models.CheckConstraint(
                condition=~Q(quote="") | ~Q(note=""),
                name="statement_has_words",
                violation_error_message="Give the quotation, or say in the note what is reported.",
            ),
            models.CheckConstraint(
                condition=Q(reported_by_actor__isnull=True) | Q(reported_by_person__isnull=True),
                name="statement_one_reporter",
                violation_error_message="A statement is reported by an actor or by a person, not both.",
            ),
            models.CheckConstraint(
                condition=Q(in_reply_to__isnull=True) | ~Q(in_reply_to=F("id")),
                name="statement_not_reply_to_itself",
                violation_error_message="A statement cannot reply to itself.",
            ),
            models.CheckConstraint(
                condition=Q(claimed_as__in=["", *Claim.values]),
                name="statement_claim_known",
            ),
            one_of("said_on_precision", Precision, "statement_precision_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source.key} {self.ref}"

    @property
    def joint(self) -> list[Actor]:
        """Who signed it, as they were read; nobody where it is no joint statement."""
        read = self.__dict__.get("signers")
        return [item.actor for item in (self.signatories.all() if read is None else read)]

    @property
    def archive_url(self) -> str:
        """The address of the archived copy that it was read from, else of the newest of its source."""
        return self.snapshot.url if self.snapshot else self.source.archive_url

    @property
    def said_by(self) -> str:
        """Whose words they are, in one line: who signed them, else who spoke; empty where nobody is named."""
        if self.joint:
            return f"Joint: {', '.join(map(str, self.joint))}"
        return str(self.speaker or self.organ or self.attribution)


class Signatory(Record):
    """One who signed or issued a joint statement. It supports the position of each of them."""

    key_paths = ("statement__source__key", "statement__ref", "actor__slug")
    history_indexes = ("statement",)

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="signatories")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="signed")

    class Meta:
        ordering = ("statement", "actor__name")
        verbose_name_plural = "signatories"
        constraints = [models.UniqueConstraint(fields=("statement", "actor"), name="signatory_once")]

    def __str__(self) -> str:
        return f"{self.actor} in {self.statement}"
