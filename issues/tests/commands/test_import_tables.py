"""``manage.py import --table``: issues, actors, people and summits come in by the same door."""

import csv
import io
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import (
    Actor,
    Import,
    Issue,
    Membership,
    Office,
    Option,
    Participation,
    Person,
    Place,
    Summit,
)
from issues.tests.acts import apart
from issues.tests.importing.planning import broken
from issues.tests.universe import Universe
from issues.tests.views.visitors import visit_as


def run(tmp_path: Path, table: str, text: str, mapping: dict[str, Any] | None = None, **how: Any) -> str:
    path = tmp_path / f"{table}.csv"
    path.write_text(text)
    if mapping is not None:
        how["mapping"] = tmp_path / "mapping.json"
        how["mapping"].write_text(json.dumps(mapping))
    out = StringIO()
    with apart():
        call_command("import", str(path), "--process", "lenna", table=table, stdout=out, stderr=out, **how)
    return out.getvalue()


def refused(tmp_path: Path, table: str, text: str, mapping: dict[str, Any] | None = None) -> list[str]:
    """The reasons for which rows are refused, in the file of them."""
    path = tmp_path / "refused.csv"
    with pytest.raises(CommandError, match="Some rows are refused"):
        run(tmp_path, table, text, mapping, refused=path)
    return [row[-1] for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))][1:]


ISSUES = (
    "issue,question,kind,option,value,aliases,reference\n"
    "Fishing rights,Who may fish?,preference,nobody,0,Fish; Рыба,all\n"
    "Fishing rights,,,all,100,,\n"
    "flow,,,half of it,50,,\n"
    "flow,,,a third,33,,25\n"
)


def test_issues_come_in_with_their_options_a_row_each(universe: Universe, tmp_path: Path) -> None:
    told = run(tmp_path, "issues", ISSUES, reason="The list of issues.")

    new = "question: Who may fish?; kind: preference; aliases: Fish; Рыба; option 0 nobody; option 100 all"
    assert f"new        rows 2, 3: Fishing rights: {new}" in told
    assert (
        "corrected  rows 4, 5: flow: label: half → half of it; option 33 a third; reference point: 75 → 25"
        in told
    )
    made = Issue.objects.get(slug="fishing-rights")
    assert (made.question, made.kind, made.aliases) == ("Who may fish?", "preference", "Fish\nРыба")
    assert list(made.options.values_list("label", "value")) == [("nobody", 0.0), ("all", 100.0)]
    assert str(made.reference_point) == "100 all"
    flow = Issue.objects.get(pk=universe.flow.pk)
    assert str(flow.reference_point) == "25 a quarter"
    assert Option.objects.get(issue=flow, value=50.0).label == "half of it"
    assert broken() == []
    before = ChangeSet.objects.count()
    assert "0 new, 0 moved, 0 corrected, 2 same, 0 refused" in run(tmp_path, "issues", ISSUES)
    assert ChangeSet.objects.count() == before
    assert Import.objects.get().rows[f"issue:{made.pk}"] == [2, 3]


def test_issues_come_in_with_a_column_an_option(universe: Universe, tmp_path: Path) -> None:
    text = "Topic,Question,Kind,option 0,option 50,option 100\nFees,Who pays?,stage,none,,all\n"

    run(tmp_path, "issues", text)

    assert list(Issue.objects.get(slug="fees").options.values_list("label", "value")) == [
        ("none", 0.0),
        ("all", 100.0),
    ]


def test_numbers_of_options_are_rescaled_where_their_scale_is_said(
    universe: Universe, tmp_path: Path
) -> None:
    text = "issue,question,kind,option,score\nFees,Who pays?,preference,none,7\nFees,,,all,1\n"
    assert "say which numbers of this column stand for 0 and for 100" in refused(tmp_path, "issues", text)[0]

    run(tmp_path, "issues", text, {"scales": {"score": [7, 1]}})

    assert list(Issue.objects.get(slug="fees").options.values_list("value", flat=True)) == [0.0, 100.0]


def test_issues_that_lack_something_are_refused_all_at_once(universe: Universe, tmp_path: Path) -> None:
    text = (
        "issue,question,kind,option,value\n"
        "Fees,,preference,none,0\n"
        "Fees,,,all,100\n"
        "Fish,Who?,preference,none,0\n"
        "Bridge,Where?,scale,here,150\n"
        "preamble,,,a,10\n"
        "Summer flaw,,,a,10\n"
        "data,,,hourly,100\n"
        "data,,,daily,100\n"
    )

    told = "\n".join(refused(tmp_path, "issues", text))

    for reason in (
        "question is missing",
        "has 1 option; an issue with a scale has 2 to 13: give each a row",
        "“scale” is none of preference, stage, text",
        "“150” 150 is outside of the scale of 0 to 100",
        "has no scale and no options",
        "did you mean Summer flow (flow)?",
        "contradicts row 8, which has another option at 100",
    ):
        assert reason in told, reason


ACTORS = (
    "Actor,Kind,Role,Aliases,Capability,Member of,Joined\n"
    "Estmark,state,observer,Эстмарк; EST,2.5,Lower Basin,2031-05\n"
    "Estmark Navy,organ,,,,,\n"
    "Arden,,mediator,Ardenia,,,\n"
    "Cadria,,,,,,\n"
)


def test_actors_come_in_with_roles_spellings_and_memberships(universe: Universe, tmp_path: Path) -> None:
    told = run(
        tmp_path,
        "actors",
        ACTORS.replace("Joined\n", "Joined,Part of\n").replace("Navy,organ,,,,,", "Navy,organ,,,,,,Estmark"),
    )

    assert "1 refused" not in told
    new = "kind: state; aliases: Эстмарк; EST; takes part as observer, capability 2.5"
    assert f"new        row 2: Estmark: {new}; member of Lower Basin from 2031-05" in told
    assert "corrected  row 4: Arden: aliases: nothing → Ardenia; role: party → mediator" in told
    made = Actor.objects.get(slug="estmark")
    assert (made.kind, made.aliases) == ("state", "Эстмарк\nEST")
    role = Participation.objects.get(actor=made)
    assert (role.role, role.capability, role.watched) == ("observer", 2.5, False)
    joined = Membership.objects.get(member=made)
    assert (str(joined.since), joined.since_precision, joined.until) == ("2031-05-01", "month", None)
    assert Actor.objects.get(slug="estmark-navy").part_of == made
    assert not Participation.objects.filter(actor__slug="estmark-navy").exists(), "no role, no part"
    assert Participation.objects.get(actor=universe.arden).role == "mediator"
    assert broken() == []
    assert "0 new, 0 moved, 0 corrected, 4 same" in run(tmp_path, "actors", ACTORS)


def test_actors_that_cannot_be_taken_are_refused_with_reasons(universe: Universe, tmp_path: Path) -> None:
    text = (
        "actor,kind,role,capability,member_of,aliases,slug\n"
        "Estmark,,,,,,\n"
        "Kadria,state,,,,,\n"
        "Norn,state,,2,,,\n"
        "Sud,state,party,-1,Arden,NA,\n"
        "West,state,king,,,,\n"
        "Cadria,,,,,,cadria two\n"
        "Cadria,,party,,,,\n"
        "Cadria,,observer,,,,\n"
        "Belmar,,,,,,bel\n"
    )

    told = refused(tmp_path, "actors", text)

    assert len(told) == 9
    for place, reason in (
        (0, "kind is missing: a new actor needs it"),
        (1, "did you mean Cadria (cadria)?"),
        (2, "capability goes with a role"),
        (3, "must be above 0"),
        (3, "is no coalition, and only coalitions have members"),
        (3, "“NA” may mean nothing"),
        (4, "is none of party, mediator"),
        (5, "is no short name"),
        (6, "contradicts row 9"),
        (7, "contradicts row 8"),
        (8, "whose short name is another"),
    ):
        assert reason in told[place], (place, told[place])


def test_the_kind_of_all_new_actors_is_said_once_and_near_names_are_answered(
    universe: Universe, tmp_path: Path
) -> None:
    run(
        tmp_path,
        "actors",
        "actor\nEstmark\nKadria\nCadriia\n",
        {"constants": {"kind": "state"}, "names": {"actor": {"Kadria": "+", "Cadriia": "cadria"}}},
    )

    assert set(
        Actor.objects.filter(slug__in=("estmark", "kadria", "cadriia")).values_list("slug", flat=True)
    ) == {
        "estmark",
        "kadria",
    }


PEOPLE = (
    "person,office,actor,since,until,aliases\n"
    "Ola Est,President,Cadria,1983-02,1987,O. Est\n"
    "Ola Est,President,Cadria,1991,,\n"
    "Mira Sol,Minister of Water,Ministry of Water,2030-05-01,2031-06,\n"
)


def test_people_come_in_with_offices_and_second_terms(universe: Universe, tmp_path: Path) -> None:
    told = run(tmp_path, "people", PEOPLE)

    new = "aliases: O. Est; President from 1983-02 until 1987; President from 1991"
    assert f"new        rows 2, 3: Ola Est: {new}" in told
    assert "corrected  row 4: Mira Sol: until: nothing → 2031-06" in told
    terms = Office.objects.filter(person__slug="ola-est").order_by("since")
    assert [(str(one.since), one.since_precision, one.until and one.until_precision) for one in terms] == [
        ("1983-02-01", "month", "year"),
        ("1991-01-01", "year", None),
    ]
    assert Person.objects.get(slug="ola-est").aliases == "O. Est"
    assert Office.objects.filter(person=universe.minister).count() == 1
    assert broken() == []
    assert "2 same" in run(tmp_path, "people", PEOPLE)


def test_namesakes_are_asked_about_and_told_apart_by_a_slug(universe: Universe, tmp_path: Path) -> None:
    text = "person,office,actor\nJo Lee,Minister,Arden\nJo Lee,Minister,Cadria\nMira Sol,Envoy,Belmar\n"
    told = refused(tmp_path, "people", text)
    assert len(told) == 3
    assert all("several people of one name" in one for one in told)

    run(
        tmp_path,
        "people",
        "slug,"
        + text.replace("\nJo Lee,Minister,C", "\njo-2,Jo Lee,Minister,C")
        .replace("\nJo", "\njo-1,Jo")
        .replace("\nMira", "\nmira-sol,Mira"),
    )

    assert sorted(Person.objects.filter(name="Jo Lee").values_list("slug", flat=True)) == ["jo-1", "jo-2"]
    assert set(universe.minister.offices.values_list("title", flat=True)) == {"Minister of Water", "Envoy"}


def test_one_new_person_with_posts_of_several_actors_is_said_to_be_one(
    universe: Universe, tmp_path: Path
) -> None:
    text = "person,office,actor\nJo Lee,Minister,Arden\nJo Lee,Minister,Cadria\n"

    run(tmp_path, "people", text, {"names": {"speaker": {"Jo Lee": "+"}}})

    assert Person.objects.get(name="Jo Lee").offices.count() == 2


def test_offices_that_cannot_be_taken_are_refused_with_reasons(universe: Universe, tmp_path: Path) -> None:
    text = (
        "person,office,actor,since,until\n"
        "Ola Est,President,Cadria,1990,1980\n"
        "Ola Est,President,Kadria,,\n"
        "Ola Est,,Cadria,,\n"
        "Una,Chair,Cadria,1980,1990\n"
        "Una,Chair,Cadria,1985,1995\n"
        "Vera,Chair,Cadria,3/4/1980,\n"
        ",Chair,Cadria,,\n"
        "Mira Sol,Minister of Water,Ministry of Water,2031,\n"
    )

    told = refused(tmp_path, "people", text)

    for reason in (
        "lies before the beginning",
        "did you mean Cadria",
        "office is missing",
        "overlaps that of row 5",
        "may be two days",
        "person is missing",
        "overlaps one on record, from 2030-05-01",
    ):
        assert any(reason in one for one in told), reason


SUMMITS = (
    "summit,kind,date,place,host,status\n"
    "Autumn talks,ministers,1983-02,Vyrhaus,Lenna Commission,\n"
    "Last talks,leaders,2032,Newtown,,\n"
    "Ford meeting,,2031-03-11,,,\n"
)


def test_summits_come_in_with_their_day_place_and_host(universe: Universe, tmp_path: Path) -> None:
    assert "say in make that new places are made" in refused(tmp_path, "summits", SUMMITS)[0]

    told = run(tmp_path, "summits", SUMMITS, {"make": {"place": {}}})

    assert "corrected  row 4: Ford meeting: starts on: 2031-03-10 → 2031-03-11" in told
    autumn = Summit.objects.get(slug="autumn-talks")
    assert (str(autumn.starts_on), autumn.starts_on_precision, autumn.status) == (
        "1983-02-01",
        "month",
        "held",
    )
    assert (autumn.place and autumn.place.name, autumn.host) == ("Weirhouse", universe.commission)
    last = Summit.objects.get(slug="last-talks")
    assert (last.status, last.place) == ("planned", Place.objects.get(name="Newtown"))
    new = "new place Newtown; kind: leaders; starts on: 2032; place: Newtown; status: planned"
    assert f"row 3: Last talks: {new}" in told
    assert broken() == []
    assert "0 new, 0 moved, 0 corrected, 3 same" in run(tmp_path, "summits", SUMMITS, {"make": {"place": {}}})


def test_summits_that_cannot_be_taken_are_refused_with_reasons(universe: Universe, tmp_path: Path) -> None:
    text = (
        "summit,kind,date,ends_on,host,status\n"
        "A,,2001,,,\n"
        "B,leaders,,,,\n"
        "C,leaders,2001-05-02,2001-05-01,,\n"
        "D,leaders,2090,,Kadria,held\n"
        "E,leaders,2031-03-10,,,\n"
        "Foord meeting,leaders,2001,,,\n"
        "G,leaders,soon,4/5/2001,,gone\n"
    )

    told = refused(tmp_path, "summits", text)

    assert len(told) == 7
    for place, reason in enumerate(
        (
            "kind is missing",
            "is missing: a new summit needs its day",
            "lies before the first day",
            "is held, but its day is still to come",
            "Ford meeting is on record with this day, place and kind",
            "did you mean Ford meeting (ford)?",
            "is no date",
        )
    ):
        assert reason in told[place], told[place]
    assert "did you mean Cadria" in told[3]


def test_a_table_is_undone_as_one(universe: Universe, tmp_path: Path) -> None:
    run(tmp_path, "actors", ACTORS)

    with apart():
        undo(ChangeSet.objects.latest("pk"), by=universe.coder, reason="The wrong file.")

    assert not Actor.objects.filter(slug="estmark").exists()
    assert Participation.objects.get(actor=universe.arden).role == "party"


def test_nothing_is_stored_where_the_record_changed_or_a_rule_refuses(
    universe: Universe, tmp_path: Path
) -> None:
    with recording(by=universe.coder, reason="Another spelling."):
        universe.arden.aliases = "Ardenia"
        universe.arden.save()

    told = run(tmp_path, "actors", "actor,aliases\nArden,ardenia\n")

    assert "1 same" in told, "a spelling that is known is no change"
    text = "actor,kind\nLower Basin,state\n"
    with pytest.raises(CommandError, match="row 2, Lower Basin: This coalition has members"):
        run(tmp_path, "actors", text)
    assert Actor.objects.get(pk=universe.lower_basin.pk).kind == "coalition"


def test_a_table_that_does_not_fit_is_told(universe: Universe, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing says the actor"):
        run(tmp_path, "actors", "colour\nred\n")
    with pytest.raises(CommandError, match="table: this is a mapping of people, not of actors"):
        run(tmp_path, "actors", "actor\nArden\n", {"table": "people"})
    with pytest.raises(CommandError, match="there is no such field"):
        run(tmp_path, "actors", "a\nb\n", {"table": "actors", "columns": {"summit": "a"}})


def test_memberships_have_the_times_of_their_rows(universe: Universe, tmp_path: Path) -> None:
    heads = "member,kind,coalition,since,until\n"
    text = f"{heads}Estmark,state,Lower Basin,1990,1994-05\nEstmark,,Lower Basin,2001,\n"

    run(tmp_path, "actors", text)

    stored = Membership.objects.filter(member__slug="estmark").order_by("since")
    assert [(str(one.since), one.until_precision) for one in stored] == [
        ("1990-01-01", "month"),
        ("2001-01-01", "day"),
    ]
    assert "1 same" in run(tmp_path, "actors", text)
    told = refused(
        tmp_path,
        "actors",
        f"{heads}Estmark,,Lower Basin,1993,1992\nArden,,Lower Basin,1990,\nArden,,lower-basin,1991,\n",
    )
    assert "lies before the beginning" in told[0]
    assert "at a time that overlaps" in told[-1]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("actors", "actors"),
        ("memberships", "actors"),
        ("offices", "people"),
        ("issues", "issues"),
        ("options", "issues"),
        ("summits", "summits"),
    ],
)
def test_what_leaves_as_a_table_comes_back_as_it_stands(
    universe: Universe, tmp_path: Path, name: str, table: str
) -> None:
    answer: Any = visit_as("researcher").get(f"/lenna/data/{name}.csv")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content

    told = run(tmp_path, table, text.decode("utf-8-sig"), dry_run=True)

    assert "0 new, 0 moved, 0 corrected," in told, told
    assert ", 0 refused" in told, told


def test_the_reference_point_may_be_marked_in_its_row(universe: Universe, tmp_path: Path) -> None:
    rows = [
        f"flow,{option.label},{option.value:g},{option.value == 25}" for option in universe.flow.options.all()
    ]

    run(tmp_path, "issues", "issue,option,value,reference_point\n" + "\n".join(rows))

    assert str(Issue.objects.get(pk=universe.flow.pk).reference_point) == "25 a quarter"


def test_an_option_is_not_mistaken_for_another(universe: Universe, tmp_path: Path) -> None:
    heads = "issue,question,kind,option,value\n"
    told = refused(tmp_path, "issues", f"{heads}flow,,,half,25\nFees,Who?,stage,all,0\nFees,,,All,100\n")

    assert "“half” is on record at another number, and 25 is “a quarter”" in told[0]
    assert "would be the label of two options" in told[1]


def test_the_words_of_pages_are_known(universe: Universe, tmp_path: Path) -> None:
    run(tmp_path, "actors", "actor,kind\nNorn,De facto authority\nSud,International Organization\n")

    assert set(Actor.objects.filter(slug__in=("norn", "sud")).values_list("kind", flat=True)) == {
        "de_facto",
        "international",
    }


def test_a_person_that_is_named_by_a_slug_is_no_namesake(universe: Universe, tmp_path: Path) -> None:
    run(tmp_path, "people", "person,office,actor\nmira-sol,Envoy,Belmar\n")

    assert universe.minister.offices.count() == 2


def test_a_slug_alone_says_which_record_and_only_a_precision_may_be_corrected(
    universe: Universe, tmp_path: Path
) -> None:
    told = run(tmp_path, "summits", "slug,date,host\nford,2031,Cadria\n", dry_run=True)

    assert "corrected  row 2: ford: starts on: 2031-03-10 → 2031; host: nothing → Cadria" in told
    told = run(
        tmp_path,
        "people",
        "name,post,country,until\nOla,PM,Cadria,present\n",
        {"values": {"until": {"present": "skip"}}},
    )
    assert "new        row 2: Ola: PM without dates" in told
    assert "title is missing" not in told
