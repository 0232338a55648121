"""A little world, built through actions only, small enough to follow every worked example by hand.

The river Lenna runs from Arden through Belmar to Cadria, and Arden is building a dam. Four meetings are
held; during the third, Arden's press office speaks outside the room (``aside``); a fifth is planned.

``flow``, a preference: how much of the summer flow may the dam hold back? 0 none, 25 a quarter, 50 half,
75 most, 100 all. If nothing is agreed it is 75. What a cell says: placement, then the red line.

==========  ===========  ==================  ======================  ===========  =====================
flow        ford 10 Mar  mill 10 Jun         weir 10 Sep             aside, same  delta 10 Dec
==========  ===========  ==================  ======================  ===========  =====================
Arden       75           75                  50, if data are shared  text only    silent
Belmar      25           text, "reaffirmed"  50, disputed                         withdrawn
Cadria      0, ≤ 50      silent              text only, ≤ 25                      25, line dropped
Commission  text only    text only           text, "reaffirmed"                   text only, inferred
==========  ===========  ==================  ======================  ===========  =====================

``data``, a preference: how often are flow data shared? 0 never, 50 monthly, 100 live.

==========  ===========  ==================  ======================  ===========  =====================
data        ford         mill                weir                    aside        delta
==========  ===========  ==================  ======================  ===========  =====================
Arden       10 (value)   0                                           text, a line 25 (value), ≤ 25
                                                                     w/o limits
Belmar      text only    50
Cadria      100          90 (value)          text, ≥ 50 (derived)                 silent
Commission               50
==========  ===========  ==================  ======================  ===========  =====================

``treaty``, a stage: how far has the text come? 0 no text, 50 a draft, 100 signed. Closed on 31 December.

==========  ===========  ==================  ======================  ===========  =====================
treaty      ford         mill                weir                    aside        delta
==========  ===========  ==================  ======================  ===========  =====================
Arden                                        50, joint statement
Cadria                                       50, joint statement                  100
Commission               50
==========  ===========  ==================  ======================  ===========  =====================

``preamble``, text without a scale: Cadria at the mill (in Arabic, with a translation), the Delta Fishers
at the weir (an emoji), Belmar at the delta (10,000 characters).

Arden, Belmar and Cadria are parties and the Commission mediates; they are watched. The Fishers observe and
are not. Arden speaks through its Ministry of Water. Belmar and Cadria make up the Lower Basin coalition.

At the weir Arden says that half was agreed on the flow, and Cadria that nothing was; the Commission's
envoy reports progress on the whole. Between mill and weir a bridge was closed, on the day of the delta
meeting the fishers rallied.

How does it end by 30 June 2032? One of three scenarios happens: *half for data* (flow 50, data 50), *the dam
as planned* (flow 75, data 0), or another. The first was expected by the minister; its sign is a joint gauge.
Half of the flow promotes monthly data by 2, and monthly data promote half of the flow by 1.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from issues.history import recording
from issues.models import (
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
from issues.tests.acts import add, correct, log_position
from issues.tests.universe_said import SAID, SOURCES, STATEMENTS
from issues.user import User

FLOW = {0.0: "none", 25.0: "a quarter", 50.0: "half", 75.0: "most", 100.0: "all"}
DATA = {0.0: "never", 50.0: "monthly", 100.0: "live"}
TREATY = {0.0: "no text", 50.0: "a draft", 100.0: "signed"}


@dataclass
class Universe:
    """The world under short names: ``universe.arden``, ``universe.at("arden", "flow", "weir")``."""

    coder: User
    process: Process
    arden: Actor
    belmar: Actor
    cadria: Actor
    commission: Actor
    fishers: Actor
    ministry: Actor
    lower_basin: Actor
    minister: Person
    envoy: Person
    flow: Issue
    data: Issue
    treaty: Issue
    preamble: Issue
    ford: Summit
    mill: Summit
    weir: Summit
    aside: Summit
    delta: Summit
    spring: Summit
    sources: dict[str, Source] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    positions: dict[tuple[str, str, str], Position] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    scenario_set: ScenarioSet = field(default_factory=ScenarioSet)
    scenarios: dict[str, Scenario] = field(default_factory=dict)

    def at(self, actor: str, issue: str, summit: str) -> Position:
        """The position of an actor on an issue at a summit, by their names here."""
        return self.positions[actor, issue, summit]


def build_universe() -> Universe:
    """Build the world. Everything but the positions is one change set; each position is its own."""
    coder = User.objects.create_user("coder")
    with recording(by=coder, reason="The negotiation over the Lenna."):
        universe = _structure(_Maker(coder))
        _endings(universe, _Maker(coder))
    for actor, issue, summit, statements, fields in SAID:
        _log(universe, actor, issue, summit, statements, dict(fields))
    with recording(by=coder, reason="What came of it."):
        _results(universe, _Maker(coder))
    return universe


@dataclass
class _Maker:
    by: User

    def __call__(self, model: type, **fields: Any) -> Any:
        return add(model(**fields), by=self.by, reason="Set up.")


def _structure(make: _Maker) -> Universe:
    process = make(Process, name="Waters of the Lenna", slug="lenna", summary="A dam.", visibility="public")
    actors = {
        name: make(Actor, name=full, slug=name, kind=kind, short_name=short)
        for name, full, kind, short in (
            ("arden", "Republic of Arden", "state", "Arden"),
            ("belmar", "Kingdom of Belmar", "state", "Belmar"),
            ("cadria", "Cadria", "state", ""),
            ("commission", "Lenna Commission", "international", "Commission"),
            ("fishers", "Delta Fishers", "organisation", ""),
            ("lower-basin", "Lower Basin", "coalition", ""),
        )
    }
    ministry = make(Actor, name="Ministry of Water", slug="ministry", kind="organ", part_of=actors["arden"])
    for order, (name, role) in enumerate(
        [("arden", "party"), ("belmar", "party"), ("cadria", "party"), ("commission", "mediator")]
    ):
        make(Participation, process=process, actor=actors[name], role=role, order=order)
    make(Participation, process=process, actor=actors["fishers"], role="observer", order=9, watched=False)
    for name in ("belmar", "cadria"):
        make(Membership, coalition=actors["lower-basin"], member=actors[name])
    minister = make(Person, name="Mira Sol", slug="mira-sol", aliases="Мира Сол")
    envoy = make(Person, name="Jon Dahl", slug="jon-dahl")
    make(Office, person=minister, actor=ministry, title="Minister of Water", since=date(2030, 5, 1))
    return Universe(
        coder=make.by,
        process=process,
        arden=actors["arden"],
        belmar=actors["belmar"],
        cadria=actors["cadria"],
        commission=actors["commission"],
        fishers=actors["fishers"],
        ministry=ministry,
        lower_basin=actors["lower-basin"],
        minister=minister,
        envoy=envoy,
        **_issues(make, process),
        **_summits(make, process, actors["commission"]),
        sources=(sources := _sources(make)),
        statements=_statements(make, sources, minister, ministry, envoy),
    )


def _issues(make: _Maker, process: Process) -> dict[str, Issue]:
    made = {}
    for order, (slug, name, kind, question, options) in enumerate(
        (
            ("flow", "Summer flow", "preference", "How much may the dam hold back?", FLOW),
            ("data", "Data sharing", "preference", "How often are flow data shared?", DATA),
            ("treaty", "Treaty text", "stage", "How far has the text come?", TREATY),
            ("preamble", "Preamble", "text", "What does the preamble say?", {}),
        )
    ):
        made[slug] = make(
            Issue,
            process=process,
            slug=slug,
            name=name,
            kind=kind,
            question=question,
            order=order,
            low_label=options.get(0.0, ""),
            high_label=options.get(100.0, ""),
            closed_on=date(2031, 12, 31) if slug == "treaty" else None,
        )
        for value, label in options.items():
            make(Option, issue=made[slug], value=value, label=label)
    reference = made["flow"].options.get(value=75.0)
    correct(made["flow"], {"reference_point": reference}, by=make.by, reason="What holds without a treaty.")
    made["flow"].refresh_from_db()
    return made


def _summits(make: _Maker, process: Process, host: Actor) -> dict[str, Summit]:
    track = make(Track, process=process, name="River track", lead=host)
    place = make(Place, name="Weirhouse", aliases="Vyrhaus")
    made: dict[str, Summit] = {}
    for slug, name, day, fields in (
        ("ford", "Ford meeting", date(2031, 3, 10), {}),
        ("mill", "Mill meeting", date(2031, 6, 10), {"kind": "ministers"}),
        ("weir", "Weir meeting", date(2031, 9, 10), {"place": place, "host": host, "summary": "Two\ndays."}),
        ("aside", "Arden's press office", date(2031, 9, 10), {"kind": "statement", "sequence": 2}),
        ("delta", "Delta meeting", date(2031, 12, 10), {}),
        ("spring", "Spring meeting", date(2032, 3, 10), {"status": "planned"}),
    ):
        of = {"parallel_to": made["weir"]} if slug == "aside" else {"track": track}
        ends = date(2031, 9, 12) if slug == "weir" else None
        made[slug] = make(
            Summit, process=process, slug=slug, name=name, starts_on=day, ends_on=ends, **of, **fields
        )
    return made


def _sources(make: _Maker) -> dict[str, Source]:
    made: dict[str, Source] = {}
    for key, fields in SOURCES.items():
        via = made.get(fields.get("cited_via", ""))
        made[key] = make(Source, **{"key": key, **fields, "cited_via": via})
    record = made["record"]
    make(Snapshot, source=record, url=record.archive_url, taken_by="Lenna Archive", note="Without pictures.")
    return made


def _statements(
    make: _Maker, sources: dict[str, Source], minister: Person, ministry: Actor, envoy: Person
) -> dict[str, Statement]:
    people = {"minister": minister, "ministry": ministry, "envoy": envoy}
    return {
        ref: make(
            Statement,
            source=sources[source],
            ref=ref,
            **{name: people.get(value, value) for name, value in fields.items()},
        )
        for ref, (source, fields) in STATEMENTS.items()
    }


def _log(
    universe: Universe, actor: str, issue: str, summit: str, statements: str, fields: dict[str, Any]
) -> None:
    on: Issue = getattr(universe, issue)
    if "option" in fields:
        fields["option"] = on.options.get(value=fields["option"])
    universe.positions[actor, issue, summit] = log_position(
        issue=on,
        actor=getattr(universe, actor),
        summit=getattr(universe, summit),
        statements=[universe.statements[ref] for ref in statements.split()],
        linked_issues=[getattr(universe, name) for name in fields.pop("linked", "").split()],
        by=universe.coder,
        reason=f"From the record of the {summit} meeting.",
        **fields,
    )


def _endings(universe: Universe, make: _Maker) -> None:
    universe.scenario_set = make(
        ScenarioSet,
        process=universe.process,
        slug="mid-2032",
        question="How does it end by 30 June 2032?",
        closes_on=date(2032, 6, 30),
    )
    for order, (slug, name, settled) in enumerate(
        (
            ("half", "Half for data", {"flow": 50.0, "data": 50.0}),
            ("dam", "The dam as planned", {"flow": 75.0}),
        ),
        start=1,
    ):
        made = make(Scenario, set=universe.scenario_set, slug=slug, name=name, order=order)
        universe.scenarios[slug] = made
        for issue, value in settled.items():
            on: Issue = getattr(universe, issue)
            make(ScenarioOutcome, scenario=made, issue=on, option=on.options.get(value=value))
    make(
        ScenarioOutcome, scenario=universe.scenarios["dam"], issue=universe.data, value=0.0, note="As it was."
    )
    universe.scenarios["other"] = make(
        Scenario, set=universe.scenario_set, slug="other", name="Other", is_other=True
    )
    half = universe.scenarios["half"]
    make(Citation, scenario=half, statement=universe.statements["arden-1"])
    make(Signpost, scenario=half, text="A joint gauge is installed.", direction="raises")
    of_flow, of_data = (issue.options.get(value=50.0) for issue in (universe.flow, universe.data))
    for one, other, impact in ((of_flow, of_data, 2), (of_data, of_flow, 1)):
        judged = {"impact": impact, "author": make.by, "reason": "Who shares data can share water."}
        make(Judgement, from_option=one, on_option=other, **judged)


def _results(universe: Universe, make: _Maker) -> None:
    disputed = universe.at("belmar", "flow", "weir")
    make(Evidence, statement=universe.statements["doubt"], position=disputed, stance="disputes")
    for signatory in (universe.arden, universe.cadria):
        make(Signatory, statement=universe.statements["joint"], actor=signatory)
    flow, weir = universe.flow, universe.weir
    for ref, fields in {
        "half": {"issue": flow, "status": "agreed", "placement": 50.0, "according_to_actor": universe.arden},
        "nothing": {"issue": flow, "status": "none", "according_to_actor": universe.cadria},
        "whole": {"status": "progress", "according_to_person": universe.envoy},
    }.items():
        outcome = make(Outcome, summit=weir, ref=ref, text=f"Outcome: {ref}.", **fields)
        make(Evidence, statement=universe.statements["communique"], outcome=outcome)
        universe.outcomes[ref] = outcome
    for ref, day, title in (
        ("bridge", date(2031, 8, 1), "The bridge is closed"),
        ("rally", date(2031, 12, 10), "The fishers rally"),
    ):
        event = make(Event, process=universe.process, ref=ref, date=day, title=title, text="As reported.")
        make(Evidence, statement=universe.statements["report"], event=event)
        universe.events[ref] = event
    make(EventIssue, event=universe.events["bridge"], issue=flow)
    make(Attendance, summit=weir, actor=universe.arden, person=universe.minister)
    make(Attendance, summit=weir, actor=universe.cadria)
