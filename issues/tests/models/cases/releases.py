"""Cases for the constraints of releases."""

from typing import Any

from django.utils import timezone

from issues.models import Release
from issues.tests.factories import make_process
from issues.tests.models.cases.case import Check, Unique, filled

NUMBERS = iter(range(1, 10_000))


def make_release(**fields: Any) -> Release:
    """A release, of which no file is kept."""
    given: dict[str, Any] = {
        "number": f"1.{next(NUMBERS)}",
        "title": "The record",
        "file_name": "x.zip",
        "size": 1,
    }
    given["sha256"] = "0" * 64
    process = fields.pop("process", None) or make_process()
    return Release.objects.create(process=process, **{**given, **fields})


CHECKS = {
    "release_withdrawn_with_reason": Check(
        make_release,
        holds=[{}, {"withdrawn_at": timezone.now(), "withdrawn_reason": "Cut."}],
        breaks=[{"withdrawn_at": timezone.now()}, {"withdrawn_reason": "Cut."}],
    ),
    "release_has_number": filled(make_release, "number"),
    "release_has_title": filled(make_release, "title"),
    "release_has_digest": filled(make_release, "sha256"),
}
UNIQUES = {"release_number_once": Unique(make_release)}
