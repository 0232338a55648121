"""``manage.py backup``: all that is recorded in one file, whole or not at all."""

import os
import stat
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from issues.actions.releases.release import make_release
from issues.backup import archive
from issues.backup.counting import last_given
from issues.backup.make import backup
from issues.backup.restore import restore
from issues.backup.room import NAME, room
from issues.backup.tables import sum_of, tables
from issues.history import Way
from issues.models import Place, Process
from issues.models.release import Release, kept
from issues.tests.acts import add, remove
from issues.tests.backup.conftest import Make
from issues.tests.backup.databases import address

BY = {"by": None, "reason": "test", "kind": Way.COMMAND}


def sums(database: BaseDatabaseWrapper) -> dict[str, object]:
    return {name: sum_of(database, table) for name, table in tables(database).items()}


def release(words: bytes = b"A file.") -> Release:
    said = {"number": "1.0", "title": "First", "notes": "", "known_at": None}
    return make_release(Process.objects.get(), BytesIO(words), by=None, **said)


def test_what_is_restored_is_what_was_backed_up(
    world: BaseDatabaseWrapper, make: Make, instead: Callable[..., None], tmp_path: Path
) -> None:
    made = release()
    gone = add(Place(name="Nowhere"), **BY)
    key = gone.pk
    remove(gone, **BY)
    before, given = sums(world), last_given(world, tables(world))
    backup(tmp_path / "all.zip")
    add(Place(name="Afterwards"), **BY)
    kept().delete(made.file_name)

    instead(other := make())
    restore(tmp_path / "all.zip")
    assert sums(other) == before
    assert last_given(other, tables(other)) == given
    with kept().open(made.file_name) as file:
        assert file.read() == b"A file."
    # The key of what was deleted is not given again: its history would become that of another place.
    assert add(Place(name="Elsewhere"), **BY).pk > key


def test_who_is_signed_in_is_in_no_backup(world: BaseDatabaseWrapper, tmp_path: Path) -> None:
    secret = "aVeryLongKeyOfASession0123456789"
    Session.objects.create(session_key=secret, session_data="x", expire_date=timezone.now())
    backup(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as packed:
        assert secret.encode() not in packed.read(archive.DATABASE)
    restore(tmp_path / "all.zip", overwrite=True)
    assert not Session.objects.exists()


def test_nobody_else_may_read_a_backup(world: BaseDatabaseWrapper, tmp_path: Path) -> None:
    backup(tmp_path / "all.zip")
    assert stat.S_IMODE((tmp_path / "all.zip").stat().st_mode) == 0o600


def test_a_file_that_is_there_stays(world: BaseDatabaseWrapper, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    file.write_text("mine")
    with pytest.raises(
        CommandError, match=r"all\.zip is there already\. Name another file, or add --overwrite"
    ):
        call_command("backup", file)
    assert file.read_text() == "mine"
    call_command("backup", file, overwrite=True, stdout=StringIO())
    assert is_zipfile(file)


@pytest.mark.parametrize("fails", ["write", "fsync"])
def test_a_full_disk_leaves_no_half_file(
    fails: str, world: BaseDatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if fails == "fsync" else (archive, "_add")), full)
    (tmp_path / "backups").mkdir()
    with pytest.raises(CommandError, match="cannot be read or written: No space left on device"):
        call_command("backup", tmp_path / "backups" / "all.zip")
    assert not [*(tmp_path / "backups").iterdir()]


def test_a_database_that_was_never_migrated_is_no_record(
    make: Make, instead: Callable[..., None], tmp_path: Path
) -> None:
    instead(make())
    with pytest.raises(CommandError, match="Nothing was ever recorded in this database"):
        call_command("backup", tmp_path / "all.zip")
    with pytest.raises(CommandError, match="has not had the migrations of this one"):
        call_command("copy_to", address(make()))


def test_tables_that_no_migration_made_are_told(world: BaseDatabaseWrapper, tmp_path: Path) -> None:
    with world.cursor() as cursor:
        cursor.execute("DROP TABLE issues_linkcheck")
    with pytest.raises(CommandError, match=r"The database does not do what is asked: .*issues_linkcheck"):
        call_command("backup", tmp_path / "all.zip")
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.postgresql
def test_programs_that_are_missing_or_too_old_are_told(
    world: BaseDatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("issues.backup.postgresql.INSTALLED", tmp_path)
    with pytest.raises(CommandError, match=r"pg_dump of PostgreSQL \d+ is needed, and it is not here\."):
        call_command("backup", tmp_path / "all.zip")
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o755)
    told = r"only that of PostgreSQL 9 is here\. Install the package postgresql-client-\d+"
    with pytest.raises(CommandError, match=told):
        call_command("backup", tmp_path / "all.zip")


def test_a_folder_that_is_not_there_is_told(world: BaseDatabaseWrapper, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Nothing can be written in .*nowhere: No such file or directory"):
        call_command("backup", tmp_path / "nowhere" / "all.zip")


def test_the_file_of_a_release_that_is_lost_is_told_and_the_rest_written(
    world: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    made = release()
    kept().delete(made.file_name)
    out, told = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 files of releases are missing; the rest was written"):
        call_command("backup", tmp_path / "all.zip", stdout=out, stderr=told)
    assert made.file_name in told.getvalue()
    call_command("restore", tmp_path / "all.zip", overwrite=True, stdout=out, stderr=told)


def test_what_a_killed_one_left_is_removed_and_what_another_works_in_is_not(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}left").mkdir()
    (tmp_path / f"{NAME}left" / "whole.zip").write_text("half")
    with room(tmp_path) as first, room(tmp_path) as second:
        assert {*tmp_path.iterdir()} == {first, second}
    assert not [*tmp_path.iterdir()]


def test_a_folder_names_its_backups_by_time_and_keeps_some(
    world: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    for day in ("01", "02", "03"):
        (tmp_path / "backups" / f"redlines-202601{day}T020000Z.zip").write_text("old")
    (tmp_path / "backups" / "notes.txt").write_text("mine")
    out = StringIO()
    call_command("backup", tmp_path / "backups", keep_daily=2, stdout=out)
    names = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert names[0] == "notes.txt"
    assert names[1] == "redlines-20260103T020000Z.zip"
    assert len(names) == 3
    assert out.getvalue().count("Removed") == 2


def test_keeping_some_is_said_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="What is kept is said of a folder"):
        call_command("backup", tmp_path / "all.zip", keep_daily=2)
