"""The pictures of pages as files, and the figures behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from issues.clock import utc_day
from issues.exports.pictures import (
    Asked,
    NoFonts,
    Picture,
    Provenance,
    as_json,
    as_png,
    as_svg,
    as_vega_lite,
    convergence_of,
    distance_of,
    ladder_of,
    matrix_of,
    probability_of,
    rail_of,
    steps_of,
)
from issues.forms.matrix import AsOfForm
from issues.models import Process, Summit
from issues.queries.reading.process import Reading
from issues.user import User
from issues.views.access import process_file
from issues.views.issues import called
from issues.views.parameters import read_as_of, read_only
from issues.views.scenarios.access import get_scenario, get_set

DRAWN: dict[str, Callable[[Asked], Picture | None]] = {
    "matrix": matrix_of,
    "rail": rail_of,
    "convergence": convergence_of,
    "ladder": ladder_of,
    "steps": steps_of,
    "distance": distance_of,
    "probability": probability_of,
}
TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json; charset=utf-8",
    "vl.json": "application/vnd.vegalite.v5+json; charset=utf-8",
}
NOTHING = "There is nothing to draw yet."
NO_FONTS = (
    "This installation has no font to draw text with, and a picture without its words would mislead."
    " Take the SVG, which is drawn with your own fonts. Whoever runs the installation can install one, such"
    " as Debian’s fonts-dejavu-core.\n"
)


@dataclass(frozen=True)
class Where:
    """Of what a picture is, by slugs: an issue, or a scenario of a set (``slug``); or neither."""

    issue: str = ""
    slug: str = ""
    scenario: str = ""


@process_file
def picture_file(
    request: HttpRequest,
    process: Process,
    picture: str,
    form: str,
    issue: str = "",
    slug: str = "",
    scenario: str = "",
) -> HttpResponse:
    """A picture as SVG or PNG, or its figures as JSON or as a Vega-Lite document."""
    read_only(request, process, AsOfForm)
    reading, summit = read_as_of(request, process)
    drawn, provenance = draw(request, picture, reading, summit, request.user, Where(issue, slug, scenario))
    try:
        answer = HttpResponse(_content(request, drawn, provenance, form), content_type=TYPES[form])
    except NoFonts as error:
        why = f"{NO_FONTS.rstrip()} ({error})\n" if str(error) else NO_FONTS
        return HttpResponse(why, status=503, content_type="text/plain; charset=utf-8")
    parts = [process.slug, issue, scenario, drawn.name]
    name = f"{'-'.join(part for part in parts if part)}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    if process.is_public and settings.PUBLIC_READ:
        # The scripts of other pages may read what anyone may; browsers send no cookies along.
        answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _content(request: HttpRequest, drawn: Picture, provenance: Provenance, form: str) -> str | bytes:
    if form == "svg":
        return as_svg(drawn, provenance)
    if form == "png":
        return as_png(drawn, provenance)
    written = as_json if form == "json" else as_vega_lite
    return written(drawn, provenance, request.build_absolute_uri())


def draw(
    request: HttpRequest,
    picture: str,
    reading: Reading,
    summit: Summit | None,
    reader: User | AnonymousUser,
    where: Where,
) -> tuple[Picture, Provenance]:
    """A picture as a reader may see it, and where it is from. Raises Http404 where there is none."""
    process = reading.process
    issue = called(reading, where.issue) if where.issue else None
    scenario = (
        get_scenario(get_set(process, where.slug, reading.known), where.scenario) if where.scenario else None
    )
    if summit is None:
        raise Http404(NOTHING)
    drawn = DRAWN[picture](Asked(process, reading, summit, reader, issue, scenario))
    if drawn is None:
        raise Http404(NOTHING)
    known = {"known": reading.known.isoformat()} if reading.known else {}
    page = request.build_absolute_uri(f"{drawn.page}?{urlencode({'summit': summit.slug, **known})}")
    return drawn, Provenance(process, summit, reading.known, page, utc_day())
