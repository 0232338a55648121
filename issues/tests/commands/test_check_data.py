"""``manage.py check_data`` judges what is stored by the rules of the actions, however it got in."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.history import Record, Revision
from issues.management.commands.check_data import _all_breaches, _stored
from issues.models import (
    RECORDS,
    Actor,
    EventIssue,
    Evidence,
    Issue,
    Judgement,
    Membership,
    Option,
    Outcome,
    Participation,
    Place,
    Position,
    PositionLink,
    Source,
    Statement,
    Summit,
)
from issues.queries.history.behind import behind
from issues.queries.history.unrecorded import unrecorded
from issues.tests.actions.rules.case import made
from issues.tests.crowd import make_crowd
from issues.tests.factories import make_issue, make_process, make_summit, make_track
from issues.tests.past import past
from issues.tests.universe import Universe

# The universe lies in the future: it is checked on a day when all of it is over.
AFTERWARDS = date(2033, 1, 1)


@pytest.fixture(autouse=True)
def afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issues.actions.rules.occasion.latest_day", lambda: AFTERWARDS)


def lines() -> list[str]:
    """What the command prints before it fails."""
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("check_data", stdout=out)
    found = out.getvalue().splitlines()
    assert str(failure.value).startswith(f"{len(found)} breaches in ")
    return found


def put(record: Any, **fields: Any) -> None:
    """Change a record past the actions."""
    assert past(type(record).objects.filter(pk=record.pk)).update(**fields) == 1


def gone(records: Any) -> None:
    """Remove records past the actions."""
    assert past(records)._raw_delete("default")


# By the words that start the line: what was put past the actions, and the field and words of the breach.
BREACHES: list[tuple[str, str, Callable[[Universe], None]]] = [
    (
        "position ('lenna', 'flow', 'arden', 'ford'): option: This option belongs to another issue",
        "an option of another issue",
        lambda u: put(u.at("arden", "flow", "ford"), option=u.data.options.get(value=50.0)),
    ),
    (
        "position ('lenna', 'flow', 'arden', 'ford'): summit: This summit belongs to another process",
        "a summit of another process",
        lambda u: put(u.at("arden", "flow", "ford"), summit=made(make_summit, slug="ford")),
    ),
    (
        "position ('lenna', 'preamble', 'fishers', 'weir'): actor: Delta Fishers does not take part",
        "an actor that takes no part",
        lambda u: gone(Participation.objects.filter(actor=u.fishers)),
    ),
    (
        "position ('lenna', 'preamble', 'fishers', 'weir'): value: This issue has no scale.",
        "a value without a scale",
        lambda u: put(u.at("fishers", "preamble", "weir"), value=1.0),
    ),
    (
        "position ('lenna', 'flow', 'arden', 'ford'): evidence: A stated position needs evidence",
        "no evidence",
        lambda u: gone(Evidence.objects.filter(position=u.at("arden", "flow", "ford"))),
    ),
    (
        "position ('lenna', 'flow', 'belmar', 'weir'): evidence: A stated position needs evidence",
        "only evidence that disputes",
        lambda u: gone(Evidence.objects.filter(position=u.at("belmar", "flow", "weir"), stance="supports")),
    ),
    (
        "position ('lenna', 'treaty', 'cadria', 'delta'): issue: This issue closed",
        "words on an issue that had closed",
        lambda u: put(u.treaty, closed_on="2031-12-01"),
    ),
    (
        "linked issue ('lenna', 'flow', 'arden', 'weir', 'flow'): issue: A position is linked to another",
        "a link to its own issue",
        lambda u: put(PositionLink.objects.get(), issue=u.flow),
    ),
    (
        "issue ('lenna', 'flow'): reference_point: The reference point must be an option of this issue.",
        "another issue's option as reference point",
        lambda u: put(u.flow, reference_point=u.data.options.get(value=50.0)),
    ),
    (
        "issue ('lenna', 'flow'): parent: An issue cannot lie within itself.",
        "issues within each other",
        lambda u: (put(u.flow, parent=u.data), put(u.data, parent=u.flow)),
    ),
    (
        "issue ('lenna', 'flow'): kind: Positions or outcomes on this issue are placed",
        "a scale taken away",
        lambda u: put(u.flow, kind="text"),
    ),
    (
        "issue ('lenna', 'preamble'): options: An issue with a scale has 2 to 13 options, not 0.",
        "a scale without options",
        lambda u: put(u.preamble, kind="preference"),
    ),
    (
        "option ('lenna', 'preamble', 0.0): issue: This issue has no scale.",
        "an option without a scale",
        lambda u: past(Option.objects).bulk_create([Option(issue=u.preamble, value=0.0, label="none")]),
    ),
    (
        "summit ('lenna', 'weir'): track: This track belongs to another process.",
        "a track of another process",
        lambda u: put(u.weir, track=made(make_track)),
    ),
    (
        "summit ('lenna', 'weir'): status: This day is still to come, so the occasion is planned",
        "an occasion held on a day to come",
        lambda u: put(u.weir, starts_on=AFTERWARDS + timedelta(days=2), ends_on=None),
    ),
    (
        "summit ('lenna', 'spring'): parallel_to: Choose the meeting itself",
        "a parallel of a parallel",
        lambda u: put(u.spring, parallel_to=u.aside),
    ),
    (
        "outcome ('lenna', 'weir', 'half'): placement: This issue has no scale.",
        "an outcome placed without a scale",
        lambda u: put(u.outcomes["half"], issue=u.preamble),
    ),
    (
        "event issue ('lenna', 'bridge', ",
        "an event on an issue of another process",
        lambda u: put(EventIssue.objects.get(), issue=made(make_issue)),
    ),
    (
        "actor ('arden',): part_of: An actor cannot be part of itself.",
        "actors within each other",
        lambda u: put(u.arden, part_of=u.ministry),
    ),
    (
        "membership ('lower-basin', 'belmar', None): coalition: Lower Basin is not a coalition.",
        "members of what is no coalition",
        lambda u: put(u.lower_basin, kind="state"),
    ),
    (
        "source ('digest',): cited_via: A source cannot be cited via itself.",
        "sources that report each other",
        lambda u: put(u.sources["digest"], cited_via=u.sources["leaflet"]),
    ),
    (
        "summit ('process-of-others', 'aside'): parallel_to: This summit belongs to another process.",
        "a parallel in another process",
        lambda u: put(u.aside, process=made(make_process, slug="process-of-others")),
    ),
    (
        "question ('lenna', 'mid-2032'): scenarios: An exclusive question has an ending “other”",
        "an exclusive set without other",
        lambda u: put(u.scenarios["other"], is_other=False),
    ),
    (
        "outcome of an ending ('lenna', 'mid-2032', 'half', 'flow'): option: This option belongs to another",
        "an outcome of another issue",
        lambda u: put(u.scenarios["half"].outcomes.get(issue=u.flow), option=u.data.options.get(value=50.0)),
    ),
    (
        "judgement ('lenna', 'flow', 50.0, 'flow', 25.0, 'coder'): on_option: A judgement is between options",
        "a judgement within an issue",
        lambda u: put(
            Judgement.objects.get(from_option__issue=u.flow), on_option=u.flow.options.get(value=25.0)
        ),
    ),
    (
        "actor ('ar den',): slug: Enter a valid",
        "a slug that is no slug",
        lambda u: put(u.arden, slug="ar den"),
    ),
    (
        "statement ('record', 'joint'): language: This field cannot be blank.",
        "a field that must not be empty",
        lambda u: put(u.statements["joint"], language=""),
    ),
]


@pytest.mark.parametrize(
    ("starts", "put_past"), [pytest.param(a, c, id=b.replace(" ", "-")) for a, b, c in BREACHES]
)
def test_a_breach_that_got_in_is_found(
    universe: Universe,
    monkeypatch: pytest.MonkeyPatch,
    starts: str,
    put_past: Callable[[Universe], None],
) -> None:
    kind = starts.partition(" (")[0]
    only = tuple(model for model in RECORDS if model._meta.verbose_name == kind)
    monkeypatch.setattr("issues.management.commands.check_data.RECORDS", only)  # the rest takes its time
    put_past(universe)

    assert any(line.startswith(starts) for line in lines())


def test_nothing_is_found_in_the_universe(universe: Universe) -> None:
    out = StringIO()
    models = (Actor, Issue, Membership, Outcome, Position, Source, Statement, Summit)

    call_command("check_data", stdout=out, no_color=True)

    (line,) = out.getvalue().splitlines()
    checked, words = line.split(" ", 1)
    assert words == "records checked, no breach."
    assert int(checked) > sum(model.objects.count() for model in models)


def test_every_breach_is_one_line(universe: Universe) -> None:
    put(universe.at("arden", "flow", "ford"), option=universe.data.options.get(value=50.0))
    put(universe.at("cadria", "flow", "ford"), option=universe.data.options.get(value=50.0))

    assert [line.split(": ")[1] for line in lines()] == ["option", "option", "history", "history"]


def test_what_was_written_past_the_history_is_found(universe: Universe) -> None:
    flow, delta = universe.at("arden", "flow", "ford"), universe.delta
    put(flow, value=31.0)
    gone(Evidence.objects.filter(position__summit=delta))
    past(Place.objects).bulk_create([Place(name="Unrecorded")])

    told = [line for line in lines() if ": history: " in line]

    assert (
        f"position {flow.pk}: history: says otherwise than its newest version in the history (value)" in told
    )
    assert any(line.startswith("place ") and "is not in the history" in line for line in told)
    assert any(line.startswith("evidence ") and "was deleted past the history" in line for line in told)


@pytest.mark.parametrize("model", [Position, Evidence, Statement])
def test_comparing_with_the_history_takes_two_queries_a_kind(
    universe: Universe, model: type[Record], django_assert_num_queries: Any
) -> None:
    assert model.objects.count() > 10

    with django_assert_num_queries(2):
        assert list(unrecorded(model)) == []


def test_judging_more_positions_takes_no_more_queries(universe: Universe) -> None:
    asked = []
    for name, summits in (("few", 2), ("many", 8)):
        make_crowd(summits=summits, actors=4, name=name)
        with CaptureQueriesContext(connection) as queries:
            judged = [_all_breaches(record) for record in _stored(Position)]
        asked.append((len(judged), len(queries)))

    (few, of_few), (many, of_many) = asked
    assert many > few + 50
    assert of_many == of_few == 4


def test_a_process_that_was_recorded_in_past_its_revision_is_told(universe: Universe) -> None:
    assert list(behind()) == []
    shown = Revision.objects.filter(of=universe.process.pk)
    shown.update(recorded_at=timezone.now() - timedelta(days=1))
    assert [slug for slug, _ in behind()] == ["lenna"]
    assert any("the last revision" in line for line in lines())

    shown.delete()  # as in a database of before: then that of the whole holds
    assert list(behind()) == []
    Revision.objects.all().delete()
    assert [slug for slug, _ in behind()] == ["lenna"]
