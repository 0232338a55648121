"""Any two versions of a record side by side."""

from django.test import Client

from issues.models import Evidence
from issues.tests.acts import add
from issues.tests.universe import Universe
from issues.tests.views.history.conftest import address, change
from issues.tests.views.page import page_of


def test_the_differences_of_two_versions_whichever_is_chosen_first(
    viewer: Client, universe: Universe
) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, salience=10.0)
    doubt = universe.statements["doubt"]
    add(Evidence(statement=doubt, position=position, stance="disputes"), by=universe.coder, reason="Doubts.")
    change(position, salience=20.0, note="Both.")
    rows = list(position.history.order_by("history_date").values_list("pk", flat=True))
    forth = page_of(viewer.get(address(position), {"first": rows[0], "second": rows[2]})).one("main").text
    back = page_of(viewer.get(address(position), {"first": rows[2], "second": rows[0]})).one("main").text

    assert forth == back
    assert "Salience: nothing → became 20" in forth
    assert "Note: nothing → became Both." in forth
    assert "coder added evidence “" in forth
    later = page_of(viewer.get(address(position), {"first": rows[1], "second": rows[1]}))
    assert "is chosen" in later.text


def test_one_chosen_version_is_kept_over_the_pages(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    for number in range(51):
        change(position, note=str(number))
    first = position.history.order_by("history_date").first()
    page = page_of(viewer.get(address(position), {"first": first.pk}))
    assert "Choose the one to compare it with." in page.text
    assert page.one("input", type="hidden", name="first").attrs["value"] == str(first.pk)
    assert f"first={first.pk}" in page.one("nav", css="pagination").links[0]
    second = page_of(viewer.get(address(position), {"first": first.pk, "page": 2}))
    assert second.all("input", name="first", value=str(first.pk), checked="")


def test_versions_of_other_records_are_not_compared(viewer: Client, universe: Universe) -> None:
    position, other = universe.at("cadria", "flow", "ford"), universe.at("belmar", "flow", "ford")
    query = {"first": position.history.get().pk, "second": other.history.get().pk}
    assert viewer.get(address(position), query).status_code == 404
