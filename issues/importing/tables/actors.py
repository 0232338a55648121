"""Actors, their spellings, their roles in the process, and the coalitions that they are members of."""

from typing import Any

from issues.domain.span import Period, reduced, span
from issues.domain.spelling import folded
from issues.importing.mapping import Mapping, Said
from issues.importing.new import Ref
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, Write, aliases, known_or_listed
from issues.importing.tables.records import Records

COALITION = "coalition"


def settle(groups: list[Group], mapping: Mapping, stored: Stored, there: Records) -> None:
    """What would become of each actor, of its role and of its memberships."""
    listed = {folded(group.name): group.ref for group in groups if group.new}
    kinds: dict[Ref, str] = {pk: row["kind"] for pk, row in there.fields.items()}
    kinds |= {group.ref: kind for group in groups if (kind := group.one("kind"))}
    for group in groups:
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
        weight = f", capability {capability:g}" if capability is not None else ""
        group.words.append(f"takes part as {role}{weight}")
    else:
        group.compare("participation", known, known["pk"], given)


def _memberships(
    group: Group, mapping: Mapping, stored: Stored, listed: dict[str, Ref], kinds: dict[Ref, str]
) -> None:
    """Memberships that are not on record, each with the times of its row; those of other times stay."""
    joined: list[tuple[Ref, Period]] = []
    for said in group.rows:
        alone = Group(group.name, [said])
        times = _times(said)
        period = _period(times)
        for text in alone.many("member_of"):
            coalition = known_or_listed(alone, "member_of", text, "actor", mapping, stored, listed)
            if coalition is None or times is None:
                continue
            if kinds.get(coalition) != COALITION:
                said.problem("member_of", f"“{text}” is no coalition, and only coalitions have members")
                continue
            on_record = stored.members.get(coalition, []) if isinstance(coalition, int) else []
            there = [time for member, time in on_record if member == group.pk]
            there += [time for other, time in joined if other == coalition]
            if period in there or (not times and there):
                continue  # which is on record, or was listed twice
            if any(time.surely_meets(period) for time in there):
                said.problem(
                    "member_of", f"“{text}” has it as a member at a time that overlaps; correct it there"
                )
                continue
            joined.append((coalition, period))
            fields = {"coalition_id": coalition, "member_id": group.ref, **times}
            group.writes.append(Write("membership", None, None, fields))
            ends = [("from", "since"), ("until", "until")]
            held = [
                f" {word} {reduced(times[name], times[f'{name}_precision'])}"
                for word, name in ends
                if name in times
            ]
            group.words.append(f"member of {text}{''.join(held)}")
        group.answered |= alone.answered


def _times(said: Said) -> dict[str, Any] | None:
    """Since when and until when a row says that an actor is a member; None where they are not in order."""
    since, until = said.dates.get("member_since"), said.dates.get("member_until")
    if since and until and span(until.day, until.precision).last < since.day:
        said.problem("member_until", "lies before the beginning")
        return None
    found: dict[str, Any] = {}
    for name, when in (("since", since), ("until", until)):
        if when:
            found |= {name: when.day, f"{name}_precision": when.precision}
    return found


def _period(times: dict[str, Any] | None) -> Period:
    ends = [
        span(times[name], times[f"{name}_precision"]) if times and name in times else None
        for name in ("since", "until")
    ]
    return Period(*ends)
