"""Which way imports point, what a view must not do, and the entry points of the installation."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.slow
def test_the_layers_point_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]

    kept = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False
    )

    assert kept.returncode == 0, kept.stdout
    assert "0 broken" in kept.stdout


WRITES = {
    "save",
    "delete",
    "create",
    "update",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
}


def _writes(code: str) -> list[str]:
    """The calls in a module by which records could be written; a form may give its record unsaved."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr.removeprefix("a") in WRITES
        and [(word.arg, ast.unparse(word.value)) for word in call.keywords] != [("commit", "False")]
    ]


@pytest.mark.parametrize(
    "code", ["place.save()", "Place.objects.filter(pk=1).update(name='x')", "Place.objects.create(name='x')"]
)
def test_a_write_in_a_view_would_be_noticed(code: str) -> None:
    assert _writes(code) == [code]


def test_no_view_writes_a_record_past_the_actions() -> None:
    views = sorted((settings.BASE_DIR / "issues" / "views").rglob("*.py"))
    written = {str(path): _writes(path.read_text()) for path in views}

    assert len(views) > 20
    assert {path: calls for path, calls in written.items() if calls} == {}


@pytest.mark.parametrize("entry", ["tracker.wsgi", "tracker.asgi"])
def test_a_server_finds_its_application(entry: str) -> None:
    __import__(entry)

    assert callable(sys.modules[entry].application)
