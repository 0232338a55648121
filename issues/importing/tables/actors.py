"""Actors, their spellings, their roles in the process, and the coalitions that they are members of."""

from typing import Any

from issues.domain.spelling import folded
from issues.importing.mapping import Mapping, Said
from issues.importing.new import Ref
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, Write, aliases, known_or_listed
from issues.importing.tables.records import Records, Row
from issues.importing.tables.terms import read_ends, settle_terms

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
        _memberships(group, mapping, stored, listed, kinds, there)


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
    group: Group,
    mapping: Mapping,
    stored: Stored,
    listed: dict[str, Ref],
    kinds: dict[Ref, str],
    there: Records,
) -> None:
    """Memberships that are new, and those on record that a row tells otherwise; those of other times stay."""
    known = there.hanging.get(group.pk, []) if group.pk else []
    terms: list[tuple[Said, Row]] = []
    names: dict[Ref, str] = {}
    for said in group.rows:
        alone = Group(group.name, [said])
        ends = read_ends(said, "member_since", "member_until")
        for text in alone.many("member_of"):
            coalition = known_or_listed(alone, "member_of", text, "actor", mapping, stored, listed)
            if coalition is None:
                continue
            if kinds.get(coalition) != COALITION:
                said.problem("member_of", f"“{text}” is no coalition, and only coalitions have members")
                continue
            names.setdefault(coalition, text)
            told = [*known, *(term for _, term in terms)]
            if ends["since"] or ends["until"] or not any(row["coalition_id"] == coalition for row in told):
                terms.append((said, {"coalition_id": coalition, **ends}))
        group.answered |= alone.answered
    settle_terms(
        group,
        "membership",
        terms,
        known,
        is_same=lambda row, term: bool(row["coalition_id"] == term["coalition_id"]),
        belongs={"member_id": group.ref},
        called=lambda term: f"member of {names[term['coalition_id']]}",
        column="member_since",
    )
