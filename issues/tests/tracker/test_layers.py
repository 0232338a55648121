"""Which way imports point, and the entry points of the installation."""

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


@pytest.mark.parametrize("entry", ["tracker.wsgi", "tracker.asgi"])
def test_a_server_finds_its_application(entry: str) -> None:
    __import__(entry)

    assert callable(sys.modules[entry].application)
