"""Pages and files of a process, each for its first reader and for those who come next, in this process."""

from datetime import date, timedelta
from functools import partial

from django.test import Client

from issues.actions.scenarios.build import Settled, add_scenario, add_set
from issues.management.bench.data import before_corrections
from issues.management.bench.results import AGAIN, MATRIX, SECOND
from issues.management.bench.timing import Case, forget_all
from issues.management.bench.writes import stated
from issues.models import Issue, Process, Scenario, ScenarioSet, Statement
from issues.user import User

ENDINGS = 8
# What is streamed is never kept by us: without an ETag, the next reader is a first one.
STREAMED = " CSV"


def stranger() -> Client:
    """Somebody who is not signed in, by a browser that unpacks what comes packed."""
    return Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")


def signed_in(user: User) -> Client:
    """Somebody at work."""
    client = stranger()
    client.force_login(user)
    return client


def addresses(process: Process, editor: User) -> dict[str, str]:
    """What strangers read of a process, by what it is called here."""
    at = f"/{process.slug}/"
    summit = process.summits.order_by("-starts_on")[0]
    position = stated(process)
    words = Statement.objects.filter(evidence__position=position)[0]
    actor = position.actor.slug
    return {
        MATRIX: at,
        "matrix page, as known on a day": f"{at}?known={before_corrections(process):%Y-%m-%dT%H:%M:%S.%fZ}",
        "summits page": f"{at}summits/",
        "summit page": f"{at}summits/{summit.slug}/",
        "issues page": f"{at}issues/",
        "issue page": f"{at}issues/issue-0/",
        "actors page": f"{at}actors/",
        "actor page": f"{at}actors/{actor}/",
        "change feed, positions moved": f"{at}changes/",
        "change feed, filtered by actor and kind": f"{at}changes/?kind=moved&actor={actor}&unreviewed=1",
        "change feed, a word in what was said": f"{at}changes/?q={words.quote.split()[1]}",
        "change feed, record edited": f"{at}changes/?tab=record",
        "change feed as Atom": f"{at}changes.atom",
        "change feed as CSV": f"{at}changes.csv",
        "position page": f"{at}positions/{position.pk}/",
        "statement page": f"{at}statements/{words.pk}/",
        "sources page": f"{at}sources/",
        "source page": f"{at}sources/{words.source_id}/",
        "sources as RIS": f"{at}sources.ris",
        "issues in figures page": f"{at}analysis/",
        f"scenario set page, {ENDINGS} endings": question(process, editor),
        "data page": f"{at}data/",
        "what stands, as CSV": f"{at}data/standing.csv",
    }


def first_readers(found: dict[str, str]) -> list[Case]:
    """Everything forgotten, as for the first who asks at some addresses after a change."""
    client = stranger()
    return [
        Case(name, partial(fetch, client, address), prepare=forget_all) for name, address in found.items()
    ]


def next_readers(found: dict[str, str]) -> list[Case]:
    """Who asks at some addresses for what somebody else has read, and for what one has."""
    client = stranger()
    tags = {name: client.get(address).headers.get("ETag", "") for name, address in found.items()}
    return [
        *(
            Case(f"{name}, {SECOND}", partial(fetch, client, address))
            for name, address in found.items()
            if STREAMED not in name
        ),
        *(
            Case(f"{name}, {AGAIN}", partial(fetch, client, found[name], 304, tag))
            for name, tag in tags.items()
            if tag
        ),
    ]


def question(process: Process, editor: User) -> str:
    """The address of a set of scenarios that each settle every issue; made where it is not there."""
    found = ScenarioSet.objects.filter(process=process, slug="bench").first()
    if found is None:
        closes = date.today() + timedelta(days=3650)
        found = ScenarioSet(process=process, slug="bench", question="How?", closes_on=closes, exclusive=False)
        add_set(found, by=editor, reason="bench")
        issues = list(Issue.objects.filter(process=process).exclude(kind="text"))
        for number in range(ENDINGS):
            settled: dict[Issue, Settled] = dict.fromkeys(issues, (None, 12.5 * number, ""))
            ending = Scenario(set=found, name=f"Ending {number}")
            add_scenario(ending, settled, by=editor, reason="bench")
    return found.get_absolute_url()


def fetch(client: Client, address: str, status: int = 200, tag: str = "") -> None:
    """Ask for a page and read all of it. Raises RuntimeError on another answer."""
    response = client.get(address, follow=True, headers={"If-None-Match": tag} if tag else None)
    b"".join(response)  # what is streamed is written only when it is read
    if response.status_code != status:
        raise RuntimeError(f"{address} answered {response.status_code}.")
