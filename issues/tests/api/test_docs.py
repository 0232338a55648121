"""The examples of docs/api.md do what they say, against a server."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.contrib.auth.models import Group
from django.test import Client

from issues.actions.accounts.tokens import make_token
from issues.exports.tables import TABLES
from issues.models import Position
from issues.models.token import Scope
from issues.tests.factories import make_user
from issues.tests.universe import build_universe

DOCS = Path(installed.BASE_DIR, "docs", "api.md").read_text("utf-8")
SITE = "https://redlines.example.org"
# The world of the tests stands for the process of the examples.
MEANT = {
    "armenia-azerbaijan": "lenna",
    "prague-2022-10-06": "weir",
}

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def examples(language: str, site: str) -> list[str]:
    """The blocks of a language, of the world and the server of a test."""
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", DOCS, flags=re.S)
    for said, meant in {SITE: site, **MEANT}.items():
        found = [block.replace(said, meant) for block in found]
    return found


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """A server with the world, which anyone may read."""
    settings.PUBLIC_READ = True
    build_universe()
    return str(live_server.url)


def test_the_examples_in_python_do_what_they_say(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    user.groups.add(Group.objects.get(name="Viewers"))
    monkeypatch.setenv("REDLINES_TOKEN", make_token(user, "docs", Scope.PUBLISHED)[1])
    told: dict[str, Any] = {}

    for block in examples("python", site):
        exec(compile(block, "docs/api.md", "exec"), told)  # noqa: S102 -- our own words

    assert len(told["positions"]) == Position.objects.count()
    assert told["grid"].loc["Arden", "Summer flow"] == 50
    assert set(told["changes"]["kind"]) == {"moved", "new"}
    assert set(told["moved"]["kind"]) == {"moved"}
    assert told["first"].json()["results"]
    assert told["unchanged"]


def test_the_examples_in_r_do_what_they_say(site: str, tmp_path: Path) -> None:
    blocks = examples("r", site)
    assert len(blocks) == 2
    rscript = shutil.which("Rscript")
    if rscript is None:  # then at least what they ask for is there, in the form in which they read it
        asked = [path.replace(site, "") for block in blocks for path in re.findall(r'site, "([^"]+)"', block)]
        assert len(asked) == 3
        for address in asked:
            answer = Client().get(address)
            assert answer.status_code == 200, address
            assert answer.getvalue()
        return
    script = tmp_path / "examples.R"
    script.write_text("\n".join([*blocks, "stopifnot(nrow(positions) > 0, nrow(standing) > 0)"]))
    subprocess.run([rscript, str(script)], check=True, timeout=120)


def test_every_table_is_named() -> None:
    assert [name for name in TABLES if f"`{name}`" not in DOCS] == []
