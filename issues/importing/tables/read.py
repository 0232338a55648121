"""The rows of a table of records: texts by field, with choices, days and numbers read."""

from issues.importing.mapping import Joined, Mapping, MappingError, Said, read_date
from issues.importing.mapping.guess import CORNER, called, label_key, plain_key
from issues.importing.mapping.tables import (
    ALSO,
    CALLED_OF,
    CHOICES_OF,
    DATES_OF,
    FIELDS_OF,
    ISSUES,
    MEMBER_OF,
    NAME_OF,
    OPTION_AT,
)
from issues.importing.mapping.values import (
    PLAIN,
    SKIP,
    Scale,
    ValueProblem,
    is_blank,
    known_scale,
    number_in,
)
from issues.importing.reading import Table

LONGEST = {
    "slug": 80,
    "short_name": 60,
    "question": 300,
    "low_label": 120,
    "high_label": 120,
    "title": 400,
    "language": 20,
    **dict.fromkeys(("url", "archive_url"), 700),
    **dict.fromkeys(("author", "publisher"), 200),
    **dict.fromkeys(("issue", "actor", "person", "summit", "option", "office", "place"), 200),
}
NUMBERS = ("value", "capability")
# Of a coalition's column: that an actor is a member, or is none.
YES, NO = ("1", "x", "yes", "true", "member"), ("0", "no", "false", "-")


def read_rows(table: Table, mapping: Mapping, joined: Joined | None = None) -> list[Said]:
    """What each row says. Raises MappingError where columns do not fit the table."""
    _check(table, mapping)
    places = {column: place for place, column in enumerate(table.columns)}
    scale = _scale(table, mapping)
    found = []
    for row in table.rows:
        texts = {name: text for name, text in mapping.constants.items() if name not in mapping.columns}
        texts |= {name: row.cells[places[column]] for name, column in mapping.columns.items()}
        said = Said(row.number, {name: text for name, text in texts.items() if text}, dict(mapping.columns))
        _read(said, mapping, scale)
        said.problems += joined.lacks(row.number, said.columns.values()) if joined else []
        found.append(said)
    return found


def _check(table: Table, mapping: Mapping) -> None:
    missing = [column for column in dict.fromkeys(mapping.columns.values()) if column not in table.columns]
    problems = [f"There is no column “{column}” in this table." for column in missing]
    name = NAME_OF[mapping.table]
    if not {name, "slug"} & mapping.columns.keys():
        problems.append(f"Nothing says the {name}: choose its column.")
    if mapping.across or mapping.signatories or mapping.signed_in_rows:
        problems.append(f"A table of {mapping.table} has no columns across and no signatories.")
    if problems:
        raise MappingError(problems)


def _scale(table: Table, mapping: Mapping) -> Scale | None:
    """The scale of the numbers of options: as said, or known; None has to be asked."""
    column = mapping.columns.get("value", "")
    said = mapping.scale(column)
    if said is not None or column.strip().lower() == "value" or not column:
        return said or PLAIN
    numbers = []
    for text in table.values(column):
        try:
            numbers.append(number_in(text))
        except ValueProblem:
            continue
    return known_scale([number for number in numbers if number is not None])


def _read(said: Said, mapping: Mapping, scale: Scale | None) -> None:
    _read_members(said, mapping)
    for name, text in list(said.texts.items()):
        meaning = mapping.meaning(said.columns.get(name, ""), text)
        if meaning == SKIP:
            del said.texts[name]
        elif name in CHOICES_OF[mapping.table]:
            _read_choice(said, mapping, name, meaning or text)
        elif name in DATES_OF[mapping.table] or name in NUMBERS:
            _read_figure(said, mapping, name, scale)
        else:
            _read_text(said, name, text, has_meaning=meaning is not None)


def _read_members(said: Said, mapping: Mapping) -> None:
    """Add to the coalitions of an actor those whose columns say that it is a member."""
    for name in [name for name in said.texts if MEMBER_OF.fullmatch(name)]:
        text = said.texts[name]
        if mapping.meaning(said.columns.get(name, ""), text) == SKIP or text.casefold() in NO:
            del said.texts[name]
        elif text.casefold() in YES:
            del said.texts[name]
            coalitions = (said.texts.get("member_of", ""), name.removeprefix("member_of "))
            said.texts["member_of"] = "\n".join(filter(None, coalitions))
        else:
            said.problem(name, f"says neither that it is a member ({', '.join(YES)}) nor that not", "values")


def _read_choice(said: Said, mapping: Mapping, name: str, text: str) -> None:
    choices = CHOICES_OF[mapping.table][name]
    word = "_".join(text.casefold().replace("_", " ").split())
    word = ALSO.get(word, word)
    if word in choices:
        said.choices[name] = word
    else:
        said.problem(name, f"is none of {', '.join(choices).replace('_', ' ')}", "values")


def _read_figure(said: Said, mapping: Mapping, name: str, scale: Scale | None) -> None:
    text = said.texts[name]
    try:
        if name in NUMBERS:
            said.numbers[name] = _number(text, scale, name)
        else:
            said.dates[name] = read_date(text, mapping.date_form(said.columns.get(name, "")))
    except ValueProblem as problem:
        said.problem(name, str(problem), problem.ask or "values")


def _read_text(said: Said, name: str, text: str, *, has_meaning: bool) -> None:
    if "\x00" in text:
        said.problem(name, "contains a NUL character")
    elif len(text) > LONGEST.get(name, len(text)):
        said.problem(name, f"has {len(text)} characters; at most {LONGEST[name]} are kept")
    elif not has_meaning and is_blank(text) and text.strip() != "0":
        said.problem(name, "may mean nothing: leave the cell empty, or say “skip” in values", "values")


def _number(text: str, scale: Scale | None, name: str) -> float:
    number = number_in(text)
    if number is None:
        raise ValueProblem("is no number")
    if name == "capability":
        if number <= 0:
            raise ValueProblem("must be above 0")
        return number
    if scale is None:
        raise ValueProblem("say which numbers of this column stand for 0 and for 100", ask="scales")
    return scale.rescaled(number)


def propose_columns(table: Table, kind: str) -> dict[str, str]:
    """The columns that are called as the fields of a table of records are."""
    words = {
        name: (plain_key(name), *CALLED_OF[kind].get(name, ()), label_key(label))
        for name, label in FIELDS_OF[kind].items()
    }
    found = called(table.columns, words)
    if NAME_OF[kind] not in found and table.columns[0] == CORNER:
        found = {NAME_OF[kind]: CORNER, **found}
    if kind == ISSUES:
        found |= {head: head for head in table.columns if OPTION_AT.fullmatch(head.strip())}
    return found
