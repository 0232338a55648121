"""The difference between two summits: whose standing differs, and in what."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.domain.change import Change, Standing
from issues.domain.fold import Folded
from issues.domain.order import ActorIssue


@dataclass(frozen=True, slots=True)
class Difference:
    """Both sides of one (actor, issue), and which parts differ.

    ``order_known`` is False where it is not known in which order what lies between was said.
    """

    cell: ActorIssue
    before: Standing
    after: Standing
    placement: bool
    red_line: bool
    withdrawal: bool
    order_known: bool = True

    @property
    def delta(self) -> float | None:
        """After − before in points, where both sides are placed."""
        if self.before.placement is None or self.after.placement is None:
            return None
        return self.after.placement.value - self.before.placement.value

    @property
    def restated_only(self) -> bool:
        return not (self.placement or self.red_line or self.withdrawal)


def difference(earlier: Folded, later: Folded) -> list[Difference]:
    """Every (actor, issue) that differs between two as-of folds of one process, restated words included."""
    differences = []
    for cell in sorted(earlier.standing.keys() | later.standing.keys()):
        before, after = earlier.of(*cell), later.of(*cell)
        entry = Difference(
            cell,
            before,
            after,
            placement=_value(before.placement) != _value(after.placement),
            red_line=_value(before.red_line) != _value(after.red_line),
            withdrawal=(before.withdrawn is None) != (after.withdrawn is None),
            order_known=_is_known(earlier.history(*cell), later.history(*cell)),
        )
        if not entry.restated_only or _value(before.text) != _value(after.text):
            differences.append(entry)
    return differences


def _is_known(earlier: Sequence[Change], later: Sequence[Change]) -> bool:
    """Whether the order is known of all that one side has and the other has not."""
    shared = min(len(earlier), len(later))
    return all(change.order_known for change in (*earlier[shared:], *later[shared:]))


def _value(part: object) -> object:
    return getattr(part, "value", None)
