"""Negotiations for property tests. Values are whole points, so that sums and mirrors are exact."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from hypothesis import strategies as st

from issues.domain.fold import Folded, fold
from issues.domain.position import Entry, IssueTerms, Occasion, RedLineMention, State, in_order
from issues.domain.redline import RedLine
from issues.domain.scale import IssueKind
from issues.tests.domain.story import ISSUES, day

ACTORS = (1, 2, 3)
LIMITS = (RedLineMention.DECLARED, RedLineMention.DERIVED)


@dataclass(frozen=True)
class Negotiation:
    """Everything that a fold reads."""

    occasions: tuple[Occasion, ...]
    entries: tuple[Entry, ...]
    issues: Mapping[int, IssueTerms]
    parties: frozenset[int]

    def folded(self, on: date | None = None) -> Folded:
        """The fold of all of it."""
        return fold(self.occasions, self.entries, self.issues, self.parties, on)

    def in_order(self) -> list[Occasion]:
        """Its occasions as they follow each other."""
        return in_order(self.occasions)


points = st.integers(0, 100).map(float)
sides = st.none() | points


@st.composite
def ranges(draw: st.DrawFn) -> tuple[float | None, float | None]:
    """Limits in order; None is an open side."""
    low, high = draw(sides), draw(sides)
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def red_lines(draw: st.DrawFn) -> RedLine:
    """A standing red line, at times undetermined."""
    return RedLine(draw(st.booleans()), *draw(ranges()))


@st.composite
def entries(draw: st.DrawFn, number: int, actor: int, issue: int, occasion: int) -> Entry:
    """A position that keeps the rules of the records."""
    state = draw(st.sampled_from([State.STATED] * 6 + [State.WITHDRAWN, State.SILENT]))
    if state != State.STATED:
        return Entry(number, issue, actor, occasion, state)
    mention = draw(st.sampled_from(list(RedLineMention)))
    low, high = draw(ranges()) if mention in LIMITS else (None, None)
    return Entry(
        number,
        issue,
        actor,
        occasion,
        placement=draw(st.none() | points | points),
        red_line=mention,
        accepts_from=low,
        accepts_to=high,
        salience=draw(sides),
        claimed_reaffirmed=draw(st.booleans()),
        joint=draw(st.sampled_from([frozenset()] * 3 + [frozenset({occasion})])),
    )


@st.composite
def terms(draw: st.DrawFn) -> IssueTerms:
    """A preference issue most of the time, that closes at times."""
    kind = draw(st.sampled_from([IssueKind.PREFERENCE] * 4 + [IssueKind.STAGE, IssueKind.TEXT]))
    return IssueTerms(kind, closed_on=draw(st.none() | st.integers(1, 6).map(day)))


@st.composite
def negotiations(draw: st.DrawFn) -> Negotiation:
    """Up to four occasions on six days, some parallel to a meeting, and positions in some of the cells."""
    numbers = range(1, draw(st.integers(1, 4)) + 1)
    meetings = draw(st.integers(1, len(numbers)))
    occasions = tuple(
        Occasion(
            number,
            day(draw(st.integers(1, 6))),
            sequence=draw(st.sampled_from([number, 10 - number])),
            parallel_to=None if number <= meetings else draw(st.integers(1, meetings)),
            precision=draw(st.sampled_from(["day"] * 5 + ["month"])),
        )
        for number in numbers
    )
    occasions = tuple(
        replace(item, order_on=draw(st.none() | st.integers(1, 31).map(day)))
        if item.precision == "month"
        else item
        for item in occasions
    )
    cells = draw(st.permutations([*product(ACTORS, ISSUES, numbers)]))
    spoken = cells[: draw(st.integers(0, len(cells)))]
    return Negotiation(
        occasions,
        tuple(draw(entries(number, *cell)) for number, cell in enumerate(spoken, start=1)),
        {issue: draw(terms()) for issue in ISSUES},
        draw(st.just(frozenset(ACTORS)) | st.frozensets(st.sampled_from(ACTORS))),
    )
