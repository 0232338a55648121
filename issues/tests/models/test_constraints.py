"""Every named constraint of the models, kept and broken."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from issues.models import Actor, Person, Place, Process, Source
from issues.tests.factories import MAKERS, make_attendance, make_evidence, make_membership, make_source
from issues.tests.models.cases import CHECKS, UNIQUES
from issues.tests.models.refusal import constraints, record_models, refused_by, store

pytestmark = pytest.mark.usefixtures("recorded")

CHECK_HOLDS = [(name, n) for name, check in CHECKS.items() for n in range(len(check.holds))]
CHECK_BREAKS = [(name, n) for name, check in CHECKS.items() for n in range(len(check.breaks))]
NEAR_MISSES = [
    (name, field)
    for name in UNIQUES
    if name in constraints()
    for field in constraints()[name][1].fields  # type: ignore[attr-defined]
]


def _named(kind: type[models.BaseConstraint]) -> set[str]:
    return {name for name, (_, rule) in constraints().items() if isinstance(rule, kind)}


def _copy(first: models.Model, second: models.Model, fields: list[str]) -> None:
    for field in fields:
        setattr(second, field, getattr(first, field))


def test_every_constraint_has_a_test() -> None:
    assert _named(models.CheckConstraint) == CHECKS.keys()
    assert _named(models.UniqueConstraint) == UNIQUES.keys()
    assert constraints().keys() == CHECKS.keys() | UNIQUES.keys()


def test_constraint_names_are_given_once() -> None:
    assert len(constraints()) == sum(len(model._meta.constraints) for model in record_models())


@pytest.mark.parametrize(("name", "number"), CHECK_HOLDS)
def test_a_row_that_keeps_the_rule_is_stored(name: str, number: int) -> None:
    record = CHECKS[name].valid(number)

    record.validate_constraints()
    stored = type(record)._default_manager.get(pk=record.pk)
    assert {field: getattr(stored, field) for field in CHECKS[name].holds[number]} == {
        field: getattr(record, field) for field in CHECKS[name].holds[number]
    }


@pytest.mark.parametrize(("name", "number"), CHECK_BREAKS)
def test_a_row_that_breaks_the_rule_is_refused(name: str, number: int) -> None:
    record = CHECKS[name].broken(number)

    with pytest.raises(ValidationError):
        record.validate_constraints()
    with refused_by(name):
        store(record)


@pytest.mark.parametrize(("name", "different"), NEAR_MISSES)
def test_rows_that_differ_in_one_of_the_unique_fields_stand_side_by_side(name: str, different: str) -> None:
    model, rule = constraints()[name]
    first, second = UNIQUES[name].pair()

    _copy(first, second, [field for field in rule.fields if field != different])  # type: ignore[attr-defined]
    second.validate_constraints()
    store(second)

    stored = model._default_manager.filter(pk__in=[first.pk, second.pk])
    assert len({getattr(record, different) for record in stored}) == 2


@pytest.mark.parametrize("name", UNIQUES)
def test_rows_that_agree_in_all_of_the_unique_fields_are_refused(name: str) -> None:
    _, rule = constraints()[name]
    first, second = UNIQUES[name].pair()

    _copy(first, second, rule.fields)  # type: ignore[attr-defined]
    with pytest.raises(ValidationError):
        second.validate_constraints()
    with refused_by(name):
        store(second)


def test_a_membership_with_a_first_day_stands_beside_one_without() -> None:
    undated = make_membership(since=None)
    dated = make_membership(coalition=undated.coalition, member=undated.member, since=date(2022, 10, 6))

    assert set(undated.coalition.memberships.all()) == {undated, dated}


def test_a_named_attendance_stands_beside_one_without_a_name() -> None:
    unnamed = make_attendance(person=None)
    named = make_attendance(summit=unnamed.summit, actor=unnamed.actor)

    assert set(unnamed.summit.attendance.all()) == {unnamed, named}


def test_one_statement_supports_many_positions() -> None:
    first = make_evidence()
    second = make_evidence(statement=first.statement)

    assert set(first.statement.evidence.all()) == {first, second}
    assert first.position != second.position


@pytest.mark.parametrize(
    ("model", "field"),
    [(Process, "slug"), (Place, "name"), (Actor, "slug"), (Person, "slug"), (Source, "key"), (Source, "url")],
)
def test_what_names_a_record_by_itself_is_unique(model: type[models.Model], field: str) -> None:
    own = {"url": "https://example.org/a"} if field == "url" else {}
    first, second = MAKERS[model](**own), MAKERS[model]()

    setattr(second, field, getattr(first, field))
    with pytest.raises(ValidationError) as invalid:
        second.full_clean()
    assert set(invalid.value.message_dict) == {field}
    with pytest.raises(IntegrityError, match=rf"{model._meta.db_table}[._]{field}"), transaction.atomic():
        second.save()


def test_many_sources_have_no_address() -> None:
    assert make_source(url=None).url is make_source(url=None).url is None
