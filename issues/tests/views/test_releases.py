"""Releases: made, listed, frozen, compared with the record since, withdrawn, and never removed."""

import csv
import hashlib
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import rispy
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from issues.actions.upkeep.merge import merge
from issues.exports.releases.datacite import REQUIRED
from issues.history import recording
from issues.models import Actor, Position, Process, Release, Statement
from issues.models.release import Frozen, kept
from issues.tests.acts import add, correct, remove
from issues.tests.exports.package.packing import files, rows, unpack
from issues.tests.exports.package.test_package import valid
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.releasing import content, make
from issues.tests.views.visitors import visit_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


def status(client: Client, address: str) -> int:
    """How an address is answered; the file is closed again."""
    answer = client.get(f"/lenna/releases/{address}")
    answer.getvalue()
    return int(answer.status_code)


def test_an_editor_previews_a_release_and_makes_it(universe: Universe, tmp_path: Path) -> None:
    editor = visit_as("editor")
    said = {"number": "1.0", "title": "The Lenna", "notes": "", "known": "", "preview": "1"}
    preview = editor.post("/lenna/releases/new/", said)
    assert "What it would hold" in page_of(preview).text
    assert not Release.objects.exists()

    answer = make(editor)

    assert (answer.status_code, answer["Location"]) == (302, "/lenna/releases/1.0/")
    release = Release.objects.get()
    data = content(editor)
    assert release.sha256 == hashlib.sha256(data).hexdigest()
    assert release.size == len(data)
    page = page_of(editor.get("/lenna/releases/1.0/")).text
    assert release.sha256 in page
    assert "The Lenna, 1.0" in page_of(editor.get("/lenna/releases/")).text
    assert b"Release 1.0." in files(data)["README.md"]
    assert valid(unpack(data, tmp_path / "out"), more=1) == []


def test_a_release_stays_as_it_was_whatever_is_renamed_merged_and_corrected(universe: Universe) -> None:
    editor, by = visit_as("editor"), universe.coder
    make(editor)
    before, now = content(editor), Release.objects.get()

    for number, statement in enumerate(Statement.objects.all()):
        if number % 2:
            correct(statement, {"note": f"Corrected {number}."}, by=by, reason="Half of it.")
    correct(universe.arden, {"name": "Another name", "slug": "another-name"}, by=by, reason="Renamed.")
    twin = add(Actor(name="Delta Fishers' Union", slug="union", kind="organisation"), by=by, reason="Twin.")
    merge(universe.fishers, [twin], by=by, reason="The same.")
    remove(universe.at("commission", "data", "mill"), by=by, reason="Nobody said so.")

    assert content(editor) == before
    assert hashlib.sha256(before).hexdigest() == now.sha256
    assert editor.get("/lenna/releases/1.0/").status_code == 200
    assert {row["slug"] for row in rows(content(editor), "actors")} >= {"arden"}

    make(editor, "2.0")
    ids = list(csv.DictReader(StringIO(files(content(editor, "2.0"))["ids.csv"].decode())))
    told = {(row["table"], row["what"], row["before"], row["after"]) for row in ids}
    assert ("actors", "renamed", "arden", "another-name") in told
    assert ("positions", "removed", "", "") in told
    assert content(editor) == before


def test_a_lost_file_is_told_on_the_page_and_by_what_needs_it(universe: Universe) -> None:
    correct(universe.process, {"names_public": True}, by=universe.coder, reason="We are named.")
    editor = visit_as("editor")
    make(editor)
    kept().delete(Release.objects.get().file_name)

    answer = editor.get("/lenna/releases/1.0/")
    assert (answer.status_code, "missing here" in page_of(answer).text) == (200, True)
    for address in ("package.zip", "datacite.json", "datacite.xml", "changes/", "changes.csv"):
        answer = editor.get(f"/lenna/releases/1.0/{address}")
        assert (answer.status_code, b"missing here" in answer.getvalue()) == (503, True), address
    again = make(editor, "2.0")
    assert (again.status_code, "missing here" in page_of(again).text) == (422, True)


def test_control_characters_are_refused_and_those_on_record_leave_the_metadata_well_formed(
    universe: Universe,
) -> None:
    editor = visit_as("editor")
    assert make(editor, title="The \x0b Lenna").status_code == 422
    assert make(editor, notes="First \x0b.").status_code == 422
    make(editor)
    past(Release.objects).update(title="The \x0b Lenna", notes="\x1f")
    past(Process.objects).update(summary="Half \x0c of it.")

    root = fromstring(editor.get("/lenna/releases/1.0/datacite.xml").content)  # noqa: S314 -- our own

    assert "The \ufffd Lenna" in "".join(root.itertext())


def test_who_was_not_named_then_is_nobody_to_cite_now(universe: Universe) -> None:
    editor, position = visit_as("editor"), Position.objects.order_by("pk")[0]
    reviewed = {"reviewed_by": universe.coder, "reviewed_at": datetime(2031, 12, 1, tzinfo=UTC)}
    correct(position, reviewed, by=universe.coder, reason="Read again.")
    make(editor)
    assert [row["name"] for row in rows(content(editor), "contributors")] == ["One of our team"]
    correct(universe.process, {"names_public": True}, by=universe.coder, reason="We are named.")

    found = json.loads(editor.get("/lenna/releases/1.0/datacite.json").content)

    assert [one["name"] for one in found["creators"]] == ["The contributors to “Waters of the Lenna”"]


def test_a_release_of_a_time_says_what_was_known_then(universe: Universe) -> None:
    editor, known = visit_as("editor"), timezone.now()
    correct(universe.arden, {"name": "Arden of later"}, by=universe.coder, reason="Later.")

    make(editor, known=known.isoformat())

    assert b"Arden of later" not in files(content(editor))["data/actors.csv"]
    assert Release.objects.get().known_at == known


def test_a_release_is_withdrawn_with_its_reason_and_stays(universe: Universe) -> None:
    editor = visit_as("editor")
    make(editor)
    before = content(editor)
    assert editor.post("/lenna/releases/1.0/edit/", {"withdraw": "1", "reason": " "}).status_code == 422

    editor.post("/lenna/releases/1.0/edit/", {"withdraw": "1", "reason": "A table was cut."})

    page = page_of(editor.get("/lenna/releases/1.0/")).text
    assert "Withdrawn on" in page
    assert "A table was cut." in page
    assert "A table was cut." in page_of(editor.get("/lenna/releases/")).text
    answer = editor.get("/lenna/releases/1.0/package.zip")
    assert "withdrawn" in answer["Warning"]
    assert bytes(answer.getvalue()) == before
    assert editor.post("/lenna/releases/1.0/edit/", {"withdraw": "1", "reason": "Again."}).status_code == 422


def test_a_release_is_cited_as_a_data_set_of_its_day_in_every_format(universe: Universe) -> None:
    editor = visit_as("editor")
    make(editor)
    past(Release.objects).update(doi="10.5281/zenodo.1", made_at=datetime(2031, 12, 1, tzinfo=UTC))

    told = page_of(editor.get("/lenna/releases/1.0/")).one("details", css="cite")
    text = told.one("p", css="citation").text
    assert "(2031)" in text
    assert "The Lenna, 1.0" in text
    assert "10.5281/zenodo.1" in text
    assert "Link to this state" not in told.text
    links = {link.text: link.attrs["href"] for link in told.all("a")}
    (csl,) = editor.get(links["CSL-JSON"]).json()
    assert (csl["type"], csl["version"], csl["DOI"]) == ("dataset", "1.0", "10.5281/zenodo.1")
    assert csl["issued"] == {"date-parts": [[2031, 12, 1]]}
    (ris,) = rispy.loads(editor.get(links["RIS"]).content.decode())
    assert (ris["type_of_reference"], ris["doi"]) == ("DATA", "10.5281/zenodo.1")
    assert editor.get(links["BibTeX"]).content.startswith(b"@dataset{lenna-1.0,")


def test_nothing_removes_or_changes_a_release(universe: Universe, admin_client: Client) -> None:
    make(visit_as("editor"))
    release = Release.objects.get()
    release.notes = "Otherwise."
    for attempt in (
        lambda: Release.objects.all().delete(),
        lambda: Release.objects.update(notes="Otherwise."),
        lambda: Release.objects.bulk_update([release], ["notes"]),
        release.delete,
        release.save,
        lambda: release.save(update_fields=["notes", "doi"]),
        lambda: universe.process.releases.all().delete(),  # type: ignore[attr-defined]
    ):
        with pytest.raises(Frozen):
            attempt()
    empty = Process.objects
    with recording(by=universe.coder, reason="Away with it."):
        alone = empty.create(name="Alone", slug="alone")
    past(Release.objects.filter(pk=release.pk)).update(process=alone)
    with pytest.raises(ProtectedError), recording(by=universe.coder, reason="Away with it."):
        alone.delete()
    admin_client.post(f"/admin/issues/process/{alone.pk}/delete/", {"post": "yes", "reason": "Away."})
    assert Process.objects.filter(pk=alone.pk).exists()
    assert (
        admin_client.post(f"/admin/issues/release/{release.pk}/delete/", {"post": "yes"}).status_code == 404
    )
    assert Release.objects.get().notes == "First."


def test_a_number_is_given_once_and_well_written(universe: Universe) -> None:
    editor = visit_as("editor")
    make(editor)
    for number, why in (("1.0", "There is a release with this number"), ("one", "Write the number like 1.0")):
        answer = make(editor, number)
        assert answer.status_code == 422
        assert why in page_of(answer).text
    answer = make(editor, "3.0", known="2001-01-01")
    assert (answer.status_code, "was not on record then" in page_of(answer).text) == (422, True)
    assert Release.objects.count() == 1


def test_a_repository_gets_what_it_asks(universe: Universe) -> None:
    editor = visit_as("editor")
    make(editor)
    assert "Still to be given there: doi" in page_of(editor.get("/lenna/releases/1.0/")).text
    assert editor.post("/lenna/releases/1.0/edit/", {"doi": "nonsense"}).status_code == 422
    editor.post("/lenna/releases/1.0/edit/", {"doi": "10.5281/zenodo.2", "concept_doi": "10.5281/zenodo.1"})

    found = json.loads(editor.get("/lenna/releases/1.0/datacite.json").content)
    assert all(found[name] for name in REQUIRED)
    assert (found["doi"], found["version"]) == ("10.5281/zenodo.2", "1.0")
    assert found["relatedIdentifiers"][0]["relatedIdentifier"] == "10.5281/zenodo.1"
    root = fromstring(editor.get("/lenna/releases/1.0/datacite.xml").content)  # noqa: S314 -- our own
    space = {"d": "http://datacite.org/schema/kernel-4"}
    for name in (
        "identifier",
        "creators/d:creator/d:creatorName",
        "titles/d:title",
        "publisher",
        "publicationYear",
        "resourceType",
    ):
        assert root.find(f"d:{name}", space).text, name
    assert "https://doi.org/10.5281/zenodo.2" in page_of(editor.get("/lenna/releases/1.0/")).text


@pytest.mark.parametrize("visitor", ["stranger", "account", "viewer", "researcher"])
def test_everybody_who_may_read_sees_releases_and_editors_alone_make_them(
    universe: Universe, settings: Any, visitor: str
) -> None:
    make(visit_as("editor"))
    past(Position.objects).update(note="Later.")
    client, reads = visit_as(visitor), ("", "1.0/", "1.0/package.zip", "1.0/datacite.json", "1.0/changes.csv")
    writes = ("new/", "1.0/edit/")
    is_ours = visitor != "stranger"
    for address in reads:
        seen = status(client, address)
        assert (seen == 200) is is_ours, (address, seen)
    settings.PUBLIC_READ = True
    for address in reads:
        assert status(client, address) == 200, address
    for address in writes:
        for send in (client.get, client.post):
            assert send(f"/lenna/releases/{address}").status_code in (302, 401, 403), address
    assert Release.objects.count() == 1


def test_these_pages_tell_of_now(universe: Universe) -> None:
    editor = visit_as("editor")
    make(editor)
    for address in ("", "new/", "1.0/", "1.0/edit/", "1.0/changes/", "1.0/package.zip", "1.0/datacite.xml"):
        answer = editor.get(f"/lenna/releases/{address}?known=2026-01-01")
        assert answer.status_code == 400, address
    assert editor.get("/lenna/releases/9.9/").status_code == 404
