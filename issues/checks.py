"""The check constraints of a record, asked of the database in one question instead of one each."""

from collections.abc import Collection
from functools import cache, reduce
from operator import and_

from django.db import router
from django.db.models import CheckConstraint, Model, Q, Value


def all_hold(record: Model, exclude: Collection[str] = ()) -> bool:
    """Whether a record, stored or not, satisfies every check constraint of its model.

    Like Django's own validation it leaves out the constraints that need a field in ``exclude``. That one
    asks three statements for each constraint, and a position has fourteen; this one asks three in all,
    and only says that something is wrong, not what.
    """
    fields = {field.name: field for field in record._meta.concrete_fields if field.name not in exclude}
    asked = [(condition, names) for condition, names in _checks(type(record)) if names <= fields.keys()]
    if not asked:
        return True
    needed = {name: fields[name] for _, names in asked for name in names}
    values = {name: Value(getattr(record, field.attname), field) for name, field in needed.items()}
    together = reduce(and_, (condition for condition, _ in asked))
    return together.check(values, using=router.db_for_write(type(record), instance=record))


@cache
def _checks(model: type[Model]) -> list[tuple[Q, set[str]]]:
    """Each condition with the fields that it speaks of."""
    conditions = [Q(one.condition) for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return [(condition, condition.referenced_base_fields) for condition in conditions]
