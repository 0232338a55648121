"""``manage.py import`` as one meets it for the first time: heads as people write them, and what to answer."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from issues.models import Actor, Issue, Membership
from issues.tests.commands.importing_tables import run
from issues.tests.universe import Universe


def test_a_label_of_the_page_is_a_name_of_its_column(universe: Universe, tmp_path: Path) -> None:
    heads = "Issue,Question,Kind,What 0 means,What 100 means,option 0,option 100"

    told = run(tmp_path, "issues", f"{heads}\nFishing rights,Who?,preference,Nobody,Everybody,nobody,all\n")

    assert "low_label: column “What 0 means”" in told
    made = Issue.objects.get(name="Fishing rights")
    assert (made.low_label, made.high_label) == ("Nobody", "Everybody")


def test_one_who_is_known_under_another_spelling_of_its_row_is_asked_about(
    universe: Universe, tmp_path: Path
) -> None:
    text = "actor,kind,role,aliases\nThe Highlanders,state,party,Uplands; ARDEN\n"
    before = Actor.objects.count()

    told = run(tmp_path, "actors", text, dry_run=True)

    assert (
        "is not known here, but as “ARDEN”, which it is called too, Republic of Arden (arden) is: say" in told
    )
    assert '; answer: "names": {"actor": {"The Highlanders": "…"}} (a slug, or + for a new one)' in told
    with pytest.raises(CommandError):
        run(tmp_path, "actors", text)
    assert Actor.objects.count() == before
    run(tmp_path, "actors", text, {"names": {"actor": {"The Highlanders": "+"}}})
    assert Actor.objects.count() == before + 1


def test_coalitions_may_have_a_column_each(universe: Universe, tmp_path: Path) -> None:
    heads = "actor,kind,role,Highland group,Coast\n"
    groups = "Highland group,coalition,stakeholder,,\nCoast,coalition,stakeholder,0,0\n"
    mapping = {
        "columns": {
            **{name: name for name in ("actor", "kind", "role")},
            "member_of Highland group": "Highland group",
            "member_of Coast": "Coast",
        }
    }

    told = run(
        tmp_path,
        "actors",
        f"{heads}{groups}Arden,,,1,0\nEstmark,state,party,x,maybe\n",
        mapping,
        dry_run=True,
    )

    assert "corrected  row 4: Arden: member of Highland group" in told
    assert "refused    row 5: Estmark: Coast “maybe” says neither that it is a member" in told
    run(tmp_path, "actors", f"{heads}{groups}Arden,,,1,0\nEstmark,state,party,x,yes\n", mapping)
    assert sorted(
        Membership.objects.filter(member__name="Estmark").values_list("coalition__name", flat=True)
    ) == [
        "Coast",
        "Highland group",
    ]


def test_the_first_column_names_the_records_where_its_head_is_empty(
    universe: Universe, tmp_path: Path
) -> None:
    told = run(tmp_path, "actors", ",kind,role\nEstmark,state,party\n", dry_run=True)

    assert "actor: column “column A”" in told
    assert "new        row 2: Estmark" in told


def test_what_is_lacking_is_told_with_how_to_say_it(universe: Universe, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--propose FILE writes what was found"):
        run(tmp_path, "positions", "Who,What\nArden,half\n")
