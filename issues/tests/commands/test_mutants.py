"""The share of faults that the tests notice, by what mutmut found."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.management.commands import mutants


@pytest.fixture
def tried(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What mutmut was asked to try; of every hundred faults one in ten survives, in actions three."""
    settings.BASE_DIR = tmp_path
    asked: list[tuple[str, ...]] = []

    def run(*command: str) -> None:
        asked.append(command)
        for layer, survive in (("domain", 5), ("queries", 10), ("actions", 30)):
            file = tmp_path / "mutants" / "issues" / layer / "some" / "where.py.meta"
            file.parent.mkdir(parents=True, exist_ok=True)
            codes = {f"issues.{layer}.x_f__mutmut_{n}": 0 if n < survive else 1 for n in range(100)}
            file.write_text(json.dumps({"exit_code_by_key": codes}))

    monkeypatch.setattr(mutants, "_mutmut", run)
    return asked


def test_the_share_of_each_layer_is_told(tried: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("mutants", "--sample", "100", "--layers", "domain", "queries")
    told = capsys.readouterr().out
    assert "domain: 95% of 100 noticed, 95% asked" in told
    assert "queries: 90% of 100 noticed, 90% asked" in told
    assert told.count("mutmut show ") == 15
    assert tried[0] == ("run", mutants.FIRST)
    assert len(tried[1]) == 201


def test_a_layer_of_which_too_little_is_noticed_fails(tried: list[Any]) -> None:
    with pytest.raises(CommandError, match=r"Too little is noticed in actions\."):
        call_command("mutants", "--sample", "100")


def test_a_seed_draws_the_same_again_and_another_others(tried: list[Any]) -> None:
    for seed in ("1", "1", "2"):
        with suppress(CommandError):  # of so few it may be that too little is noticed
            call_command("mutants", "--sample", "20", "--seed", seed, "--layers", "domain")
    _, first, again, other = tried
    assert first == again != other
