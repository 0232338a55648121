"""``manage.py mutants``: how many small faults, put into a sample of the code, the tests notice."""

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# The share that the tests of each layer have to notice.
ASKED = {"domain": 0.95, "queries": 0.90, "actions": 0.90}
# One that is always there: with it the faults are made, and it is noted which tests reach what.
FIRST = "issues.domain.scale.x*__mutmut_1"
SURVIVED = (0, 33)  # what mutmut notes of a fault that every test passes, and of one that no test reaches


class Command(BaseCommand):
    """Draw a sample of faults by a seed, run the tests that reach each, and tell the share noticed."""

    help = "Put small faults into a sample of domain, queries and actions and see whether tests notice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many faults of each layer, drawn by which seed, of which layers."""
        parser.add_argument("--sample", type=int, default=60, help="how many faults of each layer")
        parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
        parser.add_argument("--layers", nargs="+", choices=ASKED, default=list(ASKED))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each layer with its share and what was not noticed. Fails where less was than is asked."""
        faults = settings.BASE_DIR / "mutants"
        if not list(faults.glob("issues/**/*.meta")):
            _mutmut("run", FIRST)
        drawn = {
            layer: _drawn(faults / "issues" / layer, options["sample"], options["seed"])
            for layer in options["layers"]
        }
        _mutmut("run", *(name for names in drawn.values() for name in names))
        short = []
        for layer, names in drawn.items():
            survived = _survived(faults / "issues" / layer, names)
            share = 1 - len(survived) / len(names)
            self.stdout.write(f"{layer}: {share:.0%} of {len(names)} noticed, {ASKED[layer]:.0%} asked")
            for name in survived:
                self.stdout.write(f"  mutmut show {name}")
            short += [layer] if share < ASKED[layer] else []
        if short:
            raise CommandError(f"Too little is noticed in {', '.join(short)}.")


def _mutmut(*command: str) -> None:
    subprocess.run([Path(sys.executable).with_name("mutmut"), *command], check=True)  # noqa: S603


def _results(folder: Path) -> dict[str, int | None]:
    """What became of each fault below a folder, by its name; None of those that were not tried."""
    found: dict[str, int | None] = {}
    for meta in sorted(folder.glob("**/*.meta")):
        found |= json.loads(meta.read_text())["exit_code_by_key"]
    return found


def _drawn(folder: Path, size: int, seed: int) -> list[str]:
    names = sorted(_results(folder))
    return Random(seed).sample(names, min(size, len(names)))  # noqa: S311 -- nothing is secret


def _survived(folder: Path, names: list[str]) -> list[str]:
    results = _results(folder)
    return sorted(name for name in names if results[name] in SURVIVED)
