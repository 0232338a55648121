"""What the form of a position says before saving: the scale, where the actor stood, what this will be."""

from collections.abc import Iterable, Iterator
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
from issues.models import Actor, Issue, Option, Position, Statement, Summit
from issues.models.position import Stance
from issues.models.source import Claim
from issues.queries.reading.entries import entry_of
from issues.templatetags.redlines import limits, points

# Without one of these nothing can be said of the change.
NEEDED = (
    *("issue", "actor", "summit", "state", "option", "value"),
    *("red_line", "accepts_from", "accepts_to", "salience"),
)
NO_POSITION = 0
IN_ERROR = "What it will be can be said once the errors below are corrected."
MEANWHILE = "Fields below show what others saved meanwhile. Preview again to see what it will be."


@dataclass(frozen=True)
class Sentence:
    """What stood, the occasion that it is from, and the position that can be opened."""

    words: str
    summit: Summit
    position: int
    summary: str = ""


@dataclass
class Preview:
    """What the form says."""

    issue: Issue
    actor: Actor | None = None
    summit: Summit | None = None
    # The options by letter, in the order of their values; none without a scale.
    options: list[tuple[str, Option]] = field(default_factory=list)
    before: list[Sentence] = field(default_factory=list)
    stood: float | None = None
    lies: float | None = None
    line: RedLine | None = None
    is_recorded_as: str = ""
    will_be: str = ""
    cannot_say: str = ""
    # Another record of the same position.
    twin: int | None = None


def preview(form: Any, formsets: Iterable[Any]) -> Preview | None:
    """What the form of a position can say: nothing before an issue is chosen. Nine queries at most."""
    issue, actor, summit = (_chosen(model, form) for model in (Issue, Actor, Summit))
    if issue is None:
        return None
    shown = Preview(issue, actor, summit, _lettered(issue))
    if actor is None or summit is None or summit.process_id != issue.process_id:
        return shown
    key, entry = form.instance.pk, _typed(form, formsets, shown) if form.is_bound else None
    recorded = _history(folded_issue(issue), actor, issue, key) if key else None
    if recorded is not None:
        shown.is_recorded_as = in_words(recorded[0])
    history = recorded
    if form.is_bound or recorded is None:
        # Without a readable form a silence, which changes nothing, shows what stood before the summit.
        typed = entry or Entry(key or NO_POSITION, issue.pk, actor.pk, summit.pk, State.SILENT)
        history = _history(folded_issue(issue, [typed], without=key), actor, issue, typed.id)
    if history is None:
        return shown
    change, changes = history
    _fill(shown, change, changes, key)
    shown.will_be = in_words(change) if entry else ""
    if entry or history is recorded:
        shown.lies = change.entry.placement
        shown.line = change.after.red_line.value if change.after.red_line else None
    return shown


def _chosen(model: Any, form: Any) -> Any:
    """The record of this kind that the form has, or that the address asks to fill in."""
    name = model._meta.model_name
    if form.is_bound:
        return form.cleaned_data.get(name)
    if not form.instance._state.adding:
        return getattr(form.instance, name)
    key = form.initial.get(name)
    return model.objects.filter(pk=key).first() if is_key(key) else None


def _lettered(issue: Issue) -> list[tuple[str, Option]]:
    options = list(issue.options.order_by("value")) if issue.has_scale else []
    by_value = letters(option.value for option in options)
    return [(by_value[option.value], option) for option in options]


def _typed(form: Any, formsets: Iterable[Any], shown: Preview) -> Entry | None:
    """The position as typed, or None where it cannot be read; the preview says why."""
    if any(name in form.errors for name in NEEDED):
        shown.cannot_say = IN_ERROR
        return None
    if not form.instance._state.adding and form.opened != form.instance.version:
        shown.cannot_say = MEANWHILE
        return None
    return entry_of(form.instance, _reaffirms(formsets))


def _reaffirms(formsets: Iterable[Any]) -> bool:
    """Whether a statement that will support the position is said to reaffirm it."""
    rows: list[Any] = [
        row for formset in formsets if isinstance(formset, PositionEvidenceFormSet) for row in formset.forms
    ]
    statements = {
        row.instance.statement_id
        for row in rows
        if not row.is_removal and row.instance.stance == Stance.SUPPORTS
    }
    return Statement.objects.filter(pk__in=statements - {None}, claimed_as=Claim.REAFFIRMED).exists()


def _history(folded: Folded, actor: Actor, issue: Issue, position: int) -> tuple[Change, list[Change]] | None:
    """What a position changed, and all changes of its actor on its issue; None where it is not among them."""
    changes = folded.history(actor.pk, issue.pk)
    change = next((change for change in changes if change.entry.id == position), None)
    return (change, changes) if change else None


def _fill(shown: Preview, change: Change, changes: list[Change], position: int | None) -> None:
    """What stood before, in sentences, and another record of the same position."""
    at = changes.index(change)
    earlier = [item for item in changes[:at] if item.entry.occasion != change.entry.occasion]
    twins = [item.entry.id for item in changes if item.entry.occasion == change.entry.occasion]
    shown.twin = next((pk for pk in twins if pk not in (position, NO_POSITION)), None)
    standing = earlier[-1].after if earlier else Standing()
    shown.stood = standing.placement.value if standing.placement else None
    names = {option.value: f"{points(option.value)}, “{option.label}”," for _, option in shown.options}
    parts = list(_sentences(standing, earlier, names))
    summits = Summit.objects.in_bulk({part.occasion for _, part in parts})
    stated = Position.objects.filter(pk__in={part.position for _, part in parts})
    summaries = dict(stated.values_list("pk", "summary"))
    for words, part in parts:  # Each summary once, at the first sentence of its position.
        summary = summaries.pop(part.position, "")
        shown.before.append(Sentence(words, summits[part.occasion], part.position, summary))


def _sentences(
    standing: Standing, earlier: list[Change], names: dict[float, str]
) -> Iterator[tuple[str, Part[Any]]]:
    """What stood, the newest first, each with the position that it comes from."""
    if standing.placement is not None:
        value = standing.placement.value
        yield f"stood at {names.get(value, points(value))} since", standing.placement
        for item in reversed(earlier):
            past = item.after.placement
            if past is not None and past.value != value:
                yield f"before that, at {names.get(past.value, points(past.value))} since", past
                break
    elif standing.withdrawn is not None:
        yield "had withdrawn at", standing.withdrawn
    elif standing.text is not None:
        yield "held a position without a placement since", standing.text
    if standing.red_line is not None:
        line = standing.red_line.value
        how = "declared" if line.declared else "derived"
        yield f"red line {how}, {limits(line)}, since", standing.red_line
    if earlier:
        last = earlier[-1]
        part = Part(last.entry.id, last.entry.id, last.entry.occasion)
        yield f"previous position: {in_words(last)}, at", part
