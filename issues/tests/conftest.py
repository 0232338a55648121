"""What every test may ask for."""

import os
import pickle
from collections.abc import Callable, Generator, Iterator
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import client, override_settings
from pytest_django.plugin import blocking_manager_key

from issues.actions.record.marks import keep_marks
from issues.actions.record.search_entries import keep_words
from issues.history import Recording, Way, recording, renew_all
from issues.history.recording import _open
from issues.management.bench.timing import forget_all
from issues.tests.acts import apart
from issues.tests.snapshot import Snapshot
from issues.tests.universe import Universe, build_universe


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Elsewhere a test may be skipped for what a machine lacks; in CI that is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Put back the roles, which a test that commits flushes with everything else, before the next test."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    commits = marker is not None and marker.kwargs.get("transaction")
    # After the last test there is no database any more.
    if nextitem is not None and (commits or names & {"transactional_db", "live_server"}):
        with item.config.stash[blocking_manager_key].unblock():
            restore_roles()


def restore_roles() -> None:
    """Make permissions and groups as the migrations left them."""
    ContentType.objects.clear_cache()
    config = apps.get_app_config("issues")
    module = config.models_module
    for migration in ("0002_roles",):
        import_module(f"issues.migrations.{migration}").make_roles(apps, connection.schema_editor())
    config.models_module = module


@pytest.fixture(autouse=True)
def nothing_looked_at() -> None:
    """Each test has a record of its own, which a plan that another worked out does not know.

    Nor does anyone wait for what somebody else tried too often.
    """
    forget_all()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords at once: what makes them slow to guess makes every test that signs in slow."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def outermost_context() -> Iterator[None]:
    """Keep of each answer the context of its page alone, of which tests ask.

    Django's client copies that of every template within, each widget of a form among them: a sixth of the
    time of the admin's tests.
    """
    store = client.store_rendered_templates  # type: ignore[attr-defined]

    def store_first(store_: dict[str, Any], **rendered: Any) -> None:
        if "context" not in store_:
            store(store_, **rendered)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", store_first)
        yield


@pytest.fixture(scope="session", autouse=True)
def requests_of_their_own() -> Iterator[None]:
    """Let a request begin with no recording open, as on a server, though the test itself is in one.

    What that one wrote is found by its words and has another sign, as if it were closed, which counts among
    the queries of no request.
    """
    sent = client.Client.request
    known: list[Any] = [None, 0]

    def settle() -> None:
        opened = _open.get()
        if opened is None or known == [opened, len(opened.written)]:
            return
        known[:] = opened, len(opened.written)
        with patch.object(connection, "force_debug_cursor", False):
            keep_words(opened)
            keep_marks(opened)
            renew_all()

    def request(self: Any, **asked: Any) -> Any:
        settle()
        with apart():
            return sent(self, **asked)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(client.Client, "request", request)
        yield


@pytest.fixture
def recorded(db: None) -> Iterator[Recording]:
    """An open recording, so that the test may change records; it asks for the database."""
    with recording(by=None, reason="test", kind=Way.COMMAND) as opened:
        yield opened


@pytest.fixture(scope="session")
def kept_universe(django_db_setup: None, django_db_blocker: Any) -> tuple[bytes, Snapshot]:
    """The world of ``universe.py``, built through the actions, as a pickle, and its rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        kept = pickle.dumps(build_universe()), Snapshot.taken()
        transaction.set_rollback(True)
    return kept


@pytest.fixture(scope="module")
def built_universe(
    kept_universe: tuple[bytes, Snapshot], django_db_blocker: Any
) -> Iterator[Callable[[], Universe]]:
    """The world in the database, once a module, around the transactions of its tests; copied when called."""
    universe, snapshot = kept_universe
    with django_db_blocker.unblock(), transaction.atomic():
        snapshot.put_back()
        yield partial(pickle.loads, universe)
        transaction.set_rollback(True)


@pytest.fixture
def universe(built_universe: Callable[[], Universe], db: None) -> Universe:
    """The documented little world, to change at will: each test has its own copy and rolls back.

    It is there for every test of a module that asks for it once; not for tests with ``transaction=True``.
    """
    return built_universe()


@pytest.fixture
def committed(kept_universe: tuple[bytes, Snapshot], transactional_db: None) -> Universe:
    """The world where others see it: it is no transaction that is taken back."""
    universe, snapshot = kept_universe
    with transaction.atomic():  # its rows refer to each other
        snapshot.put_back()
    world: Universe = pickle.loads(universe)  # noqa: S301 -- our own, of this run
    return world
