"""The records of the tracker, one file a concept."""

from issues.history import ChangeSet
from issues.models.actor import Actor, Membership, Office, Participation, Person
from issues.models.assessment import Assessment
from issues.models.importing import Import
from issues.models.invitation import Invitation
from issues.models.issue import Issue, Option
from issues.models.job import Job
from issues.models.link_check import LinkCheck
from issues.models.mark import Mark
from issues.models.merge_proposal import MergeProposal
from issues.models.position import Evidence, Outcome, Position, PositionLink
from issues.models.process import Place, Process, Track
from issues.models.process_member import ProcessMember
from issues.models.release import Release
from issues.models.scenario import Citation, Judgement, Scenario, ScenarioOutcome, ScenarioSet, Signpost
from issues.models.search_entry import SearchEntry
from issues.models.sheet import Cell, Sheet, SheetRow
from issues.models.source import Signatory, Snapshot, Source, Statement
from issues.models.summit import Attendance, Event, EventIssue, Summit
from issues.models.token import Token
from issues.user import User

__all__ = [
    "Actor",
    "Assessment",
    "Attendance",
    "Cell",
    "ChangeSet",
    "Citation",
    "Event",
    "EventIssue",
    "Evidence",
    "Import",
    "Invitation",
    "Issue",
    "Job",
    "Judgement",
    "LinkCheck",
    "Mark",
    "Membership",
    "MergeProposal",
    "Office",
    "Option",
    "Outcome",
    "Participation",
    "Person",
    "Place",
    "Position",
    "PositionLink",
    "Process",
    "ProcessMember",
    "Release",
    "Scenario",
    "ScenarioOutcome",
    "ScenarioSet",
    "SearchEntry",
    "Sheet",
    "SheetRow",
    "Signatory",
    "Signpost",
    "Snapshot",
    "Source",
    "Statement",
    "Summit",
    "Token",
    "Track",
    "User",
]

# Every historied record, in an order in which each comes after those that it refers to.
RECORDS = (
    Process,
    Place,
    Actor,
    Membership,
    Participation,
    Person,
    Office,
    Track,
    Issue,
    Option,
    Summit,
    Attendance,
    Event,
    EventIssue,
    Source,
    Snapshot,
    Statement,
    Signatory,
    Position,
    PositionLink,
    Outcome,
    Evidence,
    ScenarioSet,
    Scenario,
    ScenarioOutcome,
    Citation,
    Signpost,
    Judgement,
)

# Drafts: historied like records, but seen by researchers alone, and judged when they are published.
DRAFTS = (Sheet, SheetRow, Cell)
