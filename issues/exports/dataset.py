"""A process as a data set, in the words of schema.org, for search engines and reference managers."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from issues.exports.lasting_ids import lasting_id
from issues.exports.tables import TABLES
from issues.models import Process

ENDS = {"csv": "text/csv", "json": "application/json"}
SHORTEST = 50  # what search engines take as a description


def dataset(process: Process, site: str, host: str) -> dict[str, Any]:
    """The description. ``site`` is the address of the installation, without a slash at its end."""
    told = f"Who holds which position on which issue of {process.name}, since when and on what evidence."
    summary = process.summary.strip()
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": process.name,
        "description": summary if len(summary) >= SHORTEST else f"{told} {summary}".strip(),
        "url": site + reverse("matrix", args=[process.slug]),
        "identifier": lasting_id(host, process),
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": settings.SITE_TITLE},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": settings.SITE_TITLE, "url": f"{site}/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{table.name}: {table.says}",
                "encodingFormat": kind,
                "contentUrl": site + reverse(f"data-{end}", args=[process.slug, table.name]),
            }
            for table in TABLES.values()
            for end, kind in ENDS.items()
        ],
    }
    if process.started_on:
        ends = process.ended_on.isoformat() if process.ended_on else ".."
        found["temporalCoverage"] = f"{process.started_on.isoformat()}/{ends}"
    return found
