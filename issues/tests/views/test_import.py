"""Bringing a file in on the pages: upload and mapping; nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from issues.history import ChangeSet
from issues.models import Import, Position
from issues.tests.universe import Universe
from issues.tests.views.importing import GOOD, WIDE, column, confirmed, field_of, seen, typed, upload
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as


@pytest.fixture
def researcher(universe: Universe) -> Client:
    return visit_as("researcher")


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


def test_one_day_of_a_new_summit_and_one_option_are_said_for_all_rows(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, "actor\nArden\nCadria\n")["Location"]
    said = {"issue": "flow", "summit": "Signing", "summit_date": "2032-05", "option": "half"}

    form = typed(page_of(researcher.get(address))) | {f"constant_{name}": text for name, text in said.items()}
    researcher.post(
        address, form | {"inferred": "By hand.", "make_summit": "on", "make_summit_kind": "document"}
    )

    assert column(page_of(researcher.get(f"{address}plan/")), -1) == ["half", "half"]


def test_what_a_mapping_says_for_all_rows_is_shown_and_kept_by_the_form(
    universe: Universe, researcher: Client
) -> None:
    address = upload(researcher, GOOD)["Location"]
    draft = Import.objects.get()
    draft.mapping |= {"constants": {"confidence": "low"}, "last_row": 3, "ignored": [6]}
    draft.save()

    page = page_of(researcher.get(address))
    form = typed(page)
    assert form["constant_confidence"] == "low"
    assert researcher.post(address, form | {"constant_option": ""}).status_code == 302
    draft.refresh_from_db()
    assert draft.mapping["constants"] == {"confidence": "low"}
    assert (draft.mapping["last_row"], draft.mapping["ignored"]) == (3, [6])


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


def test_a_second_file_is_joined_without_a_script(universe: Universe, researcher: Client) -> None:
    votes = GOOD.replace("actor", "code").replace("Arden", "1").replace("Cadria", "2")
    second = SimpleUploadedFile("names.csv", b"nr,actor\n1,Arden\n02,Cadria\n7,Belmar\n")
    address = upload(researcher, votes, second=second)["Location"]
    page = page_of(researcher.get(address))
    assert "by which columns the second file is joined" in page.one("div", css="notice").text

    form = typed(page)
    form[field_of(page, "The rows fit where this column")] = "code"
    researcher.post(address, form)  # half of it is refused, with what was typed kept
    form[field_of(page, "is this one of names.csv")] = "nr"
    researcher.post(address, form)
    page = page_of(researcher.get(address))
    assert "Keys that are nearly the same in names.csv: “2” is “02”" in page.text
    assert "1 new, 0 moved, 0 corrected, 0 same, 1 refused" in page.one("p", css="notice").text
    researcher.post(address, typed(page) | {"join_fold": "on"})

    plan = page_of(researcher.get(f"{address}plan/"))
    assert column(plan, 0) == ["new", "moved"]
    assert "1 key of names.csv used by no row" in plan.text
    researcher.post(f"{address}plan/", confirmed(researcher, address))
    assert "Joined to names.csv" in page_of(researcher.get(address)).text


def test_a_second_file_is_joined_by_as_many_keys_as_it_takes(universe: Universe, researcher: Client) -> None:
    places = "code,of,at,option,quote,source\n1,flow,spring,half,So.,record\n"
    second = SimpleUploadedFile(
        "who.csv", b"nr,issue,summit,actor\n1,flow,spring,Arden\n1,data,spring,Belmar\n"
    )
    address = upload(researcher, places, second=second)["Location"]
    pairs = (
        ("The rows fit where this column", "is this one of who.csv", "code", "nr"),
        ("and this column", "is this other one of who.csv", "of", "issue"),
        ("and this further column", "is this further one of who.csv", "at", "summit"),
    )

    for left, right, one, other in pairs:
        page = page_of(researcher.get(address))
        form = typed(page)
        researcher.post(address, form | {field_of(page, left): one, field_of(page, right): other})

    page = page_of(researcher.get(address))
    form = typed(page)
    kept = [(form[field_of(page, left)], form[field_of(page, right)]) for left, right, *_ in pairs]
    assert kept == [("code", "nr"), ("of", "issue"), ("at", "summit")]
    assert field_of(page, "and this further column (4)")
    said = {field_of(page, "of"): "issue", field_of(page, "at"): "summit"}
    researcher.post(address, form | said)
    plan = page_of(researcher.get(f"{address}plan/"))
    assert column(plan, 0) == ["new"]
    assert "1 key of who.csv used by no row" in plan.text
