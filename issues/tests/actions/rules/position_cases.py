"""The breaches of positions, with and without a scale, and of their links to other issues."""

from typing import Any

from issues.models import (
    Issue,
    Position,
    PositionLink,
)
from issues.tests.actions.rules.case import Case, changed, made
from issues.tests.factories import (
    make_issue,
    make_party,
    make_process,
    make_summit,
)
from issues.tests.past import past
from issues.tests.universe import Universe


def _position(u: Universe, **fields: Any) -> Position:
    return Position(**{"issue": u.flow, "actor": u.belmar, "summit": u.spring} | fields)


def _option_of_text(u: Universe) -> Position:
    past(Issue.objects.filter(pk=u.data.pk)).update(kind="text")
    return _position(u, issue=Issue.objects.get(pk=u.data.pk), option=u.data.options.get(value=50.0))


def _linked(u: Universe, issue: Issue, **fields: Any) -> Position:
    """A position that is linked to the data issue, moved onto another issue."""
    position = u.at("arden", "flow", "ford")
    made(PositionLink.objects.create, position=position, issue=u.data)
    return changed(position, issue=issue, option=None, **fields)


POSITION_CASES = [
    Case(
        "_position",
        "option",
        "another issue, “Data sharing”",
        lambda u: _position(u, option=u.data.options.get(value=50.0)),
        lambda u: _position(u, option=u.flow.options.get(value=50.0)),
    ),
    Case(
        "_position",
        "summit",
        "another process",
        lambda u: _position(u, summit=made(make_summit)),
        lambda u: _position(u, summit=made(make_summit, process=u.process)),
    ),
    Case(
        "_position",
        "actor",
        "Ministry of Water does not take part",
        lambda u: _position(u, actor=u.ministry),
        lambda u: _position(u, actor=made(make_party, process=u.process)),
    ),
    Case(
        "_position",
        "actor",
        "does not take part",
        lambda u: _position(u, actor=made(make_party, process=made(make_process))),
        lambda u: _position(u, actor=u.fishers),
    ),
    Case(
        "_position_without_scale",
        "value",
        "no scale",
        lambda u: _position(u, issue=u.preamble, value=0.0),
        lambda u: _position(u, issue=u.preamble),
    ),
    Case("_position_without_scale", "option", "no scale", _option_of_text, lambda u: _position(u, value=1.0)),
    Case(
        "_position_without_scale",
        "accepts_to",
        "has no limits",
        lambda u: _position(u, issue=u.preamble, red_line="declared", accepts_to=40.0),
        lambda u: _position(u, issue=u.preamble, red_line="declared"),
    ),
    Case(
        "_position",
        "issue",
        "remove the link first",
        lambda u: _linked(u, u.data),
        lambda u: _linked(u, u.treaty, summit=u.delta),
    ),
    Case(
        "_position",
        "issue",
        "closed on 31 December 2031, before the summit",
        lambda u: _position(u, issue=u.treaty),
        lambda u: _position(u, issue=u.treaty, summit=u.delta),
    ),
    Case(
        "_link",
        "issue",
        "its own process",
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=made(make_issue)),
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=u.preamble),
    ),
    Case(
        "_link",
        "issue",
        "another issue than its own",
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=u.flow),
        lambda u: PositionLink(position=u.at("arden", "flow", "ford"), issue=u.data),
    ),
]
