"""What is compared: one form of each value, whatever engine it came from."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup.tables import _numbers, canonical, count_of, rows_of, sum_of, tables
from issues.models import Place
from issues.tests.past import past


def test_a_value_has_one_form() -> None:
    east = timezone(timedelta(hours=4))
    row = (
        1,
        True,
        None,
        0.1,
        "ü",
        datetime(2026, 11, 30, 4, 0, 0, 1, tzinfo=east),
        date(2026, 1, 2),
        time(3, 4),
        timedelta(seconds=1),
        Decimal("1.50"),
        UUID(int=1),
        {"b": 1, "a": [None]},
    )
    assert canonical(row).decode() == (
        '[1,true,null,0.1,"ü","2026-11-30T00:00:00.000001+00:00","2026-01-02","03:04:00",1000000,"1.5",'
        '"00000000000000000000000000000001",{"a":[null],"b":1}]'
    )
    assert canonical((b"x",)) == canonical((memoryview(b"x"),)) != canonical((b"y",))
    assert canonical((datetime(2026, 1, 1, tzinfo=UTC),)) == b'["2026-01-01T00:00:00.000000+00:00"]'


def test_a_kind_of_value_that_nothing_is_said_of_is_refused() -> None:
    with pytest.raises(TypeError, match="Nothing says how complex is compared"):
        canonical((1j,))


def test_numbers_of_documents_are_of_one_kind() -> None:
    document = {"a": [1.0, 1e16, 0.5, "1.0", True, None]}
    assert canonical((_numbers(document),)) == b'[{"a":[1,10000000000000000,0.5,"1.0",true,null]}]'


def test_a_sum_is_of_every_value_and_of_no_order(
    world: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tables(world)["issues_place"]
    before = sum_of(world, place)
    assert before.rows == count_of(world, place)
    monkeypatch.setattr("issues.backup.tables.AT_ONCE", 1)
    assert [len(some) for some in rows_of(world, place)] == [1] * before.rows
    assert sum_of(world, place) == before
    past(Place.objects.all()).update(aliases="Elsewhere")
    after = sum_of(world, place)
    assert after.rows == before.rows
    assert after.digest != before.digest
