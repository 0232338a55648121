"""A stored record of each kind that hangs on something for good, and another thing to hang it on."""

from issues.history import Record
from issues.models import (
    Event,
    Issue,
    Option,
    Participation,
    Signatory,
    Snapshot,
    Summit,
    Track,
)
from issues.tests.actions.rules.case import Make, made
from issues.tests.factories import (
    make_actor,
    make_process,
    make_snapshot,
    make_source,
)
from issues.tests.universe import Universe

# A stored record of each kind that hangs on something, and another thing to hang it on.
MOVES: dict[tuple[type[Record], str], tuple[Make, Make]] = {
    (Event, "process"): (lambda u: u.events["bridge"], lambda u: made(make_process)),
    (Issue, "process"): (lambda u: u.flow, lambda u: made(make_process)),
    (Option, "issue"): (lambda u: u.flow.options.get(value=50.0), lambda u: u.treaty),
    (Participation, "process"): (lambda u: _part(u), lambda u: made(make_process)),
    (Participation, "actor"): (lambda u: _part(u), lambda u: made(make_actor)),
    (Signatory, "statement"): (
        lambda u: u.statements["joint"].signatories.get(actor=u.arden),
        lambda u: u.statements["report"],
    ),
    (Snapshot, "source"): (lambda u: made(make_snapshot), lambda u: made(make_source)),
    (Summit, "process"): (lambda u: u.weir, lambda u: made(make_process)),
    (Track, "process"): (lambda u: u.weir.track, lambda u: made(make_process)),
}


def _part(u: Universe) -> Participation:
    return Participation.objects.get(actor=u.arden)
