"""The matrix of a process."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from issues.charts.rail import rail
from issues.forms.matrix import MatrixForm
from issues.forms.parameters import read_parameters
from issues.models import Process
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.headline import headline
from issues.queries.pages.matrix import ACTORS_A_PAGE, add_words, grouped, matrix
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.pages.summit_brief import neighbours
from issues.queries.upkeep.unreviewed import unreviewed
from issues.views.access import process_page
from issues.views.citing import dataset_of
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only


@process_page
def matrix_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Who stands where, what moved last, where the red lines are."""
    read_only(request, process, CITE, MatrixForm)
    reading = read_known(request, process)
    wanted = read_parameters(MatrixForm(request.GET, reading), process)
    summit = wanted["summit"]
    context = {"reading": reading, "summit": summit, "unlogged": reading.unlogged}
    if summit is None or not reading.issues or not reading.participations:
        planned = next(iter(reading.summits.values()), None)
        return render_page(
            request, "matrix_empty", process, "matrix", shows="matrix", **context, planned=planned
        )
    whole = matrix(
        reading,
        summit,
        against=wanted["against"],
        changed_only=bool(wanted["changed"]),
        only=unreviewed(reading) if wanted["unreviewed"] else None,
    )
    page = Paginator(whole.rows, ACTORS_A_PAGE).get_page(wanted["page"] or 1)
    rows = list(page.object_list)
    add_words(rows, reading.known)
    before, after = neighbours(reading, summit)
    return render_page(
        request,
        "matrix",
        process,
        "matrix",
        **context,
        shows="matrix",
        dataset=dataset_of(request, process),
        as_of=summit,
        matrix=whole,
        page=page,
        groups=grouped(rows),
        changed=_red_lines_first(cell for row in rows for cell in row.cells if cell.has_changed),
        headline=headline(reading, whole.folded, summit),
        against=wanted["against"],
        changed_only=bool(wanted["changed"]),
        unreviewed_only=bool(wanted["unreviewed"]),
        rail=rail(reading.summits.values(), summit),
        before=before,
        after=after,
        endnotes=Endnotes(),
    )


def _red_lines_first(cells: Iterable[MatrixCell]) -> list[MatrixCell]:
    return sorted(cells, key=lambda cell: cell.red_line_change is None)
