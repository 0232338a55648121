"""``manage.py import FILE --process SLUG``: a file into the record; the plan first, then the deed.

``manage.py import PACKAGE.zip`` brings in a process as it was packed.
"""

import json
from argparse import ArgumentParser
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from issues.actions.importing.carry_out import ChangedMeanwhile, File, carry_out
from issues.actions.importing.package import bring_in
from issues.exports.refused_csv import refused_csv
from issues.history import StaleVersion
from issues.importing.item import REFUSED, STORED, Plan
from issues.importing.mapping import MappingError, from_json, to_json
from issues.importing.mapping.tables import TABLES
from issues.importing.opened import Beside, Opened, for_next, opened, planned
from issues.importing.package import OpenedPackage, PackageError, is_package, read_package, read_past
from issues.importing.reading import MOST_BYTES, ReadError
from issues.importing.reading.kinds import too_large
from issues.importing.stored import Stored, stored
from issues.importing.told import lines
from issues.models import Process
from issues.user import User

MOST_FILES = 2
SAY = (
    'Say it in a mapping, {"columns": {"actor": "Country"}, "constants": {"summit": "prague"}}: '
    "--propose FILE writes what was found, to be changed and given with --mapping FILE."
)


class Command(BaseCommand):
    """Print what a file would do to a process, row by row; then do it, unless it is a dry run."""

    help = "Bring a CSV or XLSX file of positions into a process; the plan is printed first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, where it goes, how it is read, and what is done with it."""
        add = parser.add_argument
        add("file", type=Path, nargs="+", help="a CSV or XLSX file, and one that is joined to it")
        add("--process", default="", help="the slug of the process; a package has its own")
        add("--mapping", type=Path, help="a JSON file that says what columns and values mean")
        add("--table", choices=("positions", *TABLES), help="what is in the file, if not positions")
        add("--dry-run", action="store_true", help="print the plan and change nothing")
        add("--reason", default="", help="why; it stands in the record of changes")
        add("--by", default="", help="the name of the account in whose name it is done")
        add("--refused", type=Path, help="write the refused rows here, with their reasons")
        add("--without-refused", action="store_true", help="bring the other rows in without them")
        add("--propose", type=Path, help="write the mapping here, to be changed and given again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, plan, print, and carry out. Everything that is wrong is told at once."""
        if not options["process"] and is_package(options["file"][0]):
            self._bring_in(options)
            return
        if len(options["file"]) > MOST_FILES:
            raise CommandError("Give one file, or two: the second is joined to the first.")
        (path, data), *others = [(path, _content(path)) for path in options["file"]]
        process = Process.objects.filter(slug=options["process"]).first()
        if process is None and not options["process"]:
            raise CommandError("Say into which process it goes: --process and its slug.")
        if process is None:
            raise CommandError(f"There is no process “{options['process']}”.")
        by = self._user(options["by"])
        beside = next((Beside(path.name, of) for path, of in others), None)
        self._is_at("Reading")
        now = stored(process)
        file, plan = self._plan(data, beside, options, now)
        for line in lines(plan, now):
            self.stdout.write(line)
        if options["refused"] and plan.problems:
            _write(options["refused"], refused_csv(plan, file.first))
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
            return
        mapping = json.loads(to_json(file.mapping))
        told = File(path.name[:255], _digest(data), mapping)
        if beside:
            told = replace(told, second_name=beside.name[:255], second_digest=_digest(beside.data))
        self._carry_out(plan, told, process, by, options)

    def _bring_in(self, options: dict[str, Any]) -> None:
        """A package, whole: it says itself of which process it is."""
        (path,) = options["file"] if len(options["file"]) == 1 else [None]
        if path is None or options["mapping"] or options["table"] or options["propose"]:
            raise CommandError("A package is brought in alone and as it is, without mapping or table.")
        by = self._user(options["by"])
        reason = options["reason"] or f"Brought in from the package {path.name}."
        try:
            with OpenedPackage(path) as opened:
                brought = read_package(opened)
                past = read_past(opened, brought)
                counts = sum(map(len, brought.records.values()))
                self.stdout.write(f"Read: {counts:,} records of {len(brought.records)} kinds.")
                with transaction.atomic():
                    process = bring_in(brought, past, by=by, reason=reason)
                    # What the rules and the database refuse is found only by storing it.
                    transaction.set_rollback(options["dry_run"])
        except PackageError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
        else:
            self.stdout.write(f"Done: “{process}”, as one change set.")

    def _is_at(self, what: str) -> None:
        """Tell who sits before it how far it is; what is written to a file is no progress."""
        if self.stderr.isatty():
            self.stderr.write(f"{what} …", self.style.NOTICE)

    def _user(self, name: str) -> User | None:
        if not name:
            return None
        user = User.objects.filter(username=name).first()
        if user is None or not user.has_perm("issues.add_position"):
            raise CommandError(f"There is no account “{name}” that may record positions.")
        return user

    def _plan(
        self, data: bytes, beside: Beside | None, options: dict[str, Any], now: Stored
    ) -> tuple[Opened, Plan]:
        try:
            given = _text(options["mapping"]) if options["mapping"] else "{}"
            mapping = from_json(given, options["table"] or "")
            file = opened(data, mapping, now, beside)
            self._tell(file)
            if options["propose"]:
                _write(options["propose"], to_json(for_next(file.mapping)) + "\n")
            self._is_at(f"Checking {len(file.table.rows):,} rows")
            return file, planned(file, now)
        except (ReadError, MappingError) as error:
            problems = error.problems if isinstance(error, MappingError) else [str(error)]
            if isinstance(error, MappingError) and not options["mapping"]:
                problems = [*problems, SAY]
            raise CommandError("\n".join(problems)) from error

    def _tell(self, file: Opened) -> None:
        """How the file was read: nothing is taken from it unseen."""
        grid = file.grid
        how = f"sheet “{grid.sheet}”" if grid.sheet else f"encoding {grid.encoding}"
        guess = " (a guess)" if grid.encoding_is_guess else ""
        head = ", ".join(map(str, file.mapping.layout.head))
        self.stdout.write(f"Read: {how}{guess}, head in row {head}, {len(file.table.rows):,} rows.")
        if file.joined and file.mapping.join:
            on = ", ".join(f"“{one}” = “{other}”" for one, other in file.mapping.join.on.items())
            self.stdout.write(f"  joined to {file.second_name} by {on}")
        for name, column in file.mapping.columns.items():
            self.stdout.write(f"  {name}: column “{column}”")
        if file.mapping.signatories:
            self.stdout.write(f"  signatories: column “{file.mapping.signatories}”")
        for cell in file.mapping.cells:
            self.stdout.write(f"  {file.mapping.across} “{cell.name}”: column “{cell.column}”")
        used = {*file.mapping.columns.values(), *(cell.column for cell in file.mapping.cells)}
        used |= {column for cell in file.mapping.cells for column in cell.beside.values()}
        used |= {file.mapping.signatories, *(file.mapping.join.on if file.mapping.join else ())}
        unused = [column for column in file.table.columns if column not in used]
        if unused:
            self.stdout.write(f"  not used: {', '.join(unused)}")
        for one in grid.warned:
            self.stderr.write(f"Warning: row {one.row}, column {one.column}: “{one.value[:60]}”: {one.why}.")

    def _carry_out(
        self,
        plan: Plan,
        told: File,
        process: Process,
        by: User | None,
        options: dict[str, Any],
    ) -> None:
        refused = any(item.result == REFUSED for item in plan.items)
        if not plan.changes_something and not refused:
            self.stdout.write("Nothing was changed: all of this is on record.")
            return
        self._is_at(f"Storing {sum(plan.counts[result] for result in STORED):,}, all or none")
        try:
            carry_out(
                plan,
                process=process,
                file=told,
                by=by,
                reason=options["reason"] or f"Imported from {told.name}.",
                without_refused=options["without_refused"],
            )
        except (ValidationError, ChangedMeanwhile, StaleVersion) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError("Nothing was changed. " + " ".join(messages)) from error
        self.stdout.write("Done, as one change set.")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise CommandError(too_large(size))
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is no text in UTF-8.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
