"""An archive that is written while it is read, and whose bytes follow from its content alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first day that an archive knows: no file of a package has a time of its own.
NO_TIME = (1980, 1, 1, 0, 0, 0)
PORTION = 64 * 1024
READABLE = 0o100644 << 16
UNIX = 3


@dataclass(frozen=True)
class Stored:
    """A file of an archive: its size in bytes and its digest (SHA-256, hexadecimal)."""

    path: str
    size: int
    digest: str


class _Sink:
    """Takes what is written, until it is handed on."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        data = bytes(self._held)
        self._held.clear()
        return data


@dataclass
class Archive:
    """An archive to which files are added one after the other; each gives the bytes that it became."""

    stored: list[Stored] = field(default_factory=list)
    _sink: _Sink = field(default_factory=_Sink)

    def __post_init__(self) -> None:
        self._zip = ZipFile(self._sink, "w", ZIP_DEFLATED, compresslevel=6)  # type: ignore[call-overload]

    def add(self, path: str, parts: Iterable[str]) -> Iterator[bytes]:
        """Write a file of text, in UTF-8, and give the bytes of the archive while it is written."""
        info = ZipInfo(path, NO_TIME)
        info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, READABLE, UNIX
        digest, size = sha256(), 0
        with self._zip.open(info, "w") as opened:
            for data in _portions(parts):
                digest.update(data)
                size += len(data)
                opened.write(data)
                yield self._sink.taken()
        self.stored.append(Stored(path, size, digest.hexdigest()))
        yield self._sink.taken()

    def close(self) -> bytes:
        """Write the directory, and give the last bytes."""
        self._zip.close()
        return self._sink.taken()


def _portions(parts: Iterable[str]) -> Iterator[bytes]:
    """Texts as bytes, so many at once that compressing them is worth a call."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= PORTION:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()
