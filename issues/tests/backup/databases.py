"""Databases of one's own, empty or copied, on either engine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from issues.backup.databases import SQLITE, at, beside, in_place_of_the_default, like

Settings = dict[str, Any]


def create(engine: str, place: Path, template: str = "") -> Settings:
    """Make a database, empty or a copy of one that nobody has open, and give its settings."""
    name = f"redlines_{uuid4().hex}"
    if engine == SQLITE:
        file = place / f"{name}.sqlite3"
        if template:
            shutil.copy(template, file)
        return at(f"sqlite:///{file}")
    _ask(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"')
    return like(connection, NAME=name)


def drop(settings: Settings) -> None:
    """Remove a database; one that is a file goes with its folder."""
    if not settings["ENGINE"].endswith("sqlite3"):
        _ask(f'DROP DATABASE "{settings["NAME"]}" WITH (FORCE)')


@contextmanager
def database(engine: str, place: Path, template: str = "") -> Iterator[BaseDatabaseWrapper]:
    """A database for a while."""
    settings = create(engine, place, template)
    try:
        with beside(settings) as made:
            yield made
    finally:
        drop(settings)


def migrate(settings: Settings, *to: str) -> None:
    """Give a database every migration, or those up to one."""
    with beside(settings) as made, in_place_of_the_default(made):
        call_command("migrate", *to, verbosity=0, interactive=False)


def address(of: BaseDatabaseWrapper) -> str:
    """The address of a database, as DATABASE_URL has it."""
    said = of.settings_dict
    if of.vendor == SQLITE:
        return f"sqlite:///{said['NAME']}"
    return f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}/{said['NAME']}"


def _ask(statement: str) -> None:
    """Ask the server of the tests, outside of any transaction."""
    with beside(like(connection)) as server, server.cursor() as cursor:
        cursor.execute(statement)
