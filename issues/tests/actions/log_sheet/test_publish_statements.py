"""Publishing a sheet: which statements its positions rest on, made anew, shared or found."""

import pytest

from issues.domain.change import ChangeKind
from issues.models import Statement
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import Desk, by_hand, words_of
from issues.tests.acts import add


def test_one_statement_serves_the_cells_of_a_row_that_have_no_words(desk: Desk) -> None:
    desk.row("belmar", "record", flow="b", data="c", preamble="t")

    desk.publish()

    shared = [words_of(desk.position("belmar", issue)) for issue in ("flow", "data", "preamble")]
    assert shared[0] == shared[1] == shared[2]
    (statement,) = shared[0]
    assert statement.source == desk.universe.sources["record"]
    assert (statement.quote, statement.claimed_as) == ("", "")
    assert statement.note == "Logged from this source without a quotation."


def test_what_is_seen_again_claims_nothing_and_rests_on_the_statement_of_its_row(desk: Desk) -> None:
    desk.row("arden", "record", flow="r", data="r", preamble="t")

    desk.publish()

    flow, data, preamble = (words_of(desk.position("arden", on)) for on in ("flow", "data", "preamble"))
    assert flow == data == preamble
    assert [item.claimed_as for item in flow] == [""]


@pytest.mark.parametrize("claim", ["new", "reaffirmed"])
@pytest.mark.parametrize("code", ["r", "b", "t"])
def test_what_the_speaker_calls_it_is_recorded_of_its_words_alone(desk: Desk, code: str, claim: str) -> None:
    desk.row("arden", "record", data="r")
    desk.write("arden", "flow", code, claimed_as=claim)

    desk.publish()

    (flow,), (data,) = (words_of(desk.position("arden", on)) for on in ("flow", "data"))
    assert (flow.claimed_as, data.claimed_as) == (claim, "")


def test_cells_with_the_same_words_share_a_statement_and_others_do_not(desk: Desk) -> None:
    desk.serve("belmar", "record")
    desk.write("belmar", "flow", "b", quote="A quarter, and monthly data.")
    desk.write("belmar", "data", "b", quote="A quarter, and monthly data.")
    desk.write("belmar", "preamble", "t", quote="We like the preamble.")

    desk.publish()

    flow, data, preamble = (words_of(desk.position("belmar", on)) for on in ("flow", "data", "preamble"))
    assert flow == data != preamble
    assert Statement.objects.filter(occasion=desk.universe.spring).count() == 2


def test_a_cell_may_have_a_source_of_its_own(desk: Desk) -> None:
    sources = desk.universe.sources
    desk.row("belmar", "record", flow="b")
    desk.write("belmar", "data", "c", source=sources["gazette"])
    # And one without a source for its row.
    desk.write("cadria", "flow", "c", source=sources["cadria-press"])

    desk.publish()

    rests = [
        [words.source for words in words_of(desk.position(*of))]
        for of in (("belmar", "flow"), ("belmar", "data"), ("cadria", "flow"))
    ]
    assert rests == [[sources["record"]], [sources["gazette"]], [sources["cadria-press"]]]


def test_a_joint_statement_is_one_that_all_share(desk: Desk) -> None:
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half, say we both.")
    desk.join("arden", "belmar")

    desk.publish()

    (ours,), (theirs,) = (words_of(desk.position(actor, "flow")) for actor in ("arden", "belmar"))
    assert ours == theirs
    assert ours.organ == desk.universe.arden


def test_a_joint_statement_that_reaffirms_for_one_and_is_new_for_another_is_still_one(desk: Desk) -> None:
    desk.serve("arden", "record")
    desk.write("arden", "flow", "r", quote="Half, as ever, say we both.", claimed_as="reaffirmed")
    desk.join("arden", "belmar", "cadria")

    desk.publish()

    ours, *theirs = (words_of(desk.position(actor, "flow")) for actor in ("arden", "belmar", "cadria"))
    assert theirs == [ours, ours]
    (words,) = ours
    assert (words.claimed_as, words.organ) == ("reaffirmed", desk.universe.arden)
    kinds = {
        change.entry.actor: change.kind
        for change in read(desk.universe.process).whole.changes_at(desk.universe.spring.pk)
    }
    assert kinds == {
        desk.universe.arden.pk: ChangeKind.REAFFIRMED,
        desk.universe.belmar.pk: ChangeKind.NEW,
        desk.universe.cadria.pk: ChangeKind.MOVED,
    }


def test_what_a_joining_actor_says_elsewhere_is_not_put_into_the_leads_mouth(desk: Desk) -> None:
    desk.row("arden", "record", data="a")
    desk.row("cadria", "cadria-press", flow="b")
    desk.join("arden", "cadria")

    desk.publish()

    (own,), (joint,) = (words_of(desk.position("cadria", issue)) for issue in ("flow", "data"))
    assert (own.source.key, own.organ) == ("cadria-press", desk.universe.cadria)
    assert (joint.source.key, joint.organ) == ("record", desk.universe.arden)
    assert [joint] == words_of(desk.position("arden", "data"))


def test_a_silence_needs_no_words_and_gets_none(desk: Desk) -> None:
    desk.row("arden", "record", flow="n")
    desk.write("belmar", "flow", "n")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == words_of(desk.position("belmar", "flow")) == []
    assert not Statement.objects.filter(occasion=desk.universe.spring).exists()


def test_a_withdrawal_may_stand_without_words_and_keeps_those_it_has(desk: Desk) -> None:
    desk.write("arden", "flow", "w")
    desk.row("cadria", "record", flow="w")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == []
    assert len(words_of(desk.position("cadria", "flow"))) == 1


def test_what_is_inferred_needs_a_note_and_no_source(desk: Desk) -> None:
    desk.write("belmar", "flow", "c", basis="inferred", note="It signed the bill.")

    desk.publish()

    position = desk.position("belmar", "flow")
    assert (position.basis, position.note, words_of(position)) == ("inferred", "It signed the bill.", [])


def test_a_statement_logged_at_this_summit_before_is_used_again(desk: Desk) -> None:
    known = by_hand(desk, ref="s-known", quote="Half.")
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half.")

    desk.publish()

    assert words_of(desk.position("arden", "flow")) == [known]


def test_a_report_of_something_else_is_no_statement_for_cells_without_words(desk: Desk) -> None:
    by_hand(desk, ref="s-report", note="Arden will send its minister.")
    desk.row("arden", "record", flow="c")

    desk.publish()

    (words,) = words_of(desk.position("arden", "flow"))
    assert words.note == "Logged from this source without a quotation."


def test_short_ids_that_are_taken_are_passed_over(desk: Desk) -> None:
    world = desk.universe
    taken = f"s{world.spring.pk}-2"
    add(Statement(source=world.sources["record"], ref=taken, quote="Else."), by=desk.by, reason="By hand.")
    desk.serve("belmar", "record")
    for issue, code in (("flow", "b"), ("data", "c"), ("preamble", "t")):
        desk.write("belmar", issue, code, quote=f"On the {issue}.")

    desk.publish()

    refs = [words_of(desk.position("belmar", on))[0].ref for on in ("flow", "data", "preamble")]
    assert refs == [f"s{world.spring.pk}-{number}" for number in (1, 3, 4)]
