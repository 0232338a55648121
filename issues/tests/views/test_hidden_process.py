"""Of a private process only its members learn anything: by an address, a list, a look-up or a count."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from issues.actions.access import give
from issues.history import ChangeSet, ProcessChange, Way, recording
from issues.models import (
    RECORDS,
    Actor,
    Event,
    Evidence,
    Office,
    Participation,
    Person,
    Process,
    Snapshot,
    Source,
    Statement,
    Summit,
)
from issues.tests.acts import correct
from issues.tests.factories import (
    make_event,
    make_evidence,
    make_participation,
    make_process,
    make_summit,
    make_user,
)
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG, READ

pytestmark = pytest.mark.sqlite

# Nothing else in the world is called so.
SECRET = b"quillwater"
A_KIND = 2
# Another process shares an actor with the private one; these pages of it are walked.
OF_THE_OTHER = (
    *("", "summits/", "issues/", "actors/", "people/", "changes/", "changes/?tab=record", "sources/"),
    *("scenarios/", "analysis/", "consistency/", "download/", "actors/new/", "issues/new/", "summits/new/"),
    *("actors/arden/", "import/", "people/mira-sol/", "releases/", "changes.csv", "changes.atom", "data/"),
    *("summits/spring-there/log/", "summits/spring-there/log/sources/?q=quill", "data/actors.csv"),
    *(
        "data/sources.csv",
        "data/statements.csv",
        "data/record_edits.csv",
        "sources.ris",
        "download/package.zip",
    ),
)
WITHOUT = ("/", "/search/?q=quill", "/search/?q=quill&kind=sources", "/new/", "/account/tokens/")


@pytest.fixture
def hidden(universe: Universe) -> Universe:
    """Every text of the process says the secret word, and it is its owner's; another shares an actor."""
    correct(
        universe.at("arden", "flow", "ford"), {"note": "x"}, by=universe.coder, reason="Quillwater reason."
    )
    with recording(by=universe.coder, reason="Another.", kind=Way.PAGE):
        other = make_process(name="Rivers", slug="rivers", visibility="open")
        make_participation(process=other, actor=universe.arden)
        make_summit(process=other, slug="spring-there", name="Spring there")
        event = make_event(process=other)
        make_evidence(statement=universe.statements["arden-1"], event=event)
    for kind in RECORDS:
        rows = past(kind.objects)
        if kind is Process:
            rows = rows.filter(pk=universe.process.pk)
        rows = rows.exclude(of_both(universe).get(kind, Q(pk__in=[])))
        _say(rows, kind)
        _say(past(kind.history.model.objects).filter(id__in=rows.values("pk")), kind)
    _say_why()
    past(Process.objects.filter(pk=universe.process.pk)).update(visibility="private")
    return universe


def _say_why() -> None:
    """The same word in every reason, but of what wrote records of the other process alone."""
    there = ProcessChange.objects.filter(process__slug="rivers").values("change_set")
    elsewhere = ProcessChange.objects.exclude(process__slug="rivers").values("change_set")
    alone = ChangeSet.objects.filter(pk__in=there).exclude(pk__in=elsewhere)
    ChangeSet.objects.exclude(pk__in=alone).update(reason="Quillwater reason.")


def of_both(universe: Universe) -> dict[Any, Q]:
    """What belongs to the other process too: the actor of both, what it is tied to, offices and people."""
    arden = Q(actor=universe.arden) | Q(actor__part_of=universe.arden)
    said = universe.statements["arden-1"]
    here = {model: Q(process__slug="rivers") for model in (Event, Participation)}
    return {
        **here,
        Evidence: Q(event__process__slug="rivers"),
        Statement: Q(pk=said.pk),
        Source: Q(pk=said.source_id),
        Snapshot: Q(source=said.source_id),
        Summit: Q(slug="spring-there"),
        Actor: Q(pk=universe.arden.pk) | Q(part_of=universe.arden) | Q(memberships__member=universe.arden),
        Office: arden,
        Person: Q(pk__in=Office.objects.filter(arden).values("person")) | Q(pk=said.speaker_id),
    }


def _say(rows: Any, kind: Any) -> None:
    """Put the secret word into every text that may hold it."""
    for field in kind._meta.concrete_fields:
        is_free = isinstance(field, models.TextField) or (
            isinstance(field, models.CharField) and not field.choices and not field.unique
        )
        is_short = isinstance(field, models.SlugField) or (field.max_length or 99) <= 20
        if is_free and not is_short:
            rows.exclude(**{field.name: ""}).update(**{field.name: "Quillwater"})


@pytest.fixture
def outsider(hidden: Universe) -> Client:
    """An editor of the installation, who uses the admin, and is no member of the process."""
    client, user = Client(), make_user(username="outsider", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def test_none_of_its_addresses_is_there(hidden: Universe, outsider: Client) -> None:
    unknown = {}
    for name, args in [*READ.items(), *((name, args) for name, (_, args) in LOG.items())]:
        address = reverse(name, args=args(hidden))
        method = LOG.get(name, ("get", args))[0]
        answer = getattr(outsider, method)(address)
        assert answer.status_code == 404, address
        assert SECRET not in answer.content.lower(), address
        elsewhere = getattr(outsider, method)(address.replace("/lenna/", "/nowhere/"))
        unknown[address] = (elsewhere.status_code, elsewhere.content.replace(b"nowhere", b"lenna"))
        assert unknown[address] == (404, answer.content), address


def test_no_page_beside_it_tells_of_it(hidden: Universe, outsider: Client) -> None:
    said = hidden.statements["arden-1"]
    shared = (f"/rivers/sources/{said.source_id}/", f"/rivers/statements/{said.pk}/")
    kept = (f"/history/source/{said.source_id}/", f"/history/statement/{said.pk}/")
    walked = [
        *WITHOUT,
        *shared,
        *kept,
        *(f"/rivers/{page}" for page in OF_THE_OTHER),
        *histories(),
        "/api/v1/processes/",
    ]
    seen = 0
    for address in walked:
        answer = outsider.get(address)
        content = answer.getvalue().lower()
        assert SECRET not in content, address
        seen += answer.status_code == 200
    assert seen > len(OF_THE_OTHER) // 2


def test_no_list_form_or_look_up_of_the_admin_tells_of_it(hidden: Universe, outsider: Client) -> None:
    seen = 0
    for address in of_the_admin():
        answer = outsider.get(address)
        assert answer.status_code < 500, address
        assert SECRET not in answer.getvalue().lower(), address
        seen += answer.status_code == 200
    assert seen > 50


def histories() -> Iterator[str]:
    """The history of some records of every kind."""
    for kind in RECORDS:
        for pk in kind.objects.order_by("pk").values_list("pk", flat=True)[:A_KIND]:
            yield f"/history/{kind._meta.model_name}/{pk}/"


def of_the_admin() -> Iterator[str]:
    """Every list, some forms of each kind, what is offered in each look-up, and the pages beside."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        if model._meta.app_label != "issues" or model._meta.model_name == "user":
            continue
        name = f"admin:issues_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield f"{reverse(f'{name}_changelist')}?q=quill"
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)[:A_KIND]:
            yield reverse(f"{name}_change", args=[pk])
        if model in RECORDS:
            yield f"/admin/issues/{model._meta.model_name}/deleted/"
        yield from looked_up(model)
    for pk in ChangeSet.objects.order_by("pk").values_list("pk", flat=True)[:A_KIND]:
        yield f"/admin/issues/changeset/{pk}/undo/"


def looked_up(model: Any) -> Iterator[str]:
    """What each look-up of its form offers."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.model in RECORDS:
            yield (
                f"/admin/autocomplete/?app_label=issues&model_name={model._meta.model_name}"
                f"&field_name={field.name}&term="
            )


def test_who_is_a_member_sees_all_of_it(hidden: Universe) -> None:
    client, user = Client(), make_user(username="member")
    give(process=hidden.process, user=user, role="reader", by=hidden.coder, reason="One of us.")
    client.force_login(user)

    assert client.get("/lenna/").status_code == 200
    assert SECRET in client.get("/lenna/actors/").content.lower()
    assert SECRET in client.get(f"/history/process/{hidden.process.pk}/").content.lower()
    assert "lenna" in client.get("/api/v1/processes/").content.decode()
