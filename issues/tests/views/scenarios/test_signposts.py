"""Signs to watch for, on the pages of an ending."""

from typing import Any

from django.test import Client

from issues.models import Signpost
from issues.tests.acts import correct
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.scenarios.conftest import SET
from issues.tests.views.scenarios.refused import errors


def see(client: Client, sign: Signpost, **typed: Any) -> Any:
    """Say of a sign, as it was when it was read, that it was seen."""
    posted = {"text": sign.text, "direction": "raises", "observed_on": "2032-01-05", "version": sign.version}
    return client.post(f"{SET}{sign.scenario.slug}/signs/{sign.pk}/", posted | typed)


def test_a_sign_is_added_and_seen_later(universe: Universe, amina: Client) -> None:
    amina.post(f"{SET}dam/signs/new/", {"text": "Concrete is ordered.", "direction": "raises"})
    sign = Signpost.objects.get(text="Concrete is ordered.")

    see(amina, sign)

    assert "Seen 5 January 2032." in page_of(amina.get(f"{SET}dam/")).one("ul", css="signs").text


def test_a_sign_that_was_changed_meanwhile_comes_back_with_what_was_typed(
    universe: Universe, amina: Client
) -> None:
    sign = Signpost.objects.get()
    correct(sign, {"text": "A gauge of both is installed."}, by=universe.coder, reason="Both.")

    response = see(amina, sign)

    assert response.status_code == 409
    assert errors(response) == ["Someone changed this sign meanwhile. Save again to keep what you typed."]
    page = page_of(response)
    assert page.one("input", name="observed_on").attrs["value"] == "2032-01-05"
    assert page.one("input", name="version").attrs["value"] == str(sign.version + 1)
    assert Signpost.objects.get().observed_on is None
    assert see(amina, sign, version=sign.version + 1).status_code == 302
    assert see(amina, sign, version="").status_code == 409


def test_a_sign_is_written_once(universe: Universe, amina: Client) -> None:
    response = amina.post(
        f"{SET}half/signs/new/", {"text": "A joint gauge is installed.", "direction": "raises"}
    )

    assert response.status_code == 422
    assert Signpost.objects.count() == 1
