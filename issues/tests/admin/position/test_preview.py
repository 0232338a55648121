"""The form of a position shows the scale, where the actor stood, and what it will be before it is saved."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from issues.history import ChangeSet, Way, recording
from issues.models import Evidence, Position
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save
from issues.tests.factories import make_evidence, make_issue, make_party, make_position, make_summit
from issues.tests.universe import Universe

SOFTENED = "As recorded it is: moved −25, softened (62.5 → 37.5 points from the earlier 12.5 of the others)."


def panel_of(response: Any) -> str:
    """What the panel says, as read."""
    page = response.content.decode()
    if 'id="position-preview"' not in page:
        return ""
    panel = page.split('id="position-preview"')[1].split("</section>")[0].split(">", 1)[1]
    words = re.sub(r"<svg.*?</svg>", "", panel, flags=re.S).replace("</li>", "</li> ")
    return " ".join(unescape(strip_tags(words)).split())


def adding(universe: Universe, actor: str, issue: str, summit: str) -> str:
    keys = (
        f"{name}={getattr(universe, value).pk}"
        for name, value in (("actor", actor), ("issue", issue), ("summit", summit))
    )
    return f"{address(Position, 'add')}?{'&'.join(keys)}"


def preview(client: Client, url: str, **typed: object) -> Any:
    return client.post(url, filled(client.get(url), _preview="Preview the change", **typed))


def test_a_recorded_position_shows_the_scale_what_stood_and_what_it_is(
    editor: Client, universe: Universe
) -> None:
    said = panel_of(editor.get(address(universe.at("arden", "flow", "weir"))))
    assert "Summer flow: where Arden stands" in said
    assert "How much may the dam hold back?" in said
    assert SOFTENED in said
    assert "a 0 none b 25 a quarter c 50 half d 75 most (reference point) e 100 all" in said
    assert "○ stood at 75 ● is at 50" in said
    assert "stood at 75, “most”, since Mill meeting, 10 June 2031" in said
    assert "previous position: reaffirmed, at Mill meeting" in said


def test_the_drawing_holds_every_option_and_no_style(editor: Client, universe: Universe) -> None:
    page = editor.get(address(universe.at("arden", "flow", "weir"))).content.decode()
    drawing = page.split('<svg class="scale"')[1].split("</svg>")[0]
    assert re.findall(r">\s*([a-m])\s*</text>", drawing) == list("abcde")
    drawn = " ".join(drawing.split())
    assert 'class="stood" cx="450"' in drawn
    assert 'class="lies" cx="300"' in drawn
    assert "style" not in drawing


def test_silence_and_words_leave_standing_what_stood(editor: Client, universe: Universe) -> None:
    said = panel_of(editor.get(address(universe.at("cadria", "flow", "delta"))))
    assert "stood at 0, “none”, since Ford meeting" in said
    assert "red line declared, refuses anything above 25, since Weir meeting" in said
    assert "previous position: restated, hardened, red line tightened, at Weir meeting" in said
    assert "red line dropped" in said


def test_what_stood_earlier_is_told_as_well(editor: Client, universe: Universe) -> None:
    said = panel_of(editor.get(address(universe.at("arden", "flow", "delta"))))
    assert "stood at 50, “half”, since Weir meeting" in said
    assert "before that, at 75, “most”, since Mill meeting" in said


def test_a_new_position_shows_what_stood_before_its_summit(editor: Client, universe: Universe) -> None:
    said = panel_of(editor.get(adding(universe, "belmar", "flow", "spring")))
    assert "had withdrawn at Delta meeting" in said
    assert "will be" not in said
    said = panel_of(editor.get(adding(universe, "fishers", "flow", "spring")))
    assert "Before this summit Delta Fishers had nothing standing on this issue." in said


def test_a_form_without_issue_says_nothing_and_with_the_issue_alone_draws_its_scale(
    editor: Client, universe: Universe
) -> None:
    url = address(Position, "add")
    assert panel_of(editor.get(url)) == ""
    assert "c 50 half" in panel_of(editor.get(f"{url}?issue={universe.flow.pk}"))
    for bad in ("x", "999999", "9" * 40, "%00", "-1"):
        assert panel_of(editor.get(f"{url}?issue={bad}&actor={bad}&summit={bad}")) == ""


def test_a_preview_says_what_it_will_be_and_saves_nothing(editor: Client, universe: Universe) -> None:
    url, sets = adding(universe, "cadria", "flow", "spring"), ChangeSet.objects.count()
    most = universe.flow.options.get(value=75)
    response = preview(editor, url, option=most.pk, summary="More.", red_line="declared", accepts_to="80")
    said = panel_of(response)
    assert re.search(r"Saved like this it will be: moved \+50, \w+ \([^)]*\), red line drawn\.", said)
    assert "● would be at 75" in said
    again = filled(response)
    assert (again["option"], again["summary"]) == (str(most.pk), "More.")
    assert (again["red_line"], again["accepts_to"]) == ("declared", "80")
    assert not Position.objects.filter(summit=universe.spring).exists()
    assert ChangeSet.objects.count() == sets


def test_a_preview_of_a_correction_needs_no_reason_and_saving_from_it_does(
    editor: Client, universe: Universe
) -> None:
    position = universe.at("arden", "flow", "weir")
    url, version = address(position), position.version
    response = preview(editor, url, option=universe.flow.options.get(value=100).pk)
    assert errors_of(response) == {}
    assert "Saved like this it will be: moved +25, hardened (62.5 → " in panel_of(response)
    assert SOFTENED in panel_of(response)
    position.refresh_from_db()
    assert (position.placement, position.version) == (50, version)
    refused = editor.post(url, filled(response))
    assert list(errors_of(refused)) == ["change_reason"]
    assert "Saved like this it will be: moved +25, hardened (62.5 → " in panel_of(refused)
    assert editor.post(url, filled(refused, change_reason="Reread.")).status_code == 302
    position.refresh_from_db()
    assert position.placement == 100


def test_a_preview_agrees_with_what_it_is_once_saved(editor: Client, universe: Universe) -> None:
    url = adding(universe, "commission", "data", "delta")
    statement = universe.statements["report"]
    typed = {"evidence-0-statement": statement.pk, "option": universe.data.options.get(value=100).pk}
    response = preview(editor, url, **typed)
    assert editor.post(url, filled(response)).status_code == 302
    stored = Position.objects.get(summit=universe.delta, issue=universe.data, actor=universe.commission)
    said = panel_of(editor.get(address(stored)))
    will_be = panel_of(response).split("will be: ")[1].split(".")[0]
    assert f"As recorded it is: {will_be}." in said


def test_words_claimed_as_reaffirming_are_told_as_such(editor: Client, universe: Universe) -> None:
    position = universe.at("belmar", "flow", "mill")
    assert "As recorded it is: reaffirmed." in panel_of(editor.get(address(position)))
    rows = {
        f"evidence-{place}-DELETE": "on"
        for place in range(Evidence.objects.filter(position=position).count())
    }
    assert "it will be: restated." in panel_of(preview(editor, address(position), **rows))
    assert "it will be: reaffirmed." in panel_of(preview(editor, address(position)))


def test_what_cannot_be_read_is_not_guessed_at(editor: Client, universe: Universe) -> None:
    said = panel_of(preview(editor, address(universe.at("arden", "flow", "weir")), value="lots"))
    assert "can be said once the errors below are corrected" in said
    assert "will be:" not in said
    assert "stood at 75" in said


def test_after_someone_else_saved_the_preview_is_asked_for_again(editor: Client, universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    url = address(position)
    mine = filled(editor.get(url), _preview="1", summary="Mine.")
    assert open_and_save(editor, url, option="", change_reason="Not so.").status_code == 302
    response = editor.post(url, mine)
    assert "Preview again" in panel_of(response)
    assert "it will be: restated." in panel_of(editor.post(url, filled(response, _preview="1")))


def test_what_is_recorded_already_is_linked(editor: Client, universe: Universe) -> None:
    url = adding(universe, "arden", "flow", "weir")
    page = editor.get(url)
    assert "recorded already" in panel_of(page)
    assert address(universe.at("arden", "flow", "weir")) in page.content.decode()
    assert "stood at 75" in panel_of(preview(editor, url))


def test_an_issue_without_a_scale_is_told_without_a_drawing(editor: Client, universe: Universe) -> None:
    said = panel_of(editor.get(address(universe.at("belmar", "preamble", "delta"))))
    assert "This issue has no scale." in said
    assert "As recorded it is: new." in said


def test_viewers_see_it_and_cannot_preview(viewer: Client, universe: Universe) -> None:
    url = address(universe.at("arden", "flow", "weir"))
    page = viewer.get(url)
    assert "moved −25" in panel_of(page)
    assert "_preview" not in page.content.decode()
    assert viewer.post(url, {"_preview": "1"}).status_code == 403


def test_the_form_costs_the_same_however_much_was_said(editor: Client, world: SimpleNamespace) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address(world.position)).status_code == 200
        return len(captured)

    cost()
    few = cost()
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for _ in range(8):
            party, summit = make_party(world.process), make_summit(process=world.process)
            make_issue(process=world.process)
            for actor in (party, world.actor):
                position = make_position(issue=world.issue, actor=actor, summit=summit, option=world.half)
                make_evidence(position=position)
    assert cost() == few
