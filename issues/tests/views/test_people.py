"""The people of a process: who spoke in which office, and everything that each of them said."""

from datetime import date
from typing import Any

from django.test import Client

from issues.history import Way, recording
from issues.tests.factories import (
    make_office,
    make_party,
    make_person,
    make_process,
    make_statement,
    make_summit,
)
from issues.tests.universe import Universe
from issues.tests.views.people import MIRA, get, rows, say


def test_the_list_tells_who_spoke_in_which_office_how_much_and_when_last(
    reader: Client, universe: Universe
) -> None:
    assert rows(get(reader, "/lenna/people/")) == [
        ["Jon Dahl", "none recorded", "none", "none"],
        ["Mira Sol", "Minister of Water, Ministry of Water from 1 May 2030", "1", "10 March 2031"],
    ]


def test_the_list_is_found_in_by_any_spelling_by_whose_office_and_in_three_orders(
    reader: Client, universe: Universe
) -> None:
    say(universe, "All is well.", speaker=universe.envoy, occasion=universe.weir)
    say(universe, "Still well.", speaker=universe.envoy, occasion=universe.mill)

    def names(query: str) -> list[str]:
        return [row[0] for row in rows(get(reader, f"/lenna/people/?{query}"))]

    assert names("q=МИРА") == ["Mira Sol"]
    assert names("actor=arden") == ["Mira Sol"]
    assert names("") == ["Jon Dahl", "Mira Sol"]
    say(universe, "So it is.", speaker=universe.minister, said_on=date(2031, 12, 1))
    assert names("order=most") == ["Jon Dahl", "Mira Sol"]
    assert names("order=last") == ["Jon Dahl", "Mira Sol"]  # what bears on nothing here is nobody's here
    say(universe, "So it is.", speaker=universe.minister, occasion=universe.delta)
    assert names("order=last") == ["Mira Sol", "Jon Dahl"]
    assert "Nobody on record matches" in get(reader, "/lenna/people/?q=nobody").text
    for query in ("order=age", "actor=nobody", "q=%00", "page=0", "speaker=x"):
        get(reader, f"/lenna/people/?{query}", 400)


def test_nobody_is_told_of_what_another_process_holds(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    with recording(by=None, reason="made", kind=Way.COMMAND):
        private = make_process(visibility="open", slug="private", name="Secret talks")
        hidden = make_summit(process=private, name="Hidden meeting")
        make_statement(quote="Whispered.", speaker=universe.minister, occasion=hidden)
        make_office(person=universe.minister, actor=make_party(private), title="Secret envoy")
        alone = make_person(name="Only There", slug="only-there")
        make_statement(quote="Also whispered.", speaker=alone, occasion=hidden)

    stranger = Client()
    for address in (MIRA, "/lenna/people/", "/search/?q=mira", "/search/?q=whispered"):
        text = get(stranger, address).text
        assert not [word for word in ("Secret", "Whispered", "Hidden") if word in text], address
    get(stranger, "/lenna/people/only-there/", 404)
    get(stranger, "/private/people/", 404)
    get(stranger, "/private/people/mira-sol/", 404)


def test_a_process_of_which_nothing_is_recorded_has_its_pages(reader: Client) -> None:
    with recording(by=None, reason="made", kind=Way.COMMAND):
        make_process(slug="empty", visibility="public")
    assert "Nobody is on record yet" in get(reader, "/empty/people/").text
    get(reader, "/empty/people/anyone/", 404)
