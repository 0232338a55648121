"""Loading beside what is there already, and not at all when something fails."""

from pathlib import Path

import pytest

from issues.actions.demo.load import REFERENCE, load_reference
from issues.history import ChangeSet, Way, record_as_loaded, recording
from issues.models import RECORDS, Actor, Issue, Option, Process
from issues.tests.acts import correct, remove
from issues.tests.factories import make_actor, make_process
from issues.tests.past import past

pytestmark = pytest.mark.django_db

FILES = {
    "1.yaml": """
- model: issues.process
  fields: {name: A dam, slug: armenia-azerbaijan}
- model: issues.actor
  fields: {name: Arden, slug: arden, kind: state}
- model: issues.actor
  fields: {name: Ministry, slug: ministry, kind: organ, part_of: [arden]}
""",
    "2.yaml": """
- model: issues.issue
  fields:
    process: [armenia-azerbaijan]
    name: Flow
    slug: flow
    question: How much?
    reference_point: [armenia-azerbaijan, flow, 50.0]
- model: issues.option
  fields: {issue: [armenia-azerbaijan, flow], label: half, value: 50.0}
""",
}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small fixture files, the second of which points forward."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("issues.actions.demo.load.fixture_files", lambda: sorted(tmp_path.glob("*.yaml")))


def test_what_points_forward_is_connected() -> None:
    assert load_reference(by=None) == 5

    assert Issue.objects.get().reference_point == Option.objects.get()
    assert Actor.objects.get(slug="ministry").part_of == Actor.objects.get(slug="arden")
    assert Issue.history.get().reference_point == Option.objects.get()


def test_what_was_there_before_stays_as_it_was() -> None:
    with recording(by=None, reason="Ours.", kind=Way.COMMAND):
        ours = make_actor(slug="arden", name="Our Arden")

    assert load_reference(by=None) == 4

    assert Actor.objects.get(slug="arden") == ours
    assert Actor.objects.get(slug="arden").name == "Our Arden"
    assert Actor.objects.get(slug="ministry").part_of == ours
    assert [row.change_set.reason for row in ours.history.all()] == ["Ours."]


def test_a_failed_load_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "3.yaml").write_text("- model: issues.nothing\n  fields: {}\n", encoding="utf-8")

    with pytest.raises(Exception, match="nothing"):
        load_reference(by=None)

    assert not any(model.objects.exists() for model in RECORDS)
    assert not ChangeSet.objects.exists()


def test_what_has_a_history_gets_no_second_first_row() -> None:
    with recording(by=None, reason="Made.", kind=Way.COMMAND):
        actor = make_actor()
        unrecorded = Actor(name="Loaded", slug="loaded", kind="state")
        past(Actor.objects).bulk_create([unrecorded])
        written = record_as_loaded(Actor)

    assert written == 1
    assert actor.history.count() == 1
    assert unrecorded.history.get().name == "Loaded"


@pytest.fixture
def reference(tmp_path: Path) -> Process:
    """The reference process of the first file alone, loaded."""
    (tmp_path / "2.yaml").unlink()
    assert load_reference(by=None) == 3
    return Process.objects.get(slug=REFERENCE)


def test_a_removed_process_is_not_loaded_again(reference: Process) -> None:
    remove(reference, by=None, reason="Not ours.", kind=Way.COMMAND)

    assert load_reference(by=None) == 0
    assert not Process.objects.exists()


def test_a_process_that_was_renamed_twice_is_not_loaded_again_beside_it(reference: Process) -> None:
    for slug in ("south-caucasus", "caucasus"):
        correct(reference, {"slug": slug}, by=None, reason="Shorter.", kind=Way.COMMAND)
        reference.refresh_from_db()

    assert load_reference(by=None) == 0
    assert [found.slug for found in Process.objects.all()] == ["caucasus"]


def test_a_process_that_is_here_without_a_history_is_left_as_it_is() -> None:
    past(Process.objects).bulk_create([Process(name="Ours", slug=REFERENCE)])

    assert load_reference(by=None) == 0
    assert not Process.history.exists()
    assert not Actor.objects.exists()


def test_another_process_does_not_keep_the_reference_process_away() -> None:
    with recording(by=None, reason="Ours.", kind=Way.COMMAND):
        make_process(slug="ours")

    assert load_reference(by=None) == 5
