"""Bringing a file in: upload it, say what is what, see the plan, confirm."""

import json
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from issues.actions.importing.carry_out import ChangedMeanwhile, carry_out
from issues.actions.importing.draft import add_draft, forget, set_mapping
from issues.actions.importing.look import CHANGED, as_stored, beside, file_of, look
from issues.actions.jobs.work import MOST_ON_A_PAGE, ask
from issues.exports.import_template import import_template
from issues.exports.refused_csv import refused_csv
from issues.forms.import_mapping import MappingForm
from issues.forms.import_posted import mapping_of
from issues.forms.importing import ConfirmForm, PlanForm, UploadForm
from issues.forms.parameters import read_parameters
from issues.forms.refusals import add_stale, errors_on
from issues.importing.item import REFUSED, STORED, Plan
from issues.importing.mapping import Mapping, from_json
from issues.importing.opened import Opened, for_next, opened
from issues.importing.reading import ReadError
from issues.importing.stored import Stored, stored
from issues.importing.told import reasons, rows_of, spellings, told
from issues.models import Import, Job, Process
from issues.queries.reading.process import read
from issues.views.access import process_for, signed_in
from issues.views.jobs import job_answer
from issues.views.pages import render_form, render_page

SAMPLE = 12
WARNED = 50
A_PAGE = 100
KNOWN = ("actor", "issue", "summit", "speaker", "place")


@process_for("issues.add_position")
def import_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Upload a file or paste cells; the files that wait, and those that came in."""
    form = UploadForm(*_posted(request), process=process)
    if request.method == "POST" and form.is_valid():
        (name, content), beside = form.content(), form.beside()
        like = form.cleaned_data["like"]
        mapping = (
            for_next(from_json(json.dumps(like.mapping)))
            if like
            else Mapping(table=form.cleaned_data["table"])
        )
        try:
            file = opened(content, mapping, stored(process), beside)
        except ReadError as error:
            form.add_error("file" if form.cleaned_data["file"] else "pasted", str(error))
        else:
            draft = add_draft(
                process=process,
                name=name,
                content=content,
                mapping=as_stored(file.mapping),
                by=signed_in(request),
                beside=beside,
            )
            return redirect("import-file", process.slug, draft.pk)
    files = (
        Import.objects.filter(process=process).defer("content", "second", "rows").select_related("change_set")
    )
    context = {
        "waiting": files.filter(change_set=None, by=signed_in(request)),
        "done": files.exclude(change_set=None)[:20],
    }
    return render_form(request, "import", process, "summits", form, **context)


@process_for("issues.add_position")
def import_template_file(request: HttpRequest, process: Process) -> HttpResponse:
    """A workbook to fill, with the names of the process to choose from."""
    return HttpResponse(
        import_template(read(process)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": content_disposition_header(True, f"{process.slug}-positions.xlsx")},
    )


@process_for("issues.add_position")
def import_file_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """A waiting file: how it was read, what its columns, values and names mean. Saving leads to the plan."""
    draft = _get(request, process, pk)
    if draft.change_set is not None:
        return render_page(request, "import_done", process, "summits", file=draft)
    if job := draft.jobs.first():
        return job_answer(request, job)
    if request.method == "POST" and "forget" in request.POST:
        forget(draft)
        return redirect("import", process.slug)
    now = stored(process)
    file, plan, missing = look(draft, now)
    problems = plan.problems if plan else []
    form = MappingForm(_posted(request)[0], file=file, stored=now, problems=problems)
    if request.method == "POST" and form.is_valid():
        mapping = mapping_of(form)
        if not form.errors and _is_readable(form, draft, mapping, now):
            set_mapping(draft, as_stored(mapping))
            return redirect("import-plan" if "plan" in request.POST else "import-file", process.slug, pk)
    context = {
        "file": draft,
        "grid": file.grid,
        "table": file.table,
        "sample": file.table.rows[:SAMPLE],
        "warned": file.grid.warned[:WARNED],
        "missing": missing,
        "second": file.second_name,
        "plan": plan,
        "known": {kind: list(now.directories[kind].by_slug.values()) for kind in KNOWN},
    }
    return render_form(request, "import_file", process, "summits", form, **context)


@process_for("issues.add_position")
def import_plan_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What a waiting file would change, position by position; confirming does exactly that."""
    draft = _get(request, process, pk)
    if draft.change_set is not None or draft.jobs.exists():
        return redirect("import-file", process.slug, pk)
    now = stored(process)
    file, plan, _ = look(draft, now)
    if plan is None:
        return redirect("import-file", process.slug, pk)
    shown = read_parameters(PlanForm(request.GET), process)
    form = ConfirmForm(_posted(request)[0])
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != plan.seen:
            add_stale(form, CHANGED)
        elif _carry_out(request, draft, file, plan, form):
            return redirect("import-file", process.slug, pk)
        else:
            now = stored(process)
            plan = look(draft, now)[1] or plan
    return _render_plan(request, draft, plan, now, form, shown)


@process_for("issues.add_position")
def import_refused(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """The refused rows with their reasons, to be mended and read again alone."""
    draft = _get(request, process, pk)
    if draft.change_set is not None:
        raise Http404("This file came in; what it changed is in the record.")
    file, plan, _ = look(draft, stored(process))
    if plan is None or not plan.problems:
        raise Http404("No row of this file is refused.")
    response = HttpResponse(refused_csv(plan, file.first), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return response


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    """What was posted, though it be nothing, and the files; None where the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _get(request: HttpRequest, process: Process, pk: int) -> Import:
    """A file of this process: one's own while it waits, anybody's once it came in."""
    found = Import.objects.filter(process=process, pk=pk).select_related("change_set", "process").first()
    if found is None or (found.change_set is None and found.by != request.user):
        raise Http404("There is no such file, or it is another's.")
    return found


def _is_readable(form: MappingForm, draft: Import, mapping: Mapping, now: Stored) -> bool:
    """Whether the file can be read by a mapping; if not, the form says why."""
    try:
        opened(bytes(draft.content), mapping, now, beside(draft))
    except ReadError as error:
        form.add_error("sheet" if form.file.grid.sheets else "encoding", str(error))
        return False
    return True


def _carry_out(request: HttpRequest, draft: Import, file: Opened, plan: Plan, form: ConfirmForm) -> bool:
    """Do what was confirmed, or ask a worker for it where it is much.

    False, with the reason on the form, where it is refused.
    """
    size = sum(plan.counts[result] for result in STORED)
    if size > MOST_ON_A_PAGE and not _is_held_back(plan, form):
        said = {name: form.cleaned_data[name] for name in ("reason", "seen", "without_refused")}
        ask(Job(imported=draft, by=signed_in(request), size=size, **said))
        return True
    with errors_on(form, on_stale=partial(add_stale, form, CHANGED)):
        try:
            carry_out(
                plan,
                process=draft.process,
                file=file_of(draft, file),
                by=signed_in(request),
                reason=form.cleaned_data["reason"],
                without_refused=form.cleaned_data["without_refused"],
                draft=draft,
            )
        except ChangedMeanwhile as error:
            add_stale(form, str(error))
    return not form.errors


def _is_held_back(plan: Plan, form: ConfirmForm) -> bool:
    """Whether refused rows stand in the way, which is told at once."""
    return plan.counts[REFUSED] > 0 and not form.cleaned_data["without_refused"]


def _render_plan(
    request: HttpRequest, draft: Import, plan: Plan, now: Stored, form: ConfirmForm, shown: dict[str, Any]
) -> HttpResponse:
    wanted = [item for item in plan.items if shown["result"] in ("", item.result)]
    page = Paginator(wanted, A_PAGE).get_page(shown["page"] or 1)
    context = {
        "file": draft,
        "plan": plan,
        "shown": shown["result"],
        "page": page,
        "rows": [(item, rows_of(item), told(item, now)) for item in page],
        "spellings": spellings(plan, now),
        "has_refused": plan.counts[REFUSED] > 0,
        "reasons": reasons(plan, in_mapping=False),
    }
    return render_form(request, "import_plan", draft.process, "summits", form, **context)
