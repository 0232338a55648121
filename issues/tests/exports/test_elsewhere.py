"""What a process tells of another one, which its readers may not be shown: nothing."""

from typing import Any

import pytest
from django.test import Client

from issues.history import Recording
from issues.models import Evidence, Process, Statement
from issues.tests.factories import make_process, make_summit
from issues.tests.past import past
from issues.tests.universe import Universe


@pytest.fixture
def statement(universe: Universe, recorded: Recording, settings: Any) -> Statement:
    """Words that bear on a public process and were said on an occasion of one that is not."""
    settings.PUBLIC_READ = True
    past(Process.objects.filter(pk=universe.process.pk)).update(visibility="public")
    other = make_process(slug="secluded", name="Secluded talks", visibility="open")
    occasion = make_summit(process=other, slug="secluded-meeting", name="Secluded meeting")
    statement = universe.statements["arden-1"]
    past(Statement.objects.filter(pk=statement.pk)).update(occasion=occasion)
    return statement


@pytest.mark.parametrize("address", ["/lenna/data/statements.csv", "/api/v1/processes/lenna/statements/"])
def test_an_occasion_of_another_process_is_told_in_no_table(statement: Statement, address: str) -> None:
    answer = Client().get(address)

    said = answer.getvalue() if answer.streaming else answer.content
    assert answer.status_code == 200
    assert statement.ref.encode() in said
    assert b"secluded" not in said.lower()


def test_an_occasion_of_another_process_is_told_on_no_page(statement: Statement) -> None:
    past(Evidence.objects.filter(statement=statement)).delete()  # it is cited by an ending alone

    for address in (
        f"/lenna/sources/{statement.source_id}/",
        f"/lenna/statements/{statement.pk}/",
    ):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert b"sign of an ending" in answer.content
        assert b"secluded" not in answer.content.lower()
