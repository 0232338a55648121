"""Which outcomes hold together: the judgements, and the consistent bundles that follow from them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from issues.actions.scenarios.judge import judge
from issues.domain.consistency import ON_A_PAGE, portions, search
from issues.forms.consistency import JudgementForm, PairForm
from issues.forms.matrix import AsOfForm, PageForm
from issues.forms.parameters import read_parameters
from issues.forms.refusals import errors_on
from issues.models import Issue, Process
from issues.queries.reading.process import read
from issues.queries.scenarios.consistency import bundle_rows, parties, space
from issues.views.access import process_for, process_page, signed_in
from issues.views.pages import render_form, render_page
from issues.views.parameters import CITE, posted, read_as_of, read_only, read_page_number

SHOWN = 50


@process_page
def consistency_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What was judged, and where people differ; and on demand, to the signed in, every consistent bundle."""
    read_only(request, process, CITE, AsOfForm, PageForm, "find")
    reading, summit = read_as_of(request, process)
    judged, may_search = space(reading), request.user.is_active
    rows, page = _portion(request, process, judged.issues, judged.issues)
    context: dict[str, Any] = {
        "reading": reading,
        "summit": summit,
        "space": judged,
        "grid": judged.grid(rows),
        "influences": judged.of(rows),
        "page": page,
        "limit": ON_A_PAGE,
        "is_small": judged.combinations <= ON_A_PAGE,
        "may_search": may_search,
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
    """One grid of the options of all issues, or of those that are asked for, to be judged with a reason."""
    reading, user = read(process), signed_in(request)
    pair_form = PairForm(request.GET, reading)
    read_parameters(pair_form, process)
    columns = pair_form.borne_on()
    rows, page = _portion(request, process, pair_form.bearing(), columns)
    influences = space(reading).influences
    own = {
        pair: item.impact
        for pair, found in influences.items()
        for item in found.given
        if item.author_id == user.pk
    }
    form = JudgementForm(
        posted(request), rows=rows, columns=columns, own=own, influences=influences, author=user.pk
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with errors_on(form):
            try:
                judge(form.impacts(), seen=form.seen_of(), by=user, reason=reason)
                return redirect("consistency", process.slug)
            except ValidationError as error:
                form.refuse(error)
    context = {"columns": columns, "page": page, "pair_form": pair_form}
    return render_form(request, "judge", process, "scenarios", form, **context)


def _portion(
    request: HttpRequest, process: Process, rows: list[Issue], columns: list[Issue]
) -> tuple[list[Issue], Any]:
    """The issues whose options are the rows of this page of a grid, and which page that is."""
    width = sum(len(issue.options.all()) for issue in columns)
    divided = portions([len(issue.options.all()) for issue in rows], width) or [[]]
    page = Paginator(divided, 1).get_page(read_page_number(request, process))
    return [rows[place] for place in page.object_list[0]], page
