"""Which records the names in a file mean, and which are made."""

from typing import Any

import pytest

from issues.history import recording
from issues.tests.acts import correct
from issues.tests.factories import make_actor, make_issue, make_person, make_source, make_summit
from issues.tests.importing.planning import csv_of, planned, results, wrong
from issues.tests.universe import Universe

RECORD = {"source": "record", "quote": "We say so."}


def row(actor: str = "arden", issue: str = "flow", summit: str = "spring", **fields: Any) -> dict[str, Any]:
    return {"actor": actor, "issue": issue, "summit": summit, "option": "half"} | RECORD | fields


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("actor", "arden"),
        ("actor", "Republic of Arden"),
        ("actor", "REPUBLIC  OF ARDÉN"),
        ("actor", "Arden"),
        ("issue", "Summer flow"),
        ("issue", "SUMMER FLOW"),
        ("summit", "Weir meeting"),
        ("summit", "wéir"),
    ],
)
def test_names_are_matched_by_slug_name_and_short_name_whatever_their_case_and_accents(
    universe: Universe, field: str, name: str
) -> None:
    made = planned(universe.process, csv_of(row(**{"actor": "fishers", field: name})))

    assert made.problems == []


def test_names_are_matched_by_any_alias_in_any_script_and_by_codes(universe: Universe) -> None:
    correct(universe.arden, {"aliases": "Арден\n031\nArdenia"}, by=universe.coder, reason="Spellings.")

    for name in ("Арден", "АРДЕН", "031", "ardenia"):
        assert planned(universe.process, csv_of(row(name))).problems == [], name
    assert planned(universe.process, csv_of(row(speaker="мира сол"))).problems == []


def test_a_name_that_is_only_near_is_proposed_and_never_taken(universe: Universe) -> None:
    made = planned(universe.process, csv_of(row("Ardem"), row("arden", "Sumer flow")))

    assert results(made) == [([2], "refused"), ([3], "refused")]
    assert wrong(made) == [
        (2, "actor", "is no actor that is known here: did you mean Republic of Arden (arden)?"),
        (3, "issue", "is no issue that is known here: did you mean Summer flow (flow)?"),
    ]
    assert [problem.ask for problem in made.problems] == ["names.actor", "names.issue"]


def test_a_name_that_was_answered_is_taken(universe: Universe) -> None:
    made = planned(universe.process, csv_of(row("Ardem")), names={"actor": {"Ardem": "arden"}})

    assert results(made) == [([2], "new")]
    assert wrong(planned(universe.process, csv_of(row("X")), names={"actor": {"X": "nobody"}})) == [
        (2, "actor", "was said to be “nobody”, but there is no such actor here")
    ]


def test_namesakes_are_asked_about(universe: Universe) -> None:
    with recording(by=universe.coder, reason="A namesake."):
        make_person(name="Mira Sol", slug="mira-sol-2")

    made = planned(universe.process, csv_of(row(speaker="Mira Sol")))

    assert wrong(made) == [
        (2, "speaker", "may be any of Mira Sol (mira-sol), Mira Sol (mira-sol-2): say which")
    ]
    answered = {"speaker": {"Mira Sol": "mira-sol-2"}}
    assert planned(universe.process, csv_of(row(speaker="Mira Sol")), names=answered).problems == []


def test_a_mapping_reaches_no_other_process(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Another process."):
        other = make_issue(slug="elsewhere", name="Elsewhere")
        make_summit(process=other.process, slug="there", name="There")
        make_actor(name="Outsider", slug="outsider")

    made = planned(
        universe.process,
        csv_of(row(issue="elsewhere"), row(issue="X"), row(summit="there"), row("outsider")),
        names={"issue": {"X": "elsewhere"}},
    )

    assert [problem.message for problem in made.problems] == [
        "is no issue that is known here",
        "was said to be “elsewhere”, but there is no such issue here",
        "is no summit that is known here",
        "does not take part in this process",
    ]


def test_a_summit_may_be_named_by_its_day_where_it_is_the_only_one(universe: Universe) -> None:
    made = planned(
        universe.process, csv_of(row(summit="2031-12-10"), row(summit="2031-09-10"), row(summit="2031-12-11"))
    )

    assert [item.result for item in made.items] == ["corrected", "refused", "refused"]
    assert [message for *_, message in wrong(made)] == [
        "is the day of several occasions: say which",
        "is no summit that is known here",
    ]


def test_new_records_are_made_only_of_the_kinds_that_were_named(universe: Universe) -> None:
    text = csv_of(
        row("Estmark", speaker="Ola Est", source="", source_url="https://news.example/a?utm_source=x"),
        row("arden", summit="Second spring", summit_date="2032-04", source_url="https://news.example/a#top"),
    )
    make = {
        "actor": {"kind": "state", "role": "observer"},
        "speaker": {},
        "source": {"kind": "news"},
        "summit": {"kind": "leaders"},
    }

    made = planned(universe.process, text, make=make)

    assert planned(universe.process, text).counts["refused"] == 2
    assert made.problems == []
    assert [(one.kind, str(one)) for one in made.made] == [
        ("actor", "Estmark"),
        ("source", "https://news.example/a"),
        ("speaker", "Ola Est"),
        ("summit", "Second spring"),
    ]


def test_an_actor_of_elsewhere_takes_part_only_where_that_was_said(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Another."):
        outsider = make_actor(name="Outsider", slug="outsider")

    made = planned(
        universe.process, csv_of(row("outsider")), make={"actor": {"kind": "state", "role": "observer"}}
    )

    assert [(one.kind, one.fields) for one in made.made] == [
        ("role", {"role": "observer", "actor": outsider.pk})
    ]


def test_a_name_that_is_near_another_is_new_by_a_persons_word_alone(universe: Universe) -> None:
    make = {"actor": {"kind": "state", "role": "party"}, "source": {"kind": "news"}}
    text = csv_of(row("Ardem", source="Communiqué of the weir 2", source_publisher="Weirhouse"))
    names = {"actor": {"Ardem": "+"}, "source": {"Communiqué of the weir 2": "+"}}

    assert planned(universe.process, text, make={"actor": make["actor"]}).counts["refused"] == 1
    assert planned(universe.process, text, names=names).counts["refused"] == 1
    made = planned(universe.process, text, make=make, names=names)
    assert made.problems == []
    assert [str(one) for one in made.made] == ["Ardem", "Communiqué of the weir 2"]


def test_a_new_summit_needs_its_day(universe: Universe) -> None:
    made = planned(universe.process, csv_of(row(summit="Later")), make={"summit": {"kind": "leaders"}})

    assert wrong(made) == [(2, "summit", "would be new: say its date in its row, or one for all rows")]


def test_a_new_summit_that_is_called_by_its_day_is_of_that_day(universe: Universe) -> None:
    made = planned(universe.process, csv_of(row(summit="2032-05")), make={"summit": {"kind": "leaders"}})

    (summit,) = made.made
    assert (str(summit.fields["starts_on"]), summit.fields["starts_on_precision"]) == ("2032-05-01", "month")


def test_an_address_that_is_known_is_its_source_whatever_stands_beside_it(universe: Universe) -> None:
    with recording(by=universe.coder, reason="A source."):
        source = make_source(url="https://news.example/b")

    made = planned(
        universe.process, csv_of(row(source="", source_url="http://news.example/b/#x", source_title="Other"))
    )

    assert [statement.source for statement in made.items[0].statements] == [source.pk]
