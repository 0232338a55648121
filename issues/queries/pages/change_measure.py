"""What a change is measured against, in words that hold whoever reads them."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from issues.domain.change import Change
from issues.domain.gap import Gap
from issues.domain.others import Distance, Others
from issues.models import Actor

UNCERTAIN = (
    "It is not known whether this came before or after what else is on record of these days, so it is given"
    " no direction."
)


# As many names as a sentence tells.
MOST = 5

Name = Callable[[object], str]
T = TypeVar("T")


def measured(change: Change, actors: Mapping[int, Actor], name: Name = str) -> str:
    """Beside a direction, its numbers and what they are measured against; empty for what has no measure.

    A party is measured against where the other parties stood before the table; one that is none came nearer
    to some and went further from others. ``actors`` are those of the process by key, ``name`` names one.
    """

    def called(party: int) -> str:
        return name(actors[party]) if party in actors else "another party"

    if not change.order_known:
        return UNCERTAIN
    if change.agreed_jointly:
        signed = listed(names(change.co_signatories, actors), name)
        return f"Agreed jointly with {signed}: no direction against those who signed."
    if change.distances and change.others is not None:
        told = _from_the_middle(change.others, change.distances, called)
        if change.co_signatories:
            told += f"; signed with {listed(names(change.co_signatories, actors), name)}"
        return f"{told}."

    def with_points(item: Distance) -> str:
        return f"{_place(called(item.party), item.placement)} ({item.before:.4g} → {item.after:.4g} points)"

    told = f"nearer to {listed(change.nearer, with_points)}" if change.nearer else ""
    if change.further:
        told += f"{'; ' * bool(told)}further from {listed(change.further, with_points)}"
    return f"{told[0].upper()}{told[1:]}." if told else ""


def gap_in_words(actors: Iterable[Actor], gap: Gap, name: Name = str) -> str:
    """“Armenia and Azerbaijan end 50 points apart; before 25”, or that they end at one point."""
    who = [name(actor) for actor in actors]
    if not gap.after:
        was = f"before {gap.before:.4g} points apart" if gap.before else "as before"
        return f"{listed(who)} end at one point; {was}"
    apart = "points apart" if len(who) == 2 else "points apart on average"
    return f"{listed(who)} end {gap.after:.4g} {apart}; before {gap.before:.4g}"


def listed(items: Iterable[T], name: Callable[[T], str] = str) -> str:
    """Names in a sentence: A, B and C; of many the first, and how many others: a sentence is no list."""
    *most, last = items
    if len(most) >= MOST:
        return f"{', '.join(map(name, most[: MOST - 1]))} and {len(most) + 2 - MOST} others"
    return f"{', '.join(map(name, most))} and {name(last)}" if most else name(last)


def names(keys: Iterable[int], actors: Mapping[int, Actor]) -> list[Actor]:
    """Actors, in the order of the process."""
    wanted = set(keys)
    return [actor for key, actor in actors.items() if key in wanted]


def _from_the_middle(others: Others, distances: tuple[float, float], called: Callable[[int], str]) -> str:
    before, after = distances
    told = f"{before:.4g} → {after:.4g} points from "
    if len(others) == 1:
        ((party, placement),) = others
        return told + _place(called(party), placement)
    places = listed(others, lambda item: f"{called(item[0])} {item[1]:.4g}")
    return f"{told}{others.middle:.4g}, the median of where the other parties stood before ({places})"


def _place(who: str, placement: float) -> str:
    return f"{who}’s earlier {placement:.4g}"
