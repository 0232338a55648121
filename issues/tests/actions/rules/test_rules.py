"""The rules that SQL cannot say, each kept and broken, with the field that it names."""

import ast
import inspect
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from issues.actions.rules import check as rules
from issues.actions.rules.check import FIXED, breaches, check
from issues.history import Record, Way
from issues.tests.actions.rules.actor_cases import ACTOR_CASES
from issues.tests.actions.rules.case import Case, changed, made
from issues.tests.actions.rules.cases import CASES as OTHER_CASES
from issues.tests.actions.rules.moves import MOVES as OTHER_MOVES
from issues.tests.actions.rules.position_cases import POSITION_CASES
from issues.tests.actions.rules.scenario_cases import ENDING_CASES, ENDING_MOVES
from issues.tests.acts import remove
from issues.tests.factories import make_process
from issues.tests.universe import Universe

CASES = [*POSITION_CASES, *OTHER_CASES, *ACTOR_CASES, *ENDING_CASES]
MOVES = OTHER_MOVES | ENDING_MOVES
NAMED = [
    pytest.param(case, id=f"{case.rule.lstrip('_')}-{case.field}-{number}")
    for number, case in enumerate(CASES)
]


@pytest.mark.parametrize("case", NAMED)
def test_a_breach_names_its_field(universe: Universe, case: Case) -> None:
    found = breaches(case.breaks(universe))

    assert case.field in dict(found)
    assert any(field == case.field and case.says in message for field, message in found)


@pytest.mark.parametrize("case", NAMED)
def test_a_record_that_keeps_the_rule_has_no_breach(universe: Universe, case: Case) -> None:
    assert breaches(case.keeps(universe)) == []


@pytest.mark.parametrize(("model", "field"), MOVES)
def test_what_a_record_hangs_on_cannot_be_changed(
    universe: Universe, model: type[Record], field: str
) -> None:
    stored, other = MOVES[model, field]
    record = changed(stored(universe))
    assert breaches(record) == []

    setattr(record, field, other(universe))

    message = f"The {field} cannot be changed; make a new {model._meta.verbose_name} instead."
    assert (field, message) in breaches(record)
    with pytest.raises(ValidationError):
        check(record)


def test_a_record_that_is_gone_has_not_moved(universe: Universe) -> None:
    bridge = changed(universe.events["bridge"], process=made(make_process))
    assert breaches(bridge) != []

    remove(universe.events["bridge"], by=None, reason="It never was.", kind=Way.COMMAND)

    assert breaches(bridge) == []


def test_every_rule_and_every_fixed_field_has_a_case() -> None:
    assert {case.rule for case in CASES} == {
        rule.__name__ for found in rules._RULES.values() for rule in found
    }
    assert set(MOVES) == {(model, field) for model, fields in FIXED.items() for field in fields}


def _sources(rule: Any) -> Iterator[ast.AST]:
    """The rule, and the parts of it that are functions of their own beside it."""
    tree = ast.parse(inspect.getsource(rule))
    yield tree
    for node in ast.walk(tree):
        if isinstance(node, ast.YieldFrom) and isinstance(node.value, ast.Call):
            name = getattr(node.value.func, "id", "")
            if name in vars(inspect.getmodule(rule)) and name not in SHARED:
                yield from _sources(vars(inspect.getmodule(rule))[name])


def _messages() -> Iterator[tuple[str, str]]:
    """Each message that a rule can give, as a pattern, with the name of the rule."""
    for rule in chain.from_iterable(rules._RULES.values()):
        for node in chain.from_iterable(ast.walk(tree) for tree in _sources(rule)):
            if isinstance(node, ast.Yield):
                message = node.value.elts[1]  # type: ignore[union-attr]
                parts = message.values if isinstance(message, ast.JoinedStr) else [message]
                yield (
                    rule.__name__,
                    "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".*" for p in parts),
                )


# What several rules ask in the same words; each has its cases where it is asked.
SHARED = {"_overlap", "option_count", "signatory_count", "signatories_left", "together"}


def test_every_message_that_a_rule_can_give_has_a_case(universe: Universe) -> None:
    given: set[tuple[str, str]] = set()
    for case in CASES:
        with transaction.atomic():
            given |= {(case.rule, message) for _, message in breaches(case.breaks(deepcopy(universe)))}
            transaction.set_rollback(True)

    patterns = list(_messages())
    assert len(patterns) > 15
    assert [
        (rule, pattern)
        for rule, pattern in patterns
        if not any(rule == name and re.fullmatch(pattern, message) for name, message in given)
    ] == []


def test_a_check_tells_what_the_database_would_refuse_first(universe: Universe) -> None:
    with pytest.raises(ValidationError) as refusal:
        check(changed(universe.at("arden", "flow", "ford"), value=101.0))

    assert "value" in refusal.value.message_dict


def test_a_check_gathers_all_breaches_of_a_field(universe: Universe) -> None:
    link = changed(universe.aside, parallel_to=universe.aside.parallel_to)
    link.parallel_to = changed(universe.delta)
    link.parallel_to.process_id = 0
    link.parallel_to.parallel_to_id = universe.mill.pk

    found = [field for field, _ in breaches(link)]

    assert found == ["parallel_to", "parallel_to"]


def test_a_check_raises_every_message_by_field(universe: Universe) -> None:
    position = changed(universe.at("arden", "flow", "ford"))
    position.issue = universe.preamble
    position.actor = universe.ministry

    with pytest.raises(ValidationError) as refusal:
        check(position)

    assert refusal.value.message_dict == {
        "option": ["This option belongs to another issue, “Summer flow”.", "This issue has no scale."],
        "actor": ["Ministry of Water does not take part in this process."],
    }
