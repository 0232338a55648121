"""The pages on which a researcher works, in each state: accessible, and no wider than a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.history import Way, recording
from issues.models import Event, Outcome, Person, Position, Source, Statement
from issues.tests.browser.axe import faults
from issues.tests.factories import make_snapshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("server")]

CASE = "/armenia-azerbaijan/"
SUMMIT = f"{CASE}summits/brussels-2023-07-15/"
MAKING = [
    "/new/",
    "/new/?template=conference",
    f"{CASE}actors/new/",
    f"{CASE}issues/new/",
    f"{CASE}summits/new/",
    f"{SUMMIT}outcomes/new/",
    f"{CASE}events/new/",
]
CORRECTING = ["position", "statement", "source", "outcome", "event"]
# What is half typed into the first of the rows of a page, where it has such a field.
HALF = ("evidence-0-quote", "copies-0-taken_by", "seats-0-office", "actors-0-short_name", "options-0-name")
UNFOLDED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture(scope="module")
def copied(server: Any, django_db_blocker: Any) -> None:
    """A source has an archived copy, as none of the reference process has."""
    with django_db_blocker.unblock(), recording(by=None, reason="A copy.", kind=Way.COMMAND):
        make_snapshot(source=Source.objects.get(key="jam"))


@pytest.fixture
def desk(open_page: Any, copied: None, sessions: dict[str, Any]) -> Page:
    """A window in which an editor is signed in."""
    page: Page = open_page("/sign-in/")
    page.context.add_cookies([sessions["editor"]])
    return page


def correcting() -> dict[str, str]:
    """The pages that correct a record, each of one with as much beside it as there is."""
    records = {
        "position": Position.objects.exclude(evidence=None).earliest("pk"),
        "statement": Statement.objects.exclude(signatories=None).earliest("pk"),
        "source": Source.objects.get(key="jam"),
        "outcome": Outcome.objects.exclude(evidence=None).earliest("pk"),
        "event": Event.objects.earliest("pk"),
    }
    pages = {kind: f"{CASE}{kind}s/{record.pk}/correct/" for kind, record in records.items()}
    return {**pages, "summit": f"{SUMMIT}edit/"}


def told(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The first faults of the states that have any."""
    return {state: errors[:5] for state, errors in found.items() if errors}


def send(page: Page) -> None:
    """Send the form of a page as it is, whatever the browser itself would say of it."""
    form = page.locator("main form[method=post]").first
    form.evaluate("form => { form.noValidate = true; }")
    with page.expect_navigation():
        form.locator("button:not([name=more])").first.evaluate("button => button.click()")


def refused(page: Page, path: str, found: dict[str, list[str]]) -> None:
    """Fill a form by half and send it, with its rows grown; each link of what is wrong leads to its field."""
    for button in page.locator("button[name=more]").all():
        button.evaluate("button => button.click()")
    for name in HALF:
        if page.locator(f"[name='{name}']").count():
            page.locator(f"[name='{name}']").evaluate("field => { field.value = 'Half'; }")
    page.evaluate(UNFOLDED)
    found[f"{path} with rows grown"] = faults(page)
    send(page)
    expect(page, path).to_have_title(re.compile(r"^\s*Error:"))
    found[f"{path} refused"] = faults(page)
    for link in page.locator(".errors a").all():
        expect(page.locator(str(link.get_attribute("href")))).to_have_count(1)


def test_what_makes_records_is_accessible_fresh_grown_and_refused(desk: Page) -> None:
    found: dict[str, list[str]] = {}
    for path in MAKING:
        desk.goto(path)
        found[path] = faults(desk)
        refused(desk, path, found)
    assert told(found) == {}


def test_what_corrects_records_is_accessible_fresh_and_refused(desk: Page) -> None:
    found: dict[str, list[str]] = {}
    for kind, path in correcting().items():
        desk.goto(path)
        found[kind] = faults(desk)
        refused(desk, kind, found)
    assert told(found) == {}


def test_what_somebody_else_corrected_meanwhile_is_told_accessibly(desk: Page) -> None:
    found: dict[str, list[str]] = {}
    for kind, path in correcting().items():
        desk.goto(path)
        # As it was opened before another's correction.
        for name in ("opened_version", "ties_seen", "seats"):
            desk.locator(f"[name={name}]").evaluate_all("all => all.forEach(one => { one.value = '0'; })")
        desk.locator("[name$=-opened_version], [name^=kept-version]").evaluate_all(
            "all => all.forEach(one => { one.value = '0'; })"
        )
        desk.get_by_label("Reason of the correction").fill("Misread.")
        with desk.expect_response(lambda answer: answer.request.method == "POST") as answer:
            send(desk)
        assert answer.value.status == 409, kind
        found[kind] = faults(desk)
    assert told(found) == {}


def test_who_spoke_and_where_it_is_read_is_accessible(desk: Page) -> None:
    speaker = Person.objects.exclude(statements=None).earliest("pk")
    position, statement = Position.objects.earliest("pk"), Statement.objects.earliest("pk")
    cell = f"{position.summit.slug}/{position.actor.slug}/{position.issue.slug}"
    found: dict[str, list[str]] = {}
    for path in (
        f"{CASE}people/",
        f"{CASE}people/?q=nobody",
        f"{CASE}people/{speaker.slug}/",
        f"{CASE}positions/{position.pk}/",
        f"{CASE}statements/{statement.pk}/",
        f"{CASE}at/{cell}/",
    ):
        desk.goto(path)
        found[path] = faults(desk)
    assert told(found) == {}
