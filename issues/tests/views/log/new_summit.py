"""A new summit as a form posts it."""

from typing import Any

from django.urls import reverse

from issues.tests.views.log.desk import Desk

GIVEN = {
    "name": "Autumn meeting",
    "kind": "leaders",
    "starts_on": "2032-09-10",
    "starts_on_precision": "day",
    "seats-TOTAL_FORMS": "0",
    "seats-INITIAL_FORMS": "0",
}


def make(desk: Desk, seats: list[dict[str, Any]] | None = None, **fields: Any) -> Any:
    rows = {
        f"seats-{place}-{name}": said for place, row in enumerate(seats or []) for name, said in row.items()
    }
    count = {"seats-TOTAL_FORMS": str(len(seats or []))}
    return desk.client.post(reverse("new-summit", args=["lenna"]), GIVEN | count | rows | fields)
