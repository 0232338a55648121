"""PostgreSQL: a copy is what ``pg_dump`` writes of one snapshot, which is read beside it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from issues.backup.databases import LEFT_OUT, beside, like, reading
from issues.backup.engine import Copy
from issues.backup.refused import Refused

# Where Debian has the programs of each version, beside those in the PATH.
INSTALLED = Path("/usr/lib/postgresql")
# How long what somebody else has open is waited for before all is replaced.
PATIENCE = "10s"
PORTION = 1 << 20


@contextmanager
def copied(database: BaseDatabaseWrapper, room: Path) -> Iterator[Copy]:
    """Copy a database into a folder. What is read beside the copy is of the same snapshot."""
    file = room / "copy.dump"
    program = _program("pg_dump", database)
    with reading(database) as seen:
        with seen.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        left_out = [f"--exclude-table-data={table}" for table in sorted(LEFT_OUT)]
        how = ["--no-owner", "--no-privileges", "--no-comments", "--no-password", "--format=custom"]
        command, environment = _command(
            program, database, [*how, *left_out, f"--snapshot={snapshot}", f"--file={file}"]
        )
        with TemporaryFile() as told:
            done = subprocess.run(command, env=environment, stdout=DEVNULL, stderr=told, check=False)  # noqa: S603
            if done.returncode:
                raise Refused(f"The database cannot be copied: {_words(told)}")
        yield Copy(file, seen)


def put_back(file: Path, database: BaseDatabaseWrapper) -> None:
    """Replace all tables of a database by those of a copy, in one transaction.

    psql reads the commit only once pg_restore has said that it wrote everything: whichever of the three dies
    before, the server takes back what was done.
    """
    how = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1"]
    read = [_program("pg_restore", database), "--no-owner", "--no-privileges", "--file=-", str(file)]
    write, environment = _command(_program("psql", database), database, how)
    first = f"BEGIN; SET LOCAL lock_timeout = '{PATIENCE}';\n{_drop_tables(database)}"
    with (
        TemporaryFile() as told,
        subprocess.Popen(write, env=environment, stdin=PIPE, stdout=DEVNULL, stderr=told) as writer,  # noqa: S603
        subprocess.Popen(read, stdout=PIPE, stderr=told) as reader,  # noqa: S603
    ):
        with suppress(BrokenPipeError):  # psql stopped, and said why
            _pump(reader, writer, first)
        _close(writer.stdin)
        failed = writer.wait() or reader.wait()
        if failed:
            raise Refused(f"The database was not restored, and is as it was: {_words(told)}")


@contextmanager
def scratch(database: BaseDatabaseWrapper, room: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database on the same server. One that was left by who was killed is made anew."""
    name = f"{database.settings_dict['NAME']}_verify"
    quoted = database.ops.quote_name(name)
    with beside(like(database)) as server:
        try:
            with server.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
                cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")
        except Error as error:
            raise Refused(
                f"A scratch database cannot be made on this server: {str(error).strip()}"
            ) from error
        try:
            with beside(like(database, NAME=name)) as other:
                yield other
        finally:
            with server.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {quoted}")  # who vacuums it goes by itself; force needs rights


def _pump(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes], first: str) -> None:
    """Hand on what one program writes to the other, and let that commit where nothing is missing."""
    source, sink = reader.stdout, writer.stdin
    assert source is not None and sink is not None  # noqa: S101, PT018 -- both are pipes
    sink.write(first.encode())
    shutil.copyfileobj(source, sink, PORTION)
    if reader.wait() == 0:
        sink.write(b"\nCOMMIT;\n")


def _close(pipe: IO[bytes] | None) -> None:
    with suppress(BrokenPipeError):
        if pipe is not None:
            pipe.close()


def _drop_tables(database: BaseDatabaseWrapper) -> str:
    with database.cursor() as cursor:
        names = [database.ops.quote_name(name) for name in database.introspection.table_names(cursor)]
    return f"DROP TABLE {', '.join(names)} CASCADE;\n" if names else ""


def _command(
    program: str, database: BaseDatabaseWrapper, arguments: list[str]
) -> tuple[list[str], dict[str, str]]:
    """A command with the address of a database, and the environment with its password."""
    (_, *said), environment = DatabaseClient.settings_to_cmd_args_env(database.settings_dict, arguments)
    return [program, *said], {**os.environ, **(environment or {})}


def _program(name: str, database: BaseDatabaseWrapper) -> str:
    """A program of PostgreSQL that is as new as the server. Raises Refused."""
    with database.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        needed = int(cursor.fetchone()[0]) // 10_000
    in_path = shutil.which(name)
    programs = [*([in_path] if in_path else []), *(str(one) for one in INSTALLED.glob(f"*/bin/{name}"))]
    # Of those that are new enough the oldest: what a newer one writes, this server may not know.
    found = sorted((version, program) for program in programs if (version := _version(program)))
    for version, program in found:
        if version >= needed:
            return program
    have = f"only that of PostgreSQL {found[-1][0]} is here" if found else "it is not here"
    raise Refused(
        f"{name} of PostgreSQL {needed} is needed, and {have}. "
        f"Install the package postgresql-client-{needed}."
    )


def _version(program: str) -> int:
    """Of which PostgreSQL a program is; 0 where it does not say."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r"\) (\d+)", said.stdout)
    return int(version[1]) if version else 0


def _words(told: IO[bytes]) -> str:
    """What the programs said, the last lines of it."""
    told.seek(0)
    lines: list[Any] = told.read().decode(errors="replace").strip().splitlines()
    return " ".join(lines[-3:]) or "the program was stopped."
