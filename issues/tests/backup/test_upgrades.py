"""An upgrade keeps what a database of the release before holds; one that breaks off changes nothing."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from issues.backup.tables import canonical, rows_of, tables
from issues.tests.backup.conftest import Make
from issues.tests.backup.first_world import first_world
from issues.tests.backup.test_backup import sums

FIRST = ("issues", "0001_records")
# What an upgrade changes on purpose, by the migration and the table: the columns that are not as before.
CHANGED: dict[str, dict[str, set[str]]] = {}


def columns_of(of: BaseDatabaseWrapper) -> dict[tuple[str, str], list[bytes]]:
    """What is stored, by table and column, in the order of keys."""
    found = {}
    for name, table in tables(of).items():
        if not name.startswith(("auth_", "django_")):  # what migrating itself counts anew
            rows = [row for some in rows_of(of, table) for row in some]
            for n, field in enumerate(table._meta.concrete_fields):
                found[name, str(field.column)] = [canonical((row[n],)) for row in rows]
    return found


def test_a_backup_of_the_release_before_is_proved_restored_and_upgraded_with_all_that_it_holds(
    make: Make, instead: Callable[[BaseDatabaseWrapper], None], tmp_path: Path
) -> None:
    instead(old := make())
    MigrationExecutor(old).migrate([FIRST])
    first_world(MigrationExecutor(old).loader.project_state([FIRST]).apps)
    before = columns_of(old)
    assert before["issues_historicalposition", "summary"] == [b'["Half."]']
    out = StringIO()
    call_command("backup", tmp_path / "old.zip", stdout=out)
    call_command("verify", tmp_path / "old.zip", stdout=out)  # upgraded, and judged by the rules of today
    assert "12 records checked, no breach." in out.getvalue()

    instead(new := make())
    call_command("restore", tmp_path / "old.zip", stdout=out)
    assert "It is of a release before this one: run manage.py migrate now." in out.getvalue()
    assert columns_of(new) == before
    executor = MigrationExecutor(new)
    for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(FIRST[0])):
        MigrationExecutor(new).migrate([(step.app_label, step.name)])
        after = columns_of(new)
        for (table, column), values in before.items():
            if column not in CHANGED.get(step.name, {}).get(table, set()):
                assert after[table, column] == values, f"{step} changed {column} of {table}"
        before = after


class BreaksOff(migrations.Migration):
    """Adds a column, writes over another, and fails."""

    operations = [
        migrations.AddField("place", "height", models.IntegerField(default=1)),
        migrations.RunSQL("UPDATE issues_place SET name = 'Elsewhere'"),
        migrations.RunSQL("SELECT 1 FROM nowhere"),
    ]


def test_a_migration_that_breaks_off_changes_nothing(world: BaseDatabaseWrapper) -> None:
    def columns() -> object:
        with world.cursor() as cursor:
            return world.introspection.get_table_description(cursor, "issues_place")

    executor, before, names = MigrationExecutor(world), sums(world), columns()
    state = executor.loader.project_state()
    with pytest.raises(Exception, match="nowhere"):
        executor.apply_migration(state, BreaksOff("broken", "issues"))
    assert (sums(world), columns()) == (before, names)
    assert ("issues", "broken") not in MigrationExecutor(world).loader.applied_migrations


def test_every_migration_is_whole_or_not_at_all(db: None) -> None:
    loaded = MigrationExecutor(connection).loader.disk_migrations
    assert [key for key, migration in loaded.items() if not migration.atomic] == []
