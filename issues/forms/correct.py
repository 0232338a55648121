"""Correcting what is recorded, on its page: the fields of each kind of record."""

from typing import Any

from django import forms

from issues.actions.rules.check import Breach
from issues.domain.address import listed, normalised
from issues.forms.correction import CorrectionForm, TiedForm, boxes
from issues.forms.days import DAY, NO_CALENDAR
from issues.forms.lines import Lines
from issues.forms.named import person_field, source_field, statement_field
from issues.models import Actor, Event, Issue, Outcome, Position, Source, Statement, Summit
from issues.models.source import LONGEST_ADDRESS, Claim
from issues.queries.search.called import taking_part


class PositionCorrection(TiedForm):
    """A position: where it is coded, in which words, how it is known, and to which issues it is tied."""

    ties = "links"

    links = boxes(
        Issue.objects.none(),
        label="Linked issues",
        help_text="Other issues to which the actor ties this position.",
    )

    class Meta:
        model = Position
        fields = (
            *("state", "option", "value", "summary", "red_line", "accepts_from", "accepts_to", "salience"),
            *("condition", "basis", "confidence", "disputed", "note"),
        )
        widgets = {"summary": Lines(2), "condition": Lines(2), "note": Lines(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issue = self.instance.issue
        self.offer(Issue.objects.filter(process=self.process).exclude(pk=issue.pk))
        if issue.has_scale:
            self.fields["option"].queryset = issue.options.order_by("value")  # type: ignore[attr-defined]
            return
        for name in ("option", "value", "accepts_from", "accepts_to"):
            del self.fields[name]


class StatementCorrection(TiedForm):
    """A statement: its words, who said or signed them when, and where they are printed."""

    ties = "signatories"
    days, precision = ("said_on",), "said_on_precision"

    speaker = person_field(help_text="A name, surname or alias on record.")
    reported_by_person = person_field(label="Reported by, a person")
    in_reply_to = statement_field(
        help_text="As its page calls it: its source, a space and its own short id, such as “mfa-2023 s2”."
    )
    source = source_field(required=True, help_text="Its short id, address, or any part of its title.")
    signatories = boxes(
        Actor.objects.none(),
        label="Signed by",
        help_text="Of a joint statement two or more; of any other nobody.",
    )

    class Meta:
        model = Statement
        fields = (
            *("quote", "original_quote", "language", "translation", "speaker", "organ", "attribution"),
            *("reported_by_person", "reported_by_actor", "said_on", "said_on_precision", "occasion"),
            *("in_reply_to", "claimed_as", "source", "locator", "snapshot", "note"),
        )
        labels = {
            "reported_by_actor": "Reported by, an actor",
            "said_on_precision": "Said on, known to the",
            "snapshot": "Read from the archived copy",
        }
        help_texts = {"said_on": NO_CALENDAR}
        widgets = {
            "quote": Lines(5),
            "original_quote": Lines(3),
            "translation": Lines(3),
            "note": Lines(2),
            "said_on": DAY,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        signed = self.instance.signatories.values_list("actor_id", flat=True)
        self.offer(taking_part(self.process, *signed))
        own = (self.instance.organ_id, self.instance.reported_by_actor_id)
        for name in ("organ", "reported_by_actor"):
            fields[name].queryset = taking_part(self.process, *own)
        fields["occasion"].queryset = Summit.objects.filter(process=self.process).order_by("-starts_on")
        fields["snapshot"].queryset = self.instance.source.snapshots.all()
        fields["claimed_as"].choices = [("", "nothing"), *Claim.choices]
        self.order_fields(["reason", *self.Meta.fields[:7], "signatories"])

    def broken(self) -> list[Breach]:
        """The rules, of the signatories as they are ticked: without any, it may be somebody's report."""
        found = super().broken()
        if "signatories" not in self.fields or self.cleaned_data.get("signatories"):
            return found
        return [(name, message) for name, message in found if not name.startswith("reported_by")]


class SourceCorrection(CorrectionForm):
    """A source: what document it is, and where it is found; its archived copies stand beside it."""

    days, precision = ("published_on",), "published_on_precision"

    url = forms.URLField(
        label="Address", required=False, max_length=LONGEST_ADDRESS, assume_scheme="https", empty_value=None
    )
    archive_url = forms.URLField(
        label="Archived copy that is shown",
        required=False,
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        help_text="The newest of the copies below, once there are any.",
    )
    cited_via = source_field(help_text="The source that reports this one, where it was not seen itself.")

    class Meta:
        model = Source
        fields = (
            *("title", "publisher", "author", "kind", "url", "other_urls"),
            *("archive_url", "published_on", "published_on_precision", "accessed_on", "language"),
            *("cited_via", "note"),
        )
        labels = {"published_on_precision": "Published on, known to the", "accessed_on": "Read on"}
        help_texts = {"published_on": NO_CALENDAR, "accessed_on": NO_CALENDAR}
        widgets = {"published_on": DAY, "accessed_on": DAY, "note": Lines(2), "other_urls": Lines(2)}

    def clean_url(self) -> str | None:
        """The address in the one way in which we write it."""
        return normalised(self.cleaned_data["url"]) or None if self.cleaned_data["url"] else None

    def clean_other_urls(self) -> str:
        """The others likewise."""
        return "\n".join(listed(self.cleaned_data["other_urls"]))


class OutcomeForm(CorrectionForm):
    """What a summit produced, by one account."""

    according_to_person = person_field(
        label="According to, a person", help_text="A name, surname or alias on record."
    )

    class Meta:
        model = Outcome
        fields = ("issue", "status", "text", "placement", "according_to_actor", "according_to_person")
        labels = {"text": "What came of it", "according_to_actor": "According to, an actor"}
        help_texts = {"placement": "Where the agreed text lies, 0 to 100."}
        widgets = {"text": Lines(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["issue"].queryset = Issue.objects.filter(process=self.process)
        fields["issue"].empty_label = "the summit as a whole"
        fields["according_to_actor"].queryset = taking_part(self.process, self.instance.according_to_actor_id)


class EventForm(TiedForm):
    """Context between summits, and the issues that it bears on."""

    days, precision = ("date",), "date_precision"
    ties = "issues"

    issues = boxes(Issue.objects.none(), label="Bears on")

    class Meta:
        model = Event
        fields = ("title", "date", "date_precision", "text")
        labels = {"date_precision": "Date known to the", "text": "What happened"}
        help_texts = {"date": NO_CALENDAR}
        widgets = {"date": DAY, "text": Lines(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(Issue.objects.filter(process=self.process))
