"""The first page: the processes that there are to read, and a new one to start from a spreadsheet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from issues.actions.record.new import add_process
from issues.forms.process import ProcessForm
from issues.forms.refusals import errors_on
from issues.history import recording
from issues.queries.access.readable import readable
from issues.views.access import refuse, signed_in
from issues.views.parameters import read_now

STARTED = "Started from a spreadsheet."


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The one process that there is to read, or a list of them; a name that is posted starts another."""
    if request.user.is_anonymous and not settings.PUBLIC_READ:
        return refuse(request)
    read_now(request, None)
    may_add = request.user.has_perm("issues.add_process")
    if request.method == "POST":
        return _start(request) if may_add else refuse(request)
    processes = list(readable(request.user)[:200])
    if len(processes) == 1:
        return redirect(processes[0])
    return render(
        request, "issues/processes.html", {"processes": processes, "form": ProcessForm() if may_add else None}
    )


def _start(request: HttpRequest) -> HttpResponse:
    """Make a process of the name that was posted, and lead on to its first file."""
    form = ProcessForm(request.POST)
    if form.is_valid():
        with errors_on(form), recording(by=signed_in(request), reason=STARTED):
            process = add_process(form.save(commit=False))
        if not form.errors:
            return redirect("import", process.slug)
    context = {"processes": list(readable(request.user)[:200]), "form": form}
    return render(request, "issues/processes.html", context, status=422)
