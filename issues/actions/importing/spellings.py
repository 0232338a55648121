"""Names that a file uses and a person has answered, kept with their records."""

from collections.abc import Iterable
from typing import Any

from issues.actions.record.correct import correct
from issues.importing.spellings import Spelling
from issues.models import Actor, Issue, Person, Place
from issues.models.fields import lines

MODELS: dict[str, Any] = {"actor": Actor, "issue": Issue, "speaker": Person, "place": Place}


def keep(spellings: Iterable[Spelling]) -> None:
    """Add each to the other spellings of its record, inside an open recording."""
    by_record: dict[tuple[str, int], list[str]] = {}
    for one in spellings:
        by_record.setdefault((one.kind, one.pk), []).append(" ".join(one.text.split()))
    for (kind, pk), texts in by_record.items():
        record = MODELS[kind].objects.get(pk=pk)
        known = record.aliases.splitlines()
        more = [text for text in texts if text not in lines(record.aliases)]
        correct(record, {"aliases": "\n".join([*known, *more])}, alone=False)
