"""Rows of the same words, of one signatory each: one joint statement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from issues.importing.mapping import Said
from issues.importing.resolve import Resolved
from issues.importing.speakers import REPORTED

TELLS = ("summit", "source", "source_url", "source_title", "quote")
NOT_ALIKE = "differs from row {}, which signs the same words: a joint statement is told in one way"
HELD = "signs the same words as row {}, which is refused: they are signed by all of them, or not stored"
Text = tuple[str, ...]


def sign_in_rows(resolved: list[Resolved], refused: Iterable[Said]) -> tuple[list[Resolved], list[Said]]:
    """Rows of which those of the same words are signed by the actors of all; and those that cannot be.

    A row by itself is one actor's own words. Where one of several is refused, or tells the words otherwise,
    all are: a joint statement without one who signed it would be another.
    """
    texts: dict[Text, list[Resolved]] = defaultdict(list)
    alone: list[Resolved] = []
    for one in resolved:
        if one.words is None:
            alone.append(one)
        else:
            texts[_text(one.said)].append(one)
    held: dict[Text, int] = {}
    for said in refused:
        held.setdefault(_text(said), said.row)
    kept, wrong = alone, []
    for text, rows in texts.items():
        if len({one.actor for one in rows}) > 1 or text in held:
            _tell(rows, held.get(text))
        signed = tuple(sorted({one.actor for one in rows}, key=str))
        for one in rows:
            if one.said.problems:
                wrong.append(one.said)
            elif len(signed) > 1 and one.words is not None:
                kept.append(replace(one, words=replace(one.words, signed=signed, organ=None)))
            else:
                kept.append(one)
    return kept, wrong


def _tell(rows: list[Resolved], refused: int | None) -> None:
    """Note at rows of the same words what keeps them from being one joint statement."""
    first = rows[0]
    unlike = [one for one in rows if one.words != first.words]
    for one in rows:
        if refused is not None:
            one.said.problem("quote", HELD.format(refused))
        elif unlike:
            other = unlike[0] if one.words == first.words else first
            one.said.problem("quote", NOT_ALIKE.format(other.said.row))
        elif one.said.choices.get("basis") == "reported":
            one.said.problem("basis", REPORTED)


def _text(said: Said) -> Text:
    return tuple(said.texts.get(name, "") for name in TELLS)
