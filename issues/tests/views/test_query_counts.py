"""How many queries a page takes: pinned, and the same whatever is stored."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Person, Process, Source
from issues.tests.crowd import make_crowd

ACCESS = 4  # the session, its user, the permissions of both kinds
HEAD = 1  # the processes to switch to
# Have no head, and ask for no permission.
PICTURES = ("issue-ladder", "issue-steps")
QUERIES = {
    "matrix": 6 + 5,
    "summits": 6 + 1,
    "summit": 6 + 1 + 9 + 3,
    "issues": 6,
    "issue": 6 + 5,
    "issue-ladder": 7,
    "issue-steps": 7,
    "actors": 6,
    "actor": 6 + 9,
    "sources": 4 + 2,  # its statements and their sources, counted, then listed
    "people": 6 + 9,
    "person": 6 + 15,
    "source": 1 + 4 + 1,  # its archived copies are read last
}


def args(name: str, process: Process) -> list[Any]:
    """What names a page of a crowded process, about the first of everything."""
    slug = process.slug
    about: dict[str, Any] = {
        "summit": process.summits.order_by("-starts_on")[0].slug,
        "issue": (issue := process.issues.order_by("order")[0].slug),
        "actor": f"{slug}-000",
        "person": Person.objects.get(statements__ref="only").slug,
        "source": Source.objects.get(statements__ref="only").pk,
    }
    if name in PICTURES:
        return [slug, issue, "svg"]
    return [slug, about[name]] if name in about else [slug]


@pytest.mark.parametrize(
    ("summits", "actors"), [(3, 5), (30, 5), (3, 60)], ids=["small", "30-summits", "60-actors"]
)
@pytest.mark.parametrize("name", QUERIES)
def test_a_page_takes_as_many_queries_as_it_says(
    reader: Client, django_assert_num_queries: Any, name: str, summits: int, actors: int
) -> None:
    process = make_crowd(summits=summits, actors=actors)
    address = reverse(name, args=args(name, process))

    around = 2 if name in PICTURES else ACCESS + HEAD
    with django_assert_num_queries(around + QUERIES[name]):
        response = reader.get(address)

    assert response.status_code == 200


@pytest.mark.parametrize("query", ["", "?against={0}", "?changed=1", "?summit={0}", "?page=2"])
def test_the_matrix_takes_at_most_twelve_queries(
    reader: Client, settings: Any, django_assert_max_num_queries: Any, query: str
) -> None:
    settings.PUBLIC_READ = True
    process = make_crowd(summits=30, actors=40)
    first = process.summits.order_by("starts_on")[0].slug

    with django_assert_max_num_queries(12):
        response = Client().get(f"/crowd/{query.format(first)}")

    assert response.status_code == 200
