"""The rules of actors, of memberships and offices, which have their times, and of who signs a statement."""

from collections.abc import Collection, Iterator

from django.db.models import Model, QuerySet

from issues.domain.span import reduced
from issues.models import Actor, Membership, Office, Signatory, Statement
from issues.models.actor import ActorKind

Breach = tuple[str, str]  # (field, message)

FEWEST_SIGNATORIES = 2


def actor(record: Actor) -> Iterator[Breach]:
    """An actor is part of another and not of itself; only coalitions have members."""
    if is_circular(record, "part_of"):
        yield "part_of", "An actor cannot be part of itself."
    if record.kind != ActorKind.COALITION and not record._state.adding and record.memberships.exists():
        yield "kind", "This coalition has members; remove them first."


def membership(record: Membership) -> Iterator[Breach]:
    """A coalition has members, and each at one time once."""
    if record.coalition.kind != ActorKind.COALITION:
        yield "coalition", f"{record.coalition} is not a coalition."
    others = Membership.objects.filter(coalition=record.coalition_id, member=record.member_id)
    yield from _overlap(record, others)


def office(record: Office) -> Iterator[Breach]:
    """A post may be held again, but not twice at one time."""
    others = Office.objects.filter(person=record.person_id, actor=record.actor_id, title=record.title)
    yield from _overlap(record, others)


def signatory(record: Signatory) -> Iterator[Breach]:
    """A joint statement is of those who signed it; what someone reports of several is that one's words."""
    told = record.statement.reported_by_actor or record.statement.reported_by_person
    if told is not None:
        yield "statement", f"{told} reports this of others: a report of several is no joint statement."


LEFT_ALONE = (
    "A joint statement has two signatories or more: take both away together, or name another first. "
    "What somebody reports of several has none."
)


def signatory_count(record: Statement, count: int) -> Iterator[Breach]:
    """Whether a statement may have this many signatories."""
    if 0 < count < FEWEST_SIGNATORIES:
        yield "signatories", "A joint statement has two signatories or more."


def signatories_left(record: Statement, gone: Collection[int]) -> Iterator[Breach]:
    """Whether those who are left of the signatories of a statement may stay."""
    for name, _ in signatory_count(record, record.signatories.exclude(pk__in=gone).count()):
        yield name, LEFT_ALONE


def joint_statement(record: Statement) -> Iterator[Breach]:
    """The rule of :func:`signatory` from the other side."""
    told = record.reported_by_actor or record.reported_by_person
    if told is not None and not record._state.adding and record.signatories.exists():
        name = "reported_by_actor" if record.reported_by_actor else "reported_by_person"
        yield name, "This statement has signatories: a report of several is no joint statement."


def _overlap(
    record: Membership | Office, others: QuerySet[Membership] | QuerySet[Office]
) -> Iterator[Breach]:
    """Another record of the same that surely held at a time when this one did."""
    for other in others.exclude(pk=record.pk):
        if record.period.surely_meets(other.period):
            yield "since", f"This time overlaps another on record: {times(other)}."
            return


def times(record: Membership | Office) -> str:
    """The time of a membership or an office, as a message names it."""
    ends = (
        ("from", record.since, record.since_precision),
        ("until", record.until, record.until_precision),
    )
    told = [f"{word} {reduced(day, precision)}" for word, day, precision in ends if day]
    return " ".join(told) or "without dates"


def is_circular(record: Model, relation: str) -> bool:
    """Whether following a relation to its own model comes back to the record."""
    seen = {record.pk}
    above = getattr(record, relation)
    while above is not None:
        if above.pk in seen:
            return record.pk is not None
        seen.add(above.pk)
        above = getattr(above, relation)
    return False
