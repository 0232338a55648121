"""The first page: the processes that there are to read, and a new one to start from a spreadsheet."""

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from issues.actions.record.new import add_process
from issues.forms.matrix import PageForm
from issues.forms.process import ProcessForm
from issues.forms.refusals import errors_on
from issues.history import recording
from issues.queries.access.readable import readable
from issues.views.access import refuse, signed_in
from issues.views.parameters import read_now, read_page_number

PROCESSES_A_PAGE = 50
STARTED = "Started from a spreadsheet."


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The one process that there is to read, or a list of them; a name that is posted starts another."""
    if request.user.is_anonymous and not settings.PUBLIC_READ:
        return refuse(request)
    read_now(request, None, PageForm)
    may_add = request.user.has_perm("issues.add_process")
    if request.method == "POST":
        return _start(request) if may_add else refuse(request)
    page = _listed(request)
    if page.paginator.count == 1:
        return redirect(page[0])
    context = {"page": page, "form": ProcessForm() if may_add else None}
    return render(request, "issues/processes.html", context)


def _listed(request: HttpRequest) -> Page:
    """The page of processes that the address asks for. Raises BadParameters."""
    number = read_page_number(request, None)
    return Paginator(readable(request.user).order_by("name", "pk"), PROCESSES_A_PAGE).get_page(number)


def _start(request: HttpRequest) -> HttpResponse:
    """Make a process of the name that was posted, and lead on to its first file."""
    form = ProcessForm(request.POST)
    if form.is_valid():
        with errors_on(form), recording(by=signed_in(request), reason=STARTED):
            process = add_process(form.save(commit=False))
        if not form.errors:
            return redirect("import", process.slug)
    return render(request, "issues/processes.html", {"page": _listed(request), "form": form}, status=422)
