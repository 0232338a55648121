"""A negotiation from nothing on the pages: page loads and field entries counted, the admin never opened.

Two parties, two mediators, five issues, four meetings, twenty positions, each with its source.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from issues.models import Evidence, Import, Position, Process, Source, Summit
from issues.tests.views.importing import typed as as_shown
from issues.tests.views.page import Node, page_of
from issues.tests.views.starting import sent
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.django_db

ISSUES = [
    ("Flow", "How much may the dam hold back?", "none", "all"),
    ("Data", "How often are data shared?", "never", "live"),
    ("Fishing", "Who may fish below the dam?", "nobody", "everybody"),
    ("Bridge", "Who keeps the bridge?", "Arden", "Belmar"),
    ("Court", "Who settles disputes?", "no court", "a court"),
]
MEETINGS = [("Ford", "2026-03-10"), ("Mill", "2026-05-02"), ("Weir", "2026-07-15"), ("Delta", "2026-09-10")]
# An entry as a reference manager copies it, in a field of one line.
ENTRY = "TY  - NEWS TI  - Report of {name} PB  - The Record UR  - https://a.example/{name} DA  - {day} ER  - "


@dataclass
class Day:
    """A researcher at a browser: what is loaded, and what is typed or chosen."""

    client: Client = field(default_factory=lambda: visit_as("researcher"))
    loads: int = 0
    entries: int = 0

    def go(self, address: str) -> Node:
        """Open a page."""
        return self._seen(self.client.get(address, follow=True))

    def send(self, address: str, page: dict[str, str], **filled: str) -> Node:
        """Send the form of a page with what was filled in; each field is one entry."""
        self.entries += len(filled)
        return self._seen(self.client.post(address, page | filled, follow=True))

    def save(self, address: str, **typed: str) -> None:
        """What the sheet's script does as soon as a field is left: no page is loaded."""
        self.entries += 1
        answer = self.client.post(address, {"version": "0", **typed})
        assert answer.status_code == 200, answer.content

    def _seen(self, answer: Any) -> Node:
        assert answer.status_code == 200, answer.content.decode()[:2000]
        assert not answer.request["PATH_INFO"].startswith("/admin/")
        self.loads += 1
        return page_of(answer)


def recorded() -> tuple[int, ...]:
    """Parties, mediators, issues, meetings, positions, and those of them that a source supports."""
    process = Process.objects.get()
    roles = list(process.participations.values_list("role", flat=True))
    supported = Evidence.objects.filter(position__isnull=False, statement__source__isnull=False)
    return (
        roles.count("party"),
        roles.count("mediator"),
        process.issues.count(),
        process.summits.count(),
        Position.objects.count(),
        supported.values("position").distinct().count(),
    )


def test_all_of_it_is_typed_in_twelve_page_loads_and_ninety_entries() -> None:
    day = Day()
    page = day.go("/new/?template=two-parties")
    filled = {"name": "Arden–Belmar"}
    actors = [
        ("Arden", "state"),
        ("Belmar", "state"),
        ("Commission", "international"),
        ("Lakes Union", "international"),
    ]
    for place, (name, kind) in enumerate(actors):
        filled |= {f"actors-{place}-name": name, f"actors-{place}-kind": kind}
    filled["actors-3-role"] = "mediator"
    for place, texts in enumerate(ISSUES):
        for name, text in zip(("name", "question", "low_label", "high_label"), texts, strict=True):
            filled[f"issues-{place}-{name}"] = text
    for place, (name, when) in enumerate(MEETINGS):
        filled |= {f"meetings-{place}-name": name, f"meetings-{place}-day": when}
    # The script adds rows at once: two of issues, three of meetings, each as its template is.
    shown = sent(page) | {"issues-TOTAL_FORMS": "5", "meetings-TOTAL_FORMS": "4"}
    shown |= {f"issues-{place}-kind": "preference" for place in (3, 4)}
    shown |= {f"meetings-{place}-kind": "leaders" for place in (1, 2, 3)}

    page = day.send("/new/?template=two-parties", shown, **filled)

    assert "/arden-belmar/summits/ford/log/" in page.links
    process = Process.objects.get()
    arden, belmar = (one.actor_id for one in process.participations.all()[:2])
    keys = list(process.issues.values_list("pk", flat=True))
    page = day.go("/arden-belmar/summits/ford/log/")
    for number, (name, when) in enumerate(MEETINGS):
        address = f"/arden-belmar/summits/{name.lower()}/log/"
        assert page.all("form", css="log-form"), page.text
        day.save(f"{address}row/{arden}/", source=ENTRY.format(name=name, day=when.replace("-", "/")))
        day.save(f"{address}row/{belmar}/", source=f"Report of {name}")
        for actor, some in ((arden, keys[:3]), (belmar, keys[2:4])):
            for issue in some:
                day.save(f"{address}cell/{actor}/{issue}/", code="ab"[number % 2])
        preview = day.go(f"{address}preview/")
        shown = {name: preview.one("input", name=name).attrs["value"] for name in ("version", "seen")}
        assert bool(preview.all("button", name="next")) == (number < 3)
        page = day.send(f"{address}preview/", shown | {"next": "1"}, note=f"Report of {name}.")

    assert recorded() == (2, 2, 5, 4, 20, 20)
    assert Source.objects.count() == 4
    assert (day.loads, day.entries) == (11, 70)


def test_the_same_comes_from_three_tables_that_are_pasted_in_four_page_loads() -> None:
    day = Day()
    actors = "Actor\tKind\tRole\nArden\tstate\tparty\nBelmar\tstate\tparty\n"
    actors += "Commission\tinternational\tmediator\nLakes Union\tinternational\tmediator"
    issues = "Issue\tQuestion\tOption 0\tOption 100\n" + "\n".join("\t".join(row) for row in ISSUES)
    heads = (
        "issue\tactor\tsummit\tsummit_date\toption\tsource_url\tsource_title\tsource_publisher\tsource_date"
    )
    rows = [
        (
            *(issue, actor, name, when, low if number % 2 else high),
            *(f"https://record.example/{name.lower()}", f"Report of {name}", "The Record", when),
        )
        for number, (name, when) in enumerate(MEETINGS)
        for actor, some in (("Arden", ISSUES[:3]), ("Belmar", ISSUES[2:4]))
        for issue, _, low, high in some
    ]
    positions = "\n".join((heads, *("\t".join(row) for row in rows)))
    page = day.go("/new/")

    blocks = {"actors-pasted": actors, "issues-pasted": issues, "positions": positions}
    page = day.send("/new/", sent(page), name="Arden–Belmar", **blocks)

    address = f"/arden-belmar/import/{Import.objects.get().pk}/"
    # Meetings and sources that are not there yet are made, which is said on the page that asks for it.
    made = {"make_summit": "on", "make_source": "on", "make_source_kind": "news", "plan": "1"}
    page = day.send(address, as_shown(page), **made)
    seen = {"seen": page.one("input", name="seen").attrs["value"]}
    day.send(f"{address}plan/", seen, reason="The record.")

    assert recorded() == (2, 2, 5, 4, 20, 20)
    assert list(Summit.objects.values_list("name", flat=True)) == ["Ford", "Mill", "Weir", "Delta"]
    assert day.loads == 4
