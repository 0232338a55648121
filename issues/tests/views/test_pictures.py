"""The SVG downloads: files of their own, well-formed, that say what the page says."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from issues.models import Actor, Issue, Option, Position
from issues.tests.past import past
from issues.tests.universe import Universe

SVG = "{http://www.w3.org/2000/svg}"


def picture(reader: Client, address: str) -> ElementTree.Element:
    """A downloaded picture."""
    response = reader.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own


def words(root: ElementTree.Element) -> list[str]:
    """The texts in a picture."""
    return ["".join(node.itertext()).strip() for node in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("issue", ["flow", "data", "treaty"])
@pytest.mark.parametrize("kind", ["ladder", "steps"])
@pytest.mark.parametrize("summit", ["weir", "delta"])
def test_a_picture_is_a_whole_file(
    universe: Universe, reader: Client, issue: str, kind: str, summit: str
) -> None:
    root = picture(reader, f"/lenna/issues/{issue}/{kind}.svg?summit={summit}")

    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox", "").split()[:2] == ["0", "0"]
    assert root.get("aria-label", "").startswith(getattr(universe, issue).name)
    assert all(not name.startswith("on") for node in root.iter() for name in node.attrib)


def test_the_ladder_names_actors_options_and_the_zone(universe: Universe, reader: Client) -> None:
    texts = words(picture(reader, "/lenna/issues/flow/ladder.svg?summit=weir"))

    assert {"Arden", "Belmar", "Cadria", "50", "0"} <= set(texts)
    assert any("zone of possible agreement 0 to 25" in text for text in texts)
    assert any(text.endswith("half") for text in texts)
    assert "Commission" not in texts


def test_the_ladder_without_known_limits_draws_no_zone(universe: Universe, reader: Client) -> None:
    for issue in ("flow", "data"):
        root = picture(reader, f"/lenna/issues/{issue}/ladder.svg?summit=delta")
        assert not any("zone" in text for text in words(root))
        assert root.findall(f".//{SVG}rect[@class='zone']") == []


def test_the_steps_have_a_chart_for_everyone_who_was_placed(universe: Universe, reader: Client) -> None:
    texts = words(picture(reader, "/lenna/issues/data/steps.svg?summit=weir"))

    assert [name for name in texts if name in {"Arden", "Belmar", "Cadria", "Commission"}] == [
        "Arden",
        "Belmar",
        "Cadria",
        "Commission",
    ]
    assert "red line, no limits" in texts
    assert {"Mar 2031", "Sep 2031"} <= set(texts)


def test_red_lines_are_hatched_in_the_steps(universe: Universe, reader: Client) -> None:
    root = picture(reader, "/lenna/issues/flow/steps.svg?summit=weir")

    closed = root.findall(f".//{SVG}rect[@class='closed']")
    assert len(closed) == 3  # Cadria: ≤ 50 from ford to mill and on to weir, then ≤ 25


def test_it_is_a_download_with_a_name(universe: Universe, reader: Client) -> None:
    response = reader.get("/lenna/issues/flow/ladder.svg")

    assert response["Content-Disposition"] == 'attachment; filename="lenna-flow-ladder.svg"'


@pytest.mark.parametrize("kind", ["ladder", "steps"])
def test_odd_names_leave_it_well_formed(universe: Universe, reader: Client, kind: str) -> None:
    odd = "<script>&\"' ]]> \x01\x0b\ufffe 🐟"
    past(Actor.objects).update(name=odd, short_name="")
    past(Option.objects).update(label=odd)
    past(Issue.objects).update(name=odd)

    root = picture(reader, f"/lenna/issues/flow/{kind}.svg?summit=weir")

    assert any("<script>&\"' ]]>" in text for text in words(root))
    assert any("🐟" in text for text in words(root))


def test_actors_at_one_value_are_stacked(universe: Universe, reader: Client) -> None:
    past(Position.objects.filter(issue=universe.treaty)).update(value=50.0)

    root = picture(reader, "/lenna/issues/treaty/ladder.svg?summit=weir")

    names = [node for node in root.iter(f"{SVG}text") if node.get("class") == "name"]
    assert len({node.get("x") for node in names}) == 1
    assert len({node.get("y") for node in names}) == len(names) == 3
