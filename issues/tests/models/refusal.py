"""How a database refuses a row, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from issues.history import HistoryRow
from issues.models import Assessment, Release


def record_models() -> list[type[models.Model]]:
    """Every model of the app but the tables of the audit history."""
    return [m for m in apps.get_app_config("issues").get_models() if not issubclass(m, HistoryRow)]


def constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Every named constraint with its model."""
    return {rule.name: (model, rule) for model in record_models() for rule in model._meta.constraints}


def store(record: models.Model) -> None:
    """Store a record, past the rule that some are never edited: the database has its own say."""
    (models.Model.save if isinstance(record, Assessment | Release) else type(record).save)(record)


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    """Expect the database to refuse what happens inside, by the constraint of this name."""
    model, rule = constraints()[name]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    message = str(refusal.value)
    if isinstance(rule, models.UniqueConstraint) and connection.vendor == "sqlite":
        columns = [model._meta.get_field(field).column for field in rule.fields]
        assert message.endswith(": " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns))
    else:
        assert name in message
