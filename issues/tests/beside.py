"""What was said beside the spring meeting of the universe."""

from datetime import date
from typing import Any

from issues.models import Summit
from issues.tests.acts import add, log_position
from issues.tests.universe import Universe


def aside(
    universe: Universe,
    slug: str,
    sequence: int,
    value: float | None,
    *,
    day: date | None = None,
    **fields: Any,
) -> Summit:
    """A statement of Arden's on the flow, parallel to the spring meeting on its day unless told."""
    summit: Summit = add(
        Summit(
            process=universe.process,
            slug=slug,
            name=slug.capitalize(),
            starts_on=day or universe.spring.starts_on,
            sequence=sequence,
            kind="statement",
            parallel_to=universe.spring,
        ),
        by=universe.coder,
        reason="Beside the meeting.",
    )
    log_position(
        actor=universe.arden,
        issue=universe.flow,
        summit=summit,
        value=value,
        statements=[universe.statements["arden-2"]],
        by=universe.coder,
        reason="Said beside it.",
        **fields,
    )
    return summit
