"""What a change is measured against, in words that hold whoever reads them."""

from collections.abc import Callable, Iterable, Mapping

from issues.domain.change import Change
from issues.domain.gap import Gap
from issues.domain.others import Distance
from issues.models import Actor

UNCERTAIN = (
    "It is not known whether this came before or after what else is on record of these days, so it is given"
    " no direction."
)


# As many names as a sentence tells.
MOST = 5

Name = Callable[[object], str]


def measured(change: Change, actors: Mapping[int, Actor], name: Name = str) -> str:
    """Beside a direction, its numbers and what they are measured against; empty for what has no measure.

    A party is measured against where the other parties stood before the table; one that is none came nearer
    to some and went further from others. ``actors`` are those of the process by key, ``name`` names one.
    """
    called = {key: name(actor) for key, actor in actors.items()}
    if not change.order_known:
        return UNCERTAIN
    if change.agreed_jointly:
        signed = listed(names(change.co_signatories, called))
        return f"Agreed jointly with {signed}: no direction against those who signed."
    if change.distances:
        return f"{_from_the_middle(change, change.distances, called)}."
    near, far = (
        [f"{_place(item, called)} ({item.before:.4g} → {item.after:.4g} points)" for item in some]
        for some in (change.nearer, change.further)
    )
    told = [f"nearer to {listed(near)}"] if near else []
    told += [f"further from {listed(far)}"] if far else []
    return _sentence("; ".join(told))


def gap_in_words(actors: Iterable[Actor], gap: Gap, name: Name = str) -> str:
    """“Armenia and Azerbaijan end 50 points apart; before 25”, or that they end at one point."""
    who = [name(actor) for actor in actors]
    if not gap.after:
        was = f"before {gap.before:.4g} points apart" if gap.before else "as before"
        return f"{listed(who)} end at one point; {was}"
    apart = "points apart" if len(who) == 2 else "points apart on average"
    return f"{listed(who)} end {gap.after:.4g} {apart}; before {gap.before:.4g}"


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: A, B and C; of many the first, and how many others: a sentence is no list."""
    *most, last = names
    if len(most) >= MOST:
        most, last = most[: MOST - 1], f"{len(most) + 2 - MOST} others"
    return f"{', '.join(most)} and {last}" if most else last


def names(keys: Iterable[int], actors: Mapping[int, object]) -> list[str]:
    """The names of actors, in the order of the process."""
    wanted = set(keys)
    return [str(actor) for key, actor in actors.items() if key in wanted]


def _from_the_middle(change: Change, distances: tuple[float, float], called: Mapping[int, str]) -> str:
    before, after = distances
    told = f"{before:.4g} → {after:.4g} points from "
    if len(change.against) == 1:
        told += _place(change.against[0], called)
    else:
        places = listed(f"{_name(item, called)} {item.placement:.4g}" for item in change.against)
        told += f"{change.middle:.4g}, the median of where the other parties stood before ({places})"
    if change.co_signatories:
        told += f"; signed with {listed(names(change.co_signatories, called))}"
    return told


def _place(item: Distance, called: Mapping[int, str]) -> str:
    return f"{_name(item, called)}’s earlier {item.placement:.4g}"


def _name(item: Distance, called: Mapping[int, str]) -> str:
    return called.get(item.party, "another party")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""
