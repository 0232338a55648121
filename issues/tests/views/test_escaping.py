"""What people typed is shown as they typed it, and is never markup."""

from html import escape
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from issues.models import RECORDS, Source, Statement
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.addresses import READ
from issues.tests.views.page import page_of
from issues.views.briefs import WORD

pytestmark = pytest.mark.sqlite

WEIR = "?summit=weir"
EVIL = "<script>alert('{}')</script>\" onload='x'&lt;"
# Fields that a page of this tracker shows, whatever is in them.
SHOWN = {
    "Process.name",
    "Place.name",
    "Actor.name",
    "Actor.short_name",
    "Actor.aliases",
    "Person.name",
    "Office.title",
    "Track.name",
    "Issue.name",
    "Issue.question",
    "Issue.low_label",
    "Issue.high_label",
    "Issue.aliases",
    "Option.label",
    "Summit.name",
    "Summit.summary",
    "Event.title",
    "Event.text",
    "Source.title",
    "Source.publisher",
    "Source.author",
    "Source.note",
    "Source.language",
    "Source.url",
    "Source.other_urls",
    "Source.archive_url",
    "Snapshot.url",
    "Snapshot.taken_by",
    "Snapshot.note",
    "Statement.quote",
    "Statement.original_quote",
    "Statement.translation",
    "Statement.attribution",
    "Statement.locator",
    "Statement.note",
    "Statement.language",
    "Position.summary",
    "Position.condition",
    "Position.note",
    "Outcome.text",
    "ScenarioSet.question",
    "Scenario.name",
    "Scenario.narrative",
    "ScenarioOutcome.note",
    "Signpost.text",
    "Judgement.reason",
}
# Keys and other words with a fixed form, and what only the admin shows.
NOT_TEXT = {"slug", "key", "ref", "order_note"}
ELSEWHERE = {"Person.aliases", "Place.aliases", "Process.summary"}


def texts() -> dict[str, tuple[Any, Any]]:
    """Every free text of every record."""
    return {
        f"{model.__name__}.{field.name}": (model, field)
        for model in RECORDS
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in NOT_TEXT
    }


def poisoned(name: str) -> str:
    """Words that would be markup, as far as they fit into the field."""
    return EVIL.format(name[:6])[: texts()[name][1].max_length or 1_000]


def pages(universe: Universe, reader: Client) -> dict[str, str]:
    """Every page, and as of the weir where it can be read so, by its address."""
    addresses = [reverse(name, args=args(universe)) + of for name, args in READ.items() for of in ("", WEIR)]
    addresses += ["/lenna/actors/belmar/?summit=delta", "/lenna/issues/preamble/", "/lenna/issues/data/"]
    addresses += [f"/lenna/sources/{source.pk}/" for source in Source.objects.all()]
    answers = {address: reader.get(address) for address in addresses}
    # What cannot be read as of a summit says so; every address itself answers.
    refused = {address for address, answer in answers.items() if answer.status_code != 200}
    assert {address for address in refused if not address.endswith(WEIR)} == set()
    # Tables, feeds, bibliographies and a Word document hold the words as they are; they are no markup.
    plain = ("text/csv", "application/json", "application/feed+json", WORD)
    return {
        address: answer.getvalue().decode()
        for address, answer in answers.items()
        if not answer["Content-Type"].startswith(plain)
        and not answer.get("Content-Disposition", "").startswith("attachment")
    }


def test_every_free_text_is_judged() -> None:
    assert texts().keys() == SHOWN | ELSEWHERE
    assert not SHOWN & ELSEWHERE


def test_no_text_of_any_record_becomes_markup(universe: Universe, reader: Client) -> None:
    for name, (model, field) in texts().items():
        text = poisoned(name)
        if field.unique:
            past(model.objects.filter(pk=model.objects.order_by("pk")[0].pk)).update(**{field.name: text})
        else:
            past(model.objects).update(**{field.name: text})
    past(Statement.objects.filter(ref="arden-1")).update(speaker=None, organ=None)

    shown = pages(universe, reader)

    whole = "\n".join(shown.values())
    assert [address for address, content in shown.items() if "<script>" in content] == []
    assert [address for address, content in shown.items() if "' onload" in content] == []
    missing = [
        name
        for name in SHOWN
        if escape(poisoned(name)) not in whole and escape(poisoned(name).capitalize()) not in whole
    ]
    # Names stand behind short names, and quotations behind their first line, on some page each.
    assert missing == []
    for address, content in shown.items():
        if not address.partition("?")[0].endswith(".svg"):
            assert "onload" not in {key for node in _page(content).walk() for key in node.attrs}, address


def _page(content: str) -> Any:
    class Answer:
        pass

    answer = Answer()
    answer.content = content.encode()  # type: ignore[attr-defined]
    return page_of(answer)


@pytest.mark.parametrize("name", ["matrix", "summit", "issue", "actor", "source", "actors", "sources"])
def test_names_are_isolated_in_their_own_direction(universe: Universe, reader: Client, name: str) -> None:
    arabic = "عرض"
    past(type(universe.arden).objects.filter(pk=universe.arden.pk)).update(name=arabic, short_name="")
    past(Source.objects).update(publisher=arabic)

    page = page_of(reader.get(reverse(name, args=READ[name](universe))))

    isolated = {"bdi", "title", "option", "text", "caption"}
    loose = [
        node.tag
        for node in page.one("main").walk()
        for child in node.children
        if isinstance(child, str) and arabic in child and node.tag not in isolated
    ]
    assert [tag for tag in loose if tag not in {"span", "figcaption", "li"}] == []
    assert [node for node in page.all("bdi") if node.text == arabic] != []
