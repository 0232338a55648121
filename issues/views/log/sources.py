"""The sources of a sheet: what is typed of one, those that may be meant, and a new one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from issues.actions.log_sheet.row import set_source
from issues.actions.record.new import add_source
from issues.domain.span import day_in_words
from issues.forms.refusals import errors_on
from issues.forms.sheet_source import EntryForm, SourceForm
from issues.history import recording
from issues.models import Actor, Sheet, Source, Summit
from issues.queries.access.shared import tellable
from issues.queries.log_sheet.source_lookup import FEW, sources_like
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, participant, summit_to_log
from issues.views.log.sheet import sheet_address
from issues.views.pages import render_page


@require_safe
@summit_to_log
def sources_found(request: HttpRequest, summit: Summit) -> HttpResponse:
    """The sources in which all that is typed occurs, the newest first, for the sheet's script."""
    found = sources_like(request.GET.get("q", ""), FEW + 1)
    listed = [
        {
            "key": source.key,
            "name": str(source),
            "date": day_in_words(source.published_on, source.published_on_precision)
            if source.published_on
            else "undated",
        }
        for source in found[:FEW]
    ]
    return JsonResponse({"sources": listed, "more": len(found) > FEW})


@require_http_methods(["GET", "HEAD", "POST"])
@summit_to_log
def source_form_page(request: HttpRequest, summit: Summit, actor: int) -> HttpResponse:
    """A new source, completed in place. It serves the actor's row at once, or, with ``?of=cell``, no row.

    An address or an entry of a reference manager may be read first: what it says stands in the fields then.
    """
    sheet, who = get_sheet(request, summit), participant(summit, actor)
    is_for_row = request.GET.get("of") != "cell"
    entry = EntryForm({"entry": request.POST.get("entry") or request.GET.get("url", "")})
    form = SourceForm(initial={"url": request.GET.get("url", ""), "kind": "news"})
    if request.method == "POST":
        form = SourceForm(request.POST)
        used = request.POST.get("use", "")
        known = tellable(Source.objects.filter(key=used)).first() if used and "\0" not in used else None
        if known is not None and is_for_row:
            with errors_on(form):
                set_source(sheet=sheet, actor=who, source=known, by=signed_in(request))
                return redirect(f"{sheet_address(sheet)}#row-{who.pk}")
        elif "read" in request.POST and entry.data["entry"]:
            form = _read(request, entry)
        elif form.is_valid():
            with errors_on(form):
                _store(request, sheet, who if is_for_row else None, form.save(commit=False))
                return redirect(f"{sheet_address(sheet)}#row-{who.pk}")
    is_read = "read" in request.POST and bool(entry.data["entry"])
    wrong = (is_read and entry.errors) or form.errors
    return render_page(
        request,
        "log_source",
        summit.process,
        "summits",
        status=422 if wrong else 200,
        form=form,
        entry=entry if is_read else _unread(request),
        known=(entry.known if is_read else None) or form.known,
        is_for_row=is_for_row,
        title=f"New source for {who}" if is_for_row else "New source",
        back=sheet_address(sheet),
    )


def _unread(request: HttpRequest) -> EntryForm:
    """The entry as it was typed, judged by nobody; where one begins, it is the first thing to type."""
    entry = EntryForm(initial={"entry": request.POST.get("entry", "")})
    if request.method != "POST":
        entry.fields["entry"].widget.attrs["autofocus"] = True
    return entry


def _read(request: HttpRequest, entry: EntryForm) -> SourceForm:
    """The fields with what an entry says, and what was typed where it says nothing.

    What an entry lacks or says wrongly is told at once; an address alone says nothing else.
    """
    said: dict[str, Any] = entry.cleaned_data["entry"] if entry.is_valid() else {}
    typed = {name: value for name in SourceForm.base_fields if (value := request.POST.get(name))}
    whole = {"language": "en"} | typed | said
    if said.keys() - {"url"}:
        return SourceForm(whole)
    form = SourceForm(initial=whole)
    form.fields["title"].widget.attrs["autofocus"] = True
    return form


def _store(request: HttpRequest, sheet: Sheet, actor: Actor | None, source: Source) -> None:
    by = signed_in(request)
    if actor is not None:
        set_source(sheet=sheet, actor=actor, source=source, by=by)
        return
    with recording(by=by, reason=f"Source for {sheet.summit}."):
        add_source(source)
