"""Names that a person answered, to be kept as spellings of their records for the next file."""

from collections.abc import Iterable
from dataclasses import dataclass

from issues.domain.spelling import folded
from issues.importing.stored import Stored

# The kinds of record that have other spellings.
KEPT = ("actor", "issue", "speaker", "place")
ANOTHERS = "“{}” is not kept as a spelling of {}: it is one of {}."


@dataclass(frozen=True, order=True)
class Spelling:
    """What a file calls a record that a person has said it is."""

    kind: str
    pk: int
    text: str


def kept(answered: Iterable[Spelling], stored: Stored) -> tuple[list[Spelling], list[str]]:
    """The spellings that are new to their records, and notes on those that are another record's already."""
    found: dict[tuple[str, int, str], Spelling] = {}
    notes = []
    for one in sorted(set(answered)):
        if one.kind not in KEPT:
            continue
        directory = stored.directories[one.kind]
        there = directory.by_spelling.get(folded(one.text), {})
        if there and one.pk not in there:
            others = ", ".join(sorted(known.name for known in there.values()))
            notes.append(ANOTHERS.format(one.text, directory.by_key[one.pk].name, others))
        elif not there:
            found.setdefault((one.kind, one.pk, folded(one.text)), one)
    return list(found.values()), notes
