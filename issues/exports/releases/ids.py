"""The ids that changed between releases: what was renamed, and what went, into what it was merged."""

import csv
from collections.abc import Iterator
from datetime import datetime

from django.db.models.functions import Coalesce
from django.utils import timezone

from issues.exports.files import Lines
from issues.exports.package.make import Contents
from issues.exports.package.resources import Resource
from issues.exports.releases.rows import rows_of_release
from issues.history import REMOVED, Record
from issues.models import RECORDS, Process
from issues.models.release import Release
from issues.queries.history.merged import keepers
from issues.queries.history.rows import history, newest
from issues.queries.package.columns import columns, table_name

HEAD = ("table", "id", "what", "into", "before", "after")
SAYS = {
    "table": "In which table.",
    "id": "The number of the record in the release before.",
    "what": "renamed (its name in addresses is another), merged (into another) or removed.",
    "into": "The number of the record into which it was merged.",
    "before": "Its name in addresses, or its short id, in the release before.",
    "after": "The same in this one.",
}
WHAT = ("renamed", "merged", "removed")
# By what a record is named where it has no number.
NAMED_BY = ("slug", "key", "ref")


def release_before(process: Process, known: datetime | None) -> Release | None:
    """The last release of what was known no later; those made since of an earlier time are not before it."""
    told = Release.objects.filter(process=process).annotate(of=Coalesce("known_at", "made_at"))
    return told.filter(of__lte=known or timezone.now()).order_by("-of", "-made_at", "-pk").first()


def changed_ids(contents: Contents, last: Release | None) -> Resource:
    """The table of ids that changed since the last release; empty in the first."""

    def lines() -> Iterator[str]:
        write = Lines().of
        yield write(HEAD)
        for kind in RECORDS if last else ():
            for row in _changed(contents, last, kind):  # type: ignore[arg-type]
                yield write(row)

    fields = [{"name": name, "type": "string", "description": SAYS[name]} for name in HEAD]
    for field in fields:
        if field["name"] in ("id", "into"):
            field["type"] = "integer"
        if field["name"] == "what":
            field["constraints"] = {"enum": list(WHAT)}  # type: ignore[assignment]
    says = (
        f"The ids that changed since release {last.number}." if last else "No ids changed: it is the first."
    )
    return Resource("ids", says, {"fields": fields, "primaryKey": ["table", "id"]}, lines, folder="")


def _changed(contents: Contents, last: Release, kind: type[Record]) -> Iterator[tuple[str, ...]]:
    name = table_name(kind)
    table = next(one for one in contents.tables if one.name == name)
    before = rows_of_release(last, table.path)
    now = {row["id"]: row for row in csv.DictReader(table.lines())}
    gone = _deleted(kind, {int(key) for key in set(before) - set(now)}, contents.whole.known)
    into = keepers(kind, gone) if gone else {}
    named = next((one for one in NAMED_BY if one in {column.name for column in columns(kind)}), "")
    for key in sorted(gone):
        keeper = into.get(key)
        was = before[str(key)].get(named, "")
        after = now.get(str(keeper), {}).get(named, "")
        yield (name, str(key), "merged" if keeper else "removed", str(keeper or ""), was, after)
    for shared in sorted(before.keys() & now.keys(), key=int) if named else ():
        was, after = before[shared].get(named, ""), now[shared][named]
        if was != after:
            yield (name, shared, "renamed", "", was, after)


def _deleted(kind: type[Record], keys: set[int], known: datetime | None) -> set[int]:
    """Those that are deleted by then, as the history says; the others only left the process."""
    if not keys:
        return set()
    then = known or timezone.now()
    rows = history(kind).filter(id__in=keys, history_type=REMOVED, history_date__lte=then)
    restored = newest(kind, then, id__in=keys).values_list("id", flat=True)
    return set(rows.values_list("id", flat=True)) - set(restored)
