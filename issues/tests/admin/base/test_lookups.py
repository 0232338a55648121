"""Look-ups offer what the form is about, and statements are found by the address of their source."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.history import Way, recording
from issues.models import Evidence, Position, Source, Statement
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_party,
    make_position,
    make_process,
    make_source,
    make_statement,
    make_summit,
    make_track,
)

URL = "https://www.example.org/joint-statement?lang=en"


@pytest.fixture
def two(world: SimpleNamespace) -> SimpleNamespace:
    """The world, and another process with an issue, a summit, a track, a party and a position."""
    with recording(by=None, reason="another", kind=Way.COMMAND):
        process = world.elsewhere = make_process(name="Trade")
        world.tariffs = make_issue(process=process, name="Tariffs")
        world.party = make_party(process, name="Ruthenia")
        world.round = make_summit(process=process, name="Round")
        world.track, world.lane = make_track(process=process), make_track(process=world.process)
        world.linked = make_issue(process=world.process, name="Bridges")
        world.foreign = make_position(issue=world.tariffs, actor=world.party, summit=world.round)
        make_evidence(position=world.foreign)
    return world


def offered(client: Client, model: str, field: str, term: str = "", **known: object) -> list[str]:
    words = {"app_label": "issues", "model_name": model, "field_name": field, "term": term}
    response = client.get(reverse("admin:autocomplete"), words | known)
    assert response.status_code == 200
    return [item["text"] for item in response.json()["results"]]


@pytest.mark.parametrize(
    ("model", "field", "known", "expected"),
    [
        ("position", "summit", {"of_issue": "issue"}, "first second"),
        ("position", "summit", {"of_issue": "tariffs"}, "round"),
        ("position", "issue", {"of_summit": "round"}, "tariffs"),
        ("position", "actor", {"of_issue": "tariffs"}, "party"),
        ("position", "actor", {"of_summit": "first"}, "actor other"),
        ("positionlink", "issue", {"of_issue": "issue", "of_summit": "first"}, "issue linked"),
        ("positionlink", "issue", {"of_position": "foreign"}, "tariffs"),
        ("summit", "track", {"of_process": "process"}, "lane"),
        ("summit", "parallel_to", {"of_process": "elsewhere"}, "round"),
        ("issue", "parent", {"of_process": "elsewhere"}, "tariffs"),
        ("outcome", "issue", {"of_summit": "round"}, "tariffs"),
        ("statement", "occasion", {"of_process": "elsewhere"}, "round"),
        ("statement", "occasion", {}, "first second round"),
        ("evidence", "position", {"of_process": "elsewhere"}, "foreign"),
    ],
)
def test_a_look_up_offers_what_belongs_to_the_process(
    editor: Client, two: SimpleNamespace, model: str, field: str, known: dict[str, str], expected: str
) -> None:
    keys = {name: getattr(two, value).pk for name, value in known.items()}
    found = offered(editor, model, field, **keys)
    assert sorted(found) == sorted(str(getattr(two, name)) for name in expected.split())


def test_options_are_those_of_the_issue(editor: Client, two: SimpleNamespace) -> None:
    found = offered(editor, "position", "option", of_issue=two.issue.pk)
    assert found == [str(option) for option in two.issue.options.order_by("value")]
    assert len(offered(editor, "position", "option", of_summit=two.first.pk)) == 10
    assert len(offered(editor, "position", "option")) == 15


def test_a_search_stays_within_the_process(editor: Client, two: SimpleNamespace) -> None:
    assert offered(editor, "position", "issue", "tariff", of_summit=two.round.pk) == ["Tariffs"]
    assert offered(editor, "position", "issue", "tariff", of_summit=two.first.pk) == []


@pytest.mark.parametrize("bad", ["", "x", "-1", "9" * 40, "1 OR 1=1", "%00"])
def test_a_key_that_is_none_is_passed_over(editor: Client, two: SimpleNamespace, bad: str) -> None:
    assert len(offered(editor, "position", "summit", of_issue=bad, of_process=bad)) == 3
    assert len(offered(editor, "evidence", "statement", of_source=bad)) == 3


@pytest.fixture
def joint(world: SimpleNamespace) -> SimpleNamespace:
    """A source with an address and two statements, the second of which supports the position as well."""
    with recording(by=None, reason="x", kind=Way.COMMAND):
        world.source = make_source(key="zz-joint", title="Joint statement of the three", url=URL)
        world.words = make_statement(
            source=world.source, ref="s1", quote="The border is where it was in 1991."
        )
        world.more = make_statement(source=world.source, ref="s2", quote="", note="A report of it.")
    return world


@pytest.mark.parametrize(
    "typed",
    [
        URL,
        "http://WWW.Example.org:80/joint-statement?lang=en&utm_source=mail#top",
        f"  {URL}/  ".replace("/ ", " "),
        "https://www.example.org/joint",
        "zz-joint",
        "joint statement three",
    ],
)
def test_statements_are_found_by_the_address_key_or_title_of_their_source(
    editor: Client, joint: SimpleNamespace, typed: str
) -> None:
    assert offered(editor, "evidence", "statement", typed) == [
        "zz-joint s1: The border is where it was in 1991.",
        "zz-joint s2: A report of it.",
    ]


def test_statements_are_found_by_their_words_and_ref(editor: Client, joint: SimpleNamespace) -> None:
    for typed in ("border 1991", "zz-joint s1"):
        assert offered(editor, "evidence", "statement", typed) == [
            "zz-joint s1: The border is where it was in 1991."
        ]
    assert offered(editor, "evidence", "statement", "https://www.example.org/another") == []


def test_a_source_is_found_by_its_address_in_its_list(editor: Client, joint: SimpleNamespace) -> None:
    found = editor.get(address(Source, "changelist"), {"q": URL.replace("https", "http")})
    assert list(found.context["cl"].result_list) == [joint.source]
    for odd in ("http://" + "x" * 9000, "https://[", "http://a b/"):
        assert editor.get(address(Statement, "changelist"), {"q": odd}).status_code == 200


def test_statements_of_the_kept_source_come_first(editor: Client, joint: SimpleNamespace) -> None:
    found = offered(editor, "evidence", "statement", of_source=joint.source.pk)
    assert [words.split(":")[0] for words in found[:2]] == ["zz-joint s1", "zz-joint s2"]
    assert len(found) == 4


# “Save and add another”


def new_position(client: Client, world: SimpleNamespace, **typed: object) -> Any:
    keys = f"?issue={world.issue.pk}&actor={world.actor.pk}&summit={world.second.pk}"
    url = address(Position, "add") + keys + "&_changelist_filters=q%3Da"
    return open_and_save(client, url, _addanother="1", **typed)


def test_the_next_position_keeps_summit_actor_and_source(editor: Client, joint: SimpleNamespace) -> None:
    response = new_position(editor, joint, **{"evidence-0-statement": joint.words.pk})
    assert response.status_code == 302
    page = editor.get(response.url)
    posted = filled(page)
    assert (posted["summit"], posted["actor"]) == (str(joint.second.pk), str(joint.actor.pk))
    assert (posted.get("issue"), posted["evidence-0-statement"]) == (None, "")
    assert "_changelist_filters=q%3Da" in response.url
    text = page.content.decode()
    assert "are offered first" in text
    assert "zz-joint s2: A report of it.</option>" in text


def test_the_only_statement_of_the_source_is_filled_in_and_saved(
    editor: Client, joint: SimpleNamespace
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        joint.more.delete()
        issue = make_issue(process=joint.process)
    response = new_position(editor, joint, **{"evidence-0-statement": joint.words.pk})
    assert open_and_save(editor, response.url, issue=issue.pk).status_code == 302
    assert list(Evidence.objects.filter(position__issue=issue).values_list("statement", flat=True)) == [
        joint.words.pk
    ]


def test_a_corrected_position_is_followed_by_one_of_its_actor(editor: Client, joint: SimpleNamespace) -> None:
    response = open_and_save(editor, address(joint.position), _addanother="1", change_reason="x", summary="y")
    assert f"source={joint.statement.source_id}" in response.url
    posted = filled(editor.get(response.url))
    assert (posted["summit"], posted["actor"]) == (str(joint.first.pk), str(joint.actor.pk))


def test_a_refused_form_still_offers_the_source(editor: Client, joint: SimpleNamespace) -> None:
    url = f"{address(Position, 'add')}?source={joint.source.pk}"
    response = open_and_save(editor, url, actor=joint.actor.pk)
    assert errors_of(response)
    assert "zz-joint s1: The border" in response.content.decode()


@pytest.mark.parametrize("bad", ["x", "999999", "9" * 40, "-1"])
def test_a_source_that_is_none_is_passed_over(editor: Client, joint: SimpleNamespace, bad: str) -> None:
    page = editor.get(f"{address(Position, 'add')}?source={bad}")
    assert page.status_code == 200
    assert "are offered first" not in page.content.decode()


def test_an_option_is_found_by_its_value(editor: Client, two: SimpleNamespace) -> None:
    at_75 = str(two.issue.options.get(value=75))

    assert offered(editor, "position", "option", term="75", of_issue=two.issue.pk) == [at_75]
    assert offered(editor, "position", "option", term="33", of_issue=two.issue.pk) == []
