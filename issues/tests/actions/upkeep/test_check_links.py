"""Checking links: a host is left in peace between, and what is dead is told with its copy."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from issues.actions.upkeep.ask import Answer
from issues.actions.upkeep.check_links import check_links
from issues.models import LinkCheck, Source
from issues.queries.upkeep.links import addresses
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db


def test_a_host_is_asked_with_pauses() -> None:
    waited: list[float] = []
    told = ["https://a.example/1", "https://b.example/1", "https://a.example/2"]

    checks = list(check_links(told, asking=lambda address: Answer(200), pause=5, wait=waited.append))

    assert [check.address for check in checks] == told
    (pause,) = waited
    assert 4 < pause <= 5


def answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, Answer]) -> None:
    """Have each address answer so, others with 200."""
    from issues.management.commands import check_links as command

    def checked(found: list[str], pause: float) -> Any:
        return check_links(
            found, asking=lambda address: answers.get(address, Answer(200)), wait=lambda pause: None
        )

    monkeypatch.setattr(command, "check_links", checked)


def test_the_command_lists_the_dead_with_their_copies(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(
        monkeypatch,
        {
            "https://commission.example/record": Answer(404),
            "https://gazette.example/riverside": Answer(trouble="no answer: gaierror"),
        },
    )
    said = StringIO()
    call_command("check_links", "--process", "lenna", stdout=said)

    lines = said.getvalue().splitlines()
    assert (
        "record: https://commission.example/record answered 404; "
        "archived copy: https://archive.example/record" in lines
    )
    assert "gazette: https://gazette.example/riverside no answer: gaierror; no archived copy" in lines
    assert lines[-1] == f"{len(addresses(universe.process))} addresses asked, 2 dead."
    with pytest.raises(CommandError, match="There is no process"):
        call_command("check_links", "--process", "nowhere")


def test_pages_and_the_desk_tell_what_is_dead(
    universe: Universe, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://commission.example/record"
    answering(monkeypatch, {url: Answer(410)})
    call_command("check_links", stdout=StringIO())
    source = Source.objects.get(url=url)

    page = page_of(admin_client.get(f"/lenna/sources/{source.pk}/"))
    assert "No longer there: answered 410 when it was last asked" in page.one("main").text
    desk = page_of(admin_client.get("/admin/"))
    (line,) = [node for node in desk.all("a") if "no longer answers" in node.text]
    assert line.text == "1 source whose address no longer answers"
    listed = admin_client.get(line.attrs["href"]).content.decode()
    assert source.title in listed
    assert "From the riverside" not in listed

    answering(monkeypatch, {})
    call_command("check_links", stdout=StringIO())
    assert LinkCheck.objects.filter(address=url).count() == 1
    assert "no longer answers" not in admin_client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("answer", "dead"),
    [
        *((Answer(status), False) for status in (200, 204, 401, 403, 405, 429)),
        *((Answer(status), True) for status in (404, 410, 500, 503)),
        (Answer(trouble="no such host"), True),
        (Answer(trouble="not asked: the address is inside of a network that is not public"), False),
    ],
)
def test_what_refuses_a_program_is_not_dead(universe: Universe, answer: Answer, dead: bool) -> None:
    (check,) = check_links(["https://gazette.example/riverside"], asking=lambda address: answer)

    assert check.is_dead is dead
    from issues.queries.upkeep.links import is_dead

    assert Source.objects.filter(is_dead()).exists() is dead
