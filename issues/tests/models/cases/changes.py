"""Change sets, which are stored without a history of their own."""

from typing import Any

from issues.history import ChangeSet, ProcessChange
from issues.tests.factories import make_process, make_user
from issues.tests.models.cases.case import Check, Unique, filled, one_of


def make_change_set(**fields: Any) -> ChangeSet:
    """The change set of a command that ran without a person."""
    return ChangeSet.objects.create(**{"reason": "test", "kind": "command"} | fields)


def make_process_change(**fields: Any) -> ProcessChange:
    """What one change set did in one process."""
    return ProcessChange.objects.create(
        **{"change_set": make_change_set(), "process": make_process()} | fields
    )


CHECKS = {
    "change_set_has_reason": filled(make_change_set, "reason"),
    "change_set_has_author": Check(
        make_change_set,
        holds=[{"kind": "command", "user": None}, {"kind": "command", "user": make_user}]
        + [{"kind": kind, "user": make_user} for kind in ("page", "admin", "import")]
        + [{"kind": "import", "user": None}],
        breaks=[{"kind": kind} for kind in ("page", "admin")],
    ),
    "change_set_names_author": Check(
        make_change_set,
        holds=[{"user": make_user}, {"user": None}],
        breaks=[{"user": make_user, "author": ""}],
    ),
    "change_set_kind_known": one_of(
        make_change_set, "kind", "command", "page", "admin", "import", user=make_user
    ),
}

UNIQUES = {"process_change_once": Unique(make_process_change)}
