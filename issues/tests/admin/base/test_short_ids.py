"""A short id that is left empty is made of what is known, and is new among its neighbours."""

from types import SimpleNamespace

import pytest
from django.test import Client

from issues.history import Record, Way, recording
from issues.models import Event, Outcome, Source, Statement
from issues.tests.admin.conftest import address, errors_of, open_and_save
from issues.tests.factories import make_event, make_outcome, make_source, make_statement


@pytest.mark.parametrize(
    ("publisher", "day", "key"),
    [
        ("News.az", "2023-07-15", "newsaz-2023-07-15"),
        ("Արմենպրես", "", "արմենպրես"),
        ("!!!", "", "source"),
        ("Gazette", "", "gazette-2"),
    ],
)
def test_a_source_is_named_after_its_publisher_and_day(
    researcher: Client, publisher: str, day: str, key: str
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_source(key="gazette", publisher="Another")
    typed = {"publisher": publisher, "title": "A title", "kind": "news", "published_on": day}

    answer = open_and_save(researcher, address(Source, "add"), **typed)

    assert answer.status_code == 302
    assert Source.objects.get(publisher=publisher).key == key


def test_a_statement_is_numbered_in_its_source(researcher: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        source = make_source()
        for ref in ("s1", "s3", "other"):
            make_statement(source=source, ref=ref)

    answer = open_and_save(researcher, address(Statement, "add"), source=source.pk, quote="We will.")

    assert answer.status_code == 302
    assert Statement.objects.get(quote="We will.").ref == "s2"


def test_an_event_is_named_after_its_title(researcher: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_event(process=world.process, ref="the-bridge-closes")
    typed = {"process": world.process.pk, "title": "The bridge closes", "date": "2031-01-01"}

    assert open_and_save(researcher, address(Event, "add"), **typed).status_code == 302

    assert Event.objects.latest("pk").ref == "the-bridge-closes-2"


def test_an_outcome_is_numbered_at_its_summit(researcher: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_outcome(summit=world.first, ref="o1")
    typed = {"summit": world.first.pk, "status": "agreed", "text": "Half of it."}

    assert open_and_save(researcher, address(Outcome, "add"), **typed).status_code == 302

    assert Outcome.objects.latest("pk").ref == "o2"


@pytest.mark.parametrize(
    ("model", "missing"),
    [(Statement, "source"), (Event, "process"), (Outcome, "summit"), (Source, "publisher")],
)
def test_what_is_missing_is_asked_for_at_its_own_field(
    researcher: Client, model: type[Record], missing: str
) -> None:
    found = errors_of(open_and_save(researcher, address(model, "add")))

    assert missing in found
    assert not {"ref", "key"} & found.keys()


def test_an_id_that_is_typed_is_kept_and_a_stored_one_is_not_emptied(
    researcher: Client, world: SimpleNamespace
) -> None:
    typed = {"publisher": "Gazette", "title": "A title", "kind": "news", "key": "mine"}
    open_and_save(researcher, address(Source, "add"), **typed)
    source = Source.objects.get(key="mine")

    refused = open_and_save(researcher, address(source), key="", change_reason="Without.")

    assert "key" in errors_of(refused)
    assert Source.objects.get(pk=source.pk).key == "mine"
