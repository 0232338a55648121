"""The quotations of a cell beside its first: what is stored of them, with the records that they name."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from issues.history import Record
from issues.models import Cell, Person, Source
from issues.queries.history.merged import keepers


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a cell quotes beside its first; ``source_id`` where it is another than the cell's."""

    quote: str
    language: str = "en"
    translation: str = ""
    speaker_id: int | None = None
    locator: str = ""
    source_id: int | None = None

    @property
    def stored(self) -> dict[str, Any]:
        """As a cell keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Named:
    """The speakers and sources that quotations name, by key: of what was merged since, the keeper."""

    people: dict[int, Person]
    sources: dict[int, Source]


def quotations_of(cell: Cell) -> list[Quotation]:
    """The further quotations of a cell, as they are stored."""
    return [Quotation(**stored) for stored in cell.quotations]


def named_in(cells: Iterable[Cell]) -> Named:
    """The records that the further quotations of cells name. No query where none does, else one a kind."""
    quotations = [quotation for cell in cells for quotation in quotations_of(cell)]
    people = {one.speaker_id for one in quotations if one.speaker_id}
    sources = {one.source_id for one in quotations if one.source_id}
    return Named(_found(Person, people), _found(Source, sources))


def _found(model: type[Record], keys: Collection[int]) -> dict[int, Any]:
    if not keys:
        return {}
    found: dict[int, Any] = model._default_manager.in_bulk(keys)
    gone = set(keys) - found.keys()
    merged = keepers(model, gone) if gone else {}
    kept = model._default_manager.in_bulk(merged.values()) if merged else {}
    return found | {key: kept[keeper] for key, keeper in merged.items()}
