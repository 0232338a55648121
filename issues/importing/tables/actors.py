"""Actors, their spellings, their roles in the process, and the coalitions that they are members of."""

from typing import Any

from issues.domain.span import Period, span
from issues.domain.spelling import folded
from issues.importing.mapping import Mapping
from issues.importing.new import Ref
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, Write, aliases, known_or_listed
from issues.importing.tables.records import Records

COALITION = "coalition"


def settle(groups: list[Group], mapping: Mapping, stored: Stored, there: Records) -> None:
    """What would become of each actor, of its role and of its memberships."""
    listed = {folded(group.name): group.ref for group in groups if group.new}
    kinds: dict[Ref, str] = {pk: row["kind"] for pk, row in there.fields.items()}
    kinds |= {group.ref: kind for group in groups if (group.pk or group.new) and (kind := group.one("kind"))}
    for group in groups:
        if group.pk is None and group.new is None:
            continue
        before = there.fields.get(group.pk) if group.pk else None
        given: dict[str, Any] = {
            name: value for name in ("short_name", "kind") if (value := group.one(name)) is not None
        }
        if group.new:
            given["name"] = group.name
            if "kind" not in given:
                group.problem("kind", "is missing: a new actor needs it. Say it for all rows in constants.")
        given |= aliases(group, before["aliases"] if before else "", group.name)
        group.compare("actor", before, group.pk, given)
        _part_of(group, before, mapping, stored, listed)
        _role(group, there)
        _memberships(group, mapping, stored, listed, kinds)


def _part_of(group: Group, before: Any, mapping: Mapping, stored: Stored, listed: dict[str, Ref]) -> None:
    text = group.one("part_of")
    if text is None:
        return
    above = known_or_listed(group, "part_of", text, "actor", mapping, stored, listed)
    if above == group.ref:
        group.problem("part_of", "is the actor itself")
    elif above is not None and (before is None or before["part_of_id"] != above):
        group.writes.append(Write("part_of", None, group.pk, {"actor": group.ref, "part_of_id": above}))
        group.words.append(f"part of {text}")


def _role(group: Group, there: Records) -> None:
    role, capability = group.one("role"), group.one("capability")
    given = {name: of for name, of in (("role", role), ("capability", capability)) if of is not None}
    if not given:
        return
    known = there.roles.get(group.pk) if group.pk else None
    if known is None and role is None:
        group.problem("role", "is missing: the actor does not take part yet, and capability goes with a role")
    elif known is None:
        group.writes.append(Write("participation", None, None, {"actor_id": group.ref, **given}))
        group.words.append(f"takes part as {role}")
    else:
        group.compare("participation", known, known["pk"], given)


def _memberships(
    group: Group, mapping: Mapping, stored: Stored, listed: dict[str, Ref], kinds: dict[Ref, str]
) -> None:
    """Memberships that are not on record; those of other times stay."""
    since, until = group.one("member_since"), group.one("member_until")
    if since and until and span(until.day, until.precision).last < since.day:
        group.problem("member_until", "lies before the beginning")
        return
    times: dict[str, Any] = {}
    for name, when in (("since", since), ("until", until)):
        if when:
            times |= {name: when.day, f"{name}_precision": when.precision}
    own = Period(
        span(since.day, since.precision) if since else None,
        span(until.day, until.precision) if until else None,
    )
    joined: set[Ref] = set()
    for text in group.many("member_of"):
        coalition = known_or_listed(group, "member_of", text, "actor", mapping, stored, listed)
        if coalition is None:
            continue
        if kinds.get(coalition) != COALITION:
            group.problem("member_of", f"“{text}” is no coalition, and only coalitions have members")
            continue
        there = [
            period
            for member, period in (stored.members.get(coalition, []) if isinstance(coalition, int) else [])
            if member == group.pk
        ]
        if coalition in joined or own in there or (not times and there):
            continue  # which is on record, or was listed twice
        if any(period.surely_meets(own) for period in there):
            group.problem(
                "member_of", f"“{text}” has it as a member at another time that overlaps; correct it there"
            )
            continue
        joined.add(coalition)
        group.writes.append(
            Write("membership", None, None, {"coalition_id": coalition, "member_id": group.ref, **times})
        )
        group.words.append(f"member of {text}")
