"""Pictures for other people's pages: each in four forms, which say the same and where it is from."""

import json
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from jsonschema import Draft7Validator

from issues.actions.scenarios.assess import assess
from issues.exports.pictures import NoFonts, drawn
from issues.exports.pictures.drawn import broken, letters_in
from issues.models import Actor, Process
from issues.tests.acts import correct
from issues.tests.exports.vega_lite import SCHEMA, fields_of, layers_of
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe

pytestmark = pytest.mark.sqlite

PICTURES = (
    "matrix",
    "rail",
    "analysis/convergence",
    "issues/flow/ladder",
    "issues/flow/steps",
    "issues/flow/distance",
    "scenarios/mid-2032/half/probability",
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


@pytest.fixture
def assessed(universe: Universe) -> Universe:
    """Numbers of two people after two summits."""
    for after in (universe.ford, universe.weir):
        for name, first in (("one", 40.0), ("two", 60.0)):
            numbers = dict(zip(universe.scenarios.values(), (first, 30.0, 70.0 - first), strict=True))
            user = make_user(username=f"{name}-{after.slug}", name=f"{name} {after.slug}")
            assess(universe.scenario_set, numbers, after=after, rationale="So.", by=user)
    past(Process.objects).update(names_public=True)
    past(type(universe.scenarios["half"]).objects).update(resolved="void", resolved_on="2031-12-31")
    return universe


def got(picture: str, form: str, query: str = "summit=weir") -> Any:
    """The answer to a stranger who asks for a picture."""
    answer = Client().get(f"/lenna/{picture}.{form}?{query}")
    assert answer.status_code == 200, (picture, form)
    return answer


def words(svg: bytes) -> str:
    """The texts in a picture, line by line."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- our own
    return " ".join(" ".join("".join(node.itertext()).split()) for node in root.iter(f"{SVG}text"))


def test_every_picture_is_there_in_every_form(assessed: Universe) -> None:
    for picture in PICTURES:
        svg, document = got(picture, "svg"), json.loads(got(picture, "json").content)
        told = words(svg.content)
        header = document["header"]

        assert header["title"] in told, picture
        assert "As of Weir meeting, 10 September 2031." in told, picture
        assert f"Source: Redlines, {assessed.process.name}. As recorded on " in told, picture
        assert header["page"].startswith("http://testserver/lenna/"), picture
        assert header["page"].endswith("?summit=weir"), picture
        assert header["page"] in told.replace(" ", ""), picture
        assert document["rows"], picture
        used = {name for key, rows in document.items() if key != "header" for row in rows for name in row}
        assert used == header["fields"].keys(), picture


def test_every_vega_lite_document_is_one_and_draws_what_it_holds(assessed: Universe) -> None:
    for picture in PICTURES:
        answer = got(picture, "vl.json")
        document = json.loads(answer.content)
        figures = json.loads(got(picture, "json").content)

        assert answer["Content-Type"].startswith("application/vnd.vegalite.v5+json")
        assert list(Draft7Validator(SCHEMA).iter_errors(document)) == [], picture
        assert document["datasets"] == {key: rows for key, rows in figures.items() if key != "header"}
        for name, layer in layers_of(document):
            for row in document["datasets"][name]:
                assert fields_of(layer) <= row.keys(), (picture, layer["mark"])


def test_every_picture_is_a_png_of_twice_its_size(assessed: Universe) -> None:
    try:
        drawn.font()
    except NoFonts:
        assert Client().get("/lenna/matrix.png").status_code == 503
        return
    for picture in PICTURES:
        answer = got(picture, "png")
        root = ElementTree.fromstring(got(picture, "svg").content)  # noqa: S314 -- our own
        header = BytesIO(answer.content).read(24)

        assert answer["Content-Type"] == "image/png"
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = int.from_bytes(header[16:20]), int.from_bytes(header[20:24])
        assert width == pytest.approx(2 * float(root.attrib["width"]), abs=2), picture
        assert height == pytest.approx(2 * float(root.attrib["height"]), abs=2), picture


def test_a_png_whose_letters_no_font_has_is_refused_with_their_names(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(universe.arden, {"name": "中国", "short_name": ""}, by=universe.coder, reason="As it is called.")
    monkeypatch.setattr(drawn, "font", lambda: drawn.FAMILIES[0])
    monkeypatch.setattr(drawn, "_drawn", lambda family, letter: b"box" if letter in "中\U0010fffd" else b"x")

    answer = Client().get("/lenna/matrix.png")

    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "no font of this machine has 中)" in answer.content.decode()


def test_without_a_font_there_is_no_png_that_would_mislead(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise NoFonts

    monkeypatch.setattr(drawn, "font", none)

    answer = Client().get("/lenna/matrix.png")

    assert answer.status_code == 503
    assert "no font" in answer.content.decode()
    assert got("matrix", "svg").status_code == 200


def test_a_picture_of_a_crowd_stays_within_bounds(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "MOST_POINTS", 100_000)

    header = got("matrix", "png").content[:24]

    assert int.from_bytes(header[16:20]) * int.from_bytes(header[20:24]) <= 101_000


def test_the_ladder_holds_who_stands_where_the_options_and_the_zone(universe: Universe) -> None:
    document = json.loads(got("issues/flow/ladder", "json").content)

    assert [(row["actor"], row["placement"]) for row in document["rows"]] == [
        ("Cadria", 0.0),
        ("Arden", 50.0),
        ("Belmar", 50.0),
    ]
    assert document["zone"] == [{"low": 0.0, "high": 25.0}]
    assert [row["letter"] for row in document["options"]] == list("abcde")


def test_the_steps_hold_what_stood_until_when(universe: Universe) -> None:
    rows = json.loads(got("issues/flow/steps", "json", "summit=delta").content)["rows"]
    arden = [row for row in rows if row["actor_slug"] == "arden"]

    assert [(row["before"], row["placement"]) for row in arden if row["stated"] is not None][-1] == (75, 50)
    assert [row["until"] for row in arden[:-1]] == [row["day"] for row in arden[1:]]
    assert arden[-1]["carried"]
    belmar = [row for row in rows if row["actor_slug"] == "belmar"][-1]
    assert (belmar["state"], belmar["placement"], belmar["carried"]) == ("withdrawn", None, False)
    assert belmar["until"] == belmar["day"]


def test_the_matrix_says_what_is_not_placed_and_never_zero(universe: Universe) -> None:
    rows = json.loads(got("matrix", "json").content)["rows"]
    cells = {(row["actor_slug"], row["issue_slug"]): row for row in rows}

    assert cells["arden", "data"]["placement"] == 0
    assert (cells["commission", "flow"]["state"], cells["commission", "flow"]["placement"]) == (
        "in words",
        None,
    )
    assert cells["fishers", "flow"]["state"] == "nothing on record"
    assert "not stated" in words(got("matrix", "svg").content)


def test_numbers_of_persons_leave_as_their_names_do(assessed: Universe) -> None:
    picture = "scenarios/mid-2032/half/probability"
    named = json.loads(got(picture, "json").content)
    past(Process.objects).update(names_public=False)
    unnamed = json.loads(got(picture, "json").content)

    assert {row["person"] for row in named["numbers"]} >= {"one weir", "two weir"}
    assert "numbers" not in unnamed
    assert [row["mean"] for row in unnamed["rows"]] == [row["mean"] for row in named["rows"]]
    assert all("low" not in row for row in unnamed["rows"])
    assert "one weir" not in got(picture, "svg").content.decode()


def test_what_nobody_assessed_is_no_picture(universe: Universe) -> None:
    assert Client().get("/lenna/scenarios/mid-2032/half/probability.svg").status_code == 404
    assert Client().get("/lenna/issues/preamble/ladder.svg").status_code == 404
    assert Client().get("/lenna/issues/treaty/distance.json").status_code == 404


def test_a_misspelt_parameter_is_refused_by_name(universe: Universe) -> None:
    for form in ("svg", "png", "json", "vl.json"):
        answer = Client().get(f"/lenna/matrix.{form}?sumit=weir")
        assert answer.status_code == 400
        assert "There is no parameter “sumit” here" in answer.content.decode()


def test_the_scripts_of_other_pages_may_read_what_is_public(universe: Universe) -> None:
    assert got("matrix", "json")["Access-Control-Allow-Origin"] == "*"
    past(Process.objects).update(visibility="open")

    assert "Access-Control-Allow-Origin" not in Client().get("/lenna/matrix.json").headers


def test_names_that_run_to_the_left_are_isolated_in_the_words(universe: Universe) -> None:
    past(Process.objects).update(name="مياه لينا")
    past(Actor.objects.filter(slug="arden")).update(name="أردن", short_name="")

    told = words(got("matrix", "svg").content)

    assert "Source: Redlines, \u2068مياه لينا\u2069. As recorded on" in told
    assert "أردن" in told


def test_words_are_broken_to_their_room_by_what_a_letter_takes() -> None:
    assert broken("one two three", 7) == ["one two", "three"]
    assert broken("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]
    assert broken("", 5) == []
    assert all(letters_in(line) <= 6 for line in broken("水の流れについて", 6))
    assert letters_in("e\u0301水") == 3
