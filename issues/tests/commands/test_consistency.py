"""``manage.py consistency``: every combination up to 10 million, beyond a search that says what it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from issues.actions.scenarios.judge import judge
from issues.history import recording
from issues.models import Judgement
from issues.tests.factories import make_issue
from issues.tests.universe import Universe


def said(*args: str) -> tuple[str, str]:
    """What the command prints, and its progress."""
    out, err = StringIO(), StringIO()
    call_command("consistency", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_looks_at_every_combination_and_says_so(universe: Universe) -> None:
    out, progress = said("lenna", "--summit", "weir")

    first, second, third, *_ = out.splitlines()
    assert first == "All 15 combinations were looked at: 9 consistent."
    assert second.startswith(
        "1. margin 0; red lines: no line with limits is crossed; 1 line has no limits; fit: Republic "
    )
    assert third.strip().startswith("Summer flow 0 none; Data sharing 100 live")
    assert "15 of 15 (100%)" in progress


def test_beyond_ten_million_it_is_not_exhaustive_and_says_so(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Wide."):
        wide = {float(value): f"step {value}" for value in range(0, 100, 8)}
        issues = [make_issue(process=universe.process, options=wide) for _ in range(6)]
        first = [issue.options.order_by("value").first() for issue in issues]
    judge(
        {(one, other): 3 for one in first for other in first if one != other}, by=universe.coder, reason="x"
    )

    out, progress = said("lenna", "--starts", "50")

    assert out.startswith("NOT EXHAUSTIVE: 50 random starts among 72,402,135 combinations led to ")
    assert "there may be others" in out.splitlines()[0]
    assert "50 of 50 (100%)" in progress


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("nowhere",), "There is no process “nowhere”"),
        (("lenna", "--summit", "never"), "There is no such summit"),
        (("lenna", "--starts", "0"), "At least one start"),
    ],
)
def test_what_cannot_be_searched_is_refused(universe: Universe, args: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        said(*args)


def test_without_judgements_there_is_nothing_to_search(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        for item in Judgement.objects.all():
            item.delete()

    with pytest.raises(CommandError, match="Nothing was judged"):
        said("lenna")
