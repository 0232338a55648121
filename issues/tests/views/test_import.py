"""Bringing a file in on the pages: upload, mapping, plan, confirmation; nothing typed is lost."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.history import ChangeSet, recording
from issues.models import Import, Position
from issues.tests.acts import correct
from issues.tests.factories import make_process
from issues.tests.importing.workbooks import workbook
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.test_permissions import visit_as

HEADS = "issue,actor,summit,option,quote,source"
GOOD = f"{HEADS}\nflow,Arden,spring,half,So.,record\nflow,Cadria,spring,most,So.,record\n"
WIDE = "Who,Summer flow,Data sharing\nArden,1,NA\nBelmar,7,4\n"


@pytest.fixture
def researcher(universe: Universe) -> Client:
    return visit_as("researcher")


def upload(client: Client, content: str | bytes, name: str = "positions.csv", **fields: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/lenna/import/", {"file": SimpleUploadedFile(name, data), **fields})


def typed(page: Node) -> dict[str, str]:
    """What the form of a page would post as it stands."""
    form = next(one for one in page.all("form", method="post") if one.all("select") or one.all("textarea"))
    found: dict[str, str] = {}
    for field in form.all("input"):
        kind = field.attrs.get("type", "text")
        if "name" in field.attrs and (kind != "checkbox" or "checked" in field.attrs):
            found[field.attrs["name"]] = field.attrs.get("value", "on" if kind == "checkbox" else "")
    for field in form.all("select"):
        chosen = [one for one in field.all("option") if "selected" in one.attrs] or field.all("option")[:1]
        found[field.attrs["name"]] = chosen[0].attrs["value"]
    found.pop("csrfmiddlewaretoken", None)
    return found


def field_of(page: Node, label: str) -> str:
    """The name of the field under a label."""
    (of,) = [one.attrs["for"] for one in page.all("label") if one.text.rstrip(":") == label]
    return next(one.attrs["name"] for one in page.walk() if one.attrs.get("id") == of)


def column(page: Node, place: int) -> list[str]:
    """The texts of one column of the plan: the first cell says the result, the last what or why not."""
    return [row.all("td")[place].text for row in page.one("tbody").all("tr")]


def confirmed(client: Client, address: str) -> dict[str, str]:
    """What confirms a plan as it stands."""
    return {"seen": seen(client, f"{address}plan/"), "reason": "Spring."}


def seen(client: Client, address: str) -> str:
    return page_of(client.get(address)).one("input", name="seen").attrs["value"]


def test_a_file_goes_from_upload_to_the_record(universe: Universe, researcher: Client) -> None:
    answer = upload(researcher, GOOD)
    address = answer["Location"]
    page = page_of(researcher.get(address))

    assert "2 rows in 6 columns, read as utf-8." in page.one("p", css="lede").text
    assert "1 new, 1 moved, 0 corrected, 0 same, 0 refused" in page.one("p", css="notice").text
    saved = researcher.post(address, typed(page) | {"plan": ""})
    assert saved["Location"] == f"{address}plan/"
    plan = page_of(researcher.get(f"{address}plan/"))
    assert column(plan, 0) == ["new", "moved"]
    done = researcher.post(
        f"{address}plan/", {"seen": seen(researcher, f"{address}plan/"), "reason": "Spring."}
    )

    assert done["Location"] == address
    made = ChangeSet.objects.latest("pk")
    assert (made.kind, made.reason, made.who) == ("import", "Spring.", "researcher")
    kept = made.imported
    assert (kept.file_name, bytes(kept.content)) == ("positions.csv", b"")
    assert (
        "2 positions stored as one change set" in page_of(researcher.get(address)).one("p", css="lede").text
    )
    assert Position.objects.filter(summit=universe.spring).count() == 2


def test_cells_are_pasted_as_well(universe: Universe, researcher: Client) -> None:
    pasted = GOOD.replace(",", "\t")

    answer = researcher.post("/lenna/import/", {"pasted": pasted})

    assert Import.objects.get().file_name == "pasted cells"
    assert "2 rows in 6 columns" in page_of(researcher.get(answer["Location"])).one("p", css="lede").text


def test_a_wide_table_is_mapped_without_a_script(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, WIDE)["Location"]
    page = page_of(researcher.get(address))
    assert "Nothing says the summit" in page.one("div", css="notice").text

    form = typed(page) | {"constant_summit": "spring", "inferred": "Scores of experts."}
    form[field_of(page, "Who")] = "actor"
    form[field_of(page, "Data sharing: NA")] = "silent"
    form[field_of(page, "Summer flow: the number that stands for 0")] = "1"
    form[field_of(page, "Summer flow: the number that stands for 100")] = "7"
    form[field_of(page, "Data sharing: the number that stands for 0")] = "7"
    form[field_of(page, "Data sharing: the number that stands for 100")] = "1"
    assert researcher.post(address, form).status_code == 302

    plan = page_of(researcher.get(f"{address}plan/"))
    assert column(plan, -1) == ["none", "silent", "all", "monthly"]


def test_names_are_answered_and_new_ones_made_where_that_is_said(
    universe: Universe, researcher: Client
) -> None:
    text = GOOD.replace("flow,Arden", "flaw,Arden").replace("Cadria", "Estmark")
    address = upload(researcher, text)["Location"]
    page = page_of(researcher.get(address))
    assert "did you mean Summer flow (flow)?" in page.one("form", css="stacked").text

    form = typed(page) | {"make_actor": "on", "make_actor_kind": "state", "make_actor_role": "observer"}
    form[field_of(page, "Issue “flaw” is")] = "flow"
    researcher.post(address, form)

    plan = page_of(researcher.get(f"{address}plan/"))
    assert column(plan, 0) == ["new", "new"]
    assert "actor: Estmark" in plan.one("main").text


def test_what_was_typed_stays_where_something_is_wrong(universe: Universe, researcher: Client) -> None:
    address = upload(researcher, WIDE)["Location"]
    form = typed(page_of(researcher.get(address))) | {"head": "one", "inferred": "Because."}

    answer = researcher.post(address, form)
    page = page_of(answer)

    assert answer.status_code == 422
    assert "Head in row: Write the number of a row" in page.one("div", role="alert").text
    assert page.one("input", name="inferred").attrs["value"] == "Because."
    assert page.one("input", name="head").attrs["value"] == "one"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"column_0": "actor", "column_1": "actor"}, "“Who” is used for this already."),
        ({"across": ""}, "Columns hold positions on what their heads name"),
        ({"column_1": "", "column_2": "beside:salience"}, "No column to its left holds positions."),
        ({"low_1": "5"}, "Say both ends of the scale."),
        ({"low_1": "5", "high_1": "5"}, "The two ends of a scale are two numbers."),
        ({"head": "900"}, "The names of the columns should be here, but the row is empty."),
        ({"encoding": "utf-16"}, "This is not utf-16"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_told_at_its_field(
    universe: Universe, researcher: Client, change: dict[str, str], message: str
) -> None:
    address = upload(researcher, WIDE + "xy")["Location"]
    before = Import.objects.get().mapping

    answer = researcher.post(address, typed(page_of(researcher.get(address))) | change)

    assert answer.status_code == 422
    assert message in page_of(answer).one("div", role="alert").text
    assert Import.objects.get().mapping == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old Excel file"),
        (b'a,b\n1,2\n"3,4\n', "Row 3: A quotation mark is opened here"),
        (b"\n\n", "There is nothing in this file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(
    universe: Universe, researcher: Client, content: bytes, message: str
) -> None:
    answer = upload(researcher, content)

    assert answer.status_code == 422
    assert message in page_of(answer).one("div", role="alert").text
    assert not Import.objects.exists()


def test_a_file_or_a_paste_is_needed_and_not_both(universe: Universe, researcher: Client) -> None:
    for answer in (researcher.post("/lenna/import/", {}), upload(researcher, GOOD, pasted="a\tb")):
        assert answer.status_code == 422
        assert "one of both" in page_of(answer).one("div", role="alert").text


def test_a_file_that_is_too_large_is_refused(universe: Universe, researcher: Client) -> None:
    answer = upload(researcher, b"a,b\n" * (13 * 2**20 + 1))

    assert answer.status_code == 422
    assert "The file has 52 MB; at most 50 can be read" in page_of(answer).one("div", role="alert").text


def test_the_plan_is_filtered_and_its_refused_rows_are_downloaded(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, GOOD.replace("flow,Arden", "flaw,Arden"))["Location"]

    plan = page_of(researcher.get(f"{address}plan/?result=refused"))
    (row,) = plan.one("tbody").all("tr")
    file = researcher.get(f"{address}refused.csv")

    assert row.one("th").text == "row 2"
    assert "did you mean Summer flow (flow)?" in row.text
    assert file.content.decode().splitlines()[1].startswith("flaw,Arden,spring,half,So.,record,issue “flaw”")
    assert researcher.get(f"{address}plan/?result=some").status_code == 400
    assert page_of(researcher.get(f"{address}plan/?result=same")).all("tbody") == []


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
