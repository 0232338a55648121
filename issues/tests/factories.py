"""Valid records for tests, with keyword overrides. Each is called inside an open ``recording(...)``.

What a record refers to is made with it unless it is given, in one process where the rules ask for that.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from issues.history import ChangeSet, Record
from issues.models import (
    Actor,
    Assessment,
    Attendance,
    Cell,
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
    Sheet,
    SheetRow,
    Signatory,
    Signpost,
    Snapshot,
    Source,
    Statement,
    Summit,
    Track,
)
from issues.user import User

FIRST_DAY = date(1900, 1, 1)  # far from the days of the universe
FIVE_OPTIONS = {0.0: "none", 25.0: "little", 50.0: "half", 75.0: "most", 100.0: "all"}

_numbers = count(1)


def make_user(**fields: Any) -> User:
    """A user who may sign in; the password is unusable unless one is given."""
    password = fields.pop("password", None)
    return User.objects.create_user(
        fields.pop("username", f"user-{next(_numbers)}"), password=password, **fields
    )


def make_process(**fields: Any) -> Process:
    """A process without actors, issues or summits."""
    n = next(_numbers)
    return Process.objects.create(**{"name": f"Process {n}", "slug": f"process-{n}"} | fields)


def make_place(**fields: Any) -> Place:
    """A place."""
    return Place.objects.create(**{"name": f"Place {next(_numbers)}"} | fields)


def make_track(**fields: Any) -> Track:
    """A track of a process, without a lead."""
    _need(fields, process=make_process)
    return Track.objects.create(**{"name": f"Track {next(_numbers)}"} | fields)


def make_actor(**fields: Any) -> Actor:
    """A state that takes part in nothing yet."""
    n = next(_numbers)
    return Actor.objects.create(**{"name": f"Actor {n}", "slug": f"actor-{n}", "kind": "state"} | fields)


def make_membership(**fields: Any) -> Membership:
    """A state's membership of a coalition, without dates."""
    _need(fields, coalition=lambda: make_actor(kind="coalition"), member=make_actor)
    return Membership.objects.create(**fields)


def make_participation(**fields: Any) -> Participation:
    """An actor as a watched party to a process."""
    _need(fields, process=make_process, actor=make_actor)
    return Participation.objects.create(**{"role": "party"} | fields)


def make_party(process: Process, **fields: Any) -> Actor:
    """An actor that is a watched party to this process."""
    actor = make_actor(**fields)
    make_participation(process=process, actor=actor)
    return actor


def make_person(**fields: Any) -> Person:
    """A person without an office."""
    n = next(_numbers)
    return Person.objects.create(**{"name": f"Person {n}", "slug": f"person-{n}"} | fields)


def make_office(**fields: Any) -> Office:
    """A post that a person holds, without dates."""
    _need(fields, person=make_person, actor=make_actor)
    return Office.objects.create(**{"title": f"Minister {next(_numbers)}"} | fields)


def make_issue(*, options: dict[float, str] | None = None, **fields: Any) -> Issue:
    """A preference issue with options at 0, 25, 50, 75 and 100; a text issue has none unless given."""
    _need(fields, process=make_process)
    n = next(_numbers)
    issue = Issue.objects.create(
        **{"name": f"Issue {n}", "slug": f"issue-{n}", "question": f"How much of issue {n}?"} | fields
    )
    if options is None:
        options = FIVE_OPTIONS if issue.has_scale else {}
    for value, label in options.items():
        make_option(issue=issue, value=value, label=label)
    return issue


def make_option(**fields: Any) -> Option:
    """An option at 50 of an issue that has no other."""
    _need(fields, issue=lambda: make_issue(options={}))
    return Option.objects.create(**{"label": f"Option {next(_numbers)}", "value": 50.0} | fields)


def make_summit(**fields: Any) -> Summit:
    """A leaders' meeting that was held, a day after the one made before it."""
    _need(fields, process=make_process)
    n = next(_numbers)
    day = FIRST_DAY + timedelta(days=n)
    return Summit.objects.create(**{"name": f"Summit {n}", "slug": f"summit-{n}", "starts_on": day} | fields)


def make_attendance(**fields: Any) -> Attendance:
    """A person who sat at a summit for an actor."""
    _need(fields, summit=make_summit, actor=make_actor, person=make_person)
    return Attendance.objects.create(**fields)


def make_event(**fields: Any) -> Event:
    """An event between summits that bears on no issue yet."""
    _need(fields, process=make_process)
    n = next(_numbers)
    return Event.objects.create(**{"ref": f"event-{n}", "title": f"Event {n}", "date": FIRST_DAY} | fields)


def make_event_issue(**fields: Any) -> EventIssue:
    """The link from an event to an issue of its process."""
    process = _process_of(fields, "event", "issue")
    _need(fields, event=lambda: make_event(process=process()), issue=lambda: make_issue(process=process()))
    return EventIssue.objects.create(**fields)


def make_source(**fields: Any) -> Source:
    """A news report without an address or a date."""
    n = next(_numbers)
    return Source.objects.create(
        **{"key": f"source-{n}", "title": f"Source {n}", "publisher": "Gazette", "kind": "news"} | fields
    )


def make_snapshot(**fields: Any) -> Snapshot:
    """A copy of a source, taken at a time that is not known."""
    _need(fields, source=make_source)
    return Snapshot.objects.create(**{"url": f"https://archive.example/{next(_numbers)}"} | fields)


def make_statement(**fields: Any) -> Statement:
    """A quotation in a source, by nobody named."""
    _need(fields, source=make_source)
    n = next(_numbers)
    return Statement.objects.create(**{"ref": f"s{n}", "quote": f"We say {n}."} | fields)


def make_position(**fields: Any) -> Position:
    """A stated position without placement, red line or evidence."""
    process = _process_of(fields, "issue", "summit")
    _need(
        fields,
        issue=lambda: make_issue(process=process()),
        summit=lambda: make_summit(process=process()),
        actor=make_actor,
    )
    return Position.objects.create(**fields)


def make_signatory(**fields: Any) -> Signatory:
    """One who signed a joint statement."""
    _need(fields, statement=make_statement, actor=make_actor)
    return Signatory.objects.create(**fields)


def make_position_link(**fields: Any) -> PositionLink:
    """The link from a position to another issue of its process."""
    _need(fields, position=make_position)
    _need(fields, issue=lambda: make_issue(process=fields["position"].issue.process))
    return PositionLink.objects.create(**fields)


def make_outcome(**fields: Any) -> Outcome:
    """Something agreed at a summit as a whole, by no one's account."""
    _need(fields, summit=make_summit)
    n = next(_numbers)
    return Outcome.objects.create(**{"ref": f"outcome-{n}", "status": "agreed", "text": "Agreed."} | fields)


def make_evidence(**fields: Any) -> Evidence:
    """A statement that supports a position, unless an event or an outcome is given."""
    _need(fields, statement=make_statement)
    if not fields.keys() & {"position", "event", "outcome"}:
        fields["position"] = make_position()
    return Evidence.objects.create(**fields)


def make_scenario_set(**fields: Any) -> ScenarioSet:
    """A question whose scenarios do not exclude each other, without any."""
    _need(fields, process=make_process)
    n = next(_numbers)
    made = {"slug": f"set-{n}", "question": f"How does it end, {n}?", "opened_on": date(2023, 1, 1)}
    made["closes_on"] = date(2023, 12, 31)
    return ScenarioSet.objects.create(**made | {"exclusive": False} | fields)


def make_scenario(**fields: Any) -> Scenario:
    """An ending that settles nothing yet."""
    _need(fields, set=make_scenario_set)
    n = next(_numbers)
    return Scenario.objects.create(**{"name": f"Ending {n}", "slug": f"ending-{n}"} | fields)


def make_scenario_outcome(**fields: Any) -> ScenarioOutcome:
    """An ending that settles an issue at 50."""
    _need(fields, scenario=make_scenario)
    _need(fields, issue=lambda: make_issue(process=fields["scenario"].set.process))
    return ScenarioOutcome.objects.create(**{"value": 50.0} | fields)


def make_citation(**fields: Any) -> Citation:
    """Words by which an ending was expected."""
    _need(fields, scenario=make_scenario, statement=make_statement)
    return Citation.objects.create(**fields)


def make_signpost(**fields: Any) -> Signpost:
    """A sign that was not seen yet."""
    _need(fields, scenario=make_scenario)
    return Signpost.objects.create(**{"text": f"Sign {next(_numbers)}", "direction": "raises"} | fields)


def make_judgement(**fields: Any) -> Judgement:
    """An option that promotes one of another issue."""
    _need(fields, from_option=make_option, author=make_user)
    _need(
        fields,
        on_option=lambda: make_issue(process=fields["from_option"].issue.process).options.get(value=25.0),
    )
    return Judgement.objects.create(**{"impact": 1, "reason": "Because."} | fields)


def make_assessment(**fields: Any) -> Assessment:
    """One person's probability for an ending, after a summit of its process."""
    _need(fields, scenario=make_scenario, assessor=make_user)
    _need(
        fields,
        after=lambda: make_summit(process=fields["scenario"].set.process),
        change_set=lambda: ChangeSet.objects.create(user=fields["assessor"], reason="Assessed.", kind="page"),
    )
    return Assessment.objects.create(**{"probability": 40.0, "rationale": "Because."} | fields)


def make_sheet(**fields: Any) -> Sheet:
    """The shared sheet of a summit, with nothing on it."""
    _need(fields, summit=make_summit)
    return Sheet.objects.create(**fields)


def make_sheet_row(**fields: Any) -> SheetRow:
    """An actor's row of a sheet, without a source."""
    _need(fields, sheet=make_sheet, actor=make_actor)
    return SheetRow.objects.create(**fields)


def make_cell(**fields: Any) -> Cell:
    """A cell that says: text only."""
    _need(fields, sheet=make_sheet, actor=make_actor)
    _need(fields, issue=lambda: make_issue(process=fields["sheet"].summit.process))
    return Cell.objects.create(**{"code": "t", "kind": "text"} | fields)


# One maker for each kind of record, for tests that hold for all of them.
MAKERS: dict[type[Record], Callable[..., Record]] = {
    Process: make_process,
    Place: make_place,
    Actor: make_actor,
    Membership: make_membership,
    Participation: make_participation,
    Person: make_person,
    Office: make_office,
    Track: make_track,
    Issue: make_issue,
    Option: make_option,
    Summit: make_summit,
    Attendance: make_attendance,
    Event: make_event,
    EventIssue: make_event_issue,
    Source: make_source,
    Snapshot: make_snapshot,
    Statement: make_statement,
    Signatory: make_signatory,
    Position: make_position,
    PositionLink: make_position_link,
    Outcome: make_outcome,
    Evidence: make_evidence,
    ScenarioSet: make_scenario_set,
    Scenario: make_scenario,
    ScenarioOutcome: make_scenario_outcome,
    Citation: make_citation,
    Signpost: make_signpost,
    Judgement: make_judgement,
    Sheet: make_sheet,
    SheetRow: make_sheet_row,
    Cell: make_cell,
}


def _need(fields: dict[str, Any], **makers: Callable[[], Any]) -> None:
    for name, make in makers.items():
        if name not in fields:
            fields[name] = make()


def _process_of(fields: dict[str, Any], *names: str) -> Callable[[], Process]:
    """The process of the first of these records that is given, else a new one, made when it is asked for."""
    given = [fields[name].process for name in names if name in fields]
    made: list[Process] = given[:1]

    def process() -> Process:
        if not made:
            made.append(make_process())
        return made[0]

    return process
