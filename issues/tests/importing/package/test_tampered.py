"""A package that is not what was packed is refused with file, row and column; nothing is stored."""

import hashlib
import json
import stat
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from issues.actions.importing.package import bring_in
from issues.history import ChangeSet
from issues.importing.package import OpenedPackage, PackageError, read_package, read_past
from issues.models import Actor, Process
from issues.tests.exports.package.packing import files, packed
from issues.tests.importing.package.emptied import empty
from issues.tests.universe import Universe

Files = dict[str, bytes]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


def write(held: Files, path: Path, *, sealed: bool = True) -> Path:
    """An archive of these files; sealed, its descriptor and checksums say what is in it now."""
    if sealed:
        described = json.loads(held["datapackage.json"])
        listed = described.get("resources") if isinstance(described, dict) else None
        for one in listed if isinstance(listed, list) else []:
            if isinstance(one, dict) and isinstance(one.get("path"), str) and one["path"] in held:
                one["hash"] = f"sha256:{hashlib.sha256(held[one['path']]).hexdigest()}"
        held["datapackage.json"] = json.dumps(described).encode()
        digests = {name: hashlib.sha256(held[name]).hexdigest() for name in held if name != "SHA256SUMS"}
        held["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as opened:
        for name, content in held.items():
            opened.writestr(name, content)
    return path


def bring(path: Path) -> None:
    with OpenedPackage(path) as opened:
        brought = read_package(opened)
        bring_in(brought, read_past(opened, brought), by=None, reason="Moved here.")


@pytest.fixture
def held(universe: Universe) -> Files:
    """The files of the package of the universe, which is no longer there."""
    found = files(packed(universe.process))
    empty()
    return found


# What was changed in which table, and where it is found.
TAMPERED: dict[str, tuple[tuple[str, str, str], str]] = {
    "a column that there is not": (
        ("places", "aliases", "nicknames"),
        r"data/places.csv, row 1, column nicknames",
    ),
    "a key that leads nowhere": (
        ("options", ",", ",9"),
        r"data/options.csv, row 1",
    ),
    "a choice that there is not": (
        ("sources", ",official,", ",rumour,"),
        r"data/sources.csv, row \d+, column kind",
    ),
    "a number out of range": (
        ("options", ",a quarter,25", ",a quarter,125"),
        r"column value: 125.0 is out of range",
    ),
    "a word for a day": (
        ("summits", "2031-06-10", "in June"),
        r"data/summits.csv, row 3, column starts_on",
    ),
    "a precision that the day does not have": (
        ("summits", ",day,2031-06-10", ",month,2031-06-10"),
        r"column starts_on_reduced",
    ),
    "what breaks a constraint": (
        ("actors", ",cadria,", ",arden,"),
        r"data/actors.csv, row \d, column slug",
    ),
    "what breaks a rule of ours": (
        ("options", ",a quarter,25", ",a quarter,50"),
        r"data/options.csv, row \d+",
    ),
    "a cell too many": (
        ("people", "Мира Сол", "Мира,Сол"),
        r"data/people.csv, row 2: has 5 cells and not 4",
    ),
    "what is no CSV": (
        ("places", "Weirhouse", '"Weir"house'),
        r"data/places.csv: is no CSV",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_table_that_was_changed_is_refused_with_its_place(held: Files, tmp_path: Path, what: str) -> None:
    (table, old, new), where = TAMPERED[what]
    text = held[f"data/{table}.csv"].decode()
    assert old in text
    held[f"data/{table}.csv"] = text.replace(old, new, 1).encode()
    path = write(held, tmp_path / "package.zip")

    with pytest.raises(PackageError, match=where):
        bring(path)
    assert not Process.objects.exists()
    assert not ChangeSet.objects.exists()


def test_a_key_of_another_table_has_to_be_there(held: Files, tmp_path: Path) -> None:
    lines = held["data/evidence.csv"].decode().splitlines(keepends=True)
    cells = lines[1].split(",")
    lines[1] = ",".join([cells[0], "999999", *cells[2:]])
    held["data/evidence.csv"] = "".join(lines).encode()

    with pytest.raises(
        PackageError, match=r"evidence.csv, row 2, column statement_id: there is no 999999 in"
    ):
        bring(write(held, tmp_path / "package.zip"))


def test_a_position_without_its_evidence_is_refused(held: Files, tmp_path: Path) -> None:
    head = held["data/evidence.csv"].decode().splitlines(keepends=True)[0]
    held["data/evidence.csv"] = head.encode()

    with pytest.raises(PackageError, match=r"data/positions.csv, row \d+, column evidence|needs evidence"):
        bring(write(held, tmp_path / "package.zip"))
    assert not Actor.objects.exists()


def test_another_content_than_its_checksum_is_refused(held: Files, tmp_path: Path) -> None:
    held["README.md"] += b"More."
    with pytest.raises(PackageError, match=r"README.md: is not the file that was packed"):
        bring(write(held, tmp_path / "package.zip", sealed=False))


def test_a_missing_or_an_added_file_is_refused(held: Files, tmp_path: Path) -> None:
    without = {name: content for name, content in held.items() if name != "data/places.csv"}
    with pytest.raises(PackageError, match=r"data/places.csv: is missing"):
        bring(write(without, tmp_path / "one.zip", sealed=False))
    with pytest.raises(PackageError, match=r"“data/places.csv” is described, and is not there"):
        bring(write(without, tmp_path / "two.zip"))
    with pytest.raises(PackageError, match=r"data/more.csv: is not described"):
        bring(write(held | {"data/more.csv": b"id\n"}, tmp_path / "three.zip"))


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x", "data/../../x", "data\\x.csv", "data/deep/x.csv", "data/"]
)
def test_a_path_that_leads_out_is_refused(held: Files, tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageError, match=r"is no name of a file of a package"):
        bring(write(held | {name: b"x"}, tmp_path / "package.zip"))


def test_what_unpacks_to_too_much_is_refused(held: Files, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"so many times its size"):
        bring(write(held | {"data/big.csv": b"0" * (64 * 2**20)}, tmp_path / "package.zip"))


def test_a_link_or_a_name_that_is_there_twice_is_refused(held: Files, tmp_path: Path) -> None:
    path = write(held, tmp_path / "package.zip")
    info = ZipInfo("data/link.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(path, "a") as opened:
        opened.writestr(info, "/etc/passwd")
    with pytest.raises(PackageError, match=r"is a link"):
        bring(path)

    path = write(held, tmp_path / "twice.zip")
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(path, "a") as opened:
        opened.writestr("README.md", "Another.")
    with pytest.raises(PackageError, match=r"README.md: is there twice"):
        bring(path)


def test_what_is_no_archive_or_no_package_is_refused(held: Files, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("No archive.")
    with pytest.raises(PackageError, match=r"no archive"):
        bring(tmp_path / "text.zip")
    held["datapackage.json"] = b'{"redlines": {"layout": 99}, "resources": []}'
    with pytest.raises(PackageError, match=r"describes no package of this layout"):
        bring(write(held, tmp_path / "package.zip"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.sampled_from(["", "redlines", "resources", "layout", "one", "path", "hash"]), value=JSON)
@example(at="path", value=["data/contributors.csv"])
@example(at="path", value="\ud800")
@example(at="layout", value=[1])
def test_whatever_json_the_descriptor_holds_it_is_taken_or_refused(
    tmp_path: Path, at: str, value: Any
) -> None:
    one = {"path": "data/actors.csv", "hash": "x"}
    described: Any = {"redlines": {"layout": 1}, "resources": [one]}
    places = {"": None, "layout": described["redlines"], "path": one, "hash": one}
    if at == "one":
        described["resources"][0] = value
    elif places.get(at, described) is None:
        described = value
    else:
        places.get(at, described)[at] = value
    held = {"datapackage.json": json.dumps(described).encode(), "data/actors.csv": b"id\n"}

    with pytest.raises(PackageError) as refused:
        bring(write(held, tmp_path / "package.zip"))
    str(refused.value).encode()


def test_what_cannot_be_unpacked_is_refused(tmp_path: Path) -> None:
    path = write({"datapackage.json": b"{}", "data/actors.csv": b"id\n" * 99}, tmp_path / "package.zip")
    whole = path.read_bytes()
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(PackageError):
            OpenedPackage(path)


def test_a_number_that_is_in_use_is_refused(universe: Universe, tmp_path: Path) -> None:
    path = write(files(packed(universe.process)), tmp_path / "package.zip")
    with pytest.raises(PackageError, match=r"processes.csv, row 2, column id: .* is the number of another"):
        bring(path)
