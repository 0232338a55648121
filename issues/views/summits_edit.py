"""An occasion, whole, on one page: a new one, and one on record to be corrected."""

from typing import Any

from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from issues.actions.record.occasion import Seat, correct_occasion, new_occasion
from issues.forms.parameters import read_parameters
from issues.forms.refusals import errors_on, is_stale, problems, unjudged
from issues.forms.rows import MORE
from issues.forms.seats import Seats, seat_rows
from issues.forms.summit import LikeForm, SummitForm
from issues.forms.way_back import NEXT, way_back
from issues.history import recording
from issues.models import Place, Process, Summit
from issues.queries.access.shared import tellable
from issues.queries.pages.around import offered_people
from issues.views.access import may_of, process_for, signed_in
from issues.views.pages import render_page
from issues.views.parameters import posted, read_only

# How many of the last meetings are offered to begin like.
LAST = 3


@process_for("issues.add_position")
def new_summit_page(request: HttpRequest, process: Process) -> HttpResponse:
    """A new occasion, empty or like another of the process, and on to its sheet."""
    read_only(request, process, NEXT, LikeForm)
    like = read_parameters(LikeForm(request.GET, process), process)["like"]
    form, seats = _forms(request, process, Summit(process=process), like)
    if _is_ready(request, form, seats):
        with errors_on(form):
            typed = form.cleaned_data
            with recording(by=signed_in(request), reason="New summit to log."):
                summit = new_occasion(
                    form.save(commit=False), _seats(seats) or (), confirmed=typed["confirmed"]
                )
            return redirect("log", process.slug, summit.slug)
    return _render(request, process, form, seats, way_back(request, reverse("summits", args=[process.slug])))


@process_for("issues.change_summit")
def edit_summit_page(request: HttpRequest, process: Process, slug: str) -> HttpResponse:
    """An occasion as it is, to be corrected with a reason."""
    read_only(request, process, NEXT)
    summit = _stored(process, slug)
    back = way_back(request, summit.get_absolute_url())
    form, seats = _forms(request, process, summit)
    if _is_ready(request, form, seats):
        late: list[bool] = []
        by, reason = signed_in(request), form.cleaned_data["reason"]
        with errors_on(form, on_stale=lambda: late.append(True)), recording(by=by, reason=reason):
            correct_occasion(
                Summit(pk=summit.pk, version=form.opened or 0),
                form.changes(),
                _seats(seats),
                seen=form.cleaned_data["seats"],
                confirmed=form.cleaned_data["confirmed"],
            )
        if late:  # after it was read: told as what was stored before that is
            form, seats = _forms(request, process, _stored(process, slug))
        elif not form.errors:
            return HttpResponseRedirect(back)
    return _render(request, process, form, seats, back, summit=_stored(process, slug))


def _stored(process: Process, slug: str) -> Summit:
    related = Summit.objects.select_related("process", "place", "track", "host")
    found = related.filter(process=process, slug=slug).first()
    if found is None:
        raise Http404(f"There is no summit “{slug}” in {process}.")
    return found


def _forms(
    request: HttpRequest, process: Process, summit: Summit, like: Summit | None = None
) -> tuple[SummitForm, Seats | None]:
    """The occasion and its table, as they are posted, stored, or begun like another."""
    data, is_checked, begun = posted(request), MORE not in request.POST, like or summit
    initial = {
        name: getattr(like, f"{name}_id" if name in ("track", "place", "host") else name)
        for name in ("kind", "track", "place", "host")
        if like is not None
    }
    form = SummitForm(data, instance=summit, process=process, may=may_of(request, process), initial=initial)
    form.beside = True  # the table may be all that is corrected
    seated = [] if begun._state.adding else list(begun.attendance.select_related("actor", "person"))
    may = may_of(request, process)
    seats = seat_rows(data, process=process, seated=seated, may=may, is_checked=is_checked)
    if not is_checked:
        unjudged(form)
    return form, seats


def _is_ready(request: HttpRequest, form: SummitForm, seats: Seats | None) -> bool:
    """Whether it is sent to be saved, and can be; both are asked, so that each says what is wrong."""
    parts: list[Any] = [form] if seats is None else [form, seats]
    return request.method == "POST" and MORE not in request.POST and all_valid(parts)


def _seats(seats: Seats | None) -> list[Seat] | None:
    return None if seats is None else seats.seats()


def _render(
    request: HttpRequest,
    process: Process,
    form: SummitForm,
    seats: Seats | None,
    back: str,
    summit: Summit | None = None,
) -> HttpResponse:
    """The page: 409 where someone else was faster, 422 where something is wrong."""
    is_asked = form.is_bound and MORE not in request.POST
    same = form.ask() if is_asked else []
    wrong = problems(form, seats) if is_asked else []
    held = Summit.objects.filter(process=process, kind__in=Summit.MEETINGS).order_by(
        "-starts_on", "-sequence"
    )
    return render_page(
        request,
        "summit_form",
        process,
        "summits",
        status=409 if is_stale(form) else 422 if wrong else 200,
        title=f"Edit: {summit}" if summit else "New summit",
        summit=summit,
        form=form,
        rows=seats,
        problems=wrong,
        same=same,
        back=back,
        last=[] if summit else list(held[:LAST]),
        offered=offered_people(process),
        places=tellable(Place.objects.all()).values_list("name", flat=True)[:300],
    )
