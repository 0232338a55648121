"""People and their offices, of which one may be held for a second time."""

from typing import Any

from issues.domain.span import Period, reduced, span
from issues.domain.spelling import folded
from issues.importing.mapping import Mapping, Said
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, Write, aliases, known_or_listed
from issues.importing.tables.records import Records

NAMESAKES = (
    "may be one person with posts of several actors, or several people of one name: give each a slug, "
    "or say in names.speaker who it is, + for one new person"
)
Row = dict[str, Any]


def settle(groups: list[Group], mapping: Mapping, stored: Stored, there: Records) -> None:
    """What would become of each person and of the offices."""
    for group in groups:
        before = there.fields.get(group.pk) if group.pk else None
        given: dict[str, Any] = {"name": group.name} if group.new else {}
        given |= aliases(group, before["aliases"] if before else "", group.name)
        group.compare("person", before, group.pk, given)
        known = there.hanging.get(group.pk, []) if group.pk else []
        terms = [term for said in group.rows if (term := _term(group, said, mapping, stored)) is not None]
        _ask_of_namesakes(group, terms, known, mapping, stored, there)
        _offices(group, terms, known)


def _term(group: Group, said: Said, mapping: Mapping, stored: Stored) -> tuple[Said, Row] | None:
    """The office that a row gives."""
    title, actor = said.texts.get("office", ""), said.texts.get("actor", "")
    if not title and not actor:
        if said.dates:
            said.problem("office", "is missing: the dates are of an office")
        return None
    if not title or not actor:
        said.problem(
            "actor" if title else "office", "is missing: an office has a title, and an actor whose it is"
        )
        return None
    alone = Group(group.name, [said])
    of = known_or_listed(alone, "actor", actor, "actor", mapping, stored, {})
    group.answered |= alone.answered
    term: Row = {"actor_id": of, "title": title}
    for name in ("since", "until"):
        when = said.dates.get(name)
        term |= {name: when.day if when else None, f"{name}_precision": when.precision if when else "day"}
    if term["since"] and term["until"] and span(term["until"], term["until_precision"]).last < term["since"]:
        said.problem("until", "lies before the beginning")
    return None if said.problems else (said, term)


def _ask_of_namesakes(
    group: Group,
    terms: list[tuple[Said, Row]],
    known: list[Row],
    mapping: Mapping,
    stored: Stored,
    there: Records,
) -> None:
    """Refuse posts of several actors under one name, unless a slug or an answer says who it is."""
    answers = mapping.names.get("speaker", {})
    slugs = stored.directories["speaker"].by_slug
    names = [said.texts.get("person", "") for said in group.rows]
    if all(
        said.texts.get("slug") or answers.get(name) or name in slugs
        for said, name in zip(group.rows, names, strict=True)
    ):
        return
    roots = {there.root(term["actor_id"]) for _, term in terms}
    on_record = {there.root(row["actor_id"]) for row in known}
    if len(roots) > 1 or (on_record and not roots <= on_record):
        for said, _ in terms:
            said.problem("person", NAMESAKES, "names.speaker")


def _offices(group: Group, terms: list[tuple[Said, Row]], known: list[Row]) -> None:
    """Terms that are new, and those on record that a row tells otherwise."""
    left = list(known)
    taken: list[tuple[Said, Row]] = []
    for said, term in terms:
        if any(term == other for _, other in taken):
            continue  # the same row twice
        of_post = [row for row in left if _is_post(row, term)]
        meant = [row for row in of_post if row["since"] == term["since"]] or [
            row for row in of_post if term["since"] is None or row["since"] is None
        ]
        if len(meant) > 1:
            told = ", ".join(_told(row) for row in meant)
            said.problem("since", f"is missing: on record this office was held {told}; say which is meant")
            continue
        others = [row for row in known if _is_post(row, term) and row not in meant]
        meeting = [
            f"one on record, {_told(row)}" for row in others if _period(row).surely_meets(_period(term))
        ]
        meeting += [
            f"that of row {one.row}"
            for one, other in taken
            if _is_post(other, term) and _period(other).surely_meets(_period(term))
        ]
        if meeting:
            said.problem("since", f"begins a term that overlaps {meeting[0]}")
            continue
        taken.append((said, term))
        if meant:
            left.remove(meant[0])
            _correct(group, meant[0], term)
        else:
            group.writes.append(Write("office", None, None, {"person_id": group.ref, **term}))
            group.words.append(f"{term['title']} {_told(term)}")


def _correct(group: Group, row: Row, term: Row) -> None:
    """An empty end leaves what is on record; another title in the same words is no other title."""
    given: Row = {}
    for name in ("since", "until"):
        if term[name] is not None:
            given |= {name: term[name], f"{name}_precision": term[f"{name}_precision"]}
    group.compare("office", row, row["pk"], given)


def _is_post(row: Row, term: Row) -> bool:
    return row["actor_id"] == term["actor_id"] and folded(row["title"]) == folded(term["title"])


def _period(row: Row) -> Period:
    ends = (span(row[name], row[f"{name}_precision"]) if row[name] else None for name in ("since", "until"))
    return Period(*ends)


def _told(row: Row) -> str:
    ends = [
        f"{word} {reduced(row[name], row[f'{name}_precision'])}"
        for word, name in (("from", "since"), ("until", "until"))
        if row[name]
    ]
    return " ".join(ends) or "without dates"
