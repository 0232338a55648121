"""Long work: how far it came, told by a page that asks again by itself and by a button that takes it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from issues.actions.jobs.steps import cancel, forget_job
from issues.actions.jobs.work import ask
from issues.models import Job
from issues.views.access import refuse, signed_in

SECONDS = 2
TOO_LATE = "It is being stored already. Undo it when it is done."


@require_http_methods(["GET", "HEAD", "POST"])
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Long work of one's own that belongs to no file: a change set that is undone."""
    if request.user.is_anonymous:
        return refuse(request)
    own = Job.objects.filter(by=signed_in(request)).select_related("imported__process", "undoing")
    job = get_object_or_404(own, pk=pk)
    if job.imported is not None:
        return redirect(_file_of(job))
    return job_answer(request, job)


def job_answer(request: HttpRequest, job: Job) -> HttpResponse:
    """How far work came; a POST cancels it, starts it again, or puts it away."""
    if request.method == "POST":
        return _changed(request, job)
    return _told(request, job)


def _changed(request: HttpRequest, job: Job) -> HttpResponse:
    if "cancel" in request.POST:
        if not cancel(job):
            return _told(request, job, error=TOO_LATE)
        return redirect(_address(job))
    if job.is_open:
        return _told(request, job, error="It is still running.")
    said = {name: getattr(job, name) for name in ("by", "reason", "imported", "undoing", "size", "seen")}
    address = _file_of(job) if job.imported else reverse("home")
    forget_job(job)
    if "again" in request.POST and not job.is_stored:
        again = ask(Job(**said, without_refused=job.without_refused))
        return redirect(_address(again))
    return redirect(address)


def _told(request: HttpRequest, job: Job, error: str = "") -> HttpResponse:
    job.refresh_from_db(fields=["stage", "failure", "worker", "reached_at"])
    still = "still" in request.GET
    context = {
        "job": job,
        "process": job.imported.process if job.imported else None,
        "error": error,
        "stages": [stage for stage in Job.Stage if stage not in ("failed", "cancelled")],
        "still": still,
    }
    answer = render(request, "issues/job.html", context, status=409 if error else 200)
    if job.is_open and not still and not error:
        answer["Refresh"] = str(SECONDS)
    return answer


def _file_of(job: Job) -> str:
    assert job.imported is not None  # noqa: S101 -- asked of work on a file alone
    return reverse("import-file", args=[job.imported.process.slug, job.imported.pk])


def _address(job: Job) -> str:
    return _file_of(job) if job.imported else reverse("job", args=[job.pk])
