"""What a form offers while a name is typed: the people, statements and sources of a process."""

from dataclasses import dataclass

from issues.domain.quotation import quoted
from issues.models import Person, Process, Source, Statement
from issues.queries.pages.sources import of_process, statements_in
from issues.queries.search.called import people_around

# More than this nobody reads in a list; what is not offered can still be typed.
MOST_OFFERED = 300
LONGEST_QUOTE = 90


@dataclass(frozen=True)
class Around:
    """The newest of each kind, each with the words beside its name."""

    people: list[tuple[Person, str]]
    statements: list[tuple[Statement, str]]
    sources: list[Source]


def around(process: Process) -> Around:
    """What is offered on the forms of a process. Eight queries, or nine."""
    statements = statements_in(process).select_related("source").order_by("-pk")
    return Around(
        offered_people(process),
        [(one, _clipped(one.quote or one.note)) for one in statements[:MOST_OFFERED]],
        list(of_process(process).order_by("-published_on", "key")[:MOST_OFFERED]),
    )


def offered_people(process: Process) -> list[tuple[Person, str]]:
    """The people around a process, each with the offices that are on record. Two queries."""
    people = people_around(process)[:MOST_OFFERED]
    return [(one, ", ".join(office.title for office in one.offices.all())) for one in people]


def _clipped(words: str) -> str:
    words = quoted(" ".join(words.split()))
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1]}…"
