"""Bringing a file in on the pages: the plan, its confirmation, and what waits for them."""

import json
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.actions.importing import look
from issues.history import ChangeSet, Way, recording
from issues.importing.opened import planned
from issues.models import Import, Position, Process
from issues.tests.acts import correct
from issues.tests.factories import make_actor, make_participation, make_process
from issues.tests.importing.workbooks import workbook
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.importing import GOOD, column, confirmed, field_of, seen, typed, upload
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as


@pytest.fixture
def researcher(universe: Universe) -> Client:
    return visit_as("researcher")


def test_the_plan_is_filtered_and_its_refused_rows_are_downloaded(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, GOOD.replace("flow,Arden", "flaw,Arden"))["Location"]

    plan = page_of(researcher.get(f"{address}plan/?result=refused"))
    assert "Why rows are refused" in plan.text
    assert "answer:" not in plan.text, "what a mapping would say is no words for a page"
    (row,) = plan.one("tbody").all("tr")
    file = researcher.get(f"{address}refused.csv")

    assert row.one("th").text == "row 2"
    assert "did you mean Summer flow (flow)?" in row.text
    assert file.content.decode().splitlines()[1].startswith("flaw,Arden,spring,half,So.,record,issue “flaw”")
    assert researcher.get(f"{address}plan/?result=some").status_code == 400
    assert page_of(researcher.get(f"{address}plan/?result=same")).all("tbody") == []


def test_the_plan_of_who_knows_more_is_not_shown_to_who_knows_less(
    universe: Universe, researcher: Client
) -> None:
    administrator = visit_as("superuser")
    with recording(by=universe.coder, reason="Elsewhere.", kind=Way.PAGE):
        hidden = make_process(name="Reeds", slug="reeds")
        make_participation(process=hidden, actor=make_actor(name="Quillwater", slug="quillwater"))
    past(Process.objects.filter(pk=hidden.pk)).update(visibility="private")
    file = GOOD.replace("flow,Arden", "flow,Quillwatr")

    told = page_of(administrator.get(f"{upload(administrator, file)['Location']}plan/"))
    less = page_of(researcher.get(f"{upload(researcher, file)['Location']}plan/"))

    assert "did you mean Quillwater" in told.text
    assert "Quillwater" not in less.text


def test_refused_rows_hold_the_others_back_until_that_is_said(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, GOOD.replace("flow,Arden", "flaw,Arden"))["Location"]
    typed_in = confirmed(researcher, address)

    held = researcher.post(f"{address}plan/", typed_in)
    done = researcher.post(f"{address}plan/", typed_in | {"without_refused": "on"})

    assert held.status_code == 422
    assert "Some rows are refused" in page_of(held).one("div", role="alert").text
    assert done.status_code == 302
    assert Position.objects.filter(summit=universe.spring).count() == 1


def test_what_changed_since_the_plan_was_seen_is_shown_before_it_is_stored(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, GOOD)["Location"]
    typed_in = confirmed(researcher, address)
    delta = universe.at("cadria", "flow", "delta")
    correct(delta, {"option": universe.flow.options.get(value=75.0)}, by=universe.coder, reason="Read again.")

    answer = researcher.post(f"{address}plan/", typed_in)
    page = page_of(answer)

    assert answer.status_code == 409
    assert "The plan is another now" in page.one("div", role="alert").text
    assert column(page, 0) == ["new", "new"]
    assert not Position.objects.filter(summit=universe.spring).exists()
    again = {"seen": page.one("input", name="seen").attrs["value"], "reason": "Spring."}
    assert researcher.post(f"{address}plan/", again).status_code == 302


def test_a_reason_is_asked_for(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, GOOD)["Location"]

    answer = researcher.post(f"{address}plan/", {"seen": seen(researcher, f"{address}plan/"), "reason": " "})

    assert answer.status_code == 422
    assert "Reason: This field is required." in page_of(answer).one("div", role="alert").text


def test_the_same_file_again_has_nothing_to_store(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, GOOD)["Location"]
    researcher.post(f"{address}plan/", confirmed(researcher, address))

    again = upload(researcher, GOOD, like=Import.objects.get().pk)["Location"]
    page = page_of(researcher.get(f"{again}plan/"))

    assert "Nothing of it would be stored." in page.one("main").text
    assert page.all("input", name="seen") == []


def test_an_earlier_mapping_serves_the_next_file_of_its_kind(universe: Universe, researcher: Client) -> None:
    earlier = {
        "columns": {"actor": "Land", "issue": "Thema", "option": "Haltung"},
        "constants": {"summit": "spring"},
    }
    done = ChangeSet.objects.latest("pk")
    like = Import.objects.create(
        process=universe.process, file_name="a.csv", mapping=earlier, change_set=done
    )

    upload(researcher, "Land;Thema;Haltung\nArden;flow;half\n", like=like.pk)

    found = Import.objects.get(change_set=None)
    assert {name: found.mapping[name] for name in earlier} == earlier


def test_a_waiting_file_is_its_owners_alone_and_of_its_process_alone(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, GOOD)["Location"]
    with recording(by=universe.coder, reason="Another."):
        make_process(slug="other")
    editor = visit_as("editor")

    for path in (address, f"{address}plan/", f"{address}refused.csv"):
        assert editor.get(path).status_code == 404
        assert editor.post(path).status_code == 404
        assert researcher.get(path.replace("lenna", "other")).status_code == 404
    assert "positions.csv" not in page_of(editor.get("/lenna/import/")).one("main").text


def test_a_waiting_file_is_forgotten(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, GOOD)["Location"]

    researcher.post(address, {"forget": ""})

    assert not Import.objects.exists()


def test_what_stands_in_a_file_is_never_markup(universe: Universe, researcher: Client) -> None:
    evil = "<script>alert(1)</script>"
    text = f"issue,actor,summit,option,quote,source\n{evil},{evil},{evil},{evil},{evil},{evil}\n"
    address = upload(researcher, text, name="x<b>.csv")["Location"]

    for path in (address, f"{address}plan/"):
        assert evil not in researcher.get(path).content.decode()
        page_of(researcher.get(path))


def test_a_workbook_with_two_languages_and_titles_is_imported_to_the_end(
    universe: Universe, researcher: Client
) -> None:
    rows = [
        ["Позиции сторон / positions of the parties"],
        [],
        ["Кто", "Summer flow", "Data sharing"],
        ["Arden", "half", "approx. 40"],
        ["Кадрия", None, "live"],
    ]
    answer = researcher.post("/lenna/import/", {"file": SimpleUploadedFile("позиции.xlsx", workbook(*rows))})
    address = answer["Location"]
    page = page_of(researcher.get(address))
    form = typed(page) | {"constant_summit": "spring", "inferred": "By hand."}
    form[field_of(page, "Кто")] = "actor"
    form[field_of(page, "Summer flow: an empty cell")] = "silent"
    form[field_of(page, "Data sharing: approx. 40, as a number of 0 to 100")] = "40"
    researcher.post(address, form)
    page = page_of(researcher.get(address))
    form = typed(page)
    form[field_of(page, "Actor “Кадрия” is")] = "cadria"
    researcher.post(address, form)

    plan = page_of(researcher.get(f"{address}plan/"))
    assert column(plan, -1) == ["half", "40", "silent", "live"]
    token = plan.one("input", name="seen").attrs["value"]
    assert researcher.post(f"{address}plan/", {"seen": token, "reason": "By hand."}).status_code == 302
    assert json.dumps(Import.objects.get().mapping)
    assert Position.objects.filter(summit=universe.spring).count() == 4


def test_a_file_of_many_columns_is_mapped(universe: Universe, researcher: Client) -> None:
    heads = [f"column {number}" for number in range(690)]
    address = upload(researcher, ",".join(heads) + "\n" + ",".join("x" * 690) + "\n")["Location"]

    form = typed(page_of(researcher.get(address))) | {"column_689": "actor"}

    assert researcher.post(address, form).status_code == 302
    assert Import.objects.get().mapping["columns"]["actor"] == "column 689"


def test_whatever_is_uploaded_no_page_breaks(universe: Universe, researcher: Client) -> None:
    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cells)
    def uploaded(content: bytes) -> None:
        answer = upload(researcher, content)
        if answer.status_code == 422:
            return
        address = answer["Location"]
        page = page_of(researcher.get(address))
        assert researcher.post(address, typed(page) | {"constant_summit": "spring"}).status_code in (302, 422)
        assert researcher.get(f"{address}plan/").status_code in (200, 302)

    uploaded()


WORDS = ["issue", "actor", "summit", "option", "flow", "arden", "spring", "half", "0", "", '"', "é"]
cells = st.lists(st.sampled_from(WORDS), min_size=2, max_size=24).map(
    lambda found: "".join(
        word + ("\n" if place % 4 == 3 else ",") for place, word in enumerate(found)
    ).encode()
) | st.binary(max_size=60)


def test_coalitions_and_signatories_are_said_without_a_script(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, GOOD.replace("Arden", "Lower Basin").replace("Cadria", "Cadria; Arden"))[
        "Location"
    ]
    page = page_of(researcher.get(address))
    assert "1 row of coalitions that have members" in page.text

    form = typed(page) | {"coalitions": "each-member"}
    form[field_of(page, "actor")] = "signatories"
    researcher.post(address, form)

    plan = page_of(researcher.get(f"{address}plan/"))
    assert sorted(column(plan, 1)) == ["Arden", "Cadria", "Kingdom of Belmar"]
    assert column(plan, 0).count("refused") == 1, "two rows of Cadria differ"


def test_a_plan_is_worked_out_once_for_a_mapping_and_a_state_of_the_record(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, GOOD)["Location"]

    with patch.object(look, "planned", wraps=planned) as worked_out:
        for _ in range(2):
            researcher.get(address)
            researcher.get(f"{address}plan/")
        assert worked_out.call_count == 1

        delta = universe.at("cadria", "flow", "delta")
        correct(delta, {"salience": 5.0}, by=universe.coder, reason="Read again.")
        researcher.get(f"{address}plan/")
        assert worked_out.call_count == 2

        Import.objects.update(mapping={**Import.objects.get().mapping, "inferred": "Read off."})
        researcher.get(f"{address}plan/")
        assert worked_out.call_count == 3


def test_of_large_files_the_one_that_was_looked_at_last_is_kept(
    universe: Universe, researcher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "MOST_KEPT", 3)
    first = upload(researcher, GOOD)["Location"]
    second = upload(researcher, GOOD.replace("So.", "Thus."))["Location"]

    with patch.object(look, "planned", wraps=planned) as worked_out:
        for address in (first, second, second, first):
            researcher.get(f"{address}plan/")

    assert worked_out.call_count == 3
