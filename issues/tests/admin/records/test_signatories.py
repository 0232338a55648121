"""Who signed a joint statement, in the admin: two or more, or nobody, said where it is mended."""

from django.test import Client

from issues.history import Way, recording
from issues.models import Signatory, Statement
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save
from issues.tests.factories import make_actor, make_signatory

TWO = "A joint statement has two signatories or more."


def joint(world, *names: str) -> Statement:  # type: ignore[no-untyped-def]
    with recording(by=None, reason="test", kind=Way.COMMAND):
        for name in names:
            make_signatory(statement=world.statement, actor=make_actor(name=name))
    statement: Statement = world.statement
    return statement


def test_one_signatory_is_refused_at_the_inline(researcher: Client, world) -> None:  # type: ignore[no-untyped-def]
    url = address(world.statement)
    posted = filled(researcher.get(url), change_reason="It signed.")
    posted |= {"signatories-TOTAL_FORMS": 1, "signatories-0-actor": world.actor.pk}
    posted |= {"signatories-0-statement": world.statement.pk}

    assert errors_of(researcher.post(url, posted)) == {"signatories": [TWO]}
    assert not Signatory.objects.exists()


def test_two_signatories_are_stored_together(researcher: Client, world) -> None:  # type: ignore[no-untyped-def]
    url = address(world.statement)
    posted = filled(researcher.get(url), change_reason="Both signed.")
    posted["signatories-TOTAL_FORMS"] = 2
    for number, actor in enumerate((world.actor, world.other)):
        posted |= {f"signatories-{number}-actor": actor.pk}
        posted |= {f"signatories-{number}-statement": world.statement.pk}

    assert researcher.post(url, posted).status_code == 302
    assert Signatory.objects.count() == 2


def test_taking_one_of_two_away_says_what_to_do(researcher: Client, world) -> None:  # type: ignore[no-untyped-def]
    statement = joint(world, "Ruria", "Stark")

    response = open_and_save(
        researcher, address(statement), change_reason="Gone.", **{"signatories-0-DELETE": "on"}
    )

    (message,) = errors_of(response)["signatories"]
    assert "take both away together, or name another first" in message
    assert Signatory.objects.count() == 2


def test_both_are_taken_away_together(researcher: Client, world) -> None:  # type: ignore[no-untyped-def]
    statement = joint(world, "Ruria", "Stark")

    response = open_and_save(
        researcher,
        address(statement),
        change_reason="Nobody signed.",
        **{"signatories-0-DELETE": "on", "signatories-1-DELETE": "on"},
    )

    assert response.status_code == 302
    assert not Signatory.objects.exists()


def test_one_is_exchanged_for_another_in_one_form(researcher: Client, world) -> None:  # type: ignore[no-untyped-def]
    statement = joint(world, "Ruria", "Stark")
    url = address(statement)
    posted = filled(researcher.get(url), change_reason="Another signed.")
    posted |= {"signatories-0-DELETE": "on", "signatories-TOTAL_FORMS": 3}
    posted |= {"signatories-2-actor": world.actor.pk, "signatories-2-statement": statement.pk}

    assert researcher.post(url, posted).status_code == 302
    assert {item.actor for item in statement.signatories.all()} >= {world.actor}
    assert statement.signatories.count() == 2


def test_a_first_signatory_alone_is_refused_in_its_own_form(editor: Client, world) -> None:  # type: ignore[no-untyped-def]
    url = address(Signatory, "add")
    posted = filled(editor.get(url), statement=world.statement.pk, actor=world.actor.pk)

    response = editor.post(url, posted)

    assert TWO in str(errors_of(response))
    assert not Signatory.objects.exists()


def test_deleting_one_of_two_is_refused_on_its_own_page(editor: Client, world) -> None:  # type: ignore[no-untyped-def]
    statement = joint(world, "Ruria", "Stark")
    first = statement.signatories.all()[0]

    page = editor.get(address(first, "delete")).content.decode()

    assert "take both away together, or name another first" in page
