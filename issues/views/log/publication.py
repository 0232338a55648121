"""Preview and publish; reopen; undo the publication; mark what is left as not addressed."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.jobs.work import MOST_ON_A_PAGE, ask
from issues.actions.log_sheet.cell import CellConflict, save_cell
from issues.actions.log_sheet.publish import publish, reopen
from issues.actions.take_back.undo_change_set import refuse_undoing, size_of, touched, undo
from issues.forms.refusals import errors_on
from issues.forms.sheet import PublicationForm, version_in
from issues.models import Job, Sheet, Summit
from issues.queries.access.may import may_in
from issues.queries.log_sheet.grid import find_sheet, squares
from issues.queries.log_sheet.publication_preview import publication_preview, unlogged
from issues.queries.log_sheet.published_state import published_state
from issues.queries.reading.process import Reading, read
from issues.user import User
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, summit_to_log
from issues.views.log.sheet import sheet_address
from issues.views.pages import render_form

MEANWHILE = "This sheet was published or reopened meanwhile; look at it again."
AT = {"reason": "note"}  # a publication is recorded with its note as the reason


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def preview_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """What publishing would record; publishing needs a note."""
    sheet = get_sheet(request, summit)
    if sheet.is_private:
        return redirect(sheet_address(sheet))
    form = PublicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sheet.version = version_in(request.POST.get("version", "")) or 0
        note, seen = form.cleaned_data["note"], request.POST.get("seen", "")
        with errors_on(form, AT, on_stale=partial(form.add_error, None, MEANWHILE)):
            publish(sheet=sheet, note=note, by=signed_in(request), seen=seen)
            following = _following(read(summit.process), summit) if "next" in request.POST else None
            name, shown = ("log", following) if following else ("summit", summit)
            return redirect(name, summit.process.slug, shown.slug)
    return _render(request, summit, form)


@require_POST
@summit_to_log
def reopen_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Open a published sheet again; what is published from it then are corrections."""
    sheet = _shared(summit)
    form = PublicationForm(request.POST)
    if form.is_valid():
        with errors_on(form, AT, on_stale=partial(form.add_error, None, MEANWHILE)):
            reopen(sheet=sheet, reason=form.cleaned_data["note"], by=signed_in(request))
            return redirect(sheet_address(sheet))
    return _render(request, summit, form)


@require_POST
@summit_to_log
def undo_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Undo a publication as one: researchers their own, editors anyone's. A worker undoes a large one."""
    sheet, user = _shared(summit), signed_in(request)
    form = PublicationForm(request.POST)
    if sheet.published is None:
        return redirect(sheet_address(sheet))
    if not _may_undo(sheet, user):
        raise PermissionDenied
    if form.is_valid():
        with errors_on(form, AT):
            said: dict[str, Any] = {"by": user, "reason": form.cleaned_data["note"]}
            size = size_of(sheet.published)
            if size > MOST_ON_A_PAGE:
                refuse_undoing(touched(sheet.published), user)
                return redirect("job", ask(Job(undoing=sheet.published, size=size, **said)).pk)
            undo(sheet.published, **said)
            return redirect(sheet_address(sheet))
    return _render(request, summit, form)


@require_POST
@summit_to_log
def mark_silent_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Mark an actor's unlogged cells as not addressed: it was watched, and said nothing."""
    sheet = get_sheet(request, summit)
    actor = request.POST.get("actor", "")
    for line, missing in unlogged(squares(read(summit.process), sheet)):
        if line.actor.slug != actor:
            continue
        for square in missing:
            try:
                save_cell(
                    sheet=sheet,
                    actor=line.actor,
                    issue=square.issue,
                    typed="n",
                    version=0,
                    by=signed_in(request),
                )
            except CellConflict:
                continue  # Someone logged it a moment ago, which is what was wanted.
            except ValidationError:
                break  # It is published meanwhile; the preview says so.
    return redirect(sheet_address(sheet, "log-preview"))


def _shared(summit: Summit) -> Sheet:
    """The shared sheet, once somebody has typed on it."""
    sheet = find_sheet(summit, None)
    if sheet.is_blank:
        raise Http404("Nobody has typed on this sheet yet.")
    return sheet


def _render(request: HttpRequest, summit: Summit, form: PublicationForm) -> HttpResponse:
    sheet = find_sheet(summit, None)
    reading = read(summit.process)
    grid = squares(reading, sheet)
    return render_form(
        request,
        "log_preview",
        summit.process,
        "summits",
        form,
        summit=summit,
        sheet=sheet,
        grid=grid,
        preview=publication_preview(grid, published_state(sheet)),
        may_undo=_may_undo(sheet, signed_in(request)),
        following=_following(reading, summit),
    )


def _following(reading: Reading, summit: Summit) -> Summit | None:
    """The meeting to log next: the first unpublished one after this, else the first of all."""
    left = [one for one in reading.unlogged if one.pk != summit.pk]
    places = {pk: place for place, pk in enumerate(reading.summits)}
    later = [one for one in left if places[one.pk] > places.get(summit.pk, 0)]
    return next(iter(later or left), None)


def _may_undo(sheet: Sheet, user: User) -> bool:
    """Researchers undo their own publication, editors anyone's."""
    return sheet.published is not None and (
        sheet.published.user_id == user.pk or may_in(user, "issues.delete_position", sheet.summit.process)
    )
