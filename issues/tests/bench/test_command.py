"""What is measured, and what is left alone."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from issues.management.bench.postgresql import main


@pytest.mark.parametrize("name", ["tracker.sqlite3", "/home/bench/tracker.sqlite3", "redlines"])
def test_a_database_that_is_not_its_own_is_left_alone(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", name)
    with pytest.raises(CommandError, match="must contain “bench”"):
        call_command("bench", tmp_path / "sqlite.json")


@pytest.mark.parametrize("wrong", [{"DEBUG": True}, {"PUBLIC_READ": False}])
def test_what_no_stranger_is_served_with_is_not_measured(
    wrong: dict[str, bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "bench.sqlite3")
    for name, value in {"DEBUG": False, "PUBLIC_READ": True, **wrong}.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError, match="an open installation"):
        call_command("bench", tmp_path / "sqlite.json")


def test_a_command_with_a_database_of_ours_ends_as_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://there/bench")
    asks = "import os, sys; sys.exit(3 if os.environ['DATABASE_URL'] == 'postgres://there/bench' else 1)"
    assert main([sys.executable, "-c", asks]) == 3
