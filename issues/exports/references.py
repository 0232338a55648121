"""Sources for a reference manager: RIS, BibTeX and CSL-JSON, which the importer reads back.

Each keeps the short id of the source, its address, its days as exactly as they are known, and how close it is
to the words as a keyword (``kind: news``).
"""

import json
import re
from collections.abc import Iterable
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from pylatexenc.latexencode import RULE_REGEX, UnicodeToLatexConversionRule, UnicodeToLatexEncoder

from issues.domain.span import reduced
from issues.importing.reading.references import ARCHIVED, CITATION_KEY, KIND
from issues.models import Source
from issues.models.source import SourceKind

# What each kind of ours is called in the three formats.
CSL_TYPES: dict[str, str] = {
    SourceKind.NEWS: "article-newspaper",
    SourceKind.ANALYSIS: "article",
    SourceKind.MIRROR: "webpage",
}
# None is GEN, which reference managers take for an article in a journal.
RIS_TYPES: dict[str, str] = {
    SourceKind.OFFICIAL: "GOVDOC",
    SourceKind.NEWS: "NEWS",
    SourceKind.ANALYSIS: "RPRT",
}
REPORTS = (SourceKind.OFFICIAL, SourceKind.ANALYSIS)
BIBTEX_TYPES: dict[str, str] = {SourceKind.NEWS: "article", SourceKind.ANALYSIS: "techreport"}


def csl_json(sources: Iterable[Source]) -> str:
    """The sources as CSL-JSON, the format of citation processors."""
    return json.dumps([_csl(one) for one in sources], ensure_ascii=False, indent=2)


def ris(sources: Iterable[Source]) -> str:
    """The sources as RIS."""
    return str(rispy.dumps([_ris(one) for one in sources], implementation=RisWriter))


class RisWriter(rispy.RisWriter):
    """Without the number that the library writes above each entry, which is not of the format.

    Zotero takes no id of this format, but a citation key where it keeps what has no field.
    """

    DEFAULT_MAPPING = {**rispy.TAG_KEY_MAPPING, "M2": "extra"}

    def set_header(self, count: int) -> str:
        """Nothing."""
        return ""


def bibtex(sources: Iterable[Source]) -> str:
    """The sources as BibTeX; addresses are verbatim, as biblatex has them."""
    return str(write_string(Library([_bibtex(one) for one in sources])))


def _csl(source: Source) -> dict[str, Any]:
    return said(
        {
            "id": source.key,
            "type": CSL_TYPES.get(source.kind, "document"),
            "title": source.title,
            "author": [{"literal": source.author}] if source.author else None,
            "container-title": source.publisher,
            "publisher": source.publisher,
            "URL": source.url,
            "archive_location": source.archive_url,
            "issued": parts(_published(source)),
            "accessed": parts(_accessed(source)),
            "language": source.language,
            "keyword": f"{KIND}{source.kind}",
            "note": _noted(source),
        }
    )


def _noted(source: Source) -> str:
    """The note, beneath lines for Zotero: it takes no id, no keyword and no copy of a web page otherwise."""
    lines = [f"{CITATION_KEY}{source.key}", f"{KIND}{source.kind}"]
    if source.archive_url:
        lines.append(f"{ARCHIVED}{source.archive_url}")
    return "\n".join([*lines, source.note]).strip()


def _ris(source: Source) -> dict[str, Any]:
    published = _published(source)
    return said(
        {
            "type_of_reference": RIS_TYPES.get(source.kind, "ELEC"),
            "id": source.key,
            "extra": f"{CITATION_KEY}{source.key}",
            "title": line(source.title),
            "authors": [line(source.author)] if source.author else None,
            # That of a report is the series that it is of.
            "secondary_title": "" if source.kind in REPORTS else line(source.publisher),
            "publisher": line(source.publisher),
            "urls": [source.url] if source.url else None,
            "file_attachments1": source.archive_url,
            "year": published[:4],
            "date": slashes(published),
            "access_date": slashes(_accessed(source)),
            "language": source.language,
            "keywords": [f"{KIND}{source.kind}"],
            "notes": [line(source.note)] if source.note else None,
        }
    )


def _bibtex(source: Source) -> Entry:
    fields = {
        "title": latex(source.title),
        # In braces, because a body is a name as it stands.
        "author": f"{{{latex(source.author)}}}" if source.author else "",
        "journal" if source.kind == SourceKind.NEWS else "publisher": latex(source.publisher),
        "url": address(source.url or ""),
        "file": attached(source.archive_url),
        "date": _published(source),
        "year": _published(source)[:4],
        "urldate": _accessed(source),
        # The first is biblatex's, the second BibTeX's.
        "langid": source.language,
        "language": source.language,
        "keywords": f"{KIND}{source.kind}",
        "note": latex(source.note),
    }
    return Entry(
        BIBTEX_TYPES.get(source.kind, "misc"), source.key, [Field(*item) for item in said(fields).items()]
    )


def _published(source: Source) -> str:
    day = source.published_on
    return reduced(day, source.published_on_precision) if day else ""


def _accessed(source: Source) -> str:
    return source.accessed_on.isoformat() if source.accessed_on else ""


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value}


def parts(day: str) -> dict[str, list[list[int]]] | None:
    """A day as CSL writes it: as many parts as are known."""
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


def slashes(day: str) -> str:
    """A day as RIS writes it: year/month/day/, with empty places for what is not known."""
    year, month, number = (*day.split("-"), "", "")[:3]
    return f"{year}/{month}/{number}/" if day else ""


def line(text: str) -> str:
    """A text without line breaks, which would begin a new field."""
    return " ".join(text.split())


def latex(text: str) -> str:
    """A text for BibTeX, in one line."""
    return str(_ENCODER.unicode_to_latex(line(text)))


def address(text: str) -> str:
    """An address for BibTeX, verbatim but for braces, which BibTeX counts whatever stands before them."""
    return text.replace("{", "%7B").replace("}", "%7D")


def attached(text: str) -> str:
    r"""The address of a file for BibTeX, as reference managers write it: ``https\://…``.

    Colons divide the parts of what is attached, semicolons one from another.
    """
    return re.sub(r"[\\:;]", r"\\\g<0>", address(text))


# Letters stay as they are, for every reference manager reads UTF-8; signs that mean something do not, nor do
# pairs that would be drawn as one sign.
_ENCODER = UnicodeToLatexEncoder(
    conversion_rules=[
        UnicodeToLatexConversionRule(
            RULE_REGEX,
            [
                (re.compile(r"[#$%&_]"), r"\\\g<0>"),
                # By name, for BibTeX counts braces whatever stands before them.
                (re.compile(r"\{"), r"{\\textbraceleft}"),
                (re.compile(r"\}"), r"{\\textbraceright}"),
                (re.compile(r"\\"), r"{\\textbackslash}"),
                (re.compile(r"~"), r"{\\textasciitilde}"),
                (re.compile(r"\^"), r"{\\textasciicircum}"),
                (re.compile(r"([-`'!?])(?=[-`'])"), r"\1{}"),
            ],
        )
    ],
    unknown_char_policy="keep",
    unknown_char_warning=False,
)
