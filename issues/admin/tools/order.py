"""The order of the issues of a process: one form of plain numbers, one change set."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from issues.actions.upkeep.order import arrange
from issues.admin.base.forms import ReasonForm, is_key
from issues.history import StaleVersion, Way
from issues.models import Issue, Process
from issues.user import User

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

    @property
    def order(self) -> dict[int, int]:
        """The place by key, as typed."""
        return {issue.pk: self.cleaned_data[f"order-{issue.pk}"] for issue in self.issues}

    @property
    def messages(self) -> list[str]:
        """What is wrong with the numbers, by issue."""
        return [
            f"{self.fields[name].label or name}: {error}"
            for name, errors in self.errors.items()
            if name != "change_reason"
            for error in errors
        ]


class ArrangePages(admin.ModelAdmin):
    """Adds “Order of the issues” to the page of a process."""

    change_form_template: ClassVar[Any] = "admin/process_form.html"

    def get_urls(self) -> list[Any]:
        """The address of the form, before those of processes."""
        view = self.admin_site.admin_view(self.order_view)
        return [path("<str:key>/order/", view, name="issues_process_order"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The process, with the way to order its issues for those who may."""
        shown = {"may_order": request.user.has_perm("issues.change_issue")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def order_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form; a POST puts the issues in order."""
        if not request.user.has_perm("issues.change_issue"):
            raise PermissionDenied
        process = Process.objects.filter(pk=key).first() if is_key(key) else None
        if process is None:
            raise Http404
        issues = list(Issue.objects.filter(process=process).order_by("order", "name")[:MOST])
        form = OrderForm(issues, request.POST if request.method == "POST" else None)
        errors: list[str] = []
        if form.is_bound and form.is_valid():
            errors = self._arrange(request, form)
            if not errors:
                return HttpResponseRedirect(reverse("admin:issues_process_change", args=[process.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Order of the issues: {process}",
            "opts": self.opts,
            "process": process,
            "form": form,
            "reason_form": form,
            "errors": [*errors, *(form.messages if form.is_bound else [])],
            "back": reverse("admin:issues_process_change", args=[process.pk]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/order.html", context)

    def _arrange(self, request: HttpRequest, form: OrderForm) -> list[str]:
        """Put them in order; returns what stands against it."""
        stored = {issue.pk: issue.version for issue in form.issues}
        for issue in form.issues:
            issue.version = form.cleaned_data[f"seen-{issue.pk}"]
        try:
            moved = arrange(
                form.issues,
                form.order,
                by=cast(User, request.user),
                reason=form.cleaned_data["change_reason"],
                kind=Way.ADMIN,
            )
        except StaleVersion:
            form.data = {
                **request.POST.dict(),
                **{f"seen-{pk}": str(version) for pk, version in stored.items()},
            }
            return [STALE]
        except ValidationError as error:
            return list(error.messages)
        many = f"{len(moved)} issue{'' if len(moved) == 1 else 's'}"
        self.message_user(
            request, f"{many} given another place." if moved else "Every issue stays in its place."
        )
        return []
