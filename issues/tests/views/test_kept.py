"""Who has a page already is told so, and never wrongly: whatever was changed, by whichever way."""

import gzip
import random
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse

from issues.actions.access import give
from issues.actions.access.visibility import show_to
from issues.actions.record.review import mark_reviewed
from issues.actions.scenarios.assess import assess
from issues.actions.take_back.undo_change_set import LaterChange, undo
from issues.actions.upkeep.ask import Answer
from issues.actions.upkeep.check_links import check_links
from issues.history import ChangeSet, recording, revision
from issues.models import RECORDS, Process, Source, User
from issues.tests.acts import correct
from issues.tests.factories import make_cell, make_office, make_process, make_sheet, make_user
from issues.tests.universe import Universe
from issues.tests.views import releasing
from issues.tests.views.addresses import READ
from issues.tests.views.visitors import visit_as

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
# Each has the moment in it at which it was packed.
BRIEFS = {"summit-brief", "summits-brief", "issue-brief", "actor-brief"}
FILES_OF_NOW = {"download-package", "data-xlsx", *BRIEFS}
BESIDE = (
    *("/lenna/?summit=weir&against=ford", "/lenna/changes/?tab=record", "/lenna/sources/?q=record"),
    *("/lenna/releases/", "/lenna/?cite=bib", "/lenna/embed/matrix/", "/lenna/data/record_edits.csv"),
)
NAMES = {"slug", "key", "ref", "uuid"}


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


def addresses(universe: Universe) -> list[str]:
    """Every page and file that is read of the little world."""
    named = (reverse(name, args=args(universe)) for name, args in READ.items() if name not in FILES_OF_NOW)
    return [*named, *BESIDE]


def body(answer: Any) -> bytes:
    """What came, but for the token of its forms, which is another each time."""
    return TOKEN.sub(b"", answer.getvalue())


def reword(universe: Universe, choose: random.Random) -> None:
    """Change a text of any record of any kind."""
    kind = choose.choice(RECORDS)
    record: Any = choose.choice([*kind._default_manager.all()] or [None])
    fields: list[str] = [
        field.name
        for field in kind._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in NAMES
    ]
    if record is not None and fields:
        name = choose.choice(fields)
        correct(record, {name: f"{getattr(record, name)} {choose.random()}"}, by=universe.coder, reason="So.")


def give_back(universe: Universe, choose: random.Random) -> None:
    """Take back any change set that can be taken back."""
    undo(choose.choice([*ChangeSet.objects.all()]), by=universe.coder, reason="It was right.")


def rename_person_of_ours(universe: Universe, choose: random.Random) -> None:
    """Give somebody who recorded another name."""
    universe.coder.name = f"Ada {choose.random()}"
    universe.coder.save()


def review(universe: Universe, choose: random.Random) -> None:
    """Have a second person look at a position."""
    position = choose.choice([*universe.positions.values()])
    position.refresh_from_db()
    mark_reviewed([position], by=make_user())


def say_how_likely(universe: Universe, choose: random.Random) -> None:
    """Assess the endings."""
    numbers = {universe.scenarios[name]: of for name, of in (("half", 40.0), ("dam", 50.0), ("other", 10.0))}
    assess(
        universe.scenario_set, numbers, after=universe.delta, rationale=f"{choose.random()}", by=make_user()
    )


def take_an_office(universe: Universe, choose: random.Random) -> None:
    """Give a speaker an office with somebody who takes no part here."""
    with recording(by=universe.coder, reason="So."):
        make_office(person=universe.minister, title=f"Adviser {choose.random()}", since=date(2030, 1, 1))


def name_the_host_anew(universe: Universe, choose: random.Random) -> None:
    """Rename who only leads, hosts, is above, or was spoken for."""
    for actor in (universe.commission, universe.lower_basin, universe.ministry):
        actor.refresh_from_db()
        correct(actor, {"name": f"{actor.name} {choose.random()}"}, by=universe.coder, reason="So.")


def ask_a_link(universe: Universe, choose: random.Random) -> None:
    """Ask whether an address still answers."""
    source = choose.choice([*Source.objects.filter(url__gt="")])
    [*check_links([source.url], asking=lambda _: Answer(status=404), pause=0)]


def release(universe: Universe, choose: random.Random) -> None:
    """Give out the record."""
    editor = Client()
    editor.force_login(make_user(is_superuser=True))
    releasing.make(editor, f"{choose.randint(1, 999)}.0")


def begin_another(universe: Universe, choose: random.Random) -> None:
    """Have another process, to which every head leads."""
    with recording(by=universe.coder, reason="So."):
        make_process(slug=f"other-{choose.randint(1, 10**9)}", visibility="public")


def open_another(universe: Universe, choose: random.Random) -> None:
    """Give everybody a role in a process that was hidden."""
    with recording(by=universe.coder, reason="So."):
        hidden = make_process(slug=f"hidden-{choose.randint(1, 10**9)}", visibility="private")
    for user in User.objects.filter(is_active=True):
        give(process=hidden, user=user, role="reader", by=None, reason="One of us.")


CHANGES: tuple[Callable[[Universe, random.Random], None], ...] = (
    *([reword] * 8),
    *([give_back] * 2),
    rename_person_of_ours,
    review,
    say_how_likely,
    take_an_office,
    name_the_host_anew,
    ask_a_link,
    release,
    begin_another,
    open_another,
)


@pytest.mark.parametrize("visitor", ["stranger", "researcher", "superuser"])
@pytest.mark.parametrize("seed", range(2))
def test_what_would_read_differently_is_never_told_to_be_the_same(
    universe: Universe, visitor: str, seed: int, tmp_path: Any, settings: Any
) -> None:
    settings.RELEASES_DIR = tmp_path
    choose, client, told, done = random.Random(f"{visitor}{seed}"), visit_as(visitor), 0, 0
    everything = choose.sample(addresses(universe), 24)
    had = {address: client.get(address) for address in everything}
    before = {address: body(answer) for address, answer in had.items()}
    changes = [*CHANGES]
    choose.shuffle(changes)
    for change in changes:
        try:
            change(universe, choose)
        except (ValidationError, LaterChange):
            continue  # a rule stood against it, and nothing was changed
        done += 1
        for address in choose.sample(everything, 8):
            again = client.get(address, headers={"if-none-match": had[address].get("ETag", "-")})
            kept = client.get(address)  # from our copy, where there is one
            cache.clear()
            now = client.get(address)
            assert body(kept) == body(now), (change.__name__, address)
            if again.status_code == 304:
                told += 1
                assert body(now) == before[address], (change.__name__, address)
            had[address], before[address] = now, body(now)
    assert done > len(changes) // 2
    assert told > 0


def test_each_change_is_seen_and_no_other(universe: Universe) -> None:
    """A process that somebody else works on beside it is told to have changed nothing here."""
    client = Client()
    with recording(by=universe.coder, reason="So."):
        other = make_process(slug="elsewhere", visibility="private")
    tags = {address: client.get(address).get("ETag") for address in addresses(universe)}
    assert sum(tag is not None for tag in tags.values()) > len(tags) - 3
    here = revision(universe.process.pk)

    correct(other, {"summary": "Work behind closed doors."}, by=universe.coder, reason="So.")
    with recording(by=universe.coder, reason="Typed."):
        sheet = make_sheet(summit=universe.delta)
        make_cell(sheet=sheet, actor=universe.arden, issue=universe.flow, code="75")

    assert revision(universe.process.pk) == here
    for address, tag in tags.items():
        if tag is not None:
            assert client.get(address, headers={"if-none-match": tag}).status_code == 304, address


def test_renaming_who_takes_part_is_a_change(universe: Universe) -> None:
    here = revision(universe.process.pk)
    correct(universe.cadria, {"name": "The Delta Republic"}, by=universe.coder, reason="So.")
    assert revision(universe.process.pk) != here


def test_a_stranger_gets_no_cookie_and_what_a_proxy_may_keep(universe: Universe, settings: Any) -> None:
    for address in addresses(universe):
        answer = Client().get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        if "ETag" in answer:
            assert answer["Cache-Control"] == "public, no-cache", address
            assert "Cookie" not in answer.get("Vary", ""), address

    settings.PUBLIC_CACHE_SECONDS = 60
    answer = Client().get("/lenna/")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=600"


def test_what_is_made_for_one_is_kept_by_no_other(universe: Universe) -> None:
    client = visit_as("researcher")
    assert client.get("/lenna/")["Cache-Control"] == "private, no-cache"
    show_to(process=universe.process, visibility="open", by=make_user(is_superuser=True), reason="Not yet.")
    assert client.get("/lenna/")["Cache-Control"] == "private, no-store"


def test_two_readers_never_share_a_sign(universe: Universe) -> None:
    tags = {client.get("/lenna/")["ETag"] for client in map(visit_as, ("stranger", "account", "researcher"))}
    assert len(tags) == 3


@pytest.fixture
def packed(universe: Universe) -> Client:
    return Client(headers={"accept-encoding": "gzip"})


def test_a_page_leaves_compressed_first_and_from_our_copy(packed: Client) -> None:
    plain = Client().get("/lenna/").content
    cache.clear()
    for answer in (packed.get("/lenna/"), packed.get("/lenna/")):
        assert answer["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer["Vary"]
        assert gzip.decompress(answer.content) == plain
    assert len(answer.content) * 4 < len(plain)
    assert (
        visit_as("researcher")
        .get("/lenna/", headers={"accept-encoding": "gzip"})
        .has_header("Content-Encoding")
    )


def test_our_copy_asks_for_the_process_and_who_reads_and_no_more(
    packed: Client, django_assert_num_queries: Any
) -> None:
    packed.get("/lenna/")
    with django_assert_num_queries(2):
        packed.get("/lenna/")


def test_what_is_told_once_is_told_once(universe: Universe) -> None:
    client = visit_as("superuser")
    page = client.get("/lenna/")
    client.post("/lenna/access/", {"visibility": "open", "reason": "So.", "show": "1"})
    assert client.get("/lenna/", headers={"if-none-match": page["ETag"]}).status_code == 200


def test_a_release_is_never_another_file(universe: Universe, tmp_path: Any, settings: Any) -> None:
    settings.RELEASES_DIR = tmp_path
    releasing.make(visit_as("superuser"))
    answer = Client().get("/lenna/releases/1.0/package.zip")
    assert answer.getvalue()
    assert "immutable" in answer["Cache-Control"]
    assert Process.objects.get().is_public
