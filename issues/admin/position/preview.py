"""What the form of a position says before saving: the scale, where the actor stood, what this will be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from issues.admin.base.forms import is_key
from issues.admin.position.movement import folded_issue, in_words
from issues.admin.records.evidence import PositionEvidenceFormSet
from issues.domain.change import Change, Part, Standing
from issues.domain.fold import Folded
from issues.domain.position import Entry, State
from issues.domain.redline import RedLine
from issues.domain.scale import letters
from issues.models import Actor, Issue, Position, Statement, Summit
from issues.models.position import Stance
from issues.models.source import Claim
from issues.queries.reading.entries import entry_of
from issues.templatetags.redlines import limits, points

LEFT, WIDTH = 20, 600
# Without one of these nothing can be said of the change.
NEEDED = (
    "issue",
    "actor",
    "summit",
    "state",
    "option",
    "value",
    "red_line",
    "accepts_from",
    "accepts_to",
    "salience",
)
NO_POSITION = 0


@dataclass(frozen=True)
class Tick:
    """An option on the scale as it is drawn."""

    letter: str
    value: float
    label: str
    is_reference: bool

    @property
    def x(self) -> float:
        """Where it is drawn."""
        return place(self.value)


@dataclass(frozen=True)
class Said:
    """A sentence about what stood, the occasion that it is from, and the position that can be opened."""

    words: str
    summit: Summit
    position: int
    summary: str = ""


@dataclass
class Thought:
    """What the form says."""

    issue: Issue
    ticks: list[Tick]
    actor: Actor | None = None
    summit: Summit | None = None
    said: list[Said] = field(default_factory=list)
    stood: float | None = None
    lies: float | None = None
    line: RedLine | None = None
    is_recorded_as: str = ""
    will_be: str = ""
    cannot_say: str = ""
    twin: int | None = None

    @property
    def stood_x(self) -> float | None:
        """Where the standing placement is drawn."""
        return None if self.stood is None else place(self.stood)

    @property
    def lies_x(self) -> float | None:
        """Where this position is drawn."""
        return None if self.lies is None else place(self.lies)

    @property
    def line_from(self) -> float | None:
        """Where the range begins that the red line accepts; None without known limits."""
        return None if self.line is None or self.line.undetermined else place(self.line.range[0])

    @property
    def line_width(self) -> float:
        """How wide that range is drawn."""
        if self.line is None:
            return 0.0
        low, high = self.line.range
        return max(high - low, 0) / 100 * WIDTH


def place(value: float) -> float:
    """A place on the scale in the units of the drawing."""
    return round(LEFT + value / 100 * WIDTH, 1)


def think(form: Any, formsets: Iterable[Any]) -> Thought | None:
    """What the form of a position can say: nothing before an issue is chosen. Nine queries at most."""
    issue, actor, summit = _chosen(form)
    if issue is None:
        return None
    thought = Thought(issue, _ticks(issue), actor, summit)
    if actor is None or summit is None or summit.process_id != issue.process_id:
        return thought
    key, entry = form.instance.pk, _typed(form, formsets, thought) if form.is_bound else None
    recorded = _history(folded_issue(issue), actor, issue, key) if key else None
    if recorded is not None:
        thought.is_recorded_as = in_words(recorded[0])
    told = recorded
    if form.is_bound or recorded is None:
        # Without a readable form a silence, which changes nothing, shows what stood before the summit.
        asked = entry or Entry(key or NO_POSITION, issue.pk, actor.pk, summit.pk, State.SILENT)
        told = _history(folded_issue(issue, [asked], without=key), actor, issue, asked.id)
    if told is None:
        return thought
    change, history = told
    _tell(thought, change, history, key)
    thought.will_be = in_words(change) if entry else ""
    if entry or told is recorded:
        thought.lies = change.entry.placement
        thought.line = change.after.red_line.value if change.after.red_line else None
    return thought


def _chosen(form: Any) -> tuple[Issue | None, Actor | None, Summit | None]:
    """The issue, actor and summit of the form, as far as they are known."""
    if form.is_bound:
        issue, actor, summit = (form.cleaned_data.get(name) for name in ("issue", "actor", "summit"))
        return issue, actor, summit
    if not form.instance._state.adding:
        return form.instance.issue, form.instance.actor, form.instance.summit
    return _asked(Issue, form), _asked(Actor, form), _asked(Summit, form)


def _asked(model: Any, form: Any) -> Any:
    """The record that the address asks to fill in."""
    key = form.initial.get(model._meta.model_name)
    return model.objects.filter(pk=key).first() if is_key(key) else None


def _ticks(issue: Issue) -> list[Tick]:
    if not issue.has_scale:
        return []
    options = list(issue.options.order_by("value"))
    by_value = letters(option.value for option in options)
    return [
        Tick(by_value[option.value], option.value, option.label, option.pk == issue.reference_point_id)
        for option in options
    ]


def _typed(form: Any, formsets: Iterable[Any], thought: Thought) -> Entry | None:
    """The position as typed, or None where it cannot be read; the thought says why."""
    if any(name in form.errors for name in NEEDED):
        thought.cannot_say = "What it will be can be said once the errors below are corrected."
        return None
    if not form.instance._state.adding and form.cleaned_data.get("opened_version") != form.instance.version:
        thought.cannot_say = (
            "Fields below show what others saved meanwhile. Preview again to see what it will be."
        )
        return None
    return entry_of(form.instance, _reaffirms(formsets))


def _reaffirms(formsets: Iterable[Any]) -> bool:
    """Whether a statement that will support the position is said to reaffirm it."""
    statements = {
        row.instance.statement_id
        for formset in formsets
        if isinstance(formset, PositionEvidenceFormSet)
        for row in _rows(formset)
        if not row.is_removal and row.instance.stance == Stance.SUPPORTS
    }
    claimed = Statement.objects.filter(pk__in=statements - {None}, claimed_as=Claim.REAFFIRMED)
    return claimed.exists()


def _rows(formset: PositionEvidenceFormSet) -> list[Any]:
    return list(formset.forms)


def _history(folded: Folded, actor: Actor, issue: Issue, position: int) -> tuple[Change, list[Change]] | None:
    """What a position changed, and all changes of its actor on its issue; None where it is not among them."""
    history = folded.history(actor.pk, issue.pk)
    found = next((change for change in history if change.entry.id == position), None)
    return (found, history) if found else None


def _tell(thought: Thought, change: Change, history: list[Change], position: int | None) -> None:
    """Fill in what stood before, in sentences, and another record of the same position."""
    at = history.index(change)
    earlier = [item for item in history[:at] if item.entry.occasion != change.entry.occasion]
    twins = [item.entry.id for item in history if item.entry.occasion == change.entry.occasion]
    thought.twin = next((pk for pk in twins if pk not in (position, NO_POSITION)), None)
    before = earlier[-1].after if earlier else Standing()
    thought.stood = before.placement.value if before.placement else None
    parts = list(_sentences(before, earlier, thought.ticks))
    summits = Summit.objects.in_bulk({part.occasion for _, part in parts})
    summaries = dict(
        Position.objects.filter(pk__in={part.position for _, part in parts}).values_list("pk", "summary")
    )
    shown: set[int] = set()
    for words, part in parts:
        summary = "" if part.position in shown else summaries.get(part.position, "")
        shown.add(part.position)
        thought.said.append(Said(words, summits[part.occasion], part.position, summary))


def _sentences(before: Standing, earlier: list[Change], ticks: list[Tick]) -> Iterable[tuple[str, Part[Any]]]:
    """What stood, the newest first, each with the position that it comes from."""
    names = {tick.value: f"{points(tick.value)}, “{tick.label}”," for tick in ticks}
    if before.placement is not None:
        value = before.placement.value
        yield f"stood at {names.get(value, points(value))} since", before.placement
        for item in reversed(earlier):
            past = item.after.placement
            if past is not None and past.value != value:
                yield f"before that, at {names.get(past.value, points(past.value))} since", past
                break
    elif before.withdrawn is not None:
        yield "had withdrawn at", before.withdrawn
    elif before.text is not None:
        yield "held a position without a placement since", before.text
    if before.red_line is not None:
        line = before.red_line.value
        yield f"red line {'declared' if line.declared else 'derived'}, {limits(line)}, since", before.red_line
    if earlier:
        last = earlier[-1]
        part = Part(last.entry.id, last.entry.id, last.entry.occasion)
        yield f"previous position: {in_words(last)}, at", part
