"""Who was added to a joint statement and taken from it, told on its history and on that of its positions."""

from django.test import Client

from issues.models import Signatory
from issues.tests.acts import add, remove
from issues.tests.universe import Universe
from issues.tests.views.history.conftest import address, lines

NAME = "Belmar in “Arden and Cadria have a draft.” (Lenna Commission)"


def belmar_signed_and_did_not(universe: Universe) -> None:
    signatory = add(
        Signatory(statement=universe.statements["joint"], actor=universe.belmar),
        by=universe.coder,
        reason="It signed too.",
    )
    remove(signatory, by=universe.coder, reason="It did not.")


def test_the_history_of_a_statement_tells_who_signed_it(editor: Client, universe: Universe) -> None:
    belmar_signed_and_did_not(universe)

    gone, added, *_ = lines(editor, address(universe.statements["joint"]))

    assert gone.startswith("coder removed signatory Belmar")
    assert added.startswith("coder added signatory Belmar")


def test_the_history_of_a_position_tells_who_signed_what_it_rests_on(
    editor: Client, universe: Universe
) -> None:
    belmar_signed_and_did_not(universe)

    gone, added, *_ = lines(editor, address(universe.at("arden", "treaty", "weir")))

    assert gone.startswith(f"coder removed signatory {NAME}")
    assert added.startswith(f"coder added signatory {NAME}")


def test_a_position_that_rests_on_other_words_tells_nothing_of_it(editor: Client, universe: Universe) -> None:
    belmar_signed_and_did_not(universe)

    told = lines(editor, address(universe.at("arden", "flow", "weir")))

    assert not any("signatory" in line for line in told)
