"""Issues, actors, people and summits are brought in on the pages, too, without a script."""

import pytest
from django.test import Client

from issues.models import Actor, Issue, Summit
from issues.tests.universe import Universe
from issues.tests.views.importing import column, confirmed, field_of, typed, upload
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as

ACTORS = "Who,Role,Other names,Groupings\nEstmark,party,EST,Kadria; Lower Basin\nNorn,king,NA,\n"


@pytest.fixture
def researcher(universe: Universe) -> Client:
    return visit_as("researcher")


def test_what_is_in_a_file_is_asked_and_mapped_as_such(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, ACTORS, "actors.csv", table="actors")["Location"]
    page = page_of(researcher.get(address))
    assert "Nothing says the actor: choose its column." in page.one("div", css="notice").text
    assert "Salience" not in page.text

    form = typed(page) | {"constant_kind": "state"}
    form[field_of(page, "Who")] = "actor"
    researcher.post(address, form)
    page = page_of(researcher.get(address))
    assert "did you mean Cadria (cadria)?" in page.text

    form = typed(page)
    form[field_of(page, "Role: king")] = "observer"
    form[field_of(page, "Other names: NA")] = "skip"
    form[field_of(page, "Actor “Kadria” is")] = "lower-basin"
    form["keep_aliases"] = "on"
    researcher.post(address, form)

    plan = page_of(researcher.get(f"{address}plan/"))
    assert "Of the actors" in plan.text
    assert "“Kadria” of the actor Lower Basin" in plan.text
    assert column(plan, 0) == ["new", "new"]
    researcher.post(f"{address}plan/", confirmed(researcher, address))
    assert "records stored as one change set" in page_of(researcher.get(address)).one("p", css="lede").text
    assert Actor.objects.get(slug="estmark").aliases == "EST"


def test_a_column_may_say_who_is_a_member_of_the_coalition_that_heads_it(
    universe: Universe, researcher: Client
) -> None:
    text = "actor,kind,role,Coast\nCoast,coalition,party,0\nEstmark,state,party,1\n"
    address = upload(researcher, text, table="actors")["Location"]
    page = page_of(researcher.get(address))

    form = typed(page) | {field_of(page, "Coast"): "member_of Coast"}
    assert researcher.post(address, form).status_code == 302

    told = column(page_of(researcher.get(f"{address}plan/")), -1)
    assert told[1].endswith("member of Coast")


def test_options_stand_in_columns_of_their_own(universe: Universe, researcher: Client) -> None:
    text = "issue,question,option 0,option 100\nFees,Who pays?,none,all\n"
    address = upload(researcher, text, table="issues")["Location"]
    page = page_of(researcher.get(address))
    assert "1 refused" in page.one("p", css="notice").text

    researcher.post(address, typed(page) | {"constant_kind": "preference"})
    researcher.post(f"{address}plan/", confirmed(researcher, address))

    assert Issue.objects.get(slug="fees").options.count() == 2


def test_new_places_are_made_where_that_is_said(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, "summit,kind,date,place\nTalks,leaders,1983-02,Newtown\n", table="summits")[
        "Location"
    ]
    page = page_of(researcher.get(address))

    researcher.post(address, typed(page) | {"make_place": "on"})
    researcher.post(f"{address}plan/", confirmed(researcher, address))

    assert str(Summit.objects.get(slug="talks").place) == "Newtown"


def test_whatever_stands_in_a_table_no_page_breaks(universe: Universe, researcher: Client) -> None:
    for table in ("issues", "actors", "people", "summits"):
        for text in (
            "a\n",
            "issue,actor,person,summit\n\x01,;,\U0001f600,0\n",
            "kind,date,slug\n,,\n1,1,1\n",
        ):
            answer = upload(researcher, text, table=table)
            if answer.status_code == 302:
                assert researcher.get(answer["Location"]).status_code == 200
                assert researcher.get(f"{answer['Location']}plan/").status_code in (200, 302)
            else:
                assert answer.status_code == 422


def test_an_earlier_mapping_is_of_its_own_kind(universe: Universe, researcher: Client) -> None:
    text = "actor,kind\nEstmark,state\n"
    address = upload(researcher, text, table="actors")["Location"]
    researcher.post(f"{address}plan/", confirmed(researcher, address))
    like = address.rstrip("/").rpartition("/")[2]

    refused = upload(researcher, text, table="people", like=like)
    again = upload(researcher, text, like=like)

    assert refused.status_code == 422
    assert "1 same" in page_of(researcher.get(again["Location"])).one("p", css="notice").text
