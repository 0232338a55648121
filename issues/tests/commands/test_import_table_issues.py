"""``manage.py import --table issues``: issues with the options of their scales."""

from pathlib import Path

from issues.history import ChangeSet
from issues.models import Import, Issue, Option
from issues.tests.commands.importing_tables import ISSUES, refused, run
from issues.tests.importing.planning import broken
from issues.tests.universe import Universe


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
