"""The history of a record: a sentence a version, changed fields only, names and not keys."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from issues.actions.record.review import mark_reviewed
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, Way, recording
from issues.models import Evidence, Option, Position, PositionLink
from issues.tests.acts import add, remove
from issues.tests.factories import make_evidence, make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.history.conftest import address, change, lines
from issues.tests.views.page import page_of


def test_a_sentence_says_who_did_what_and_why(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    quarter = universe.flow.options.get(value=25)
    change(position, "Misread the annex.", by=universe.coder, option=quarter, note="Page 4.")

    told = lines(viewer, address(position))

    assert told[0] == (
        "coder corrected option and note: Misread the annex. Current"
        " | Option: 0 none → 25 a quarter | Note: nothing → Page 4."
    )
    assert told[-1] == "coder recorded this position: From the record of the ford meeting."


def test_a_review_is_told_and_a_correction_takes_it_back(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    mark_reviewed([position], by=make_user(username="second"))
    change(position, salience=80.0)

    told = lines(viewer, address(position))

    assert told[1] == "second marked it as reviewed: Reviewed."
    assert told[0].startswith("A command corrected salience and took back its review: Reread.")
    assert "Reviewed by" not in " ".join(told)


def test_long_texts_are_told_word_by_word(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    old = "The river belongs to all who live on it, from the spring to the sea, and to nobody else."
    change(position, summary=old)
    change(position, summary=old.replace("nobody", "no one"))

    page = page_of(viewer.get(address(position))).one("ol", css="versions-list")

    first = page.all("span", css="words-changed")[0]
    assert [node.text for node in first.all("del")] == ["nobody"]
    assert [node.text for node in first.all("ins")] == ["no one"]


def test_what_happened_to_evidence_links_and_statements_is_told_too(
    viewer: Client, universe: Universe
) -> None:
    position = universe.at("cadria", "flow", "ford")
    statement = position.evidence.get().statement
    other = universe.statements["doubt"]
    add(Evidence(statement=other, position=position, stance="disputes"), by=universe.coder, reason="Doubts.")
    add(PositionLink(position=position, issue=universe.data), by=universe.coder, reason="Tied.")
    change(statement, "As printed.", quote="Not a drop.")
    with recording(by=None, reason="Off the point.", kind=Way.COMMAND):
        remove(Evidence.objects.get(statement=other, position=position), by=None, reason="x")

    told = lines(viewer, address(position))

    assert told[0].startswith("A command removed evidence “")
    assert told[0].endswith(", against it: Off the point.")
    assert told[1].startswith("A command corrected statement “Not a drop.”")
    assert "Quote as printed:" in told[1]
    assert told[2] == "coder added linked issue Data sharing: Tied."
    assert told[3].startswith("coder added evidence “")
    assert len([line for line in told if "evidence" in line]) == 3


def test_evidence_that_moves_is_told_on_both_positions(viewer: Client, universe: Universe) -> None:
    here, there = universe.at("belmar", "flow", "weir"), universe.at("cadria", "flow", "ford")
    moving = here.evidence.get(stance="disputes")
    change(moving, "Of the other.", position=there)

    for position in (here, there):
        told = lines(viewer, address(position))
        assert "corrected evidence" in told[0]
        assert "Position: Belmar on Summer flow at Weir meeting → Cadria on Summer flow" in told[0]


def test_an_issue_tells_of_its_options(viewer: Client, universe: Universe) -> None:
    half = universe.flow.options.get(value=50)
    change(half, "It says so.", label="one half")

    assert lines(viewer, address(universe.flow))[0] == (
        "A command corrected option one half, 50: It says so. | Label: half → one half"
    )


def test_what_was_undone_says_so(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, "A slip.", by=universe.coder, salience=1.0)
    undo(ChangeSet.objects.order_by("pk").last(), by=universe.coder, reason="Not so.")

    assert lines(viewer, address(position))[0].startswith(
        "coder undid an edit and corrected salience: Not so."
    )


def test_a_deleted_record_keeps_its_history_and_its_name(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    key = position.pk
    with recording(by=universe.coder, reason="Twice.", kind=Way.PAGE):
        remove(position, by=universe.coder, reason="Twice.")
    position.pk = key

    page = page_of(viewer.get(address(position)))

    assert page.one("h1").text == "History: Cadria on Summer flow at Ford meeting"
    assert "This position was deleted; its versions stay." in page.text
    assert "coder deleted this position: Twice." in lines(viewer, address(position))[:2]
    assert "Current" not in page.one("ol", css="versions-list").text


def test_every_kind_of_record_has_one_and_unknown_ones_have_none(viewer: Client, universe: Universe) -> None:
    for record in (
        universe.arden,
        universe.minister,
        universe.process,
        universe.weir,
        universe.sources["record"],
    ):
        assert viewer.get(address(record)).status_code == 200
        assert lines(viewer, address(record))
    for path in ("nonsense/1/", "position/999999/", "user/1/", "changeset/1/", "position/0/"):
        assert viewer.get(f"/history/{path}").status_code == 404


def test_bad_parameters_are_named(viewer: Client, universe: Universe) -> None:
    url = address(universe.at("cadria", "flow", "ford"))
    for query in ({"page": "x"}, {"page": "0"}, {"first": "-1"}, {"second": "1e9"}, {"first": "9" * 30}):
        answer = viewer.get(url, query)
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()
    assert viewer.get(url, {"first": "999999"}).status_code == 404
    assert viewer.get(url, {"page": "7"}).status_code == 200


def test_user_text_is_escaped(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, "<script>alert(1)</script>", summary="<b>bold</b>")
    page = viewer.get(address(position)).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_thousand_versions_open_with_the_queries_of_a_few_and_are_paged(
    viewer: Client, universe: Universe
) -> None:
    position = universe.at("cadria", "flow", "ford")
    change(position, note="0", option=universe.flow.options.get(value=25))
    with recording(by=None, reason="Many.", kind=Way.COMMAND):
        make_evidence(position=position)
    cost(viewer, address(position))
    few = cost(viewer, address(position))
    row = position.history.latest()
    with recording(by=None, reason="Again.", kind=Way.COMMAND) as opened:
        model = position.history.model
        fields = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        fields |= {"history_type": "~", "change_set_id": opened.change_set.pk}
        del fields["history_id"]
        past(model.objects).bulk_create(model(**fields | {"note": str(number)}) for number in range(1000))

    assert cost(viewer, address(position)) == few <= 30
    assert cost(viewer, address(position) + "?page=2") <= few
    assert len(lines(viewer, address(position))) == 50
    last = lines(viewer, address(position), page=21)
    assert last[-1] == "coder recorded this position: From the record of the ford meeting."


def test_options_and_positions_lead_back_to_their_issue(viewer: Client, universe: Universe) -> None:
    for record in (universe.at("cadria", "flow", "ford"), Option.objects.filter(issue=universe.flow)[0]):
        links = page_of(viewer.get(address(record))).one("p", css="crumbs").links
        assert links[0].startswith("/lenna/issues/flow/")
        assert viewer.get(links[0]).status_code == 200


def test_nothing_ever_written_is_unreachable(viewer: Client, universe: Universe) -> None:
    """Each row of the history of positions is on a page that is linked from that of its position."""
    rows = Position.history.count()
    shown = sum(
        sum("this position" in line or "corrected" in line for line in lines(viewer, address(position)))
        for position in Position.objects.all()
    )
    assert shown == rows


def test_a_record_with_one_version_has_nothing_to_compare(viewer: Client, universe: Universe) -> None:
    position = universe.at("cadria", "flow", "ford")
    assert "Compare" not in page_of(viewer.get(address(position))).one("main").text

    change(position, note="Page 4.")

    assert "Compare the two chosen versions" in page_of(viewer.get(address(position))).one("main").text
