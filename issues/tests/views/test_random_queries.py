"""Whatever stands in the query, no page breaks."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.tests.universe import Universe
from issues.tests.views.addresses import READ

NAMES = ["summit", "against", "changed", "page", "known", "q", "kind", "find", "salience-arden", "x"]
VALUES = ["weir", "aside", "spring", "1", "0", "2031-01-01", "2031-09-10T12:00+14:00", "news", "%", "\\", "'"]

pairs = st.lists(
    st.tuples(
        st.sampled_from(NAMES) | st.text(max_size=8),
        st.sampled_from(VALUES) | st.text(max_size=30) | st.integers().map(str) | st.dates().map(str),
    ),
    max_size=4,
)
queries = pairs.map(lambda found: urlencode(found, errors="replace")) | st.binary(max_size=40).map(quote)


@pytest.mark.parametrize("name", READ)
def test_no_query_breaks_a_page(universe: Universe, reader: Client, name: str) -> None:
    address = reverse(name, args=READ[name](universe))

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(query=queries)
    def asked(query: str) -> None:
        response = reader.get(f"{address}?{query}")

        assert response.status_code in (200, 400, 404), query
        if "%00" in query:
            assert response.status_code == 400

    asked()


paths = st.lists(
    st.sampled_from(["lenna", "issues", "flow", "summits", "actors", "sources", "ladder.svg", "log", ".."])
    | st.text(max_size=12).map(lambda text: quote(text, safe="", errors="replace")),
    max_size=5,
)


def test_no_path_breaks_anything(universe: Universe, reader: Client) -> None:
    @settings(
        max_examples=150,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(parts=paths)
    def asked(parts: list[str]) -> None:
        response = reader.get("/" + "/".join([*parts, ""]))

        assert response.status_code in (200, 301, 302, 400, 403, 404), parts

    asked()
