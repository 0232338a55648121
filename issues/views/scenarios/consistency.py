"""Which outcomes hold together: the judgements, and the consistent bundles that follow from them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from issues.actions.scenarios.judge import judge
from issues.domain.consistency import ON_A_PAGE, search
from issues.forms.consistency import JudgementForm, PairForm
from issues.forms.matrix import AsOfForm
from issues.forms.parameters import read_parameters
from issues.forms.refusals import errors_on
from issues.models import Process
from issues.queries.reading.process import read
from issues.queries.scenarios.consistency import bundle_rows, parties, space
from issues.views.access import process_for, process_page, signed_in
from issues.views.pages import render_form, render_page
from issues.views.parameters import CITE, read_as_of, read_only
from issues.views.scenarios.access import posted

SHOWN = 50
MAY_SEARCH = "issues.view_judgement"


@process_page
def consistency_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What was judged; and on demand, for those who are signed in, every consistent bundle."""
    read_only(request, process, CITE, AsOfForm, "find")
    reading, summit = read_as_of(request, process)
    judged, may_search = space(reading), request.user.has_perm(MAY_SEARCH)
    context: dict[str, Any] = {
        "reading": reading,
        "summit": summit,
        "space": judged,
        "limit": ON_A_PAGE,
        "is_small": judged.combinations <= ON_A_PAGE,
        "may_search": may_search,
        "pair_form": PairForm(None, reading),
    }
    to_find = request.GET.get("find") == "1"
    if to_find and may_search and summit and 0 < judged.combinations <= ON_A_PAGE:
        result = search(judged.sizes, judged.impacts)
        context |= {
            "result": result,
            "parties": parties(reading),
            "bundles": bundle_rows(reading, judged, result.bundles, summit, SHOWN),
        }
    return render_page(
        request, "consistency", process, "scenarios", shows="consistency of outcomes", as_of=summit, **context
    )


@process_for("issues.add_judgement")
def judge_page(request: HttpRequest, process: Process) -> HttpResponse:
    """A grid of the options of two issues, to be judged with a reason."""
    reading = read(process)
    pair_form = PairForm(request.GET, reading)
    read_parameters(pair_form, process)
    of, on = pair = pair_form.pair()
    known = {(item.from_option_id, item.on_option_id): item.impact for item in space(reading).judgements}
    form = JudgementForm(posted(request), pair=pair, known=known)
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            reason = form.cleaned_data["reason"]
            judge(form.impacts(), seen=form.seen(), by=signed_in(request), reason=reason)
            return redirect("consistency", process.slug)
    form.show_meanwhile()
    return render_form(request, "judge", process, "scenarios", form, of=of, on=on)
