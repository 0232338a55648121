"""Reading the API in tests: whole tables by following ``next``, and every address there is."""

import csv
import json
from io import StringIO
from typing import Any

from django.test import Client

from issues.exports.tables import TABLES

V1 = "/api/v1/"
OF_LENNA = f"{V1}processes/lenna/"
# Every address that tells of a process, or of all.
TELLING = (V1, f"{V1}processes/", OF_LENNA, *(f"{OF_LENNA}{name}/" for name in TABLES))


def told(client: Client, address: str, **headers: str) -> Any:
    """What an address answers, as JSON."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (address, answer.content)
    return json.loads(answer.content)


def all_rows(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of a list, portion by portion."""
    rows: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        portion = told(client, following)
        rows += portion["results"]
        following = portion["next"]
        assert len(rows) < 10_000
    return rows


def csv_rows(answer: Any) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(StringIO(answer.content.decode(), newline="")))
