"""Whatever is typed into a form, or asked for in an address, is stored as it is or refused in words.

It breaks nothing, and becomes neither markup nor a header.

A part of all that could be sent, drawn by a seed: each form of each page, by each who is shown it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.db import models, transaction
from django.db.models.functions import Length
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import resolve, reverse

from issues.tests.burst import fields_of, forms_of
from issues.tests.hostile import COUNT, HEADER, MARKUP, WORKED_OUT, hostile
from issues.tests.universe import Universe
from issues.tests.views.addresses import (
    ACCOUNT_OF_ANYONE,
    ACCOUNT_OF_ONESELF,
    ACCOUNT_OF_WHO_INVITES,
    LOG,
    READ,
)
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as, visit_as_member

pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.usefixtures("own_storage")]

SEED, PAGES, FORMS, QUESTIONS = 515, 130, 200, 200
# What goes into a form as it was made, or decides which part of a page is asked.
KEPT = {"csrfmiddlewaretoken", "act", "make", "withdraw", "_save", "post", "confirm"}


@dataclass(frozen=True)
class Form:
    """A form of a page: who is shown it, to where and how it is sent, and what it would say."""

    client: Client
    to: str
    method: str
    fields: dict[str, Any]

    @property
    def kind(self) -> tuple[Any, ...]:
        """What makes it another form than the next one of its page."""
        return self.method, resolve(urlsplit(self.to).path).url_name, frozenset(self.fields)


@pytest.fixture
def everyone(universe: Universe, settings: Any) -> list[Client]:
    """A browser for each: a stranger, members of the process by role, an administrator."""
    settings.PUBLIC_READ = True
    roles = ("reader", "researcher", "editor", "owner")
    visitors = [visit_as("stranger"), *(visit_as_member(universe.process, role) for role in roles)]
    people = [*visitors, visit_as("superuser")]
    models.QuerySet(type(universe.coder)).filter(username="superuser").update(is_staff=True)
    for client in people:
        client.raise_request_exception = False
    people[-1].get(reverse("log", args=["lenna", "spring"]))  # opens the shared sheet
    return people


def pages(universe: Universe) -> list[str]:
    """Every page with a form: of a process, of accounts, of the admin."""
    found = [reverse(name, args=args(universe)) for name, args in READ.items()]
    found += [reverse(name, args=args(universe)) for name, (method, args) in LOG.items() if method == "get"]
    accounts = ACCOUNT_OF_ANYONE | ACCOUNT_OF_ONESELF | ACCOUNT_OF_WHO_INVITES
    found += [reverse(name, args=args) for name, (method, args) in accounts.items() if method == "get"]
    found += ["/", "/search/", "/new/", "/lenna/access/", "/lenna/releases/new/", "/sign-in/?next=/lenna/"]
    row = universe.arden.history.first().history_id
    found += [f"/history/actor/{universe.arden.pk}/{row}/{how}/" for how in ("undo", "restore")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = model._default_manager.first()
        found += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        if record is not None:
            found += [reverse(f"{name}_{page}", args=[record.pk]) for page in ("change", "delete")]
    return [*found, f"/admin/issues/process/{universe.process.pk}/order/"]


def forms(shown: list[tuple[Client, str]]) -> list[Form]:
    """One of each kind of form on pages as somebody is shown them, for each who is shown it."""
    found: dict[Any, Form] = {}
    for client, address in shown:
        for form, to in forms_of(client.get(address), address, method=""):
            if urlsplit(to).path not in ("/sign-out/", "/admin/logout/"):
                made = Form(client, to, form.attrs.get("method", "get"), fields_of(form))
                found.setdefault((id(client), made.kind), made)
    return list(found.values())


def questions(shown: list[tuple[Client, str]]) -> list[Form]:
    """What each page asks for in an address: by its links to itself, and what most pages know."""
    found = []
    for client, address in shown:
        answer = client.get(address)
        names = dict.fromkeys(("known", "next", "page", "q", "summit"), "")
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            for link in page_of(answer).links:
                names |= dict(parse_qsl(urlsplit(link).query)) if urlsplit(link).path in ("", address) else {}
        found += [Form(client, address, "get", {name: value}) for name, value in names.items()]
    return found


def some_of(universe: Universe, everyone: list[Client], draw: random.Random) -> list[tuple[Client, str]]:
    """Each page, as the administrator is shown it and one of the others."""
    return [(one, page) for page in pages(universe) for one in (everyone[-1], draw.choice(everyone[:-1]))]


def sent(fields: dict[str, Any]) -> bytes:
    """The fields as a browser sends them, hostile bytes as they are."""
    lists = [(name, value if isinstance(value, list) else [value]) for name, value in fields.items()]
    pairs = [
        (name, one if isinstance(one, bytes) else str(one).encode()) for name, some in lists for one in some
    ]
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(one)}" for name, one in pairs
    ).encode()


def ask(form: Form, fields: dict[str, Any]) -> list[Any]:
    """Send a form, and follow where it leads."""
    body = sent(fields)
    if form.method == "get":
        return [form.client.get(form.to, QUERY_STRING=body.decode())]
    answer = form.client.post(form.to, body, content_type="application/x-www-form-urlencoded")
    led = answer.get("Location", "")
    return [answer, form.client.get(led)] if led.startswith("/") and not led.startswith("//") else [answer]


def faults_of(answer: Any, where: str) -> Iterator[str]:
    """What is wrong with an answer; nothing, as is hoped."""
    if answer.status_code >= 500:
        yield f"{where}: {answer.status_code}"
    if HEADER.lower() in {name.lower() for name in answer.headers} or any(
        end in value for value in answer.headers.values() for end in "\r\n"
    ):
        yield f"{where}: a header"
    led = urlsplit(answer.get("Location", ""))
    if led.netloc not in ("", "testserver") or led.scheme not in ("", "http", "https"):
        yield f"{where}: led to {answer['Location'][:80]}"
    if answer.get("Content-Type", "").startswith("text/html"):
        content = answer.content
        if MARKUP.lower() in content.lower() or WORKED_OUT in content:
            yield f"{where}: became markup"
    if answer.status_code in (400, 409, 422) and not answer.getvalue().strip():
        yield f"{where}: {answer.status_code} without a word"


def attack(form: Form, fields: dict[str, Any], where: str) -> list[str]:
    """Send it, look at what comes of it, and take back what it stored."""
    mail.outbox.clear()
    with transaction.atomic():
        answers = ask(form, fields)
        faults = [fault for answer in answers for fault in faults_of(answer, where)]
        letters = [letter for letter in mail.outbox if len(letter.recipients()) != 1]
        faults += [f"{where}: a letter to {letter.to}" for letter in letters]
        if len(answers) > 1:  # something was stored
            faults += [f"{where}: {fault}" for fault in stored_beyond_bounds()]
        transaction.set_rollback(True)
    return faults


def stored_beyond_bounds() -> Iterator[str]:
    """Texts that do not fit where they are stored, which SQLite takes; and such as no database holds."""
    for model in apps.get_app_config("issues").get_models():
        bounded = {field.name: field.max_length for field in model._meta.concrete_fields if is_bounded(field)}
        if bounded and not model.__name__.startswith("Historical"):
            asked = {f"of_{name}": models.Max(Length(name)) for name in bounded}
            longest = model._base_manager.aggregate(**asked)
            for name, most in bounded.items():
                if (longest[f"of_{name}"] or 0) > most:
                    yield f"{model.__name__}.{name} has {longest[f'of_{name}']} characters"


def is_bounded(field: Any) -> bool:
    return isinstance(field, models.CharField) and bool(field.max_length)


def drawn(found: list[Form], draw: random.Random, number: int) -> Iterator[tuple[Form, dict[str, Any], str]]:
    """So many attacks: each form in turn, one field or all of them hostile."""
    texts = hostile()
    for count in range(number):
        form = found[count % len(found)]
        names = [name for name in form.fields if name not in KEPT and not name.endswith("_FORMS")]
        if not names:
            continue
        chosen = names if draw.random() < 0.3 else [draw.choice(names)]
        said = {name: draw.choice(texts) for name in chosen}
        where = f"{form.method} {form.to} {[(name, text[:60]) for name, text in list(said.items())[:3]]}"
        yield form, form.fields | said, where


def test_there_are_so_many_and_no_two_are_alike() -> None:
    assert len(hostile()) == len(set(hostile())) == COUNT


def test_what_is_wrong_with_an_answer_is_seen() -> None:
    wrong = [
        HttpResponse(status=500),
        HttpResponse(b"<p>" + MARKUP + b"</script></p>"),
        HttpResponse(b"<p>" + WORKED_OUT + b"</p>"),
        HttpResponse(headers={HEADER: "1"}),
        HttpResponse(status=422),
        HttpResponseRedirect("//evil.example/"),
    ]

    assert [len(list(faults_of(answer, "here"))) for answer in wrong] == [1] * len(wrong)
    assert list(faults_of(HttpResponse("Fine."), "here")) == []


def test_nothing_that_is_typed_breaks_a_form(universe: Universe, everyone: list[Client]) -> None:
    draw = random.Random(SEED)
    shown = draw.sample(some_of(universe, everyone, draw), PAGES)
    found = [form for form in forms(shown) if form.method == "post"]
    draw.shuffle(found)

    faults = [fault for one in drawn(found, draw, FORMS) for fault in attack(*one)]

    assert len(found) > PAGES // 3
    assert faults == []


def test_nothing_that_is_asked_for_breaks_a_page(universe: Universe, everyone: list[Client]) -> None:
    draw = random.Random(SEED)
    shown = draw.sample(some_of(universe, everyone, draw), PAGES // 3)
    found = questions(shown)
    draw.shuffle(found)

    faults = [fault for one in drawn(found, draw, QUESTIONS) for fault in attack(*one)]

    assert len(found) > QUESTIONS // 2
    assert faults == []
