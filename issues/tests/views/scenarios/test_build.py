"""Building questions and endings on the pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from issues.forms.refusals import TAKEN
from issues.history import ChangeSet, state_of
from issues.models import Scenario, ScenarioSet, Signpost
from issues.tests.acts import correct
from issues.tests.hindsight import ago
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.scenarios.conftest import SET
from issues.tests.views.scenarios.refused import errors


def chosen(page: Node, name: str) -> str:
    """The label of the chosen option of a field."""
    options = page.one("select", name=name).all("option")
    return next((item.text for item in options if "selected" in item.attrs), options[0].text)


def settled(scenario: Scenario) -> dict[str, float]:
    return {item.issue.slug: item.placement for item in scenario.outcomes.all()}


def test_a_question_is_asked_with_its_other(universe: Universe, amina: Client) -> None:
    response = amina.post(
        "/lenna/scenarios/new/", {"question": "And then?", "closes_on": "2033-01-01", "exclusive": "on"}
    )

    assert response["Location"] == "/lenna/scenarios/and-then/"
    assert ScenarioSet.objects.get(slug="and-then").scenarios.get().is_other


def test_a_question_without_words_or_day_is_refused(universe: Universe, amina: Client) -> None:
    response = amina.post("/lenna/scenarios/new/", {"question": "", "closes_on": "soon"})

    assert response.status_code == 422
    assert errors(response) == ["Question: This field is required.", "Closes on: Enter a valid date."]


def test_an_ending_is_made_of_options_and_values(universe: Universe, amina: Client) -> None:
    quarter = universe.flow.options.get(value=25.0)
    response = amina.post(
        f"{SET}new/",
        {
            "name": "A quarter",
            "narrative": "Slowly.",
            f"issue-{universe.flow.pk}": quarter.pk,
            f"value-{universe.data.pk}": "60",
            f"note-{universe.data.pk}": "Between.",
        },
    )

    made = Scenario.objects.get(slug="a-quarter")
    assert response["Location"] == f"{SET}a-quarter/"
    assert settled(made) == {"flow": 25.0, "data": 60.0}


def test_an_issue_that_closes_before_the_question_is_not_offered(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}new/"))

    legends = [item.text for item in page.all("legend")]
    assert legends == ["Summer flow", "Data sharing"]


def test_a_value_off_the_scale_is_refused_and_what_was_typed_stays(universe: Universe, amina: Client) -> None:
    response = amina.post(
        f"{SET}new/", {"name": "Beyond", "narrative": "Far.", f"value-{universe.flow.pk}": "120"}
    )

    assert response.status_code == 422
    assert errors(response) == ["Value on Summer flow: Ensure this value is less than or equal to 100."]
    assert page_of(response).one("input", name="name").attrs["value"] == "Beyond"


def test_an_ending_is_built_from_what_an_actor_asks_for(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}new/?start=actor:arden"))

    assert chosen(page, f"issue-{universe.flow.pk}") == "50 half"
    assert page.one("input", name=f"value-{universe.data.pk}").attrs["value"] == "25.0"


def test_an_ending_is_built_from_what_holds_if_nothing_is_agreed(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}new/?start=status-quo"))

    assert chosen(page, f"issue-{universe.flow.pk}") == "75 most"
    assert chosen(page, f"issue-{universe.data.pk}") == "no option"


def test_an_ending_is_built_from_the_median(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}new/?start=median"))

    assert chosen(page, f"issue-{universe.flow.pk}") in ("25 a quarter", "50 half")


def test_an_ending_is_copied_to_be_varied(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}new/?copy=dam"))

    assert page.one("input", name="name").attrs["value"] == "The dam as planned, varied"
    assert chosen(page, f"issue-{universe.flow.pk}") == "75 most"
    assert page.one("input", name=f"note-{universe.data.pk}").attrs["value"] == "As it was."


def test_an_unknown_beginning_begins_with_nothing(universe: Universe, amina: Client) -> None:
    for query in ("?start=nonsense", "?copy=nonsense", "?start=" + "x" * 500, "?copy="):
        page = page_of(amina.get(f"{SET}new/{query}"))
        assert chosen(page, f"issue-{universe.flow.pk}") == "no option"


def edit(client: Client, universe: Universe, **typed: Any) -> Any:
    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    flow = universe.flow.options.get(value=25.0)
    posted = {
        "name": "Half",
        "narrative": "",
        "seen": state_of([half, *half.outcomes.all()]),
        f"issue-{universe.flow.pk}": flow.pk,
        "reason": "Read again.",
    }
    return client.post(f"{SET}half/edit/", posted | typed)


def test_an_edit_is_a_change_set_with_its_reason(universe: Universe, amina: Client) -> None:
    assert edit(amina, universe)["Location"] == f"{SET}half/"

    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    assert (half.name, settled(half)) == ("Half", {"flow": 25.0})
    assert ChangeSet.objects.latest("pk").reason == "Read again."


def test_line_ends_of_a_browser_are_no_change(universe: Universe, amina: Client) -> None:
    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    correct(half, {"narrative": "At first.\nThen."}, by=universe.coder, reason="x")

    edit(amina, universe, name="Half for data", narrative="At first.\r\nThen.")

    assert Scenario.objects.get(pk=half.pk).version == half.version + 1


def test_an_edit_without_a_reason_is_refused(universe: Universe, amina: Client) -> None:
    response = edit(amina, universe, reason="")

    assert response.status_code == 422
    assert errors(response) == ["Reason of the change: This field is required."]


def test_an_edit_of_what_was_changed_meanwhile_comes_back_with_what_was_typed(
    universe: Universe, amina: Client
) -> None:
    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    before = state_of([half, *half.outcomes.all()])
    correct(half.outcomes.get(issue=universe.data), {"note": "Monthly."}, by=universe.coder, reason="x")

    response = edit(amina, universe, seen=before)

    assert response.status_code == 409
    assert errors(response) == [
        "Someone changed this ending meanwhile. Save again to keep what you typed.",
        "Name: Stored now: Half for data",
        "Summer flow: Stored now: 50 half",
        "Data sharing: Stored now: 50 monthly; Monthly.",
    ]
    page = page_of(response)
    assert page.one("input", name="name").attrs["value"] == "Half"
    now = page.one("input", name="seen").attrs["value"]
    assert now == state_of([half, *half.outcomes.all()]) != before
    assert edit(amina, universe, seen=before, reason="").status_code == 422
    assert edit(amina, universe, seen=now).status_code == 302


def test_what_was_seen_stays_what_was_seen_while_a_form_is_refused(universe: Universe, amina: Client) -> None:
    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    before = state_of([half, *half.outcomes.all()])
    correct(half, {"order": 7}, by=universe.coder, reason="x")

    page = page_of(edit(amina, universe, seen=before, reason=""))

    assert page.one("input", name="seen").attrs["value"] == before


def test_an_edit_that_has_seen_nothing_is_not_taken(universe: Universe, amina: Client) -> None:
    assert edit(amina, universe, seen="").status_code == 409


def test_other_is_renamed_but_settles_nothing(universe: Universe, amina: Client) -> None:
    page = page_of(amina.get(f"{SET}other/edit/"))

    assert not page.all("legend")


def test_what_two_store_at_the_same_moment_is_refused_to_the_second_and_nothing_typed_is_lost(
    universe: Universe, amina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "issues.actions.record.log.check", lambda record: None
    )  # nothing was there when it looked

    response = amina.post(
        f"{SET}half/signs/new/", {"text": "A joint gauge is installed.", "direction": "raises"}
    )

    assert response.status_code == 422
    assert errors(response) == [TAKEN]
    assert page_of(response).one("input", name="text").attrs["value"] == "A joint gauge is installed."
    assert Signpost.objects.count() == 1


def test_what_is_typed_is_shown_as_text(universe: Universe, amina: Client) -> None:
    amina.post(f"{SET}new/", {"name": "<b>Bold</b>", "narrative": "<script>x</script>"})

    content = amina.get(SET).content.decode() + amina.get(f"{SET}bboldb/").content.decode()
    assert "<b>Bold" not in content
    assert "<script>x" not in content


def test_an_ending_that_another_brings_with_it_is_refused_above_the_form(
    universe: Universe, amina: Client
) -> None:
    half = universe.flow.options.get(value=50.0)

    response = amina.post(
        f"{SET}new/", {"name": "Half", "narrative": "", f"issue-{universe.flow.pk}": half.pk}
    )

    assert response.status_code == 422
    (message,) = page_of(response).one("div", css="errors").all("li")
    assert message.text.startswith("“Half for data” and “Half” settle all that one of them settles alike")


def test_a_question_tells_on_which_day_it_was_asked(universe: Universe, amina: Client) -> None:
    past_question = {"question": "And before?", "closes_on": "2024-01-01", "exclusive": "on"}

    refused = amina.post("/lenna/scenarios/new/", past_question)
    assert refused.status_code == 422
    assert errors(refused)[0].startswith("Closes on: The question was asked on")

    for day in ("2023-06-01", ""):
        closes = {} if day else {"closes_on": "2033-01-01"}
        assert (
            amina.post("/lenna/scenarios/new/", past_question | closes | {"opened_on": day}).status_code
            == 302
        )
    first, second = ScenarioSet.objects.filter(question="And before?").order_by("pk")
    assert (first.opened_on, second.opened_on) == (date(2023, 6, 1), ago(0))

    refused = amina.post("/lenna/scenarios/new/", past_question | {"opened_on": ago(-2).isoformat()})
    assert "Asked on: This day is still to come." in errors(refused)
