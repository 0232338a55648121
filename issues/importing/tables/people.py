"""People and their offices, of which one may be held for a second time."""

from operator import itemgetter
from typing import Any

from issues.domain.spelling import folded
from issues.importing.mapping import Mapping, Said
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, aliases, known_or_listed
from issues.importing.tables.records import ENDS, Records, Row
from issues.importing.tables.terms import read_ends, settle_terms

NAMESAKES = (
    "may be one person with posts of several actors, or several people of one name: give each a slug, "
    "or say in names.speaker who it is, + for one new person"
)


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
        settle_terms(
            group,
            "office",
            terms,
            known,
            is_same=_is_post,
            belongs={"person_id": group.ref},
            called=itemgetter("title"),
            column="since",
        )


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
    term: Row = {"actor_id": of, "title": title, **read_ends(said, *ENDS)}
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


def _is_post(row: Row, term: Row) -> bool:
    return row["actor_id"] == term["actor_id"] and folded(row["title"]) == folded(term["title"])
