"""Fields that several records share: dates known to the day, month or year, scale values, spellings."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from issues.domain.former import spelling
from issues.domain.scale import HIGHEST, LOWEST
from issues.domain.span import Period, Span, day_in_words, span


class Precision(models.TextChoices):
    """How exactly a date is known. The stored date is the first day of what is known."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


def precision_field() -> models.CharField:
    """The precision of the date beside it."""
    return models.CharField(max_length=5, choices=Precision, default=Precision.DAY)


class Dated(models.Model):
    """A record that holds for a time, each end known to the day, the month or the year, or open."""

    since = models.DateField("from", null=True, blank=True)
    since_precision = models.CharField(
        "from, known to the", max_length=5, choices=Precision, default=Precision.DAY
    )
    until = models.DateField(null=True, blank=True, help_text="The last day on which it held.")
    until_precision = models.CharField(
        "until, known to the", max_length=5, choices=Precision, default=Precision.DAY
    )

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """The time for which it holds."""
        return Period(
            self._span(self.since, self.since_precision), self._span(self.until, self.until_precision)
        )

    @property
    def told(self) -> str:
        """Both ends as exactly as they are known, “from May 2018 until 2022”; empty where neither is."""
        ends = (
            ("from", self.since, self.since_precision),
            ("until", self.until, self.until_precision),
        )
        return " ".join(f"{word} {day_in_words(day, precision)}" for word, day, precision in ends if day)

    @staticmethod
    def _span(day: date | None, precision: str) -> Span | None:
        return None if day is None else span(day, precision)


def holds_on(day: date) -> Q:
    """The condition of :meth:`Period.may_hold_on` for a query: begun, and not surely over by this day."""
    month, year = day.replace(day=1), date(day.year, 1, 1)
    return (Q(since=None) | Q(since__lte=day)) & (
        Q(until=None)
        | Q(until__gte=day)
        | Q(until_precision=Precision.MONTH, until__gte=month)
        | Q(until_precision=Precision.YEAR, until__gte=year)
    )


def scale_field(*, optional: bool = True, help_text: str = "") -> models.FloatField:
    """A value on an issue's scale of 0 to 100, or salience on the same range."""
    return models.FloatField(
        null=optional,
        blank=optional,
        help_text=help_text,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
    )


def aliases_field() -> models.TextField:
    """Other spellings, one a line, in any script, that search and import know; former names with a day."""
    return models.TextField(
        blank=True,
        help_text="Other spellings, one a line, in any script. A former name ends with its last day, "
        "as exactly as that is known: Turkey until 2022-06.",
    )


def lines(text: str) -> list[str]:
    """The spellings in an aliases field, without blanks and without the time of former names."""
    return [spelling(line) for line in text.splitlines() if line.strip()]


def on_scale(field: str, name: str) -> models.CheckConstraint:
    """The rule that a scale value, where there is one, lies in 0..100."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": LOWEST, f"{field}__lte": HIGHEST}),
        name=name,
        violation_error_message=f"The {field.replace('_', ' ')} must lie between 0 and 100.",
    )


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """The rule that of two values, where both are given, the first is not above the last."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": models.F(first)}),
        name=name,
        violation_error_message=(
            f"{last.replace('_', ' ').capitalize()} must not come before {first.replace('_', ' ')}."
        ),
    )


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The rule that a field holds one of its choices, whoever writes it."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=name,
        violation_error_message=f"Unknown {field.replace('_', ' ')}.",
    )


def not_taken(field: str, words: tuple[str, ...], name: str) -> models.CheckConstraint:
    """The rule that a slug is none of the words that already lead to another page."""
    return models.CheckConstraint(
        condition=~Q(**{f"{field}__in": words}),
        name=name,
        violation_error_message=f"This {field} is the address of another page; choose another.",
    )


def filled(field: str, name: str) -> models.CheckConstraint:
    """The rule that a text is not empty."""
    return models.CheckConstraint(
        condition=~Q(**{field: ""}),
        name=name,
        violation_error_message=f"The {field.replace('_', ' ')} must not be empty.",
    )
