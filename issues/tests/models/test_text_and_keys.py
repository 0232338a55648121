"""NUL characters are refused by field, and natural keys lead back to their record."""

from collections.abc import Callable
from copy import copy
from datetime import date
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from issues.history import Record
from issues.models import RECORDS, Evidence, Position
from issues.models.fields import lines
from issues.tests.factories import (
    MAKERS,
    make_actor,
    make_attendance,
    make_event,
    make_evidence,
    make_issue,
    make_membership,
    make_option,
    make_outcome,
    make_position,
)

pytestmark = pytest.mark.usefixtures("recorded")

NUMBERS = count(1)
TEXTS = [
    (model, field.name)
    for model in RECORDS
    for field in model._meta.concrete_fields
    if isinstance(field, models.CharField | models.TextField)
]


@pytest.mark.parametrize(("model", "field"), TEXTS)
def test_a_nul_character_is_refused_and_its_field_is_named(model: type[Record], field: str) -> None:
    # A copy, because what a change set was about is read from the record itself when it closes.
    record = copy(MAKERS[model]())
    setattr(record, field, "a\x00b")

    with pytest.raises(ValidationError) as refusal:
        record.full_clean()

    assert "This text contains a NUL character; remove it." in refusal.value.message_dict[field]


@pytest.mark.parametrize(("model", "field"), TEXTS)
def test_a_text_that_nobody_can_see_is_refused_and_its_field_is_named(
    model: type[Record], field: str
) -> None:
    record = copy(MAKERS[model]())
    setattr(record, field, "\u200b\u3164 \u2060")

    with pytest.raises(ValidationError) as refusal:
        record.full_clean()

    assert "This text shows nothing; type it again, or leave it empty." in refusal.value.message_dict[field]


@pytest.mark.parametrize("model", RECORDS)
def test_what_the_makers_make_passes_validation(model: type[Record]) -> None:
    record = MAKERS[model]()

    record.full_clean()
    assert type(record) is model


def test_a_field_that_is_left_out_of_a_form_is_not_searched_for_nul() -> None:
    issue = make_issue(low_label="a")
    issue.low_label = "a\x00b"

    issue.clean_fields(exclude={"low_label"})
    with pytest.raises(ValidationError):
        issue.clean_fields(exclude={"name"})


@pytest.mark.parametrize(
    "make",
    [
        *MAKERS.values(),
        lambda: make_evidence(event=make_event()),
        lambda: make_evidence(outcome=make_outcome()),
        lambda: make_membership(since=date(2022, 10, 6)),
        lambda: make_attendance(person=None),
        lambda: make_actor(slug=f"արմենիա-{next(NUMBERS)}"),
    ],
)
def test_a_natural_key_leads_back_to_its_record(make: Callable[[], Record]) -> None:
    record, other = make(), make()

    assert record.natural_key() != other.natural_key()
    assert type(record).objects.get_by_natural_key(*record.natural_key()) == record


def test_a_natural_key_of_nothing_raises() -> None:
    make_issue(slug="status")

    with pytest.raises(Position.DoesNotExist):
        Position.objects.get_by_natural_key("process", "status", "actor", "summit")


def test_the_same_statement_keeps_its_links_apart() -> None:
    evidence = make_evidence()
    others = [
        make_evidence(statement=evidence.statement, event=make_event()),
        make_evidence(statement=evidence.statement, outcome=make_outcome()),
        make_evidence(statement=evidence.statement),
    ]

    for link in (evidence, *others):
        assert Evidence.objects.get_by_natural_key(*link.natural_key()) == link


def test_a_position_is_placed_by_its_value_then_by_its_option() -> None:
    option = make_option(value=25.0)

    assert make_position(issue=option.issue, option=option, value=30.0).placement == 30.0
    assert make_position(issue=option.issue, option=option).placement == 25.0
    assert make_position(value=0.0).placement == 0.0
    assert make_position().placement is None


def test_aliases_are_lines_without_blanks() -> None:
    assert lines(" Khankendi\n\nStepanakert \nXankəndi") == ["Khankendi", "Stepanakert", "Xankəndi"]
