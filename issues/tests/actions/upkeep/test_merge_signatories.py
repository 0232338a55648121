"""Merging actors that signed statements, alone or together."""

from issues.actions.take_back.undo_change_set import undo
from issues.models import Actor, Signatory
from issues.queries.upkeep.merge_plan import plan_merge
from issues.tests.actions.upkeep.merging import double_of, everything, into, no_breach_anywhere
from issues.tests.acts import add
from issues.tests.universe import Universe


def signs(universe: Universe, *actors: Actor) -> None:
    """Let these sign the statement of Arden and Cadria too."""
    for actor in actors:
        add(
            Signatory(statement=universe.statements["joint"], actor=actor),
            by=universe.coder,
            reason="It signed too.",
        )


def named(universe: Universe) -> list[str]:
    return sorted(item.actor.slug for item in universe.statements["joint"].signatories.all())


def test_a_double_that_signed_with_others_hands_its_signature_to_the_keeper(universe: Universe) -> None:
    double = double_of(universe, universe.belmar)
    signs(universe, double)

    into(universe, universe.belmar, double)

    assert named(universe) == ["arden", "belmar", "cadria"]
    assert no_breach_anywhere()


def test_two_that_signed_one_statement_sign_it_once(universe: Universe) -> None:
    double = double_of(universe, universe.arden)
    signs(universe, double)

    into(universe, universe.arden, double)

    assert named(universe) == ["arden", "cadria"]
    assert no_breach_anywhere()


def test_two_doubles_that_signed_one_statement_sign_it_once(universe: Universe) -> None:
    doubles = [double_of(universe, universe.belmar), double_of(universe, universe.belmar, slug="belmar-3")]
    signs(universe, *doubles)

    into(universe, universe.belmar, *doubles)

    assert named(universe) == ["arden", "belmar", "cadria"]
    assert no_breach_anywhere()


def two_that_are_one(universe: Universe) -> Actor:
    """A double of Arden, the only one beside it that signed the report."""
    double = double_of(universe, universe.arden)
    for actor in (universe.arden, double):
        add(
            Signatory(statement=universe.statements["report"], actor=actor),
            by=universe.coder,
            reason="Both signed.",
        )
    return double


def test_what_two_that_are_one_signed_is_no_joint_statement_any_more(universe: Universe) -> None:
    double = two_that_are_one(universe)

    into(universe, universe.arden, double)

    assert universe.statements["report"].signatories.count() == 0
    assert no_breach_anywhere()


def test_the_plan_tells_the_signatures_that_go(universe: Universe) -> None:
    double = two_that_are_one(universe)

    plan = plan_merge(universe.arden, [double])

    assert sorted(row.actor.slug for row in plan.leaving({})) == ["arden", "arden-2"]  # type: ignore[attr-defined]


def test_a_merge_of_two_that_signed_together_is_undone_as_one(universe: Universe) -> None:
    double = two_that_are_one(universe)
    before = everything()
    into(universe, universe.arden, double)
    merged = universe.arden.history.latest().change_set

    undo(merged, by=universe.coder, reason="They are two.")

    assert everything() == before
