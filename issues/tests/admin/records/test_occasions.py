"""The admin shares the rules of an occasion: what is to come was not held, the same is asked about."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Summit
from issues.tests.universe import Universe

ADD = reverse("admin:issues_summit_add")
NEXT_YEAR = timezone.localdate() + timedelta(days=365)


def fields(universe: Universe, **given: Any) -> dict[str, Any]:
    return {
        "process": universe.process.pk,
        "slug": "autumn",
        "name": "Autumn meeting",
        "kind": "leaders",
        "status": "held",
        "starts_on": "2021-09-10",
        "starts_on_precision": "day",
        "sequence": 1,
        "change_reason": "New.",
        "attendance-TOTAL_FORMS": 0,
        "attendance-INITIAL_FORMS": 0,
        **given,
    }


@pytest.fixture
def admin(universe: Universe, admin_client: Client) -> Client:
    return admin_client


def test_what_is_to_come_was_not_held(universe: Universe, admin: Client) -> None:
    answer = admin.post(ADD, fields(universe, starts_on=NEXT_YEAR.isoformat()))
    assert "This day is still to come" in str(answer.context["adminform"].form.errors["status"])

    admin.post(ADD, fields(universe, starts_on=NEXT_YEAR.isoformat(), status="planned"))
    assert Summit.objects.get(slug="autumn").status == "planned"


def test_a_stored_occasion_whose_day_is_taken_away_is_refused(universe: Universe, admin: Client) -> None:
    admin.post(ADD, fields(universe))
    stored = Summit.objects.get(slug="autumn")

    answer = admin.post(
        reverse("admin:issues_summit_change", args=[stored.pk]),
        fields(universe, starts_on="", opened_version=stored.version),
    )
    assert "starts_on" in answer.context["adminform"].form.errors


def test_a_held_occasion_is_not_moved_into_the_future(universe: Universe, admin: Client) -> None:
    admin.post(ADD, fields(universe))
    stored = Summit.objects.get(slug="autumn")

    answer = admin.post(
        reverse("admin:issues_summit_change", args=[stored.pk]),
        fields(universe, starts_on=NEXT_YEAR.isoformat(), opened_version=stored.version, confirmed="on"),
    )
    assert "This day is still to come" in str(answer.context["adminform"].form.errors["status"])


def test_the_same_occasion_is_asked_about(universe: Universe, admin: Client) -> None:
    admin.post(ADD, fields(universe))
    second = fields(universe, slug="second", name="Second", sequence=2)

    answer = admin.post(ADD, second)
    told = str(answer.context["adminform"].form.errors["confirmed"])
    assert "is on record" in told
    assert 'href="/lenna/summits/autumn/"' in told

    admin.post(ADD, second | {"confirmed": "on"})
    assert Summit.objects.filter(slug="second").exists()


def test_an_edit_of_something_else_is_not_asked_about(universe: Universe, admin: Client) -> None:
    admin.post(ADD, fields(universe))
    admin.post(ADD, fields(universe, slug="second", name="Second", sequence=2, confirmed="on"))
    second = Summit.objects.get(slug="second")

    again = fields(universe, slug="second", name="Second one", sequence=2, opened_version=second.version)
    admin.post(reverse("admin:issues_summit_change", args=[second.pk]), again)

    second.refresh_from_db()
    assert second.name == "Second one"
