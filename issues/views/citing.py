"""“Cite this” on the pages of a process: the state that is shown, with the address at which it is found."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from issues.clock import utc_day
from issues.domain.address import counts_readers
from issues.exports.citation import FORMS, Cited
from issues.exports.dataset import dataset
from issues.exports.lasting_ids import lasting_id
from issues.forms.parameters import read_parameters
from issues.models import Process, Summit
from issues.models.release import Release
from issues.queries.reading.process import Reading

NAMES = {"txt": "Text", "bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


class CiteForm(forms.Form):
    """In which format the citation of a page is asked for, in the place of the page."""

    cite = forms.ChoiceField(required=False, choices=list(NAMES.items()), label="Cite")


@dataclass(frozen=True)
class Citable:
    """A citation with the addresses below the site: of the state, and of its files."""

    cited: Cited
    state: str
    identifier: str

    @property
    def files(self) -> list[tuple[str, str]]:
        """Each format by name, with its address."""
        joint = "&" if "?" in self.state else "?"
        return [(name, f"{self.state}{joint}cite={form}") for form, name in NAMES.items()]


def citable(
    request: HttpRequest, process: Process, shows: str, reading: Reading | None, summit: Summit | None
) -> Citable:
    """What a page shows, as known when the last recording was closed before it was read.

    So the address opens the same for ever: what is being recorded meanwhile is closed after that, though it
    was begun before. ``summit`` is that as of which it is read, where the address may say so.
    """
    now = timezone.now()
    known = reading.known if reading is not None and reading.known else getattr(process, "closed_at", None)
    known = known or now  # of what was never recorded
    query = request.GET.copy()
    for name in [name for name in query if name == "cite" or counts_readers(name)]:
        del query[name]
    query["known"] = known.isoformat().replace("+00:00", "Z")
    if summit is not None:
        query["summit"] = summit.slug
        shows = f"{shows} as of {summit.name}"
    state = f"{request.path}?{query.urlencode()}"
    cited = Cited(
        site=settings.SITE_TITLE,
        process=process.name,
        slug=process.slug,
        shows=shows,
        known=known,
        address=request.build_absolute_uri(state),
        accessed=utc_day(now),
    )
    return Citable(cited, state, lasting_id(request.get_host(), process))


def citable_release(request: HttpRequest, release: Release, creators: list[str]) -> Citable:
    """A release, which is cited as the data set that it is, of the day on which it was made."""
    cited = Cited(
        site=settings.SITE_TITLE,
        process=release.process.name,
        slug=release.process.slug,
        shows=f"Release {release.number}",
        known=release.made_at,
        address=request.build_absolute_uri(release.get_absolute_url()),
        accessed=utc_day(),
        number=release.number,
        name=release.title,
        creators=tuple(creators),
        doi=release.doi,
    )
    of = f"{lasting_id(request.get_host(), release.process)}/release/{release.number}"
    return Citable(cited, request.path, of)


def dataset_of(request: HttpRequest, process: Process) -> dict[str, Any]:
    """The process as a data set, for search engines."""
    return dataset(process, request.build_absolute_uri("/").rstrip("/"), request.get_host())


def citation_file(request: HttpRequest, process: Process, found: Citable) -> HttpResponse | None:
    """The citation as a file where the address asks for one; None for the page. Raises BadParameters."""
    form: str = read_parameters(CiteForm(request.GET), process)["cite"]
    if not form:
        return None
    write, content_type = FORMS[form]
    headers: dict[str, Any] = {
        "Content-Disposition": content_disposition_header(True, f"{found.cited.key}.{form}")
    }
    return HttpResponse(write(found.cited), content_type=f"{content_type}; charset=utf-8", headers=headers)
