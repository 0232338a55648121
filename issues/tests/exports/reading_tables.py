"""Tables as a program reads them."""

import csv
from io import StringIO

from django.test import Client

from issues.actions.scenarios.assess import assess
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User


def text(client: Client, address: str) -> str:
    answer = client.get(f"/lenna/data/{address}")
    assert answer.status_code == 200, answer.content
    return answer.getvalue().decode()


def rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text(client, address), newline="")))


def give_numbers(universe: Universe) -> None:
    """Two people's numbers after the ford and after the weir, where the question is still open."""
    for after in (universe.ford, universe.weir):
        for name, given in (("Ada Quill", (20.0, 50.0, 30.0)), ("Ben Quill", (40.0, 50.0, 10.0))):
            by = User.objects.filter(name=name).first() or make_user(name=name)
            numbers = dict(zip(universe.scenarios.values(), given, strict=True))
            assess(universe.scenario_set, numbers, after=after, rationale=f"So says {name}.", by=by)
