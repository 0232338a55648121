"""What may be recorded twice: kept as records are written, by whichever way, and read in few queries."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.history import Way, recording
from issues.models import Actor, Mark, Person, Source
from issues.models.fields import lines
from issues.queries.upkeep.duplicates import likely_duplicates
from issues.queries.upkeep.marks import MARKED, wrongly_marked
from issues.tests.acts import add, correct
from issues.tests.factories import make_actor, make_person, make_source
from issues.user import User

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def made(make: Make, **said: Any) -> Any:
    """A record of a sitting of its own."""
    with recording(by=None, reason="made", kind=Way.COMMAND):
        return make(**said)


def test_actors_that_share_a_name_in_any_spelling_are_likely_one() -> None:
    one = made(make_actor, name="Türkiye")
    other = made(make_actor, name="Turkey", aliases="TURKIYE")
    made(make_actor, name="Turkmenistan")
    assert likely_duplicates(Actor) == [one.pk, other.pk]


def test_an_organ_may_go_by_the_name_of_its_state() -> None:
    state = made(make_actor, name="Borduria", aliases="the capital")
    made(make_actor, name="Ministry", aliases="the capital", part_of=state)
    assert likely_duplicates(Actor) == []


def test_one_record_may_say_its_name_twice() -> None:
    made(make_actor, name="Borduria", short_name="Borduria", aliases="BORDURIA\nBórduria")
    made(make_person, name="Bianca", aliases="bianca")
    assert likely_duplicates(Actor) == likely_duplicates(Person) == []


def test_people_that_share_a_name_are_likely_one_whether_made_at_once_or_not() -> None:
    with recording(by=None, reason="made", kind=Way.COMMAND):
        pair = [make_person(name="Bianca Sól").pk, make_person(name="bianca sol").pk]
    made(make_person, name="Igor")
    third = made(make_person, name="BIANCA SOL")
    assert likely_duplicates(Person) == [*pair, third.pk]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/a", "http://x.example/a"),
        ("https://x.example/a", "https://x.example/a/"),
        ("https://www.x.example/a", "https://x.example/a"),
        ("https://x.example/a?utm_source=z", "https://X.example/a#part"),
    ],
)
def test_sources_at_one_address_are_likely_one(one: str, other: str) -> None:
    pair = [made(make_source, url=one).pk, made(make_source, url=other).pk]
    made(make_source, url="https://x.example/b")
    assert likely_duplicates(Source) == pair


def test_sources_of_one_title_publisher_and_day_are_likely_one() -> None:
    pair = [
        made(make_source, title=title, published_on="2031-01-01").pk
        for title in ("Déclaration", "declaration")
    ]
    made(make_source, title="Declaration", published_on="2031-01-02")
    assert likely_duplicates(Source) == pair


def test_who_is_corrected_or_removed_is_looked_for_anew(admin_user: User) -> None:
    one, other, third = (made(make_person, name=name) for name in ("Bianca", "Igor", "Ottokar"))
    assert likely_duplicates(Person) == []
    correct(other, {"name": "bianca"}, by=admin_user, reason="Misheard.")
    assert likely_duplicates(Person) == [one.pk, other.pk]
    with recording(by=admin_user, reason="Never was."):
        one.delete()
    assert likely_duplicates(Person) == []
    correct(third, {"name": "Bianca"}, by=admin_user, reason="Misheard.")
    assert likely_duplicates(Person) == [other.pk, third.pk], "the first number is free, and nobody's"


def test_two_who_write_the_same_at_the_same_moment_are_told(transactional_db: None) -> None:
    together = Barrier(4)

    def write(number: int) -> None:
        together.wait(30)
        try:
            add(Person(name="Bianca", slug=f"bianca-{number}"), by=None, reason="At once.", kind=Way.COMMAND)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    assert len(likely_duplicates(Person)) == 4
    assert list(wrongly_marked(Person)) == []


def test_they_cost_one_query_however_many_records_there_are(
    django_assert_num_queries: Any,
) -> None:
    for number in range(5):
        made(make_source, url=f"https://x.example/{number}")
    with django_assert_num_queries(1):
        assert likely_duplicates(Source) == []
    made(make_source, url="https://x.example/4/")
    with django_assert_num_queries(1):
        assert len(likely_duplicates(Source)) == 2


def test_what_was_written_past_the_marks_is_found_and_mended() -> None:
    pair = [made(make_person, name="Bianca").pk, made(make_person, name="bianca").pk]
    Mark.objects.filter(record=pair[0]).update(digest="0" * 32)
    Mark.objects.create(kind=MARKED[Person].number, record=10**9, digest="1" * 32, nth=1)
    assert list(wrongly_marked(Person)) == [pair[0], 10**9]
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_data", stdout=out)
    assert f"person {pair[0]}: duplicates: Its duplicates are looked for" in out.getvalue()

    call_command("rebuild_search", stdout=StringIO())

    assert list(wrongly_marked(Person)) == []
    assert likely_duplicates(Person) == pair


NAMES = st.sampled_from(["Bianca", "bianca", "Bianca Sól", "Igor", ""])
ALIASES = st.sampled_from(["", "IGOR\nBianca", "bianca sol", "Igor"])


@given(st.lists(st.tuples(st.integers(0, 4), NAMES, ALIASES), max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_made_renamed_and_removed_the_marks_are_what_the_records_say(
    acts: list[tuple[int, str, str]],
) -> None:
    people: list[Person] = []
    with transaction.atomic():
        for place, name, aliases in acts:
            with recording(by=None, reason="x", kind=Way.COMMAND):
                if place < len(people) and not name:
                    people.pop(place).delete()
                elif place < len(people):
                    people[place].name, people[place].aliases = name, aliases
                    people[place].save()
                elif name:
                    people.append(make_person(name=name, aliases=aliases))
        assert list(wrongly_marked(Person)) == []
        assert likely_duplicates(Person) == alike(people)
        transaction.set_rollback(True)


def alike(people: list[Person]) -> list[int]:
    """Those of whom another has a name, too; who was renamed keeps the former one."""
    stored = Person.objects.filter(pk__in=[one.pk for one in people])
    said = {
        one.pk: {name.casefold().replace("ó", "o") for name in (one.name, *lines(one.aliases))}
        for one in stored
    }
    return sorted(pk for pk in said if any(said[pk] & said[other] for other in said if other != pk))
