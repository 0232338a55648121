"""Briefs for Word: of a summit, a span of summits, an issue and an actor."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from issues.exports.brief import About, SummitContents, actor_docx, issue_docx, span_docx, summit_docx
from issues.forms.brief import FROM, TO, SpanForm
from issues.forms.parameters import read_parameters
from issues.models import Process
from issues.queries.pages.actor_profile import profile
from issues.queries.pages.headline import headline
from issues.queries.pages.issue_timeline import timeline
from issues.queries.pages.named_changes import named_changes
from issues.queries.pages.span_brief import span_brief
from issues.queries.pages.summit_brief import brief, events_before
from issues.queries.reading.process import Reading
from issues.views.access import process_file
from issues.views.actors import participation_of
from issues.views.issues import called
from issues.views.parameters import read_as_of, read_known, read_only
from issues.views.summits import summit_called

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A document has no pages of actors: it tells of all.
MOST_ACTORS = 10_000
NO_SUMMIT = "No summit was held yet, so there is nothing to tell."


@process_file
def summit_brief(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """What the page of a summit says, of all actors."""
    read_only(request, process)
    reading = read_known(request, process)
    summit = summit_called(reading, slug)
    whole = brief(reading, summit, size=MOST_ACTORS)
    contents = SummitContents(
        summit, whole, headline(reading, whole.folded, summit), list(events_before(reading, summit))
    )
    about = _about(request, reading, summit.get_absolute_url())
    return _word(summit_docx(contents, about), process, summit.slug)


@process_file
def summits_brief(request: HttpRequest, process: Process) -> HttpResponse:
    """What changed from a summit to another, what was agreed at each, and what happened meanwhile."""
    read_only(request, process, FROM, TO)
    reading = read_known(request, process)
    wanted = read_parameters(SpanForm(request.GET, reading), process)
    first, last = wanted[FROM], wanted[TO]
    if first is None or last is None:
        raise Http404(NO_SUMMIT)
    about = _about(request, reading, reverse("summits", args=[process.slug]))
    return _word(span_docx(span_brief(reading, first, last), about), process, first.slug, last.slug)


@process_file
def issue_brief(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """Who stands where on an issue, and everything that was said on it."""
    read_only(request, process, "summit")
    reading, summit = read_as_of(request, process)
    issue = called(reading, slug)
    if summit is None:
        raise Http404(NO_SUMMIT)
    whole = timeline(reading, issue, summit)
    about = _about(request, reading, f"{issue.get_absolute_url()}?summit={summit.slug}")
    return _word(issue_docx(whole, whole.said(), about), process, issue.slug)


@process_file
def actor_brief(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """Where an actor stands on every issue, and everything that it said."""
    read_only(request, process, "summit")
    reading, summit = read_as_of(request, process)
    participation = participation_of(reading, slug)
    if summit is None:
        raise Http404(NO_SUMMIT)
    shown = profile(reading, participation, summit)
    said = [change for stand in shown.stands for change in reversed(stand.changes)]
    page = reverse("actor", args=[process.slug, slug])
    about = _about(request, reading, f"{page}?summit={summit.slug}")
    return _word(actor_docx(shown, summit, named_changes(reading, said), about), process, slug)


def _about(request: HttpRequest, reading: Reading, page: str) -> About:
    return About(reading.process, request.build_absolute_uri(page), timezone.now(), reading.known)


def _word(document: bytes, process: Process, *names: str) -> HttpResponse:
    response = HttpResponse(document, content_type=WORD)
    name = f"{'-'.join(dict.fromkeys((process.slug, *names)))}.docx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
