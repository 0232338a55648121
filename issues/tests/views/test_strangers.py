"""What strangers see of a public process: what was said, and why it was corrected; nobody of ours by name."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from django.contrib.auth.models import Group
from django.db.models import Count
from django.test import Client
from django.urls import URLPattern, reverse

from issues.actions.record.review import mark_reviewed
from issues.actions.scenarios.assess import assess
from issues.actions.scenarios.judge import judge
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.models import RECORDS, Process, Scenario
from issues.tests.acts import add, correct
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.addresses import ACCOUNTS, LOG, READ, RELEASES
from issues.tests.views.visitors import outcome
from issues.urls import urlpatterns
from issues.user import User

pytestmark = pytest.mark.sqlite

# Nothing else in the world is called so; account names and names have it alike.
OURS = b"quillfeather"
RATIONALE = b"nimbus"
NUMBERS = (b"17.25", b"33.75")
WHY = "A slip of the pen, put right."

# Pages and files that a stranger reads without a process, and answers that are errors.
OWN = (
    "/",
    "/healthz",
    "/sign-in/",
    "/sign-in/?next=/lenna/",
    "/search/?q=arden",
    "/search/?q=quill",
    "/search/?q=flow&kind=positions",
    "/lenna/?summit=weir&against=ford&changed=1",
    "/lenna/?unreviewed=1",
    "/lenna/?known=2100-13-01",
    "/lenna/?summit=nowhere",
    "/lenna/actors/arden/?against=cadria",
    "/lenna/changes/?q=half&unreviewed=1",
    "/lenna/changes/?kind=nonsense",
    "/lenna/changes/?tab=record",
    "/lenna/changes/?tab=record&way=page&q=slip",
    "/lenna/changes/?tab=record&since=nonsense",
    "/lenna/changes/?tab=record&change_set=999999",
    "/lenna/consistency/?find=1",
    "/history/position/999999/",
    "/history/nonsense/1/",
    "/nowhere/",
    "/lenna/issues/nowhere/",
    "/lenna/embed/matrix/",
    "/lenna/embed/issues/flow/ladder/?summit=weir",
    "/lenna/embed/issues/flow/steps/",
    *(f"/lenna/scenarios/mid-2032/half/probability.{form}" for form in ("svg", "json", "vl.json")),
)
# What the installation's own addresses of the table are walked by.
WALKED_BESIDE = {
    *("home", "search", "history", "history-undo", "history-restore"),
    *("embed-matrix", "embed-ladder", "embed-steps", "probability-picture"),
}
# How many change sets are walked, and records of each kind: those that were edited most often.
LAST_EDITS, A_KIND = 12, 2
# Answers only to a POST of someone who is signed in, or to the one who asked for the work.
# The pages of accounts tell of oneself alone.
NOT_READ = {*RELEASES, *ACCOUNTS, "access", "new-process", "job"}


@pytest.fixture
def world(universe: Universe, settings: Any) -> Universe:
    """Every way in which one of us leaves a name: edits, a review, an undoing, judgements, numbers."""
    settings.PUBLIC_READ = True
    author, second, third = (
        make_user(username=f"quillfeather-{name}", name=name_of)
        for name, name_of in (("one", "Ada Quillfeather"), ("two", "Ben Quillfeather"), ("three", ""))
    )
    past(User.objects.filter(pk=universe.coder.pk)).update(
        username="quillfeather-coder", name="Cy Quillfeather"
    )
    ChangeSet.objects.filter(user=universe.coder).update(author="Cy Quillfeather")
    position = universe.at("arden", "flow", "ford")
    correct(position, {"option": universe.flow.options.get(value=50.0)}, by=author, reason=WHY)
    position.refresh_from_db()
    mark_reviewed([position], by=second)
    correct(universe.flow.options.get(value=25.0), {"value": 26.0}, by=author, reason=WHY)
    mark_reviewed([universe.at("cadria", "flow", "ford")], by=second)
    other = universe.at("cadria", "data", "mill")
    correct(other, {"value": 85.0}, by=author, reason="Too high.")
    undo(ChangeSet.objects.get(reason="Too high."), by=second, reason="It was right.")
    pair = (universe.flow.options.get(value=50.0), universe.data.options.get(value=50.0))
    judge({pair: 3}, by=second, reason="Stronger.")
    for after in (universe.ford, universe.weir):
        for user, given in ((author, (17.25, 50.0, 32.75)), (third, (33.75, 50.0, 16.25))):
            numbers = dict(zip(universe.scenarios.values(), given, strict=True))
            assess(universe.scenario_set, numbers, after=after, rationale="Nimbus said so.", by=user)
    past(Scenario.objects.exclude(slug="half")).update(resolved="did_not", resolved_on=date(2031, 12, 31))
    past(Scenario.objects.filter(slug="half")).update(resolved="happened", resolved_on=date(2031, 12, 31))
    return universe


def viewer() -> Client:
    """One of us, who may read everything."""
    client, user = Client(), make_user(username="one-who-reads")
    user.groups.add(Group.objects.get(name="Viewers"))
    client.force_login(user)
    return client


def addresses(universe: Universe) -> Iterator[str]:
    """Every address that a stranger may read, from the table of addresses, and states of their pages."""
    yield from OWN
    for name, args in READ.items():
        yield reverse(name, args=args(universe))
    for change_set in ChangeSet.objects.order_by("-pk")[:LAST_EDITS]:
        yield f"/lenna/changes/?tab=record&change_set={change_set.pk}"
    for model in RECORDS:
        rows = model.history.order_by().values_list("id").annotate(versions=Count("pk"))
        for pk, _ in rows.order_by("-versions", "id")[:A_KIND]:
            history = reverse("history", args=[model._meta.model_name, pk])
            rows = list(model.history.filter(id=pk).order_by("history_id").values_list("pk", flat=True))
            yield history
            yield f"{history}?first={rows[0]}&second={rows[-1]}"
            yield reverse("history-undo", args=[model._meta.model_name, pk, rows[-1]])
            yield reverse("history-restore", args=[model._meta.model_name, pk, rows[0]])


def said(answer: Any) -> bytes:
    """Everything that an answer says, the parts of a packed document unpacked, in small letters."""
    content: bytes = answer.getvalue()
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.lower() + str(answer.headers).encode().lower()


# Where one of us is told of by name to whoever may know; each is a page of its own.
TELLING: dict[str, Callable[[Universe], str]] = {
    "a placement that was corrected": lambda u: "/lenna/?summit=ford",
    "the record edited": lambda u: "/lenna/changes/?tab=record",
    "one change set": lambda u: (
        f"/lenna/changes/?tab=record&change_set={ChangeSet.objects.filter(reason='Reviewed.')[0].pk}"
    ),
    "a history": lambda u: f"/history/position/{u.at('arden', 'flow', 'ford').pk}/",
    "a history of what processes share": lambda u: f"/history/actor/{u.arden.pk}/",
    "two versions": lambda u: "/history/position/{}/?first={}&second={}".format(
        u.at("arden", "flow", "ford").pk,
        *u.at("arden", "flow", "ford").history.order_by("history_id").values_list("pk", flat=True)[:2],
    ),
    "numbers of a set": lambda u: "/lenna/scenarios/mid-2032/",
    "numbers of an ending": lambda u: "/lenna/scenarios/mid-2032/half/",
    "judgements": lambda u: "/lenna/consistency/",
}


def test_every_address_is_walked() -> None:
    names = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}

    assert names == READ.keys() | LOG.keys() | WALKED_BESIDE | NOT_READ


def test_no_answer_tells_a_stranger_who_we_are(world: Universe) -> None:
    client = Client()
    for address in addresses(world):
        answer = said(client.get(address))

        assert OURS not in answer, address
        assert RATIONALE not in answer, address
        assert not [number for number in NUMBERS if number in answer], address


def test_the_pages_that_write_are_not_a_strangers(world: Universe) -> None:
    for name, (method, args) in LOG.items():
        answer = getattr(Client(), method)(reverse(name, args=args(world)))

        assert outcome(answer) == "sign in", name
        assert OURS not in said(answer), name


@pytest.mark.parametrize("where", TELLING)
def test_one_of_us_is_told_by_whom(world: Universe, where: str) -> None:
    assert OURS in said(viewer().get(TELLING[where](world)))


@pytest.mark.parametrize("where", TELLING)
def test_a_stranger_is_told_by_whom_where_the_process_says_so(world: Universe, where: str) -> None:
    past(Process.objects).update(names_public=True)

    assert OURS in said(Client().get(TELLING[where](world)))


def test_a_stranger_is_told_what_was_corrected_and_why(world: Universe) -> None:
    for where in ("a placement that was corrected", "the record edited", "a history"):
        assert WHY.lower().encode() in said(Client().get(TELLING[where](world))), where
    assert "One of our team" in Client().get("/lenna/changes/?tab=record").content.decode()


def test_a_stranger_is_told_the_figures_of_the_group(world: Universe) -> None:
    page = said(Client().get("/lenna/scenarios/mid-2032/half/"))

    assert b"25.5" in page or b"26%" in page
    assert b"mean of 2" in page


def test_what_one_person_alone_gave_is_no_figure_of_a_group(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    numbers = dict(zip(universe.scenarios.values(), (67.0, 20.0, 13.0), strict=True))
    assess(universe.scenario_set, numbers, after=universe.weir, rationale="So.", by=make_user())
    past(Scenario.objects).update(resolved="void", resolved_on=date(2031, 12, 31))

    for page in ("", "mid-2032/", "mid-2032/half/"):
        text = Client().get(f"/lenna/scenarios/{page}").content.decode()
        assert "67%" not in text, page
        assert "67%" in viewer_text(f"/lenna/scenarios/{page}"), page
    assert "One person has given numbers after" in Client().get("/lenna/scenarios/mid-2032/").content.decode()


def viewer_text(address: str) -> str:
    User.objects.filter(username="one-who-reads").delete()
    return viewer().get(address).content.decode()


@pytest.mark.parametrize("person", ["quillfeather-one", "nobody-at-all"])
def test_a_stranger_cannot_ask_by_person(world: Universe, person: str) -> None:
    answer = Client().get("/lenna/changes/", {"tab": "record", "person": person})
    text = answer.content.decode().replace(person, "…")

    assert answer.status_code == 400
    assert "Person: names are not public here" in text
    assert 'name="person"' not in text
    assert "quillfeather" not in text.lower()
    assert text == Client().get(
        "/lenna/changes/", {"tab": "record", "person": "another"}
    ).content.decode().replace("another", "…")


def test_a_stranger_asks_by_person_where_names_are_public(world: Universe) -> None:
    past(Process.objects).update(names_public=True)

    answer = Client().get("/lenna/changes/", {"tab": "record", "person": "quillfeather-one"})

    assert answer.status_code == 200
    assert WHY in answer.content.decode()


def test_what_processes_share_is_told_with_names_only_where_each_of_them_says_so(world: Universe) -> None:
    past(Process.objects).update(names_public=True)
    address = TELLING["a history of what processes share"](world)
    assert OURS in said(Client().get(address))

    other = Process(name="Another river", slug="another", visibility="public")
    add(other, by=User.objects.get(pk=world.coder.pk), reason="Another.")

    assert OURS not in said(Client().get(address))
    assert OURS in said(Client().get(f"/history/process/{world.process.pk}/"))
    assert OURS not in said(Client().get(f"/history/process/{other.pk}/"))
