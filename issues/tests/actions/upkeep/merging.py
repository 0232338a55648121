"""What the tests of merging share: every live row at a glance, and a merge for a reason."""

from typing import Any

from issues.actions.rules.check import breaches, unfinished
from issues.actions.upkeep.merge import merge
from issues.models import DRAFTS, RECORDS, Actor
from issues.tests.acts import add
from issues.tests.universe import Universe


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every live row of every record, versions aside."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "version"}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in (*RECORDS, *DRAFTS)
    }


def history_size() -> int:
    return sum(model.history.count() for model in (*RECORDS, *DRAFTS))  # type: ignore[attr-defined]


def double_of(universe: Universe, actor: Actor, **fields: Any) -> Actor:
    """A second record of an actor, which refers to nothing yet."""
    fields = {"name": f"{actor.name} (again)", "slug": f"{actor.slug}-2", "kind": actor.kind} | fields
    made: Actor = add(Actor(**fields), by=universe.coder, reason="Recorded twice.")
    return made


def into(universe: Universe, keeper: Any, *losers: Any, **options: Any) -> Any:
    return merge(keeper, losers, by=universe.coder, reason="The same.", **options)


def no_breach_anywhere() -> bool:
    return not [
        (record, found)
        for model in (*RECORDS, *DRAFTS)
        for record in model._default_manager.all()
        if (found := [*breaches(record), *unfinished(record)])
    ]
