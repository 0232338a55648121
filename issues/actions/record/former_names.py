"""Keeping the name of the time: what is renamed is found by its old name, and pages of then can tell it."""

from typing import Any

from issues.clock import utc_day
from issues.domain.former import renamed, spelling
from issues.history import CHANGED, REMOVED, Recording, among, before_closing, stored_by_key
from issues.models import Actor, Issue, Person, Place
from issues.queries.history.record_history import with_before
from issues.queries.history.rows import OLDEST_FIRST

NAMED = (Actor, Place, Person, Issue)


@before_closing
def keep_former_names(opened: Recording) -> None:
    """Keep the old name of all that was renamed here among its spellings, with the day; nothing else costs.

    Whoever renames, by whichever way. Undoing a rename, or taking an old name again, leaves no trace of it.
    """
    for kind in NAMED:
        written: dict[int, Any] = {}
        for one in opened.written:
            if one.how == CHANGED and one.model is kind:
                kept = dict(zip(one.keys, one.records, strict=False))
                written |= kept or stored_by_key(kind, one.keys)
        if gone := written.keys() & opened.keys_of(kind, REMOVED):  # some of which may be back again
            written = {pk: one for pk, one in written.items() if pk not in gone} | stored_by_key(kind, gone)
        if not written:
            continue
        rows = kind.history.filter(change_set=opened.change_set, history_type=CHANGED, id__in=among(written))
        first: dict[int, int] = {}
        for pk, row in rows.order_by(*OLDEST_FIRST).values_list("id", "history_id"):
            first.setdefault(pk, row)
        _, olds = with_before(kind, set(first.values()), {})
        for pk, record in written.items():
            if (old := olds.get(first.get(pk, 0))) is not None:
                _keep(old, record)


def _keep(old: Any, record: Any) -> None:
    """Keep the names of a version that a record has no more, unless somebody said just now what they are."""
    today, known = utc_day(), record.aliases.splitlines()
    spellings, before = known, old.aliases.splitlines()
    now_said = set(map(spelling, known)).difference(map(spelling, before))
    taken_out = set(map(spelling, before)).difference(map(spelling, known))
    for name in ("name", "short_name"):
        was, now = getattr(old, name, ""), getattr(record, name, "")
        if not was or was == now or was in now_said:
            continue
        if (not now or now in taken_out) and _is_of_another(record, name, was):  # a merge was undone
            continue
        spellings = renamed(spellings, was, now, today, before)
    if spellings != known:
        record.aliases = "\n".join(spellings)
        record.save()


def _is_of_another(record: Any, field: str, name: str) -> bool:
    """Whether another record is called so."""
    same = type(record)._default_manager.filter(**{field: name})
    return bool(same.exclude(pk=record.pk).exists())
