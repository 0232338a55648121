"""The file of a backup: a ZIP with the database, the files of releases and the manifest."""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File

from issues.backup import manifest
from issues.backup.manifest import Manifest, Part
from issues.backup.refused import Damaged
from issues.models.release import kept

MANIFEST, DATABASE, FILES = "manifest.json", "database", "releases/"
PORTION = 1 << 20
# A file of SQLite becomes a fifth at the least effort, and not much less at any other.
LEVEL = 1
OWNER_ALONE = 0o600 << 16
# The first day that an archive knows; when it was made the manifest says.
NO_TIME = (1980, 1, 1, 0, 0, 0)
NOT_UNPACKED = (BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError)


def pack(
    target: Path, database: Path, releases: Iterable[str], said: dict[str, Any], made_at: str
) -> Manifest:
    """Write a backup of the file of a database and the files of releases by name; the manifest last."""
    files: list[Part] = []
    lost: list[str] = []
    target.touch(mode=0o600)
    with ZipFile(target, "w") as packed:
        # A dump of PostgreSQL is compressed already, as the files of releases are.
        how = ZIP_DEFLATED if said["engine"] == "sqlite" else ZIP_STORED
        with database.open("rb") as opened:
            held = _add(packed, DATABASE, opened, how)
        for name in releases:
            try:
                with kept().open(name) as opened:
                    files.append(_add(packed, FILES + name, opened, ZIP_STORED))
            except FileNotFoundError:
                lost.append(name)
        whole = Manifest(**said, made_at=made_at, database=held, files=files, lost=lost)
        packed.writestr(_entry(MANIFEST, ZIP_DEFLATED), whole.as_json())
    return whole


@dataclass(frozen=True)
class Backup:
    """A backup that is open, and what it says of itself."""

    manifest: Manifest
    _packed: ZipFile

    def take_out(self, room: Path) -> Path:
        """The file of its database, in a folder. Raises Damaged, also where the file of a release is."""
        target = room / "database"
        with target.open("wb") as opened:
            self._read(self.manifest.database, opened)
        for part in self.manifest.files:
            self._read(part)
        return target

    def bring_files(self) -> None:
        """Put the files of releases where they are kept. One that is there as it should be stays.

        No file of another content has such a name rightly: it begins with what a process is known by.
        """
        for part in self.manifest.files:
            name = part.path.removeprefix(FILES)
            try:
                if _stored(name) == part.sha256:
                    continue
                kept().delete(name)
                with self._packed.open(part.path) as opened:
                    kept().save(name, File(opened))
            except SuspiciousFileOperation as error:
                raise Damaged(f"A release cannot be kept under the name “{name}”.") from error

    def _read(self, part: Part, into: IO[bytes] | None = None) -> None:
        digest, size = sha256(), 0
        try:
            with self._packed.open(part.path) as opened:
                while some := opened.read(PORTION):
                    digest.update(some)
                    size += len(some)
                    if size > part.size:
                        break  # it may unpack to any length
                    if into is not None:
                        into.write(some)
        except NOT_UNPACKED as error:
            raise Damaged(f"This backup is damaged: {part.path} cannot be read.") from error
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise Damaged(f"This backup is damaged: {part.path} is not what was written.")


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """A backup, open. Raises Damaged."""
    try:
        packed = ZipFile(file)
        said = packed.read(MANIFEST)
    except FileNotFoundError as error:
        raise Damaged(f"There is no file {file}.") from error
    except (*NOT_UNPACKED, OSError) as error:
        raise Damaged(f"{file} is no backup that can be read.") from error
    with packed:
        found = manifest.read(said)
        if found.database.path != DATABASE or not all(one.path.startswith(FILES) for one in found.files):
            raise Damaged("Its manifest names files where a backup has none.")
        yield Backup(found, packed)


def _add(packed: ZipFile, path: str, source: IO[bytes], how: int) -> Part:
    digest, size = sha256(), 0
    with packed.open(_entry(path, how), "w", force_zip64=True) as into:
        while some := source.read(PORTION):
            digest.update(some)
            size += len(some)
            into.write(some)
    return Part(path, size, digest.hexdigest())


def _entry(path: str, how: int) -> ZipInfo:
    entry = ZipInfo(path, NO_TIME)
    entry.compress_type, entry.external_attr = how, OWNER_ALONE
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]
    return entry


def _stored(name: str) -> str:
    """The digest of a file that is kept; empty where there is none."""
    try:
        with kept().open(name) as opened:
            digest = sha256()
            for some in opened.chunks(PORTION):
                digest.update(some)
            return digest.hexdigest()
    except FileNotFoundError:
        return ""
