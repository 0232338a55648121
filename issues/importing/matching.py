"""Names in a file and the records that they mean: by slug, name, short name, any alias in any script.

A name that is the same but for case, accents and blanks is taken; one that is only near is proposed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from issues.domain.spelling import folded

MOST_NEAR = 3
# Below this likeness a proposal would be a guess.
LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class Known:
    """A record that names may mean, and every spelling of it."""

    pk: int
    slug: str
    name: str
    spellings: tuple[str, ...] = ()


class Unmatched(Exception):
    """No record, or more than one, is meant by a name. ``near`` are the slugs that may be meant."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


class Directory:
    """The records of a kind by all that they are called."""

    def __init__(self, kind: str, known: Iterable[Known]) -> None:
        self.kind = kind
        self.by_slug: dict[str, Known] = {}
        self.by_key: dict[int, Known] = {}
        self.by_spelling: dict[str, dict[int, Known]] = defaultdict(dict)
        for one in known:
            self.by_slug[one.slug] = self.by_key[one.pk] = one
            for spelling in (one.slug, one.name, *one.spellings):
                self.by_spelling[folded(spelling)][one.pk] = one
        self.by_spelling.pop("", None)
        self._found: dict[str, Known | Unmatched] = {}

    def find(self, name: str, answer: str = "") -> Known:
        """The record that is meant; ``answer`` is the slug that a person gave for this name.

        Raises Unmatched, with what may be meant, for a name of none and of several.
        """
        asked = f"{name}\n{answer}"
        if asked not in self._found:
            try:
                self._found[asked] = self._find(name, answer)
            except Unmatched as error:
                self._found[asked] = error
        found = self._found[asked]
        if isinstance(found, Unmatched):
            raise Unmatched(str(found), found.near)
        return found

    def spelled(self, text: str) -> list[Known]:
        """The records that are called so, whatever the case and accents, in the order of their slugs."""
        return sorted(self.by_spelling.get(folded(text), {}).values(), key=lambda one: one.slug)

    def called(self, text: str) -> list[Known]:
        """The records that a person may mean: the one with this slug, else all that are called so."""
        return [self.by_slug[text]] if text in self.by_slug else self.spelled(text)

    def _find(self, name: str, answer: str) -> Known:
        if answer:
            if answer not in self.by_slug:
                raise Unmatched(f"was said to be “{answer}”, but there is no such {self.kind} here")
            return self.by_slug[answer]
        same = self.called(name)
        if len(same) == 1:
            return same[0]
        if same:
            told = ", ".join(f"{one.name} ({one.slug})" for one in same)
            raise Unmatched(f"may be any of {told}: say which", tuple(one.slug for one in same))
        return self._propose(name)

    def _propose(self, name: str) -> Known:
        asked = folded(name)
        close = [one for one in self.by_spelling if _in_full(one) == _in_full(asked)]
        close += get_close_matches(asked, list(self.by_spelling), n=MOST_NEAR, cutoff=LIKENESS)
        near = {one.slug: one for spelling in close for one in self.by_spelling[spelling].values()}
        if not near:
            raise Unmatched(f"is no {self.kind} that is known here")
        near = dict(list(near.items())[:MOST_NEAR])
        told = " or ".join(f"{one.name} ({one.slug})" for one in near.values())
        raise Unmatched(f"is no {self.kind} that is known here: did you mean {told}?", tuple(near))


def _in_full(text: str) -> str:
    """A name as it is read aloud: “&” and “and” are one word."""
    return " ".join(text.replace("&", " and ").split())
