"""Lists and look-ups of the admin: they find any spelling, and cost the same however many rows there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from issues.history import ChangeSet, Record, Way, recording
from issues.models import RECORDS, Actor, Issue, Person, Place, Position
from issues.tests.admin.conftest import address
from issues.tests.factories import (
    make_actor,
    make_evidence,
    make_issue,
    make_party,
    make_person,
    make_place,
    make_position,
    make_process,
    make_summit,
)


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_each_list_answers_and_searches(editor: Client, one_of_each: dict[type[Record], Record]) -> None:
    for model in [*RECORDS, ChangeSet]:
        url = address(model, "changelist")
        for term in (
            "",
            "a",
            "nothing like it",
            "'",
            '"',
            "%",
            "\\",
            "a " * 1000,
            "ж" * 600,
            "' OR 1=1 --",
        ):
            response = editor.get(url, {"q": term})
            assert response.status_code == 200, (model, term)
        assert response.context["cl"].result_count == 0


def test_words_longer_than_a_database_compares_find_nothing(editor: Client, one_of_each: dict) -> None:
    words = {"app_label": "issues", "model_name": "position", "field_name": "actor", "term": "ж" * 60_000}
    listed = editor.get(address(Position, "changelist"), {"q": words["term"]})
    looked_up = editor.get(reverse("admin:autocomplete"), words)
    assert (listed.status_code, listed.context["cl"].result_count) == (200, 0)
    assert (looked_up.status_code, looked_up.json()["results"]) == (200, [])


def test_a_word_said_thousands_of_times_is_one_word(editor: Client, one_of_each: dict) -> None:
    for times in (1, 5_000):
        listed = editor.get(address(Position, "changelist"), {"q": "a " * times})
        assert listed.context["cl"].result_count == Position.objects.count()


@pytest.mark.parametrize(("make", "model"), [(make_actor, Actor), (make_person, Person), (make_place, Place)])
@pytest.mark.parametrize(
    "term", ["khan", "Ստեփան", "степанакерт", "СТЕПАНАКЕРТ", "Xankəndi", '"of the hills"']
)
def test_any_spelling_finds_it(editor: Client, make: Callable, model: type[Record], term: str) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        wanted = make(name="Khankendi of the hills", aliases="Степанакерт\nՍտեփանակերտ\nXankəndi")
        make(name="Elsewhere of hills the")
    found = editor.get(address(model, "changelist"), {"q": term}).context["cl"].result_list
    assert list(found) == [wanted]


def test_every_foreign_key_is_looked_up(editor: Client, one_of_each: dict[type[Record], Record]) -> None:
    asked = 0
    for model in RECORDS:
        for field in model._meta.fields:
            target = field.remote_field and field.remote_field.model
            if target in RECORDS:
                asked += 1
                words = {
                    "app_label": "issues",
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                }
                for term in ("", "a", "ж" * 600):
                    response = editor.get(reverse("admin:autocomplete"), words | {"term": term})
                    assert response.status_code == 200, (model, field.name)
                assert editor.get(reverse("admin:autocomplete"), words | {"term": ""}).json()["results"]
    assert asked > 30


def test_look_up_needs_the_right_to_view(db: None) -> None:
    words = {"app_label": "issues", "model_name": "position", "field_name": "actor", "term": "a"}
    assert Client().get(reverse("admin:autocomplete"), words).status_code == 302


@pytest.fixture
def many(db: None) -> Callable[[int], None]:
    def make(count: int) -> None:
        with recording(by=None, reason="x", kind=Way.COMMAND):
            process = make_process()
            for _ in range(count):
                issue, summit = make_issue(process=process), make_summit(process=process)
                position = make_position(issue=issue, summit=summit, option=issue.options.first())
                make_evidence(position=position)

    return make


def test_lists_cost_the_same_for_few_rows_and_many(editor: Client, many: Callable[[int], None]) -> None:
    many(10)
    few = {model: queries(editor, address(model, "changelist")) for model in RECORDS}
    many(50)
    for model in RECORDS:
        assert queries(editor, address(model, "changelist")) <= few[model] <= 25, model


def test_the_position_list_costs_the_same_with_search_and_dates(
    editor: Client, many: Callable[[int], None]
) -> None:
    url = address(Position, "changelist") + "?q=issue&summit__starts_on__year=2022"
    for _ in range(2):
        many(5)
    few = queries(editor, url)
    many(50)
    assert queries(editor, url) == few <= 25


def test_look_ups_cost_the_same_for_few_rows_and_many(editor: Client, many: Callable[[int], None]) -> None:
    url = reverse("admin:autocomplete") + "?app_label=issues&model_name=evidence&field_name=position&term="
    many(5)
    few = queries(editor, url)
    many(15)
    assert queries(editor, url) == few


def test_a_form_costs_the_same_for_few_rows_and_many(editor: Client, world) -> None:
    editor.get(address(world.process))
    few = queries(editor, address(world.process))
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for _ in range(20):
            make_party(world.process)
    assert queries(editor, address(world.process)) == few


def test_rows_by_the_hundred_are_edited_in_their_list(editor: Client, world) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for _ in range(70):
            make_party(world.process)
    page = editor.get(address(world.process))
    assert "participations-TOTAL_FORMS" not in page.content.decode()
    link = page.content.decode().split('class="long-list">')[1].split('href="')[1].split('"')[0]
    assert editor.get(link).context["cl"].result_count == 72


def test_no_form_loads_many_choices(editor: Client, world) -> None:
    few = len(editor.get(address(world.position)).content)
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for _ in range(40):
            make_actor()
            make_issue(process=world.process)
    assert len(editor.get(address(world.position)).content) < few + 500
    assert Issue.objects.count() == 41
