"""Bad input is refused with the field named, and is never an error of ours."""

import re

import pytest
from django.test import Client

from issues.admin.base.inline import MOST_ROWS
from issues.history import ChangeSet, Record
from issues.models import RECORDS, Actor, Issue, Participation, Position, Process, Summit
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save

WRONG = [
    "abc",
    "9" * 30,
    "9" * 5000,
    "-1",
    "a\x00b",
    "1.5",
    "nan",
    "1e999",
    "[]",
    "١٢",
    "0",
    "²",
    "2023-13-45",
]
KEYS = ["abc", "9" * 30, "9" * 5000, "-1", "0", "1.5", "%", "١٢", "²", "a/b", "_5F"]


@pytest.mark.parametrize("page", ["change", "add"])
def test_every_field_takes_any_text(
    editor: Client, one_of_each: dict[type[Record], Record], page: str
) -> None:
    # Each kind takes half of the values on either page, and the next kind the other half.
    for number, record in enumerate(one_of_each.values(), page == "add"):
        url = address(record, page)
        typed = filled(editor.get(url))
        for value in WRONG[number % 2 :: 2]:
            wrong = {name: value for name in typed if not name.endswith(("_FORMS",))}
            response = editor.post(url, wrong | {n: v for n, v in typed.items() if n.endswith("_FORMS")})
            assert response.status_code in {200, 302}, (url, value)


def test_each_field_alone_takes_any_text(editor: Client, world) -> None:
    url = address(world.position)
    typed = filled(editor.get(url), change_reason="x")
    for name in typed:
        for value in ("9" * 30, "a\x00b"):
            response = editor.post(url, typed | {name: value})
            assert response.status_code in {200, 302, 400}, (name, value)
            typed["opened_version"] = Position.objects.get().version


@pytest.mark.parametrize("name", ["name", "aliases", "short_name", "change_reason"])
def test_nul_is_refused_with_the_field_named(editor: Client, world, name: str) -> None:
    typed = {"change_reason": "Renamed."} | {name: "Rurit\x00ania"}
    response = open_and_save(editor, address(world.actor), **typed)
    assert list(errors_of(response)) == [name]
    assert "\x00" not in Actor.objects.get(pk=world.actor.pk).aliases


def test_other_text_is_stored_as_written(editor: Client, world) -> None:
    words = "نص من اليمين إلى اليسار 🕊️ <b>&amp;</b> " + "ж" * 10_000
    response = open_and_save(editor, address(world.position), summary=words, change_reason="Longer. 🕊️")
    assert response.status_code == 302
    assert Position.objects.get().summary == words.strip()
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in editor.get(address(world.position)).content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_unknown_keys_in_the_address(editor: Client, world, key: str) -> None:
    for model in [*RECORDS, ChangeSet]:
        base = address(model, "changelist")
        for page in ("", "change/", "delete/", "history/"):
            response = editor.get(f"{base}{key}/{page}")
            assert response.status_code in {301, 302, 403, 404}, (model, page)
        for page in ("change/", "delete/"):
            response = editor.post(f"{base}{key}/{page}", {"post": "yes", "change_reason": "x"})
            assert response.status_code in {302, 403, 404}, (model, page)


@pytest.mark.parametrize("value", WRONG)
def test_filled_in_addresses_of_new_records(editor: Client, world, value: str) -> None:
    if "\x00" in value:
        assert editor.get(address(Position, "add"), {"issue": value}).status_code == 400
        return
    for model in RECORDS:
        fields = {field.name: value for field in model._meta.fields} | {
            "change_reason": value,
            "other": value,
        }
        assert editor.get(address(model, "add"), fields).status_code == 200, model


@pytest.mark.parametrize("value", WRONG)
def test_filters_of_any_shape(editor: Client, world, value: str) -> None:
    names = [
        "issue__process__id__exact",
        "issue__id__exact",
        "state__exact",
        "disputed__exact",
        "summit__starts_on__year",
        "summit__starts_on__gte",
        "actor__id__in",
        "id__in",
        "p",
        "o",
        "all",
        "e",
        "_facets",
        "_to_field",
        "unknown",
        "password",
    ]
    for name in names:
        response = editor.get(address(Position, "changelist"), {name: value})
        assert response.status_code in {200, 302, 400}, name


@pytest.mark.parametrize(
    "query", ["summit__starts_on__year=9999", "summit__starts_on__year=0", "p=" + "9" * 30]
)
def test_dates_and_pages_out_of_range(editor: Client, world, query: str) -> None:
    assert editor.get(address(Position, "changelist") + "?" + query).status_code in {200, 302}


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Position, {"process": "abc"}),
        (Position, {"issue": "²"}),
        (Position, {"actor": "1" * 30}),
        (Position, {"role": "king"}),
        (Position, {"placement": "x"}),
        (Position, {"evidence": "x"}),
        (Position, {"review": "x"}),
        (Position, {"summit__starts_on__year": "9999"}),
        (Summit, {"process__id__exact": "abc"}),
        (Summit, {"track__id__exact": "abc"}),
        (Issue, {"process__id__exact": "abc"}),
        (Participation, {"unknown": "1"}),
    ],
)
def test_a_bad_filter_never_shows_everything(editor: Client, world, model: type, query: dict) -> None:
    response = editor.get(address(model, "changelist"), query, follow=True)
    assert response.context["cl"].result_count == 0
    assert "could not be read" in response.content.decode()


@pytest.mark.parametrize("key", ["abc", "9" * 30, "a\x00b", "-1", "²"])
def test_actions_on_keys_of_any_shape(editor: Client, world, key: str) -> None:
    typed = {"action": "delete_selected", "_selected_action": [key], "post": "yes", "change_reason": "x"}
    for extra in ({}, {"index": "x"}, {"index": "9" * 30}, {"action": "unknown"}, {"select_across": "x"}):
        response = editor.post(address(Process, "changelist"), typed | extra)
        assert response.status_code in {200, 302}
    assert Process.objects.exists()


def test_management_forms_that_lie(editor: Client, world) -> None:
    url = address(world.position)
    typed = filled(editor.get(url), change_reason="x")
    for name in ("evidence-TOTAL_FORMS", "evidence-INITIAL_FORMS", "links-TOTAL_FORMS"):
        for value in ("", "abc", "9" * 30, "-1", "120", "\x00"):
            assert editor.post(url, typed | {name: value}).status_code in {200, 302}, (name, value)
            assert world.position.evidence.count() == 1
    crowd = editor.post(url, typed | {"evidence-TOTAL_FORMS": "100000"}).content.decode()
    assert f"submit at most {MOST_ROWS} forms" in crowd
    assert len(re.findall(r'name="evidence-\d+-stance"', crowd)) == MOST_ROWS
    without = {name: value for name, value in typed.items() if not name.startswith("evidence-")}
    assert editor.post(url, without).status_code == 200
    assert world.position.evidence.count() == 1
