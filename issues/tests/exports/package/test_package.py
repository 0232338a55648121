"""A package is whole, described, valid, and the same bytes for the same record."""

import hashlib
import json
import warnings
from datetime import date
from pathlib import Path

import yaml
from django.apps import apps
from django.utils import timezone

from issues.models import (
    DRAFTS,
    RECORDS,
    Actor,
    Assessment,
    Issue,
    Participation,
    Process,
    Statement,
    Summit,
    User,
)
from issues.queries.package.columns import KINDS, columns, table_name
from issues.queries.package.meanings import meaning
from issues.tests.acts import add, correct
from issues.tests.exports.package.packing import files, packed, rows, unpack
from issues.tests.exports.reading_tables import give_numbers
from issues.tests.past import past
from issues.tests.universe import Universe

# The records that are in no table of a package, each with its reason.
NOT_PACKED = {
    **dict.fromkeys(DRAFTS, "a draft is no record until it is published"),
    User: "told as contributors: a number, and a name where the process publishes names",
}
NOT_PACKED_BY_NAME = {
    "ChangeSet": "travels with the history",
    "ProcessChange": "says of change sets what the history says, for a feed",
    "Import": "a file on its way in, not a record",
    "MergeProposal": "a question to editors, not a record",
    "Job": "work that is asked for, not a record",
    "Token": "a key to the installation, not a record",
    "SearchEntry": "the words of records once more, for search",
    "Mark": "their names and addresses once more, by which duplicates are looked for",
    "Revision": "a sign that anything changed, not a record",
    "Release": "a package that was given out",
    "ProcessMember": "who sees a process here, which is for its owners to know",
    "Invitation": "a letter to somebody, not a record",
    "LinkCheck": "whether an address answered a machine, not a record",
}


def valid(folder: Path, *, more: int = 0) -> list[object]:
    """What the validator of Frictionless has against a package."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate

        report = validate(str(folder / "datapackage.json"))
    assert report.stats["tasks"] == len(KINDS) + 3 + more  # contributors, standing and changes
    return report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_every_kind_of_record_is_in_a_package_or_is_named_with_its_reason() -> None:
    ours = {
        model for model in apps.get_app_config("issues").get_models() if not hasattr(model, "instance_type")
    }
    named = {model for model in ours if model.__name__ in NOT_PACKED_BY_NAME}

    assert ours == {*KINDS, *NOT_PACKED, *named}
    assert set(KINDS) == {*RECORDS, Assessment}


def test_every_column_says_what_it_means() -> None:
    for kind in KINDS:
        for column in columns(kind):
            assert column.says.endswith((".", "”")), (kind, column.name, column.says)
        names = [column.name for column in columns(kind)]
        assert len(set(names)) == len(names)
    assert meaning(Statement, Statement._meta.get_field("locator")) == "Page, paragraph, minute."


def test_the_universe_is_packed_whole_and_valid(universe: Universe, tmp_path: Path) -> None:
    past(Process.objects).update(names_public=True)
    universe.process.refresh_from_db()
    give_numbers(universe)
    data = packed(universe.process, everything=True)

    assert valid(unpack(data, tmp_path)) == []
    for kind in KINDS:
        assert len(rows(data, table_name(kind))) == kind._default_manager.count() > 0, kind
    described = json.loads(files(data)["datapackage.json"])
    assert {one["path"] for one in described["resources"]} == {
        path for path in files(data) if path.startswith("data/")
    }
    assert yaml.safe_load(files(data)["CITATION.cff"])["type"] == "dataset"


def test_what_refers_finds_what_it_refers_to(universe: Universe) -> None:
    data = packed(universe.process)
    for one in json.loads(files(data)["datapackage.json"])["resources"]:
        for key in one["schema"].get("foreignKeys", ()):
            (column,), (other,) = key["fields"], key["reference"]["fields"]
            there = {row[other] for row in rows(data, key["reference"]["resource"])}
            assert {row[column] for row in rows(data, one["name"])} <= there | {""}, (one["name"], column)


def test_the_checksums_are_those_of_the_files(universe: Universe) -> None:
    held = files(packed(universe.process))
    listed = dict(line.split("  ")[::-1] for line in held.pop("SHA256SUMS").decode().splitlines())

    assert listed == {path: hashlib.sha256(content).hexdigest() for path, content in held.items()}


def test_the_same_record_gives_the_same_bytes_and_an_edit_others(universe: Universe) -> None:
    first = packed(universe.process)
    assert packed(universe.process) == first

    correct(universe.ford, {"summary": "They met."}, by=universe.coder, reason="Told.")
    assert packed(universe.process) != first


def test_nobody_of_ours_is_named_where_the_process_does_not_say_so(universe: Universe) -> None:
    past(User.objects).update(name="Ada Quillfeather")
    give_numbers(universe)
    past(universe.scenario_set.scenarios).update(resolved="void", resolved_on="2031-12-31")
    for names_public in (False, True):
        past(Process.objects).update(names_public=names_public)
        universe.process.refresh_from_db()
        data = packed(universe.process)
        said = b"".join(files(data).values())
        assert (b"Quillfeather" in said) is names_public
        assert (b"So says" in said) is names_public
        assert bool(rows(data, "assessments")) is names_public


def test_as_known_nothing_is_told_of_what_did_not_exist_then(universe: Universe, tmp_path: Path) -> None:
    by, process, known = universe.coder, universe.process, timezone.now()
    before = packed(process)
    late = Summit(process=process, name="Late", slug="late", starts_on=date(2031, 11, 1), status="held")
    add(late, by=by, reason="Later.")
    issue = Issue(process=process, name="Later", slug="later", kind="text", question="What?")
    add(issue, by=by, reason="Later.")
    newcomer = add(Actor(name="New", slug="newcomer", kind="organisation"), by=by, reason="Later.")
    add(Participation(process=process, actor=newcomer, role="party"), by=by, reason="Later.")
    for one in (universe.weir, universe.flow, universe.belmar):
        one.refresh_from_db()
        correct(one, {"name": f"{one.name} now", "slug": f"{one.slug}-now"}, by=by, reason="Renamed.")

    then = packed(process, known=known)

    for table in ("standing", "changes"):
        assert files(then)[f"data/{table}.csv"] == files(before)[f"data/{table}.csv"], table
    assert valid(unpack(then, tmp_path)) == []


def test_as_known_it_says_what_was_known(universe: Universe, tmp_path: Path) -> None:
    known = timezone.now()
    before = packed(universe.process)
    correct(
        universe.arden, {"name": "Arden of later", "slug": "arden-later"}, by=universe.coder, reason="Later."
    )
    correct(universe.flow.options.get(value=25.0), {"value": 26.0}, by=universe.coder, reason="Later.")

    then = packed(universe.process, known=known)
    assert b"Arden of later" not in files(then)["data/actors.csv"]
    for kind in KINDS:
        path = f"data/{table_name(kind)}.csv"
        assert files(then)[path] == files(before)[path], path
    assert valid(unpack(then, tmp_path)) == []
