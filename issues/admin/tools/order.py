"""The order of the issues of a process: one form of plain numbers, one change set."""

from copy import copy
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from issues.actions.upkeep.order import arrange
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.tool import author, tool_page
from issues.forms.refusals import add_stale, errors_on, is_stale
from issues.history import Way
from issues.models import Issue, Process
from issues.queries.access.may import may_in
from issues.queries.access.readable import readable

# More fields than this a form cannot post.
MOST = 400
HIGHEST = 32767
STALE = "Someone changed one of these issues while you had this page open. Look at them again."


class OrderForm(ReasonForm):
    """A number for each issue, the version that the person saw, and why."""

    def __init__(self, issues: list[Issue], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issues = issues
        for issue in issues:
            self.fields[f"order-{issue.pk}"] = forms.IntegerField(
                label=str(issue), min_value=0, max_value=HIGHEST, initial=issue.order
            )
            self.fields[f"seen-{issue.pk}"] = forms.IntegerField(
                min_value=0, max_value=2**31 - 1, initial=issue.version, widget=forms.HiddenInput
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each issue with its two fields."""
        return [
            {"issue": issue, "place": self[f"order-{issue.pk}"], "seen": self[f"seen-{issue.pk}"]}
            for issue in self.issues
        ]


def order_page(request: HttpRequest, key: str) -> HttpResponse:
    """The issues with their places; a POST with a reason puts them in order."""
    process = get_object_or_404(readable(request.user), pk=key if is_key(key) else None)
    if not may_in(request.user, "issues.change_issue", process):
        raise PermissionDenied
    issues = list(Issue.objects.filter(process=process).order_by("order", "name")[:MOST])
    form = OrderForm(issues, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            messages.success(request, _arrange(request, form))
            return redirect("admin:issues_process_change", process.pk)
    if is_stale(form):
        form.data = request.POST.dict() | {f"seen-{issue.pk}": str(issue.version) for issue in issues}
    title = f"Order of the issues: {process}"
    return tool_page(request, "order", title, Process, form, process=process)


def _arrange(request: HttpRequest, form: OrderForm) -> str:
    """Put them in order; returns in words what that changed."""
    typed = form.cleaned_data
    seen = [copy(issue) for issue in form.issues]
    for issue in seen:
        issue.version = typed[f"seen-{issue.pk}"]
    order = {issue.pk: typed[f"order-{issue.pk}"] for issue in form.issues}
    moved = arrange(seen, order, by=author(request), reason=typed["change_reason"], kind=Way.ADMIN)
    many = f"{len(moved)} issue{'' if len(moved) == 1 else 's'}"
    return f"{many} given another place." if moved else "Every issue stays in its place."
