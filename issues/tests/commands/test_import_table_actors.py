"""``manage.py import --table actors``: actors with roles, spellings and memberships."""

from pathlib import Path

from issues.models import Actor, Membership, Participation
from issues.tests.commands.importing_tables import ACTORS, refused, run
from issues.tests.importing.planning import broken
from issues.tests.universe import Universe


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
    assert "begins a term that overlaps that of row 3" in told[-1]


def test_a_membership_that_ended_since_is_corrected(universe: Universe, tmp_path: Path) -> None:
    heads = "member,kind,coalition,since,until\n"
    run(tmp_path, "actors", f"{heads}Estmark,state,Lower Basin,1990,1994-05\nEstmark,,Lower Basin,2001,\n")

    told = run(tmp_path, "actors", f"{heads}Estmark,,Lower Basin,2001,2031-06-30\n")

    assert "corrected  row 2: Estmark: member of Lower Basin, until: nothing → 2031-06-30" in told
    stored = Membership.objects.filter(member__slug="estmark").order_by("since")
    assert [str(one.until) for one in stored] == ["1994-05-01", "2031-06-30"]
    assert "1 same" in run(tmp_path, "actors", f"{heads}Estmark,,Lower Basin,,\n")
