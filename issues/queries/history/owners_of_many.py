"""To which processes a change set of very many records belongs: asked of the history, all at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from issues.history import ADDED, REMOVED, ChangeSet
from issues.models import Process
from issues.queries.history.owners import DRAWS_IN, HANGS_ON, Keys, Kind, Owners
from issues.queries.history.rows import history


class OwnersOfMany:
    """The processes of what a change set wrote of these kinds; what it wrote itself speaks for itself."""

    def __init__(self, change_set: ChangeSet, kinds: Collection[Kind]) -> None:
        self.change_set, self.kinds = change_set, kinds

    def processes(self) -> set[int]:
        """The processes to which any of it ever belonged."""
        others: Keys = defaultdict(set)
        for kind in self.kinds:
            for column, above in HANGS_ON.get(kind, ()):
                others[above] |= self._values(history(kind).filter(id__in=self._here(kind)), column, above)
            for drawing, links in DRAWS_IN.items():
                for column, drawn in links:
                    if drawn is kind:
                        rows = history(drawing).filter(**{f"{column}__in": self._here(kind)})
                        others[drawing] |= self._values(rows, "id", drawing)
        own = set(self._here(Process).values_list("id", flat=True)) if Process in self.kinds else set()
        owners = Owners()
        return own.union(*(owners.of_any(kind, keys) for kind, keys in others.items()))

    def drawn_in(self) -> Keys:
        """What it draws into its processes, and what that draws in: what was there before.

        What it removed had drawn in what it referred to when it was made.
        """
        found: Keys = defaultdict(set)
        for kind in self.kinds:
            left = self._here(kind).exclude(history_type=REMOVED)
            for column, drawn in DRAWS_IN.get(kind, ()):
                new = self._here(drawn).filter(history_type=ADDED, version=1)
                rows = history(kind).filter(id__in=left).exclude(**{f"{column}__in": new})
                found[drawn] |= set(rows.values_list(column, flat=True).distinct()) - {None}
        return Owners().drawn_with(found)

    def _here(self, kind: Kind) -> Any:
        """The keys of what was written of a kind."""
        return history(kind).filter(change_set=self.change_set).values("id")

    def _values(self, rows: Any, column: str, kind: Kind) -> set[int]:
        """What stands in a column of rows and leads to a kind, but for what was written itself."""
        if kind in self.kinds:
            rows = rows.exclude(**{f"{column}__in": self._here(kind)})
        return set(rows.values_list(column, flat=True).distinct()) - {None}
