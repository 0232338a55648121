"""Of random records, as of any summit and as known at any time: pages, files and API tell the same."""

import csv
import json
from datetime import datetime
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from issues.history import Way, recording
from issues.models import Actor, Issue, Option, Position, Process, Summit
from issues.templatetags.redlines import points
from issues.tests.acts import correct
from issues.tests.api.reading import all_rows
from issues.tests.factories import make_actor, make_issue, make_participation, make_process, make_summit
from issues.tests.views.page import Node, matrix_cell, page_of

pytestmark = pytest.mark.sqlite

WORLDS, STATES = 5, 10


def make_world(draw: Random) -> tuple[Process, list[datetime]]:
    """A process that was stated and then corrected at random; with it the times between."""
    times = []
    with recording(by=None, reason="Made at random.", kind=Way.COMMAND):
        process = make_process(slug="random", visibility="public")
        issues = [make_issue(process=process, order=n) for n in range(draw.randint(1, 4))]
        actors = [make_actor() for _ in range(draw.randint(1, 5))]
        for actor in actors:
            make_participation(process=process, actor=actor, role=draw.choice(["party", "party", "mediator"]))
        summits = [make_summit(process=process) for _ in range(draw.randint(2, 5))]
        Position.objects.bulk_create(
            [
                random_position(draw, issue, actor, summit)
                for issue in issues
                for actor in actors
                for summit in summits
                if draw.random() < 0.6
            ]
        )
    times.append(timezone.now())
    for position in list(Position.objects.filter(issue__in=issues))[:3]:
        if position.state == "stated":
            changes = {"option": None, "value": draw.choice([3.0, 33.3, 97.5])}
            correct(position, changes, by=None, reason="Read anew.", kind=Way.COMMAND)
            times.append(timezone.now())
    return process, times


def random_position(draw: Random, issue: Issue, actor: Actor, summit: Summit) -> Position:
    """What an actor may say: an option, a number, words alone, nothing, or that it takes all back."""
    said: dict[str, Any] = {"state": draw.choice(["stated"] * 5 + ["silent", "withdrawn"])}
    if said["state"] == "stated":
        how = draw.choice(["option", "value", "words"])
        if how == "option":
            said["option"] = draw.choice(list(Option.objects.filter(issue=issue)))
        elif how == "value":
            said["value"] = draw.choice([0.0, 12.5, 33.3333, 66.6667, 100.0])
        if draw.random() < 0.3:
            said |= {"red_line": "declared", "accepts_from": 10.0, "accepts_to": draw.choice([55.5, 90.0])}
    return Position(
        issue=issue, actor=actor, summit=summit, summary="Said.", basis="inferred", note="Random.", **said
    )


def rows_of(client: Client, name: str, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/random/data/{name}.csv?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(b"".join(answer).decode(), newline="")))


def shown(cell: Node) -> str:
    """What a cell of the matrix says: its number, or in which way it has none."""
    numbers = [text.text for track in cell.all("svg", css="track") for text in track.all("text")]
    if numbers:
        return numbers[0]
    if cell.all("p", css="none"):
        return cell.one("p", css="none").text
    return "Withdrawn" if "Withdrawn." in cell.text else "in words"


def told(row: dict[str, str]) -> str:
    """What a row of the table says, in the words of the page."""
    if row["placement"]:
        return points(float(row["placement"]))
    return {"withdrawn": "Withdrawn", "nothing on record": "Not stated"}.get(row["state"], "in words")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WORLDS))
def test_pages_files_and_api_tell_the_same(settings: Any, seed: int) -> None:
    settings.PUBLIC_READ = True
    draw = Random(seed)
    process, times = make_world(draw)
    summits = list(process.summits.values_list("slug", flat=True))
    client, placed, moved = Client(), 0, 0

    for _ in range(STATES):
        known = draw.choice([None, *times])
        at = {"known": known.isoformat()} if known else {}
        query = urlencode({"summit": draw.choice(summits), **at})

        standing = rows_of(client, "standing", query)
        page = page_of(client.get(f"/random/?{query}"))
        assert standing
        for row in standing:
            cell = matrix_cell(page, row["actor"], row["issue"])
            assert shown(cell) == told(row), (query, cell.text)
            assert row["state"] != "silent" or "Silent" in cell.text
            placed += bool(row["placement"])
        file = json.loads(client.get(f"/random/data/standing.json?{query}").getvalue())["rows"]
        by_key = {(row["actor_slug"], row["issue_slug"]): row for row in file}
        api = all_rows(client, f"/api/v1/processes/random/standing/?{query}")
        assert {(row["actor_slug"], row["issue_slug"]): row for row in api} == by_key
        grid = {row["actor_slug"]: row for row in rows_of(client, "matrix", query)}
        for row in standing:
            assert grid[row["actor_slug"]][row["issue_slug"]] == row["placement"]

        changes = rows_of(client, "changes", urlencode(at))
        items = page_of(client.get(f"/random/changes/?{urlencode(at)}")).one("ol", css="changes").all("li")
        for item, row in zip(items, changes, strict=False):
            if row["kind"] == "moved":
                before, after = points(float(row["placement_before"])), points(float(row["placement"]))
                assert f"{before} → {after}" in item.text
                moved += 1
        assert len(all_rows(client, f"/api/v1/processes/random/changes/?{urlencode(at)}")) == len(changes)

    assert placed
    assert moved or seed
