"""``manage.py demo``: only in debug, and safe to run again."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.models import Actor, Process
from issues.tests.past import past
from issues.user import User

pytestmark = pytest.mark.django_db

ONE = "- model: issues.process\n  fields: {name: A dam, slug: armenia-azerbaijan}\n"


@pytest.fixture
def debug(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One's own machine, with a small reference process."""
    settings.DEBUG = True
    file = tmp_path / "1.yaml"
    file.write_text(ONE, encoding="utf-8")
    monkeypatch.setattr("issues.actions.demo.load.fixture_files", lambda: [file])


def said() -> str:
    """What the command prints."""
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_outside_debug_it_makes_nothing(settings: Any) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG=true"):
        call_command("demo")

    assert not User.objects.exists()
    assert not Process.objects.exists()


@pytest.mark.usefixtures("debug")
def test_it_loads_the_reference_and_names_the_accounts() -> None:
    told = said()

    assert "Loaded the reference process: 1 records, with their history." in told
    assert "Demo accounts (password redlines-demo): viewer, researcher, editor, admin" in told
    assert Process.objects.get().history.count() == 1
    assert User.objects.count() == 4


@pytest.mark.usefixtures("debug")
def test_a_second_run_overwrites_nothing() -> None:
    said()
    past(Process.objects).update(name="Our dam")
    User.objects.filter(username="viewer").update(email="viewer@example.org")

    told = said()

    assert "The reference process is there already; nothing was overwritten." in told
    assert Process.objects.get().name == "Our dam"
    assert User.objects.get(username="viewer").email == "viewer@example.org"
    assert (Process.history.count(), User.objects.count(), Actor.objects.count()) == (1, 4, 0)


@pytest.mark.usefixtures("debug")
def test_what_it_loads_is_found_without_breach() -> None:
    said()
    out = StringIO()

    call_command("check_data", stdout=out, no_color=True)

    assert out.getvalue() == "1 records checked, no breach.\n"
