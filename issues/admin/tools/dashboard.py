"""The first page of the admin: what needs attention, each a link to the list that shows it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify

from issues.admin.tools.merge import may_merge
from issues.history import Record
from issues.models import Issue, Position, Source
from issues.models.merge_proposal import MERGEABLE
from issues.queries.access.may import may_in
from issues.queries.access.readable import readable
from issues.queries.access.shared import seen_by
from issues.queries.upkeep.attention import MOST, MOST_COUNTED, MOST_NAMED, Attention, desk, lately_recorded
from issues.queries.upkeep.duplicates import likely_duplicates
from issues.queries.upkeep.links import is_dead
from issues.queries.upkeep.merge_proposals import but_hidden, waiting
from issues.user import User

# By the name of a check: whose list shows it, the parameters beside the process, what is counted, the rest.
LINES: dict[str, tuple[type[Record], dict[str, str], str, str]] = {
    "unsupported": (Position, {"evidence": "missing"}, "position", "without evidence"),
    "disputed": (Position, {"disputed__exact": "1"}, "disputed position", ""),
    "unreviewed": (Position, {"review": "open"}, "position", "not reviewed"),
    "unarchived": (Source, {"archive_url__isempty": "1"}, "source", "without an archived copy"),
    "without_reference": (Issue, {"reference": "none"}, "issue", "without a reference point"),
    "too_few_options": (Issue, {"options": "few"}, "issue", "with less than two options"),
}
PROCESS_PARAMETER: dict[type[Record], str] = {
    Position: "process",
    Source: "process",
    Issue: "process__id__exact",
}
# The kinds of records in the order of the first page. First those of the evening of a summit, in the order of
# its work: the occasion, the documents that came out of it, the words in them, and what was held in these
# words. Actors and issues are there before it; whoever corrects them looks further down.
UPKEEP = "Upkeep"
GROUPS: dict[str, tuple[str, ...]] = {
    "On the evening of a summit": ("Summit", "Source", "Statement", "Position"),
    "Who": ("Actor", "Person", "Participation", "Membership", "Office"),
    "What": ("Process", "Issue", "Option", "Outcome"),
    "When and where": ("Track", "Place", "Attendance", "Event", "EventIssue"),
    "Evidence": ("Evidence", "Signatory", "PositionLink", "Snapshot"),
    "Endings": (
        *("ScenarioSet", "Scenario", "ScenarioOutcome", "Citation"),
        *("Signpost", "Judgement", "Assessment"),
    ),
    # And what is in none of these.
    UPKEEP: ("ChangeSet", "MergeProposal", "User"),
}
DUPLICATES: tuple[type[Record], ...] = tuple(MERGEABLE.values())
# So many proposed merges have a line of their own.
MOST_LINES = 10


@dataclass(frozen=True)
class Line:
    """One thing that needs attention."""

    count: str
    words: str
    url: str


def desk_context(user: User | AnonymousUser, slug: str | None = None) -> dict[str, Any]:
    """What the first page shows to a user: only what they may look at.

    It tells of the process with this slug, or of the few in which something was recorded last. Raises Http404
    where there is none to be told of.
    """
    if not user.has_perm("issues.view_process"):
        return {"desk": [], "shared_lines": [], "others": [], "more_processes": False}
    latest = lately_recorded(readable(user))
    chosen = latest[:MOST_COUNTED] if slug is None else [get_object_or_404(readable(user), slug=slug)]
    others = [process for process in latest if process not in chosen]
    return {
        "desk": [
            {"process": item.process, "lines": _lines(item, user), "lacks": item.lacks}
            for item in desk(chosen)
        ],
        "shared_lines": [
            *(line for model in DUPLICATES if (line := _duplicates(model, user))),
            *_dead_links(user),
            *_proposals(user),
        ],
        "others": others[:MOST_NAMED],
        "more_processes": len(others) > MOST_NAMED,
    }


def grouped(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's list of what a user may see, by :data:`GROUPS` instead of by application."""
    left = {model["object_name"]: model for app in apps for model in app["models"]}
    groups = {name: [left.pop(kind) for kind in kinds if kind in left] for name, kinds in GROUPS.items()}
    groups[UPKEEP] += left.values()
    return [
        {"name": name, "app_label": slugify(name), "models": models}
        for name, models in groups.items()
        if models
    ]


def capped(count: int) -> str:
    """A count in words: beyond a thousand it is not counted on."""
    return f"{MOST - 1:,}+" if count >= MOST else f"{count:,}"


def _lines(item: Attention, user: User | AnonymousUser) -> list[Line]:
    lines = [*_meeting(item, user), *_open_sheets(item, user)]
    for name, (model, parameters, counted, rest) in LINES.items():
        count = item.counts.get(name, 0)
        if count and _may_view(user, model):
            query = {PROCESS_PARAMETER[model]: str(item.process.pk), **parameters}
            words = f"{counted}{'' if count == 1 else 's'} {rest}".strip()
            lines.append(Line(capped(count), words, _list(model, query)))
    return lines


def _meeting(item: Attention, user: User | AnonymousUser) -> list[Line]:
    """The unlogged cells of the last meeting, with the way to log them for those who log."""
    missing, expected = len(item.coverage.missing), len(item.coverage.expected)
    if item.meeting is None or not missing:
        return []
    page = "log" if _may_log(user, item) else "summit"
    url = reverse(page, args=[item.process.slug, item.meeting.slug])
    cells = f"{expected} cell{'' if expected == 1 else 's'}"
    return [Line(capped(missing), f"of {cells} of the last meeting not logged: {item.meeting}", url)]


def _open_sheets(item: Attention, user: User | AnonymousUser) -> list[Line]:
    if not _may_log(user, item):
        return []
    return [
        Line("1", f"sheet not published: {summit}", reverse("log", args=[item.process.slug, summit.slug]))
        for summit in item.open_sheets
    ]


def _duplicates(model: type[Record], user: User | AnonymousUser) -> Line | None:
    if not _may_view(user, model):
        return None
    count = len(likely_duplicates(model))
    words = f"{model._meta.verbose_name_plural} that may be recorded twice"
    return Line(capped(count), words, _list(model, {"duplicates": "likely"})) if count else None


def _dead_links(user: User | AnonymousUser) -> list[Line]:
    """The sources that no longer answer, where somebody had the addresses checked."""
    if not _may_view(user, Source):
        return []
    count = seen_by(user, Source.objects.filter(is_dead())).count()
    words = f"source{'' if count == 1 else 's'} whose address no longer answers"
    return [Line(capped(count), words, _list(Source, {"links": "dead"}))] if count else []


def _proposals(user: User | AnonymousUser) -> list[Line]:
    """The merges that wait for this person, each a link to its preview; the list has those beyond."""
    kinds = [kind for kind, model in MERGEABLE.items() if may_merge(user, model)]
    found = but_hidden(user, waiting(kinds)) if kinds else []
    lines = [
        Line(
            "1",
            f"merge proposed by {proposal.by}: {proposal}",
            reverse("admin:issues_mergeproposal_change", args=[proposal.pk]),
        )
        for proposal in found[:MOST_LINES]
    ]
    if len(found) > MOST_LINES:
        more = f"{reverse('admin:issues_mergeproposal_changelist')}?answer__exact=open"
        lines.append(Line(str(len(found) - MOST_LINES), "more merges proposed", more))
    return lines


def _list(model: type[Record], query: dict[str, str]) -> str:
    options = model._meta
    return f"{reverse(f'admin:{options.app_label}_{options.model_name}_changelist')}?{urlencode(query)}"


def _may_view(user: User | AnonymousUser, model: type[Record]) -> bool:
    return user.has_perm(f"issues.view_{model._meta.model_name}")


def _may_log(user: User | AnonymousUser, item: Attention) -> bool:
    return may_in(user, "issues.add_position", item.process)
