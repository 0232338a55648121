"""Out, into an empty database, and out again: the same bytes; with its history the same as known."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.actions.importing.package import bring_in
from issues.history import ChangeSet, Way
from issues.importing.package import OpenedPackage, read_package, read_past
from issues.models import RECORDS, Option, Process, Source, Statement
from issues.queries.history.unrecorded import unrecorded
from issues.tests.acts import correct, remove
from issues.tests.exports.package.packing import files, packed
from issues.tests.exports.reading_tables import give_numbers
from issues.tests.factories import make_user
from issues.tests.importing.package.emptied import empty
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.test_known_everywhere import addresses, told

pytestmark = pytest.mark.django_db

QUOTES = ("=1+1", "'=x", "-cmd|' /C calc'!A0", 'a "b"\r\nc,d\n', " ", "\r", "\t=", "¶ “так”")
# Our people and their acts have numbers of the package's own.
TOLD_BY_NUMBER = ("author_id", "reviewed_by_id", "assessor_id", "change_set_id")


def data_of(package: bytes) -> dict[str, bytes]:
    return {path: content for path, content in files(package).items() if "/" in path}


def bring(package: bytes, where: Path) -> Process:
    path = where / "package.zip"
    path.write_bytes(package)
    with OpenedPackage(path) as opened:
        brought = read_package(opened)
        return bring_in(brought, read_past(opened, brought), by=None, reason="Moved here.")


def answer_everything(universe: Universe) -> None:
    """Names are public, two people gave numbers, and the question is answered."""
    by = universe.coder
    correct(universe.process, {"names_public": True}, by=by, reason="We are named.")
    give_numbers(universe)
    answer = {"resolved": "void", "resolved_on": timezone.localdate()}
    for scenario in universe.scenarios.values():
        scenario.refresh_from_db()
        correct(scenario, answer, by=by, reason="It did not come to that.")
    universe.process.refresh_from_db()


def test_the_universe_comes_back_to_the_byte(universe: Universe, tmp_path: Path) -> None:
    answer_everything(universe)
    before = packed(universe.process)
    counts = {kind: kind._default_manager.count() for kind in RECORDS}
    empty()

    process = bring(before, tmp_path)

    assert data_of(packed(process)) == data_of(before)
    assert {kind: kind._default_manager.count() for kind in RECORDS} == counts
    assert [list(unrecorded(kind)) for kind in RECORDS] == [[]] * len(RECORDS)
    (made,) = ChangeSet.objects.filter(reason="Moved here.")
    assert (made.kind, Process.history.get().change_set) == (Way.IMPORT, made)


def test_with_its_history_it_answers_the_same_as_known(
    universe: Universe, tmp_path: Path, admin_client: Client
) -> None:
    answer_everything(universe)
    first = timezone.now()
    correct(universe.flow.options.get(value=50.0), {"value": 55.0}, by=universe.coder, reason="As printed.")
    correct(universe.arden, {"name": "Arden, renamed"}, by=universe.coder, reason="Its own name.")
    remove(universe.at("commission", "data", "mill"), by=universe.coder, reason="Nobody said so.")
    second = timezone.now()
    pages = [page for page in addresses(universe) if "changes.atom" not in page and "data/" not in page]
    asked = [(page, known) for page in pages for known in (first, second)]
    before = {one: _without_forms(told(admin_client, *one)) for one in asked}
    edits = told(admin_client, "/lenna/data/record_edits.csv")
    package = packed(universe.process, with_history=True)
    empty()

    process = bring(package, tmp_path)
    admin_client.force_login(make_user(username="admin", is_staff=True, is_superuser=True))

    assert packed(process, with_history=True) == package
    for one in asked:
        assert _without_forms(told(admin_client, *one)) == before[one], one
    assert _without_keys(told(admin_client, "/lenna/data/record_edits.csv")) == _without_keys(edits)
    assert [list(unrecorded(kind)) for kind in RECORDS] == [[]] * len(RECORDS)


def _without_forms(text: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


def _without_keys(text: str) -> list[str]:
    """Rows of the record edited, without the number of the change set, which is the installation's."""
    return [line.partition(",")[2] for line in text.splitlines() if re.match(r"\d+,", line)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30),
    quote=st.sampled_from(QUOTES),
    value=st.floats(0.001, 24.999),
)
def test_whatever_is_written_comes_back(
    universe: Universe, tmp_path: Path, words: str, quote: str, value: float
) -> None:
    past(Process.objects).update(names_public=True)  # elsewhere who took a copy is not told
    universe.process.refresh_from_db()
    past(Statement.objects).update(quote=quote, note=words)
    past(Source.objects).update(title=words, author=quote)
    past(Option.objects.filter(value=25.0)).update(value=value)
    before = packed(universe.process)
    path = tmp_path / "package.zip"
    path.write_bytes(before)
    with OpenedPackage(path) as opened:
        found = read_package(opened)

    for kind, records in found.records.items():
        names = list(records[0]) if records else []
        stored = list(kind._default_manager.order_by("pk").values(*names))
        kept = [name for name in names if name not in TOLD_BY_NUMBER]
        here, there = ([[row[name] for name in kept] for row in rows] for rows in (records, stored))
        assert here == there, kind


def test_a_dry_run_of_a_package_refuses_what_the_import_refuses_and_stores_nothing(
    universe: Universe, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "lenna.zip"
    call_command("package", "lenna", path)
    with pytest.raises(CommandError, match=r"processes.csv, row 2, column id: .* is the number"):
        call_command("import", path, dry_run=True)
    with pytest.raises(CommandError, match="no account “nobody”"):
        call_command("import", path, dry_run=True, by="nobody")
    empty()

    call_command("import", path, dry_run=True)

    assert "this was a dry run" in capsys.readouterr().out
    assert not Process.objects.exists()
    assert not ChangeSet.objects.exists()


def test_a_command_packs_and_another_brings_in(universe: Universe, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "lenna.zip"
    call_command("package", "lenna", path, with_history=True)
    with pytest.raises(CommandError, match=r"processes.csv, row 2, column id: .* is the number"):
        call_command("import", path)
    empty()

    call_command("import", path)

    assert "“Waters of the Lenna”, as one change set" in capsys.readouterr().out
    assert Process.objects.get().slug == "lenna"
