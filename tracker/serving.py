"""What stands against serving: settings that are unsafe, a database that is not migrated, files that lack."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import WARNING, run_checks
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from tracker.health import knock

MIGRATE = "Run: python manage.py migrate"
COLLECT = "Run: python manage.py collectstatic --noinput"
MAKE_CACHE = "Run: python manage.py createcachetable"
NO_STATIC = f"The static files are not collected, or older than the code. {COLLECT}"


def obstacles() -> Iterator[str]:
    """Each in a sentence that says what to do."""
    against = list(_of_the_database())
    yield from against
    for message in run_checks(include_deployment_checks=True, databases=None if against else ["default"]):
        if message.level >= WARNING and not message.is_silenced():
            hint = f" {message.hint}" if message.hint else ""
            yield f"{message.msg}{hint} ({message.id})"
    if not settings.DEBUG and not against:
        _collect()
        if _lack_static():
            yield NO_STATIC
    if not _may_write(Path(settings.RELEASES_DIR)):
        yield f"RELEASES_DIR: {settings.RELEASES_DIR} cannot be written by this account."


def _collect() -> None:
    """Collect the static files where this account may: a service or a container has them collected before."""
    if _may_write(Path(settings.STATIC_ROOT)):
        call_command("collectstatic", interactive=False, verbosity=0)


def _of_the_database() -> Iterator[str]:
    """What a migration or an address of a database would cure; nothing else can be asked of it then."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(str(name)).is_file():
        yield f"DATABASE_URL: there is no database at {name}. {MIGRATE}"
        return
    try:
        knock()
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        yield f"DATABASE_URL: the database does not answer: {error}."
        return
    if plan:
        yield f"The database lacks {len(plan)} migrations. {MIGRATE}"
        return
    table = _table_of_the_cache()
    if table and table not in connection.introspection.table_names():
        yield f"CACHE_URL: the database has no table {table}. {MAKE_CACHE}"


def _table_of_the_cache() -> str:
    """The table in which is kept what can be worked out anew; empty where it is kept elsewhere."""
    cache = settings.CACHES["default"]
    return str(cache["LOCATION"]) if cache["BACKEND"].endswith("DatabaseCache") else ""


def _lack_static() -> bool:
    """Whether a file of the code has no copy, or an older one, among the collected."""
    collected = Path(settings.STATIC_ROOT)
    served = getattr(staticfiles_storage, "hashed_files", {})
    for finder in get_finders():
        for name, storage in finder.list([]):
            copy = collected / name
            if name not in served or not copy.is_file():
                return True
            if storage.get_modified_time(name).timestamp() > copy.stat().st_mtime:
                return True
    return False


def _may_write(place: Path) -> bool:
    while not place.exists() and place != place.parent:
        place = place.parent
    return os.access(place, os.W_OK)
