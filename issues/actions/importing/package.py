"""Bringing a package in: a process as it was packed, under the same numbers, whole or not at all."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models
from django.db.models import ForeignKey

from issues.actions.importing.package_past import change_sets_of, file_under, leave_a_trace, versions_of
from issues.actions.rules.check import standing_breaches, unfinished
from issues.actions.rules.stored import stored_together
from issues.history import ChangeSet, Record, Recording, Way, among, bring_many, record_as_loaded, recording
from issues.importing.package import Brought, BroughtPast, PackageError
from issues.importing.package.tables import file_of
from issues.models import RECORDS, Assessment, Process
from issues.queries.history.owners import SHARED
from issues.queries.package.columns import ACT, CONTRIBUTORS, columns
from issues.queries.package.layout import path_of
from issues.user import User

GIVEN = "Numbers that were given in one act, brought in with a package."
LONGEST_NAME = 150

Kind = type[models.Model]


def bring_in(brought: Brought, past: BroughtPast | None = None, *, by: User | None, reason: str) -> Process:
    """Store all that a package holds. Raises PackageError, by file, row and column; then nothing is stored.

    What processes share and is on record just so is left as it is; any other number in use is refused.
    """
    (found,) = brought.records[Process] if len(brought.records[Process]) == 1 else [None]
    if found is None:
        raise PackageError("A package holds one process.", file_of(Process))
    with recording(by=by, reason=reason, kind=Way.IMPORT) as opened:
        users = _contributors(brought, found["slug"])
        sets = change_sets_of(past, users) if past else {}
        for kind in RECORDS:
            rows = _new(brought, kind, users)
            versions = versions_of(past, kind, rows, users, sets) if past else None
            _store(opened, brought, kind, rows, versions)
        acts = {one["act"]: sets[number] for number, one in past.change_sets.items()} if past else {}
        _give_numbers(brought, users, acts)
        if past:
            file_under(past, found["id"], sets)
            leave_a_trace(opened)
        _look_at_references()
        for kind in RECORDS:
            _judge(brought, kind)
        _go_on_counting((*RECORDS, Assessment))
    return Process.objects.get(pk=found["id"])


def _contributors(brought: Brought, slug: str) -> dict[int, User]:
    """An account for each of those who worked on the record, which nobody can sign in to."""
    users = {}
    for number, name in sorted(brought.contributors.items()):
        username = f"{slug}-contributor-{number}"[-LONGEST_NAME:]
        if User.objects.filter(username=username).exists():
            raise PackageError(f"There is an account “{username}” already.", path_of(CONTRIBUTORS))
        user = User(username=username, name=name[:LONGEST_NAME], is_active=False)
        user.set_unusable_password()
        user.save()
        users[number] = user
    return users


def _new(brought: Brought, kind: Kind, users: dict[int, User]) -> dict[int, dict[str, Any]]:
    """By place, the records that are not there yet. Raises PackageError where a number is another's."""
    people = [column.field.attname for column in columns(kind) if column.refers is User]
    rows = [dict(row) for row in brought.records[kind]]
    for row in rows:
        row |= {name: users[row[name]].pk for name in people if row[name] is not None}
    names = [column.field.attname for column in columns(kind) if column.field]
    there = kind._default_manager.filter(pk__in=among(row["id"] for row in rows)).order_by()
    stored: dict[int, dict[str, Any]] = {row["id"]: row for row in there.values(*names)}
    is_shared = kind in SHARED or not _hangs_on_a_process(kind)
    found = {}
    for place, row in enumerate(rows):
        other = stored.get(row["id"])
        if other is None:
            found[place] = row
        elif other != row or not is_shared:
            what = f"{row['id']} is the number of another record here."
            raise PackageError(what, file_of(kind), brought.row_of(kind, place), "id")
    return found


def _hangs_on_a_process(kind: Kind) -> bool:
    """Whether a record of this kind belongs to one process alone."""
    shared = {*SHARED, User}
    return kind is Process or any(
        column.refers is not None and column.refers not in shared for column in columns(kind)
    )


def _store(
    opened: Recording,
    brought: Brought,
    kind: type[Record],
    rows: dict[int, dict[str, Any]],
    versions: list[dict[str, Any]] | None,
) -> None:
    """Store new records, with the versions that they had, or with a first one."""
    records = [kind(**row) for row in rows.values()]
    try:
        with opened.attempt():
            if versions is None:
                kind.objects.bulk_create(records)
            else:
                bring_many(kind, records, versions)
                record_as_loaded(kind)
    except IntegrityError as error:
        raise _first_wrong(opened, brought, kind, rows) or PackageError(str(error), file_of(kind)) from error


def _first_wrong(
    opened: Recording, brought: Brought, kind: type[Record], rows: dict[int, dict[str, Any]]
) -> PackageError | None:
    """The first record that the database does not take beside those before it, with its row and column."""
    for place, row in rows.items():
        record, where = kind(**row), (file_of(kind), brought.row_of(kind, place))
        try:
            record.clean_fields(exclude=_references(kind))
            record.validate_unique()
            record.validate_constraints()
            with opened.attempt():
                kind.objects.bulk_create([kind(**row)])
        except ValidationError as error:
            column, message = _told(kind, error)
            return PackageError(message, *where, column)
        except IntegrityError as error:
            return PackageError(f"The database does not take it ({error}).", *where)
    return None


def _give_numbers(brought: Brought, users: dict[int, User], acts: dict[int, ChangeSet]) -> None:
    """Store the numbers that were given to endings, those of one act with one change set."""
    found = _new(brought, Assessment, users).values()
    for act, given in groupby(sorted(found, key=lambda row: row["change_set_id"]), _act):
        rows = list(given)
        user = User.objects.get(pk=rows[0]["assessor_id"])
        if {row["assessor_id"] for row in rows} != {user.pk}:
            raise PackageError(f"Act {act} is of several people.", file_of(Assessment), None, ACT)
        change_set = acts.get(act) or ChangeSet.objects.create(user=user, reason=GIVEN, kind=Way.IMPORT)
        try:
            Assessment.objects.bulk_create(
                [Assessment(**{**row, "change_set_id": change_set.pk}) for row in rows]
            )
        except IntegrityError as error:
            raise PackageError(f"Act {act}: {error}", file_of(Assessment)) from error


def _act(row: dict[str, Any]) -> int:
    return int(row["change_set_id"])


def _look_at_references() -> None:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise PackageError(str(error)) from error


def _judge(brought: Brought, kind: type[Record]) -> None:
    """Raise PackageError where a record breaks a rule of ours, beside the others that are stored now."""
    places = {row["id"]: place for place, row in enumerate(brought.records[kind])}
    relations = _references(kind)
    for record in stored_together(kind, places):
        for column, message in _breaches(record, relations):
            row = brought.row_of(kind, places[record.pk])
            raise PackageError(message, file_of(kind), row, column)


def _breaches(record: Record, relations: Sequence[str]) -> Iterator[tuple[str, str]]:
    try:
        record.clean_fields(exclude=relations)
    except ValidationError as error:
        yield _told(type(record), error)
    yield from standing_breaches(record)
    yield from unfinished(record)


def _references(kind: Kind) -> list[str]:
    return [field.name for field in kind._meta.fields if isinstance(field, ForeignKey)]


def _told(kind: Kind, error: ValidationError) -> tuple[str, str]:
    """In which column something is wrong, and what."""
    name, messages = next(iter(error.message_dict.items()))
    names = {column.field.name: column.name for column in columns(kind) if column.field}
    return names.get(name, ""), " ".join(messages)


def _go_on_counting(kinds: Sequence[Kind]) -> None:
    """Have the database give the next record a number that is free, where it counts by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kinds)):
            cursor.execute(statement)
