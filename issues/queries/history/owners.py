"""To which processes the records behind history rows belong: the way back from :mod:`scope`.

Most records hang on one process, through what they refer to. Actors, people, places, sources and statements
belong to every process that ever referred to them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from issues.history import ADDED, Record, Written, among
from issues.models import (
    RECORDS,
    Actor,
    Attendance,
    Citation,
    Event,
    EventIssue,
    Evidence,
    Issue,
    Judgement,
    Membership,
    Office,
    Option,
    Outcome,
    Participation,
    Person,
    Place,
    Position,
    PositionLink,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signatory,
    Signpost,
    Snapshot,
    Source,
    Statement,
    Summit,
    Track,
)
from issues.queries.history.rows import history

Kind = type[Record]
Links = dict[Kind, tuple[tuple[str, Kind], ...]]

# What a record hangs on, by column.
HANGS_ON: Links = {
    **dict.fromkeys((Issue, Summit, Event, Participation, Track, ScenarioSet), (("process_id", Process),)),
    Option: (("issue_id", Issue),),
    Position: (("issue_id", Issue),),
    PositionLink: (("position_id", Position),),
    Outcome: (("summit_id", Summit),),
    Attendance: (("summit_id", Summit),),
    EventIssue: (("event_id", Event),),
    Evidence: (("position_id", Position), ("outcome_id", Outcome), ("event_id", Event)),
    Scenario: (("set_id", ScenarioSet),),
    ScenarioOutcome: (("scenario_id", Scenario),),
    Citation: (("scenario_id", Scenario),),
    Signpost: (("scenario_id", Scenario),),
    Judgement: (("from_option_id", Option),),
    Statement: (("occasion_id", Summit),),
    Signatory: (("statement_id", Statement),),
    Snapshot: (("source_id", Source),),
    Actor: (("part_of_id", Actor),),
    Membership: (("coalition_id", Actor), ("member_id", Actor)),
    Office: (("actor_id", Actor),),
}
# Which records draw others into their process, by column.
DRAWS_IN: Links = {
    Evidence: (("statement_id", Statement),),
    Citation: (("statement_id", Statement),),
    Signpost: (("statement_id", Statement),),
    Statement: (("source_id", Source), ("speaker_id", Person), ("reported_by_person_id", Person)),
    Summit: (("place_id", Place),),
    Attendance: (("person_id", Person),),
    Participation: (("actor_id", Actor),),
}
# What several processes may share; and what hangs on that, and comes along with it.
SHARED: tuple[Kind, ...] = (Place, Actor, Person, Source, Statement)
BESIDE: tuple[Kind, ...] = tuple(
    kind
    for kind in RECORDS
    if kind not in SHARED and {above for _, above in HANGS_ON.get(kind, ())} & {*SHARED}
)
Keys = dict[Kind, set[int]]


class Owners:
    """The processes of what a recording wrote, of which each record was kept.

    What was just written is known; only what it refers to is asked for, a bounded number of queries a kind.
    """

    def __init__(self, written: Iterable[Written] = ()) -> None:
        self._found: dict[Kind, dict[int, set[int]]] = defaultdict(dict)
        self._records: dict[Kind, dict[int, Record]] = defaultdict(dict)
        self._new: Keys = defaultdict(set)
        # What is still at its first version never referred to anything else.
        self._first: Keys = defaultdict(set)
        for one in written:
            for key, record in zip(one.keys, one.records, strict=True):
                self._records[one.model][key] = record
                if record.version == 1:
                    self._first[one.model].add(key)
                    if one.how == ADDED:
                        self._new[one.model].add(key)

    def processes_of(self, kind: Kind, keys: Collection[int]) -> dict[int, set[int]]:
        """By key, the processes to which records ever belonged."""
        if kind is Process:
            return {key: {key} for key in keys}
        found, asked = self._found[kind], set(keys) - self._found[kind].keys()
        found |= {key: set() for key in asked}
        for column, above in HANGS_ON.get(kind, ()):
            self._join(found, self._references(kind, column, asked), above)
        for drawing, links in DRAWS_IN.items():
            for column, drawn in links:
                if drawn is kind:
                    self._join(found, self._drawing(kind, drawing, column, asked), drawing)
        return {key: found[key] for key in keys}

    def of_any(self, kind: Kind, keys: Collection[int]) -> set[int]:
        """The processes to which any of some records ever belonged. Nothing is asked where there are none."""
        return set().union(*self.processes_of(kind, keys).values()) if keys else set()

    def drawn_in(self, written: Keys) -> Keys:
        """What these records draw into their processes, and what that draws in: what was there before."""
        found: Keys = defaultdict(set)
        for kind, keys in written.items():
            for column, drawn in DRAWS_IN.get(kind, ()):
                found[drawn] |= {other for _, other in self._references(kind, column, keys)}
        return self.drawn_with(found)

    def drawn_with(self, found: Keys) -> Keys:
        """What is drawn in, and what that draws in, but for what was just made."""
        actors = found[Actor]
        if actors:
            organs = _pairs(Actor, ("id", "part_of_id"), "part_of_id", actors)
            found[Actor] = actors | {pk for pk, _ in organs}
            for dated in (Membership, Office):
                for column, _ in HANGS_ON[dated]:
                    found[dated] |= {pk for pk, _ in _pairs(dated, ("id", column), column, actors)}
        if any(found.values()):
            for kind, keys in self.drawn_in(found).items():
                found[kind] |= keys
        return {kind: keys - self._new[kind] for kind, keys in found.items() if keys - self._new[kind]}

    def _join(self, found: dict[int, set[int]], pairs: set[tuple[int, int]], kind: Kind) -> None:
        """Give each first key of the pairs the processes of the record under the second."""
        owners = self.processes_of(kind, {other for _, other in pairs}) if pairs else {}
        for key, other in pairs:
            found[key] |= owners.get(other, set())

    def _references(self, kind: Kind, column: str, keys: Collection[int]) -> set[tuple[int, int]]:
        """The keys of records with what they refer to, or ever referred to, in a column."""
        known, first = self._records[kind], self._first[kind]
        pairs = {(key, getattr(known[key], column)) for key in keys if key in known}
        return {pair for pair in pairs if None not in pair} | _pairs(
            kind, ("id", column), "id", [key for key in keys if key not in first]
        )

    def _drawing(self, kind: Kind, drawing: Kind, column: str, keys: Collection[int]) -> set[tuple[int, int]]:
        """The keys of records with those that refer to them, or ever did, in a column."""
        here, asked = self._records[drawing].items(), set(keys)
        known = {(getattr(record, column), pk) for pk, record in here if getattr(record, column) in asked}
        new = self._new[kind]
        return known | _pairs(drawing, (column, "id"), column, [key for key in keys if key not in new])


def held_by(kind: Kind, key: int) -> set[int]:
    """The processes to which a record belongs or ever belonged.

    A person belongs to those of the offices held too, a source to those of the sources that it reports.
    """
    owners = Owners()
    found = set(owners.processes_of(kind, {key})[key])
    if kind is Person:
        offices = set(history(Office).filter(person_id=key).values_list("id", flat=True))
        found |= owners.of_any(Office, offices)
    if kind is Source:
        reported = set(history(Source).filter(cited_via_id=key).values_list("id", flat=True))
        found |= owners.of_any(Source, reported)
    return found


def _pairs(kind: Kind, columns: tuple[str, str], by: str, keys: Collection[int]) -> set[tuple[int, int]]:
    """Two columns, neither empty, of the history rows of a kind that have one of these keys in a column."""
    rows = history(kind).filter(**{f"{by}__in": among(keys)}).values_list(*columns).distinct() if keys else ()
    return {pair for pair in rows if None not in pair}
