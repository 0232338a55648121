"""``manage.py restore`` and ``verify``: all or nothing, and nothing that does not fit."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup import archive
from issues.backup.databases import POSTGRESQL, SQLITE
from issues.backup.make import backup
from issues.models import Actor, Place
from issues.tests.acts import add
from issues.tests.backup.conftest import Make
from issues.tests.backup.test_backup import BY, sums
from issues.tests.past import past


@pytest.fixture
def file(world: BaseDatabaseWrapper, tmp_path: Path) -> Path:
    """A backup of the world."""
    backup(tmp_path / "all.zip")
    return tmp_path / "all.zip"


def changed(file: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Write a backup anew, with another content of one of its files."""
    with ZipFile(file) as packed:
        held = {one: packed.read(one) for one in packed.namelist()}
    held[name] = change(held[name])
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for one, content in held.items():
            packed.writestr(one, content)


def said(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """A change of what a manifest says."""

    def of(text: bytes) -> bytes:
        manifest = json.loads(text)
        change(manifest)
        return json.dumps(manifest).encode()

    return of


def flipped(content: bytes) -> bytes:
    """Some bytes turned over: of a single bit what is unpacked may be the same, as within a run of zeros."""
    middle = len(content) // 2
    turned = bytes(byte ^ 255 for byte in content[middle : middle + 64])
    return content[:middle] + turned + content[middle + 64 :]


def test_a_database_that_is_not_empty_is_left_as_it_is(file: Path, world: BaseDatabaseWrapper) -> None:
    add(Place(name="Afterwards"), **BY)
    before = sums(world)
    with pytest.raises(CommandError, match=r"The database is not empty\. Add --overwrite"):
        call_command("restore", file)
    assert sums(world) == before
    out = StringIO()
    call_command("restore", file, overwrite=True, stdout=out)
    assert not Place.objects.filter(name="Afterwards").exists()
    assert "Whoever was signed in signs in again." in out.getvalue()
    assert "migrate" not in out.getvalue()


def test_a_migrated_database_is_empty(file: Path, make: Make, instead: Callable[..., None]) -> None:
    instead(make("migrated"))
    call_command("restore", file, stdout=StringIO())
    assert Actor.objects.filter(slug="arden").exists()


DAMAGES: tuple[tuple[Callable[[Path], object], str], ...] = (
    (lambda file: changed(file, archive.DATABASE, flipped), "database is not what was written"),
    (
        lambda file: changed(file, archive.DATABASE, lambda held: held[:-9]),
        "database is not what was written",
    ),
    (lambda file: changed(file, archive.MANIFEST, lambda held: b"{}"), "Its manifest cannot be read"),
    (lambda file: changed(file, archive.MANIFEST, said(lambda of: of.update(format=9))), "in format 9"),
    (lambda file: changed(file, archive.MANIFEST, said(lambda of: of.update(more=1))), "cannot be read"),
    (lambda file: file.write_bytes(file.read_bytes()[:-100]), "is no backup that can be read"),
    (lambda file: file.write_bytes(flipped(file.read_bytes())), "cannot be read|not what was written"),
    (lambda file: file.unlink(), "There is no file"),
)


def test_a_damaged_file_is_refused(file: Path, world: BaseDatabaseWrapper, tmp_path: Path) -> None:
    before = sums(world)
    for damage, told in DAMAGES:
        damage(damaged := Path(shutil.copy(file, tmp_path / "damaged.zip")))
        with pytest.raises(CommandError, match=told):
            call_command("verify", damaged)
        with pytest.raises(CommandError, match=told):
            call_command("restore", damaged, overwrite=True)
    assert sums(world) == before


def test_what_fails_on_the_way_leaves_what_was_there(file: Path, world: BaseDatabaseWrapper) -> None:
    """A database that cannot be read, though it is what the manifest says."""
    from hashlib import sha256

    with ZipFile(file) as packed:
        half = packed.read(archive.DATABASE)[: -4096 * 3]
    changed(file, archive.DATABASE, lambda held: half)
    part = {"path": archive.DATABASE, "size": len(half), "sha256": sha256(half).hexdigest()}
    changed(file, archive.MANIFEST, said(lambda of: of.update(database=part)))
    before = sums(world)
    with pytest.raises(CommandError, match=r"is there still|is as it was"):
        call_command("restore", file, overwrite=True)
    assert sums(world) == before


def test_a_backup_of_the_other_engine_is_refused(file: Path) -> None:
    other = POSTGRESQL if connection.vendor == SQLITE else SQLITE
    changed(file, archive.MANIFEST, said(lambda of: of.update(engine=other)))
    for command in ("verify", "restore"):
        with pytest.raises(CommandError, match=r"Restore it into one of its own kind, .* manage\.py copy_to"):
            call_command(command, file)


def test_a_backup_of_a_newer_release_is_refused(file: Path) -> None:
    later = ["issues", "9999_of_tomorrow"]
    changed(file, archive.MANIFEST, said(lambda of: of["migrations"].append(later)))
    with pytest.raises(CommandError, match=r"does not know its migration issues\.9999_of_tomorrow"):
        call_command("restore", file, overwrite=True)


def test_a_sound_backup_is_proved(file: Path) -> None:
    # The universe lies in the future: its rules are those of another day.
    out = StringIO()
    call_command("verify", file, without_rules=True, stdout=out)
    assert "are what was recorded by" in out.getvalue()


def test_a_table_that_is_not_what_was_backed_up_is_told(file: Path) -> None:
    table = Actor._meta.db_table
    changed(file, archive.MANIFEST, said(lambda of: of["tables"][table].update(rows=99)))
    told = StringIO()
    with pytest.raises(CommandError, match="1 tables are not what was backed up"):
        call_command("verify", file, stderr=told)
    assert f"{table}: 99 rows" in told.getvalue()


def test_a_backup_of_what_breaks_the_rules_is_told(
    world: BaseDatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(Place.objects.all()).update(name=" ")
    backup(tmp_path / "all.zip")
    out = StringIO()
    with pytest.raises(CommandError, match="breaches in"):
        call_command("verify", tmp_path / "all.zip", stdout=out)
    assert "place" in out.getvalue()
