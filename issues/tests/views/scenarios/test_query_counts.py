"""How many queries the pages of scenarios take: the same for any number of actors, summits and endings."""

from typing import Any

import pytest
from django.test import Client

from issues.actions.scenarios.assess import assess
from issues.actions.scenarios.build import add_scenario, add_set
from issues.models import Process, Scenario, ScenarioSet
from issues.tests.crowd import make_crowd
from issues.tests.factories import make_user
from issues.tests.past import past

ACCESS = 5  # the session, its user, the permissions of both kinds, the processes to switch to
READING = 6
SETS = 3  # with scenarios and outcomes
ROUNDS = 1
QUERIES = {
    "": READING + SETS + ROUNDS + 1,  # when the record was last edited
    "end/": READING + SETS + ROUNDS + 1 + 6,  # the words behind red lines, and who signed them
    "end/ending-1/": READING + SETS + ROUNDS + 1 + 6 + 2,  # citations, signs
}


def add_endings(process: Process, endings: int, assessors: int) -> None:
    user = make_user()
    of_process = ScenarioSet(process=process, slug="end", question="How?", closes_on="2030-01-01")
    add_set(of_process, by=user, reason="x")
    issue = process.issues.exclude(kind="text").first()
    for number in range(1, endings + 1):
        scenario = Scenario(set=of_process, name=f"Ending {number}")
        add_scenario(scenario, {issue: (None, 10.0 * number % 100, "")}, by=user, reason="x")
    after = process.summits.order_by("-starts_on").first()
    scenarios = list(of_process.scenarios.all())
    for _ in range(assessors):
        share = 100 / len(scenarios)
        numbers = dict.fromkeys(scenarios, share)
        assess(of_process, numbers, after=after, rationale="x", by=make_user())
    past(process.issues.first().positions.filter(summit=after)).update(red_line="declared", accepts_to=50.0)


@pytest.mark.parametrize(
    ("summits", "actors", "endings", "assessors"),
    [(3, 5, 2, 1), (20, 5, 2, 4), (3, 40, 2, 1), (3, 5, 9, 4)],
    ids=["small", "20-summits", "40-actors", "9-endings"],
)
@pytest.mark.parametrize("page", QUERIES)
def test_a_page_takes_as_many_queries_as_it_says(
    reader: Client,
    django_assert_num_queries: Any,
    page: str,
    summits: int,
    actors: int,
    endings: int,
    assessors: int,
) -> None:
    process = make_crowd(summits=summits, actors=actors)
    add_endings(process, endings, assessors)

    with django_assert_num_queries(ACCESS + QUERIES[page]):
        response = reader.get(f"/crowd/scenarios/{page}")

    assert response.status_code == 200
