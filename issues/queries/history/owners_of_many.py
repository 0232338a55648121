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
        self._older: dict[Kind, bool] = {}

    def processes(self) -> set[int]:
        """The processes to which any of it ever belonged."""
        others: Keys = defaultdict(set)
        for kind in self.kinds:
            for column, above in HANGS_ON.get(kind, ()):
                for rows in self._versions(kind):
                    others[above] |= self._values(rows, column, above)
            for drawing, links in DRAWS_IN.items():
                for column, drawn in links:
                    # To what was made here only what was written here refers, which speaks for itself.
                    if drawn is kind and self._has_older(kind):
                        rows = history(drawing).filter(**{f"{column}__in": self._not_new(kind).values("id")})
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
            for column, drawn in DRAWS_IN.get(kind, ()):
                new = self._here(drawn).filter(history_type=ADDED, version=1).values("id")
                for rows in self._versions(kind, but_removed=True):
                    others = rows.exclude(**{f"{column}__in": new})
                    found[drawn] |= set(others.values_list(column, flat=True).distinct()) - {None}
        return Owners().drawn_with(found)

    def _here(self, kind: Kind) -> Any:
        """What was written of a kind."""
        return history(kind).filter(change_set=self.change_set)

    def _not_new(self, kind: Kind) -> Any:
        """Of that, what there was before."""
        return self._here(kind).exclude(history_type=ADDED, version=1)

    def _has_older(self, kind: Kind) -> bool:
        if kind not in self._older:
            self._older[kind] = self._not_new(kind).exists()
        return self._older[kind]

    def _versions(self, kind: Kind, *, but_removed: bool = False) -> list[Any]:
        """The rows of what was written here, and those of before, where there are any.

        Apart, so that of what is new no other row is looked for: among very many that reads the whole table.
        """
        here, before = self._here(kind), self._not_new(kind)
        if but_removed:
            here, before = here.exclude(history_type=REMOVED), before.exclude(history_type=REMOVED)
        older = [history(kind).filter(id__in=before.values("id"))] if self._has_older(kind) else []
        return [here, *older]

    def _values(self, rows: Any, column: str, kind: Kind) -> set[int]:
        """What stands in a column of rows and leads to a kind, but for what was written itself."""
        if kind in self.kinds:
            rows = rows.exclude(**{f"{column}__in": self._here(kind).values("id")})
        return set(rows.values_list(column, flat=True).distinct()) - {None}
