"""Proposed merges: what waits for an editor, with its preview filled in, and what was answered."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from issues.actions.upkeep.merge_proposals import carry_out, decline
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.tool import ReadOnlyAdmin, author, tool_page
from issues.admin.tools.merge import STALE, as_asked, done, may_merge, may_propose
from issues.admin.tools.merge_preview import Chosen, chosen_in, keeper_asked, preview
from issues.forms.refusals import add_stale, errors_on
from issues.models.merge_proposal import MERGEABLE, Answer, MergeProposal
from issues.queries.access.standing import standing_of
from issues.queries.upkeep.merge_proposals import but_hidden, outdated, records_of
from issues.queries.upkeep.references import reference_counts

LIST = "admin:issues_mergeproposal_changelist"


@admin.register(MergeProposal)
class MergeProposalAdmin(ReadOnlyAdmin):
    """What was proposed to be merged, by whom and why, and what was answered."""

    list_display = ("__str__", "kind", "by", "made_at", "reason", "answer", "answered_by")
    list_filter = ("answer", "kind")
    list_select_related = ("by", "answered_by")
    search_fields = ("names", "reason", "by__username")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[MergeProposal]:
        """All; of somebody from whom processes are hidden, those of records that they may be told of."""
        proposals = super().get_queryset(request)
        if not standing_of(request.user).hidden:
            return proposals
        return proposals.filter(pk__in=[one.pk for one in but_hidden(request.user, proposals)])

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may propose for any kind sees what was proposed."""
        models = [obj.model] if obj is not None else MERGEABLE.values()
        return any(may_propose(request.user, model) for model in models)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same for its place among the lists."""
        return self.has_view_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The proposal; for whoever may answer it, the preview with what was chosen, to do or to decline."""
        found = self.get_queryset(request).select_related("by", "answered_by")
        proposal = get_object_or_404(found, pk=object_id if is_key(object_id) else None)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        gone = outdated(proposal)
        waits = proposal.answer == Answer.OPEN and not gone
        if not waits or not may_merge(request.user, proposal.model):
            return tool_page(
                *(request, "merge_proposal", "Proposed merge", MergeProposal),
                proposal=proposal,
                gone=gone,
                waits=waits,
            )
        return _answered(request, proposal)


def _answered(request: HttpRequest, proposal: MergeProposal) -> HttpResponse:
    """The preview, what was wrong with an answer, or the way back to the list after one."""
    records = records_of(proposal)
    keeper = keeper_asked(request, records) or records[0]
    is_posted = request.method == "POST"
    chosen = chosen_in(request.POST, keeper) if is_posted else Chosen(proposal.stands, proposal.fields)
    is_confirmed = request.POST.get("previewed") == str(keeper.pk) and "confirm" in request.POST
    form = ReasonForm(request.POST if is_confirmed else None, initial={"change_reason": proposal.reason})
    declining = ReasonForm(request.POST if "decline" in request.POST else None, prefix="decline")
    if declining.is_valid():
        with errors_on(declining):
            decline(proposal, by=author(request), reason=declining.cleaned_data["change_reason"])
            messages.success(request, f"Declined: {proposal}.")
            return redirect(LIST)
    if form.is_valid():
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            others = [record for record in records if record != keeper]
            reason = form.cleaned_data["change_reason"]
            kept = carry_out(proposal, **as_asked(request, keeper, others, chosen, reason))
            messages.success(request, done(kept, others))
            return redirect(LIST)
    shown = preview(records, keeper, chosen, reference_counts(records))
    return tool_page(
        request,
        "merge",
        "Proposed merge",
        MergeProposal,
        form if not declining.errors else declining,
        **shown,
        proposal=proposal,
        merging=form,
        declining=declining,
    )
