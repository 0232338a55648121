"""What a sheet is about: the issues and actors that it shows; an actor who is added on it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.log_sheet.about import add_actor, put_issues_aside, say_what_about
from issues.forms.refusals import errors_on
from issues.forms.sheet import key_in
from issues.forms.sheet_actor import SheetActorForm
from issues.models import Sheet, Summit
from issues.queries.log_sheet.aside import aside
from issues.queries.log_sheet.grid import squares
from issues.queries.reading.process import read
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, summit_to_log, wants_json
from issues.views.log.sheet import sheet_address
from issues.views.pages import render_form, render_page


@require_POST
@summit_to_log
def about_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Show the ticked issues and actors and put the others aside; with ``table`` who sat there alone.

    The sheet's script sends the issues that nobody has used as ``aside``.
    """
    sheet, by = get_sheet(request, summit), signed_in(request)
    if wants_json(request):
        return _put_aside(request, sheet)
    held = aside(squares(read(summit.process), sheet))
    issues, actors = _keys(request, "issue"), _keys(request, "actor")
    try:
        say_what_about(
            sheet=sheet,
            issues=issues | held.held_issues,
            actors=(held.attending if "table" in request.POST else actors) | held.held_actors,
            by=by,
        )
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return render_page(
            request,
            "log_form",
            summit.process,
            "summits",
            status=422,
            title="What this meeting is about was not stored",
            errors=[
                f"{name.capitalize()}: {words}" if name else words for name in told for words in told[name]
            ],
            back=sheet_address(sheet),
        )
    return redirect(sheet_address(sheet))


def _put_aside(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    try:
        put_issues_aside(sheet=sheet, issues=_keys(request, "aside"), by=signed_in(request))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return JsonResponse({})


def _keys(request: HttpRequest, name: str) -> set[int]:
    return {key_in(typed) for typed in request.POST.getlist(name)}


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def new_actor_page(request: HttpRequest, summit: Summit) -> HttpResponse:
    """An actor who is not on the sheet: one on record, or a new one, who takes part from now on."""
    sheet = get_sheet(request, summit)
    form = SheetActorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with errors_on(form):
            actor = add_actor(
                sheet=sheet,
                actor=typed["actor"],
                role=typed["role"],
                watched=typed["watched"],
                by=signed_in(request),
            )
            return redirect(f"{sheet_address(sheet)}#row-{actor.pk}")
    back = sheet_address(sheet)
    return render_form(
        request, "log_form", summit.process, "summits", form, title="An actor for this sheet", back=back
    )
