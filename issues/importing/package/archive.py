"""The archive of a package: nothing in it is believed before names, sizes and checksums were looked at."""

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from issues.importing.reading.limits import LARGE, MOST_TIMES
from issues.queries.package.layout import CHECKSUMS, DATA, DESCRIPTOR, HISTORY, LAYOUT

MOST_FILES = 200
MOST_UNPACKED = 4 * 2**30
MOST_OF_THE_DESCRIPTOR = 16 * 2**20
NAME = re.compile(rf"(?:(?:{DATA}|{HISTORY})/)?[A-Za-z0-9_.-]+")
PORTION = 2**20
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
NOT_UNPACKED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError)


class PackageError(Exception):
    """What is wrong with a package: in which file, and where that can be said in which row and column."""

    def __init__(self, what: str, file: str = "", row: int | None = None, column: str = "") -> None:
        where = [file] if file else []
        where += [f"row {row}"] if row is not None else []
        where += [f"column {column}"] if column else []
        super().__init__(f"{', '.join(where)}: {what}" if where else what)
        self.what, self.file, self.row, self.column = what, file, row, column


def is_package(path: Path) -> bool:
    """Whether a file is an archive with a descriptor of a package."""
    try:
        with zipfile.ZipFile(path) as opened:
            return DESCRIPTOR in opened.namelist()
    except NOT_UNPACKED:
        return False


class OpenedPackage:
    """A package that is open: its descriptor, and its files as text. Raises PackageError."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except NOT_UNPACKED as error:
            raise PackageError(f"This is no archive that can be read ({error}).") from error
        try:
            self._look_at_names()
            self.digests = self._checked()
            self.descriptor = self._read_descriptor()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    @contextmanager
    def text(self, name: str) -> Iterator[io.TextIOWrapper]:
        """A file as text, with its line ends as they are."""
        try:
            with self._zip.open(name) as opened:
                yield io.TextIOWrapper(opened, encoding="utf-8", newline="")
        except KeyError as error:
            raise PackageError("is missing.", name) from error
        except UnicodeDecodeError as error:
            raise PackageError("is no text in UTF-8.", name) from error
        except NOT_UNPACKED as error:
            raise PackageError(f"cannot be unpacked ({error}).", name) from error

    def _look_at_names(self) -> None:
        found = self._zip.infolist()
        if len(found) > MOST_FILES:
            raise PackageError(f"There are {len(found):,} files in it; a package has at most {MOST_FILES}.")
        seen: set[str] = set()
        for info in found:
            name = info.filename
            if not NAME.fullmatch(name) or ".." in name:
                raise PackageError("is no name of a file of a package.", repr(name[:120]))
            if name in seen:
                raise PackageError("is there twice.", name)
            if info.flag_bits & 1:
                raise PackageError("is encrypted.", name)
            if info.compress_type not in PACKED:
                raise PackageError("is packed in a way in which no package is.", name)
            if stat.S_ISLNK(info.external_attr >> 16):
                raise PackageError("is a link to another file.", name)
            if info.file_size > LARGE and info.file_size > MOST_TIMES * max(info.compress_size, 1):
                raise PackageError("unpacks to so many times its size that it is no table.", name)
            seen.add(name)
        if sum(info.file_size for info in found) > MOST_UNPACKED:
            raise PackageError(f"Unpacked it is larger than {MOST_UNPACKED // 2**30} GB.")

    def _checked(self) -> dict[str, str]:
        """The digests of the files, which are those that the list of checksums says."""
        listed = self._listed()
        there = set(self.names) - {CHECKSUMS}
        for name in sorted(there ^ listed.keys()):
            raise PackageError("is missing." if name in listed else f"is not in {CHECKSUMS}.", name)
        for name, digest in listed.items():
            if self._digest(name) != digest:
                raise PackageError("is not the file that was packed: its checksum is another.", name)
        return listed

    def _listed(self) -> dict[str, str]:
        listed: dict[str, str] = {}
        with self.text(CHECKSUMS) as lines:
            for number, line in enumerate(lines, 1):
                digest, _, name = line.rstrip("\n").partition("  ")
                if not re.fullmatch("[0-9a-f]{64}", digest) or not name or name in listed:
                    raise PackageError("is no line of checksums.", CHECKSUMS, number)
                listed[name] = digest
        return listed

    def _digest(self, name: str) -> str:
        digest = sha256()
        try:
            with self._zip.open(name) as opened:
                while data := opened.read(PORTION):
                    digest.update(data)
        except NOT_UNPACKED as error:
            raise PackageError(f"cannot be unpacked ({error}).", name) from error
        return digest.hexdigest()

    def _read_descriptor(self) -> dict[str, Any]:
        if DESCRIPTOR not in self.names:
            raise PackageError("is missing.", DESCRIPTOR)
        if self._zip.getinfo(DESCRIPTOR).file_size > MOST_OF_THE_DESCRIPTOR:
            raise PackageError("is too large to describe a package.", DESCRIPTOR)
        with self.text(DESCRIPTOR) as text:
            try:
                found = json.load(text)
            except (ValueError, RecursionError) as error:
                raise PackageError(f"is no JSON ({error}).", DESCRIPTOR) from error
        ours = found.get("redlines") if isinstance(found, dict) else None
        if not isinstance(ours, dict) or ours.get("layout") != LAYOUT:
            raise PackageError(f"describes no package of this layout ({LAYOUT}).", DESCRIPTOR)
        self._look_at_resources(found)
        return dict(found)

    def _look_at_resources(self, descriptor: dict[str, Any]) -> None:
        """Each table that is described is there, and is that one; and each that is there is described."""
        resources = descriptor.get("resources")
        described: set[str] = set()
        for one in resources if isinstance(resources, list) else []:
            path, digest = (one.get("path"), one.get("hash")) if isinstance(one, dict) else (None, None)
            if not isinstance(path, str) or path not in self.digests:
                named = str(path)[:120].encode(errors="replace").decode()
                raise PackageError(f"“{named}” is described, and is not there.", DESCRIPTOR)
            if digest != f"sha256:{self.digests[path]}":
                raise PackageError("is another than the one that is described.", path)
            described.add(path)
        for name in self.names:
            if name.startswith((f"{DATA}/", f"{HISTORY}/")) and name not in described:
                raise PackageError("is not described.", name)
