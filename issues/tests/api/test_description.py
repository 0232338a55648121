"""The description of the API: whole, valid, and true of what is answered, whatever is asked."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from issues.actions.accounts.tokens import make_token
from issues.api.openapi import description
from issues.api.urls import urlpatterns
from issues.exports.tables import TABLES
from issues.models.token import Scope
from issues.tests.api.reading import V1, told
from issues.tests.api.test_access import make_reader
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from tracker.wsgi import application

# Beside what is described: the description itself, in both forms, and every list in its other forms.
UNDESCRIBED = {"api-schema", "api-docs", "api-nothing"}
SITE = "http://testserver"


def operations() -> dict[str, dict[str, Any]]:
    """What is described, by address."""
    return {path: of["get"] for path, of in description()["paths"].items()}


def test_the_description_is_valid() -> None:
    validate_schema(description())


def test_it_is_the_one_at_its_address_in_json_and_yaml(db: None, client: Client) -> None:
    assert told(client, f"{V1}schema/") == json.loads(json.dumps(description()))
    answer = client.get(f"{V1}schema/", headers={"Accept": "application/vnd.oai.openapi"})
    assert answer.content.startswith(b"openapi: 3.1")


def test_every_address_is_described_and_can_only_be_read() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    forms = {name for name in names if name.endswith(("-csv", "-json"))}

    assert len(operations()) == len(names - forms - UNDESCRIBED)
    assert {tuple(of) for of in description()["paths"].values()} == {("get",)}


@pytest.mark.parametrize("name", TABLES)
def test_every_column_parameter_and_error_of_a_table_is_described(name: str) -> None:
    of = operations()[f"{V1}processes/{{process}}/{name}/"]
    rows = of["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
    listed = description()["components"]["schemas"][rows]["properties"]["results"]["items"]["$ref"]
    row = description()["components"]["schemas"][listed.split("/")[-1]]

    assert row["properties"]
    assert all(column["description"] for column in row["properties"].values())
    assert sorted(row["required"]) == sorted(row["properties"])
    assert all(parameter["description"] for parameter in of["parameters"])
    assert "text/csv" in of["responses"]["200"]["content"]
    assert of["responses"].keys() >= {"304", "400", "401", "403", "404", "405", "406", "429"}
    assert {} in of["security"]
    assert {"token": []} in of["security"]


def test_its_page_asks_for_nothing_that_the_policy_forbids(db: None, client: Client) -> None:
    answer = client.get(f"{V1}docs/")
    page = page_of(answer)

    assert answer.status_code == 200
    scripts = [node.attrs.get("src") for node in page.all("script")]
    assert all(source and source.startswith("/static/") for source in scripts)
    assert f"{V1}schema/" in page.links
    for source in scripts:
        with closing(client.get(str(source))) as script:
            assert script.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.fixture
def world(universe: Universe, settings: Any) -> Iterator[Universe]:
    settings.PUBLIC_READ, settings.API_RATE = True, ""
    for signal in (request_started, request_finished):  # the connection is that of the test
        signal.disconnect(close_old_connections)
    yield universe
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "with-a-token"])
def test_whatever_is_asked_is_answered_as_described(
    world: Universe, signed_in: bool, mode: GenerationMode
) -> None:
    headers = {"Accept-Encoding": "identity"}  # who asks here unpacks nothing
    if signed_in:
        _, shown = make_token(make_reader("researcher"), "test", Scope.DRAFTS)
        headers["Authorization"] = f"Bearer {shown}"
    described = schemathesis.openapi.from_dict(description())
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()
        if mode == GenerationMode.NEGATIVE and not list(operation.query):
            continue  # nothing can be asked wrongly

        @settings(
            max_examples=3,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            nonlocal asked
            if mode == GenerationMode.POSITIVE and "process" in case.path_parameters:
                case.path_parameters["process"] = "lenna"
            case.call_and_validate(base_url=SITE, app=application, headers=headers)
            asked += 1

        ask()
    assert asked >= 2 * (len(operations()) - 2)
