"""The order of the list of positions, and that its pages are read through their summits."""

from datetime import date

import pytest
from django.core.paginator import EmptyPage
from django.test import Client

from issues.admin.lists import change_list
from issues.admin.lists.change_list import BySummit
from issues.admin.position.admin import PositionAdmin
from issues.history import Recording
from issues.models import Position
from issues.tests.admin.conftest import address
from issues.tests.factories import make_issue, make_party, make_position, make_process, make_summit
from issues.tests.views.page import page_of


def test_the_newest_summit_comes_first_and_its_issues_in_their_order(
    editor: Client, recorded: Recording
) -> None:
    process = make_process()
    actor, other = make_party(process, name="Zembla"), make_party(process, name="Arden")
    issues = [make_issue(process=process, name=name, order=order) for order, name in ((2, "A"), (1, "B"))]
    summits = [make_summit(process=process, starts_on=date(2031, month, 1)) for month in (9, 3)]
    made = [
        make_position(issue=issue, actor=who, summit=summit)
        for summit in summits
        for issue in reversed(issues)
        for who in (other, actor)
    ]

    listed = editor.get(address(Position, "changelist")).context["cl"].result_list

    assert list(listed) == made


def test_a_page_reads_the_summits_that_lie_on_it(recorded: Recording) -> None:
    process = make_process()
    actor, issues = make_party(process), [make_issue(process=process) for _ in range(3)]
    for number in range(7):
        summit = make_summit(process=process, starts_on=date(2031, 1, 1 + number))
        for issue in issues[: 1 + number % 3]:
            make_position(issue=issue, actor=actor, summit=summit)
    everything = Position.objects.order_by(
        "-summit__process_id", "-summit__starts_on", "-summit__sequence", "issue__order", "-pk"
    )
    whole = list(everything)

    for size in (1, 2, 3, 4, 5, len(whole)):
        pages = BySummit(everything, size)
        assert pages.count == len(whole) == 13
        read = [list(pages.page(number).object_list) for number in pages.page_range]
        assert [record for page in read for record in page] == whole
        assert {len(page) for page in read[:-1]} <= {size}


@pytest.mark.parametrize("at_once", [1, 2, 200])
def test_of_very_many_the_first_are_listed_and_no_other_summit_is_counted(
    recorded: Recording, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(change_list, "MOST_LISTED", 5)
    monkeypatch.setattr(change_list, "AT_ONCE", at_once)
    process = make_process()
    actor, issues = make_party(process), [make_issue(process=process) for _ in range(2)]
    for number in range(6):
        summit = make_summit(process=process, starts_on=date(2031, 1, 1 + number))
        for issue in issues:
            make_position(issue=issue, actor=actor, summit=summit)
    everything = Position.objects.order_by(
        "-summit__process_id", "-summit__starts_on", "-summit__sequence", "issue__order", "-pk"
    )

    pages = BySummit(everything, 2)

    assert pages.is_capped
    assert (pages.count, pages.num_pages) == (5, 3)
    assert len(pages.sizes) == (6 if at_once == 200 else 4 if at_once == 2 else 3)
    read = [record for number in pages.page_range for record in pages.page(number).object_list]
    assert read == list(everything)[:6], "the last page is full"
    assert not BySummit(everything.filter(summit=summit), 2).is_capped


def test_a_list_of_very_many_says_so_and_has_no_days(
    editor: Client, recorded: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = make_process()
    actor, summit = make_party(process), make_summit(process=process)
    for _ in range(4):
        make_position(issue=make_issue(process=process), actor=actor, summit=summit)
    monkeypatch.setattr(PositionAdmin, "list_per_page", 2)
    few = page_of(editor.get(address(Position, "changelist"))).text
    monkeypatch.setattr(change_list, "MOST_LISTED", 3)
    many = page_of(editor.get(address(Position, "changelist"))).text
    assert "4 positions" in few
    assert "4 results" in few
    assert "Select all 4 positions" in few
    assert "the first 3 of more positions: look for fewer by a filter or a word" in many
    assert "3 results" not in many
    assert "Select all" not in many
    assert "0 of 2 selected" in many


def test_very_many_are_not_sorted_by_a_column_and_the_list_says_so(
    editor: Client, recorded: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, summit = (first := make_summit()).process, first
    issue = make_issue(process=process)
    for name in "BDAC":
        make_position(issue=issue, actor=make_party(process, name=name), summit=summit)

    def listed(order: str) -> tuple[list[str], str]:
        page = editor.get(address(Position, "changelist") + order)
        return [row.actor.name for row in page.context["cl"].result_list], page_of(page).text

    usual, _ = listed("")
    by_actor, said = listed("?o=1")
    assert (by_actor, "are not sorted" in said) == (["A", "B", "C", "D"], False)
    monkeypatch.setattr(change_list, "MOST_LISTED", 3)
    unsorted, said = listed("?o=1")
    assert unsorted == usual
    assert "are not sorted by a column. Look for fewer first." in said
    assert listed(f"?o=1&issue={issue.pk}&q=B") == (["B"], listed(f"?o=1&issue={issue.pk}&q=B")[1])


def test_nothing_is_done_to_more_than_are_listed_at_once(
    editor: Client, recorded: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = make_process()
    actor, summit = make_party(process), make_summit(process=process)
    made = [make_position(issue=make_issue(process=process), actor=actor, summit=summit) for _ in range(4)]
    sent = {"action": "mark_selected_reviewed", "select_across": "1", "_selected_action": [made[0].pk]}
    monkeypatch.setattr(change_list, "MOST_LISTED", 3)

    answer = editor.post(address(Position, "changelist"), sent, follow=True)

    assert "Nothing was done: these are more than" in page_of(answer).text
    assert not Position.objects.exclude(reviewed_at=None).exists()
    monkeypatch.setattr(change_list, "MOST_LISTED", 4)
    assert (
        "these are more than"
        not in page_of(editor.post(address(Position, "changelist"), sent, follow=True)).text
    )


def test_a_page_that_there_is_not_is_refused(recorded: Recording) -> None:
    pages = BySummit(Position.objects.all(), 50)

    assert list(pages.page(1)) == []
    with pytest.raises(EmptyPage):
        pages.page(2)


@pytest.mark.parametrize("query", ["", "?o=1", "?o=-3"])
def test_all_of_a_long_list_is_reached_page_by_page(editor: Client, recorded: Recording, query: str) -> None:
    process = make_process()
    actor, issues = make_party(process), [make_issue(process=process) for _ in range(9)]
    for _ in range(13):
        summit = make_summit(process=process)
        for issue in issues:
            make_position(issue=issue, actor=actor, summit=summit)

    seen = []
    for number in (1, 2, 3):
        page = f"{query or '?'}&p={number}"
        seen += editor.get(address(Position, "changelist") + page).context["cl"].result_list

    assert {position.pk for position in seen} == set(Position.objects.values_list("pk", flat=True))
    assert len(seen) == 9 * 13


def test_the_days_of_the_list_are_those_of_its_positions(editor: Client, recorded: Recording) -> None:
    process = make_process()
    actor, issue = make_party(process), make_issue(process=process)
    for day in (date(2030, 5, 1), date(2031, 5, 1), date(2032, 5, 1)):
        summit = make_summit(process=process, starts_on=day)
        if day.year != 2032:
            make_position(issue=issue, actor=actor, summit=summit)
    make_position(issue=make_issue(process=process), actor=actor, summit=summit, state="silent")

    page = editor.get(address(Position, "changelist")).content.decode()
    filtered = editor.get(address(Position, "changelist"), {"issue": issue.pk}).content.decode()

    years = [f"summit__starts_on__year={year}" for year in (2030, 2031, 2032)]
    assert [year in page for year in years] == [True, True, True]
    assert [year in filtered for year in years] == [True, True, False]
