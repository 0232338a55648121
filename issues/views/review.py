"""A second pair of eyes: a position with its evidence, reviewed by someone else than its last editor."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from issues.actions.record.review import last_editors, mark_reviewed
from issues.models import Position, Process
from issues.queries.history.names import address_of
from issues.queries.reading.words import with_words
from issues.views.access import process_for, signed_in
from issues.views.pages import render_page

STALE = "Someone changed it while you had this page open. Below is what it says now; read it again."


@process_for("issues.add_position")
def position_review_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What a position says and rests on, and who edited it last. A POST marks it as reviewed."""
    related = Position.objects.select_related("issue__process", "actor", "summit", "reviewed_by")
    position = related.filter(pk=pk, issue__process=process).first()
    if position is None:
        raise Http404(f"There is no position {pk} in {process}.")
    by, errors = signed_in(request), list[str]()
    if request.method == "POST":
        if request.POST.get("version") != str(position.version):
            errors = [STALE]
        else:
            try:
                mark_reviewed([position], by=by)
            except ValidationError as error:
                errors = error.messages
            else:
                return HttpResponseRedirect(address_of(position))
    editor = last_editors([position]).get(position.pk)
    return render_page(
        request,
        "review",
        process,
        "issues",
        status=400 if errors else 200,
        position=position,
        said=with_words([pk])[pk],
        address=address_of(position),
        is_own=editor == by.pk,
        errors=errors,
    )
