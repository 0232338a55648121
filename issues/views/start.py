"""Starting a process on one page, and adding actors and issues to one that is there."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from issues.actions.importing.draft import add_draft
from issues.actions.importing.look import as_stored, look
from issues.actions.record.new import add_process
from issues.actions.record.start import RowRefused, add_structure
from issues.forms.parameters import read_parameters
from issues.forms.refusals import REFUSALS, errors_on, in_words, problems, unjudged
from issues.forms.rows import MORE
from issues.forms.start import ACTORS, ISSUES, LISTS, StartForm, StructureForm
from issues.forms.start_begin import BeginForm
from issues.forms.way_back import NEXT, way_back
from issues.history import recording
from issues.importing.mapping import Mapping
from issues.importing.opened import opened
from issues.importing.stored import stored
from issues.models import Process
from issues.queries.access.may import may_all
from issues.views.access import process_for, refuse, signed_in
from issues.views.pages import render_page
from issues.views.parameters import posted, read_now

# All that the page may make.
MAKES = tuple(
    f"issues.add_{record}"
    for record in ("process", "actor", "participation", "membership", "issue", "option", "summit", "place")
)
PASTED = "pasted cells"
NOTHING = "Nothing is filled in yet."


@require_http_methods(["GET", "HEAD", "POST"])
def new_process_page(request: HttpRequest) -> HttpResponse:
    """A process from nothing, from a template or with the structure of another, and on to its matrix.

    Where positions were pasted as well, on to what these would record.
    """
    if not request.user.has_perms(MAKES):
        return refuse(request)
    read_now(request, None, BeginForm)
    begin = BeginForm(request.GET, signed_in(request))
    read_parameters(begin, None)
    is_checked = MORE not in request.POST
    form = StartForm(posted(request))
    lists = StructureForm(posted(request), LISTS, begin.rows(), is_checked=is_checked)
    if request.method == "POST" and is_checked and all([form.is_valid(), lists.is_valid()]):
        with errors_on(form), _rows_refused(lists):
            with recording(by=signed_in(request), reason=f"Started “{form.cleaned_data['name']}”."):
                process = add_process(form.save(commit=False))
                add_structure(process, lists.structure)
            return _next(request, process, form.cleaned_data["positions"])
    if not is_checked:
        unjudged(form)
    wrong = problems(form, lists) if is_checked else []
    context = {
        "form": form,
        "lists": list(lists),
        "begin": begin,
        "problems": wrong,
    }
    return render(request, "issues/new_process.html", context, status=422 if wrong else 200)


@process_for("issues.add_participation")
def new_actors_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Actors that take part, added to a process."""
    return _grow(request, process, ACTORS, "New actors", ("actor", "participation", "membership"))


@process_for("issues.add_issue")
def new_issues_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Issues with their options, added to a process."""
    return _grow(request, process, ISSUES, "New issues", ("issue", "option"))


def _grow(
    request: HttpRequest, process: Process, name: str, title: str, records: Collection[str]
) -> HttpResponse:
    """Add what one list says to a process, for those who may add each of the records."""
    if not may_all(request.user, [f"issues.add_{record}" for record in records], process):
        return refuse(request)
    read_now(request, process, NEXT)
    back = way_back(request, reverse(name, args=[process.slug]))
    is_checked = MORE not in request.POST
    lists = StructureForm(posted(request), (name,), process=process, is_checked=is_checked)
    if request.method == "POST" and is_checked and lists.is_valid():
        if not lists.lists[name].rows:
            lists.lists[name].add_error_at(0, "", NOTHING)
        else:
            try:
                with _rows_refused(lists):
                    with recording(by=signed_in(request), reason=f"{title} of “{process}”."):
                        add_structure(process, lists.structure)
                    return HttpResponseRedirect(back)
            except REFUSALS as error:
                lists.lists[name].add_error_at(0, "", ValidationError(in_words(error)))
    wrong = problems(lists) if is_checked else []
    context: dict[str, Any] = {"title": title, "lists": list(lists), "problems": wrong, "back": back}
    return render_page(request, "new_rows", process, name, status=422 if wrong else 200, **context)


@contextmanager
def _rows_refused(lists: StructureForm) -> Iterator[None]:
    """What a rule has against a row is told there, and nothing is stored."""
    try:
        yield
    except RowRefused as refused:
        lists.refuse(refused)


def _next(request: HttpRequest, process: Process, positions: str) -> HttpResponse:
    """The matrix of a new process; its first file; or the plan of what was pasted for it."""
    if positions:
        content, now, by = positions.encode(), stored(process), signed_in(request)
        mapping = as_stored(opened(content, Mapping(), now).mapping)
        draft = add_draft(process=process, name=PASTED, content=content, mapping=mapping, by=by)
        _, plan, _ = look(draft, now)
        # What is still to be said of the columns and names is asked first.
        asks = plan is None or bool(plan.problems)
        return redirect("import-file" if asks else "import-plan", process.slug, draft.pk)
    if "then" in request.POST:
        return redirect("import", process.slug)
    return redirect(process)
