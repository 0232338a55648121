"""What a backup says of itself is read as it was written, or refused: it may come from anywhere."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.backup.manifest import Manifest, Part, read
from issues.backup.refused import Damaged
from issues.backup.tables import Sum

WHOLE = Manifest(
    product="0.2",
    engine="sqlite",
    made_at="2026-11-24T20:00:00+00:00",
    migrations=[("issues", "0001_records")],
    tables={"issues_actor": Sum(2, "0" * 64)},
    database=Part("database", 4096, "a" * 64),
    files=[Part("releases/lenna-2026-1.zip", 12, "b" * 64)],
    lost=["lenna-2025-1.zip"],
)
ODD: tuple[Any, ...] = (None, True, -1, 1.5, 10**400, "", "x", "\0", [], [[]], ["x"], {}, {"x": 1}, [{}])


def places(said: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all that stands in a document, from the outside in."""
    inside = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    return [deeper for key, one in inside for deeper in ((*way, key), *places(one, (*way, key)))]


PLACES = places(json.loads(WHOLE.as_json()))


def test_what_was_written_is_read() -> None:
    assert read(WHOLE.as_json().encode()) == WHOLE
    assert len(PLACES) > 20


@pytest.mark.parametrize("way", PLACES, ids=lambda way: ".".join(map(str, way)))
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:12])
def test_what_is_odd_anywhere_is_refused_or_of_the_same_shape(way: tuple[Any, ...], odd: Any) -> None:
    said = json.loads(WHOLE.as_json())
    *above, last = way
    inside = said
    for key in above:
        inside = inside[key]
    inside[last] = odd

    try:
        found = read(json.dumps(said).encode())
    except Damaged:
        return
    again = json.loads(found.as_json())
    assert again == said, "nothing was made of it that it does not say"
    assert found.rows >= 0


@given(st.binary(max_size=64) | st.text(alphabet="[{", min_size=1, max_size=20_000).map(str.encode))
def test_what_is_no_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(Damaged):
        read(text)
