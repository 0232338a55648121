"""What a file may hold instead of positions, and the fields of each."""

import re

ISSUES, ACTORS, PEOPLE, SUMMITS, SOURCES = "issues", "actors", "people", "summits", "sources"
# What is in a file; without a word it is positions.
TABLES = {
    ISSUES: "issues with their options",
    ACTORS: "actors with their roles",
    PEOPLE: "people with their offices",
    SUMMITS: "summits and other occasions",
    SOURCES: "sources, or a bibliography",
}
ALIASES = "Other spellings, divided by ;"
SLUG = "Short name in addresses: tells namesakes apart"
FIELDS_OF: dict[str, dict[str, str]] = {
    ISSUES: {
        "issue": "Issue",
        "slug": SLUG,
        "question": "Question",
        "kind": "Kind: preference, stage, text",
        "low_label": "What 0 means",
        "high_label": "What 100 means",
        "aliases": ALIASES,
        "opened_on": "On the table from",
        "closed_on": "On the table until",
        "option": "Option: its label",
        "value": "Option: its number",
        "reference": "The option that holds if nothing is agreed",
    },
    ACTORS: {
        "actor": "Actor",
        "slug": SLUG,
        "short_name": "Short name",
        "kind": "Kind: state, organisation, coalition, …",
        "aliases": ALIASES,
        "role": "Role: party, mediator, guarantor, observer, stakeholder",
        "capability": "Capability",
        "part_of": "Part of",
        "member_of": "Coalitions that it is a member of, divided by ;",
        "member_since": "Member since",
        "member_until": "Member until",
    },
    PEOPLE: {
        "person": "Person",
        "slug": SLUG,
        "aliases": ALIASES,
        "office": "Office: its title",
        "actor": "Whose office",
        "since": "In office since",
        "until": "In office until",
    },
    SUMMITS: {
        "summit": "Summit or occasion",
        "slug": SLUG,
        "kind": "Kind: leaders, ministers, working, statement, document",
        "starts_on": "Day, month or year",
        "ends_on": "Last day",
        "place": "Place",
        "host": "Host",
        "status": "Status: planned, held, not held",
        "summary": "Summary",
    },
    SOURCES: {
        "title": "Title",
        "slug": "Short id: tells sources of one title apart",
        "author": "Author",
        "publisher": "Publisher",
        "kind": "Kind: official, mirror, news, analysis, damaged",
        "url": "Address: a repeated one is the same source",
        "other_urls": "Other addresses of the same document, divided by blanks",
        "archive_url": "Archived copy: its address",
        "date": "Published",
        "accessed": "Read on",
        "language": "Language: en, ru, hy",
        "note": "Note",
    },
}
# The field that names the record of a row.
NAME_OF = {ISSUES: "issue", ACTORS: "actor", PEOPLE: "person", SUMMITS: "summit", SOURCES: "title"}
# What a new record of a row is made as.
RECORD_OF = {**NAME_OF, SOURCES: "source"}
CHOICES_OF: dict[str, dict[str, tuple[str, ...]]] = {
    ISSUES: {"kind": ("preference", "stage", "text")},
    ACTORS: {
        "kind": ("state", "de_facto", "international", "coalition", "organisation", "organ"),
        "role": ("party", "mediator", "guarantor", "observer", "stakeholder"),
    },
    PEOPLE: {},
    SUMMITS: {
        "kind": ("leaders", "ministers", "working", "statement", "document"),
        "status": ("planned", "held", "not_held"),
    },
    SOURCES: {"kind": ("official", "mirror", "news", "analysis", "damaged")},
}
# What pages call these words, and other ways to write them.
ALSO = {
    "de_facto_authority": "de_facto",
    "international_organisation": "international",
    "international_organization": "international",
    "organization": "organisation",
    "organ_of_a_state_or_organisation": "organ",
    "working_level": "working",
}
DATES_OF: dict[str, tuple[str, ...]] = {
    ISSUES: ("opened_on", "closed_on"),
    ACTORS: ("member_since", "member_until"),
    PEOPLE: ("since", "until"),
    SUMMITS: ("starts_on", "ends_on"),
    SOURCES: ("date", "accessed"),
}
LISTS = ("aliases", "member_of")
CALLED_OF: dict[str, dict[str, tuple[str, ...]]] = {
    ISSUES: {
        "issue": ("issue name", "topic", "name", "item", "controversy", "issue title", "title"),
        "slug": ("key", "code", "id", "issue id"),
        "option": ("option label", "label", "alternative", "position", "choice"),
        "value": ("option value", "score", "number", "placement"),
        "kind": ("type", "scale"),
        "low_label": ("low", "0"),
        "high_label": ("high", "100"),
        "opened_on": ("opened", "from", "since"),
        "closed_on": ("closed", "until", "to"),
        "reference": ("reference point", "status quo", "default"),
    },
    ACTORS: {
        "actor": (
            "member",
            "actor name",
            "name",
            "country",
            "party",
            "state",
            "stakeholder",
            "organisation",
            "organization",
        ),
        "slug": ("key", "code", "id", "actor id", "iso", "iso3"),
        "short_name": ("short", "abbreviation", "acronym"),
        "kind": ("type", "actor type", "category"),
        "role": ("role in process",),
        "capability": ("power", "influence", "resources", "weight"),
        "part_of": ("parent", "belongs to", "organ of"),
        "member_of": ("coalition", "coalitions", "group", "groups", "groupings", "member of"),
        "member_since": ("since", "from", "joined"),
        "member_until": ("until", "to", "left"),
    },
    PEOPLE: {
        "person": ("name", "person name", "official", "leader", "speaker", "representative"),
        "slug": ("key", "code", "id", "person id"),
        "office": ("title", "post", "position", "function", "office title"),
        "actor": ("country", "state", "organisation", "organization", "party", "body", "of"),
        "since": ("from", "start", "begin", "term start", "in office since", "took office"),
        "until": ("to", "end", "term end", "left office", "in office until"),
    },
    SUMMITS: {
        "summit": ("name", "meeting", "occasion", "round", "session", "summit name", "event", "conference"),
        "slug": ("key", "code", "id"),
        "kind": ("type", "level"),
        "starts_on": ("date", "day", "start", "start date", "when", "summit date"),
        "ends_on": ("end", "end date", "until", "last day"),
        "place": ("city", "venue", "location", "where"),
        "host": ("hosted by", "chair"),
        "summary": ("description", "notes"),
    },
    SOURCES: {
        "title": ("source", "name", "document", "headline"),
        "slug": ("key", "id", "citation key"),
        "author": ("authors", "by", "creator"),
        "publisher": ("outlet", "newspaper", "journal", "organisation", "organization", "container title"),
        "url": ("address", "link", "web address"),
        "other_urls": ("other addresses", "also at"),
        "archive_url": ("archive", "archived", "archived copy"),
        "date": ("published", "published on", "publication date", "year"),
        "accessed": ("accessed on", "access date", "read on", "urldate"),
        "language": ("lang",),
        "note": ("notes", "comment"),
    },
}
for _called in CALLED_OF.values():
    _called["aliases"] = ("alias", "other names", "also known as", "aka", "other spellings", "spellings")
# “option 0” heads the labels of the options at 0.
# A column a coalition, which says of each actor whether it is a member.
MEMBER_OF = re.compile(r"member_of (?P<coalition>.+)")
OPTION_AT = re.compile(r"option\s+(\d+(?:[.,]\d+)?)", re.IGNORECASE | re.ASCII)


def is_field(table: str, name: str) -> bool:
    """Whether a table of this kind has a field."""
    headed = {ISSUES: OPTION_AT, ACTORS: MEMBER_OF}.get(table)
    return name in FIELDS_OF[table] or (headed is not None and headed.fullmatch(name) is not None)
