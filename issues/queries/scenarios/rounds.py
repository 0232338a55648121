"""Rounds of assessment: one set after one summit, or on a day after it, and who may see whose numbers.

A round is over when one after a later summit or of a later day has begun, or when every scenario of the
set is resolved. In a round that goes on nobody who may still give numbers sees those of the others before
giving their own.
A visitor who is not signed in could be anyone, so to a visitor it opens when the question has closed.

A number counts if it was given before the answer could be known: before the day of the ending, and before
the question closed. Later ones are kept and shown apart; no mean and no score is made of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q

from issues.clock import common_day
from issues.domain.probability import Spread, rounded_whole, spread
from issues.domain.scoring import Deadline
from issues.models import Assessment, Scenario, ScenarioSet, Summit
from issues.queries.access.may import may_in
from issues.queries.reading.people import FEWEST_OF_A_GROUP, people_of
from issues.queries.scenarios.answers import Answer, answers, deadlines
from issues.user import User

MAY_ASSESS = "issues.add_assessment"
# What a round is of: the summit after which it is, and the day where it is by date.
Key = tuple[Summit, date | None]


def is_over(scenario_set: ScenarioSet, after: Summit, as_of: date | None = None) -> bool:
    """Whether the set was assessed in a later round than this one: of a later summit, or of a later day."""
    given = Assessment.objects.filter(scenario__set=scenario_set).order_by()
    begun = set(given.values_list("after", "as_of").distinct())
    summits = Summit.objects.in_bulk({pk for pk, _ in begun})
    return any(_turn(summits[pk], day) > _turn(after, as_of) for pk, day in begun)


@dataclass(frozen=True)
class Round:
    """One set after one summit, or ``as_of`` a day after it.

    ``latest`` is each person's last number for each scenario that counts.

    ``given`` are all numbers, in the order in which they were given. Both are empty where ``is_hidden``:
    someone gave numbers that this reader does not see yet; ``assessors`` is how many people did, and
    ``assessed`` when each scenario last was. ``is_named`` says whether the reader is told whose each is,
    ``deadlines`` by scenario until when numbers count, ``is_whole`` whether its probabilities add up to 100.
    """

    after: Summit
    given: list[Assessment]
    assessors: int
    is_over: bool
    is_hidden: bool
    assessed: dict[int, datetime] = field(default_factory=dict)
    is_named: bool = True
    deadlines: Mapping[int, Deadline] = field(default_factory=dict)
    is_whole: bool = False
    as_of: date | None = None

    @cached_property
    def latest(self) -> dict[tuple[int, int], Assessment]:
        """By scenario and assessor, the last number that the person gave in time."""
        return {(item.scenario_id, item.assessor_id): item for item in self.given if self.counts(item)}

    def counts(self, given: Assessment) -> bool:
        """Whether a number was given before the answer could be known; an example is no forecast of it."""
        deadline = self.deadlines.get(given.scenario_id)
        return deadline is None or given.is_example or deadline.admits(made_on(given))

    @property
    def is_example(self) -> bool:
        """Whether any of its numbers is nobody's forecast, but shows how numbers look."""
        return any(item.is_example for item in self.given)

    @property
    def is_single(self) -> bool:
        """Whether one person alone gave numbers, which the reader could only be told as that person's."""
        return not self.is_named and self.assessors < FEWEST_OF_A_GROUP

    def of(self, scenario: Scenario) -> list[Assessment]:
        """Each person's last number for a scenario, by name."""
        numbers = [item for (pk, _), item in self.latest.items() if pk == scenario.pk]
        return sorted(numbers, key=lambda item: item.assessor.get_username())

    def forecasts(self, scenario: Scenario) -> list[Assessment]:
        """Each person's last number for a scenario that is to be scored: in time, and no example."""
        last = {
            item.assessor_id: item
            for item in self.given
            if item.scenario_id == scenario.pk and self.counts(item) and not item.is_example
        }
        return list(last.values())

    def late(self, scenario: Scenario) -> list[Assessment]:
        """The numbers for a scenario that were given too late to count, in their order."""
        return [item for item in self.given if item.scenario_id == scenario.pk and not self.counts(item)]

    def spread(self, scenario: Scenario) -> Spread | None:
        """The group's mean and range of what counts; of one person it is none where people are not named."""
        given = self.of(scenario)
        if not self.is_named and len(given) < FEWEST_OF_A_GROUP:
            return None
        found = spread([item.probability for item in given])
        return replace(found, rounded=self._rounded[scenario.pk]) if found and self.is_whole else found

    @cached_property
    def _rounded(self) -> dict[int, int]:
        """By scenario, the mean of what counts in whole per cent, which add up to 100."""
        numbers: dict[int, list[float]] = defaultdict(list)
        for (pk, _), item in self.latest.items():
            numbers[pk].append(item.probability)
        return rounded_whole({pk: sum(of) / len(of) for pk, of in numbers.items()})


def made_on(given: Assessment) -> date:
    """The day on which a number was given, in the zone of the installation: it counts or not for everyone."""
    return common_day(given.made_at)


def rounds(
    sets: Iterable[ScenarioSet],
    user: User | AnonymousUser,
    *,
    until: Summit | None = None,
    known: datetime | None = None,
    answered: Mapping[int, Answer] | None = None,
) -> dict[int, list[Round]]:
    """By set, its rounds in the order of their summits, as this user may see them. One query.

    ``until`` leaves out rounds after later summits, ``known`` what was given later, for one query more.
    ``answered`` is what is known of the endings, as it is now unless given. Each set comes with its process
    and its scenarios.
    """
    by_set = {scenario_set.pk: scenario_set for scenario_set in sets}
    fates = answers(by_set.values(), None) if answered is None else answered
    found = Assessment.objects.filter(scenario__set__in=by_set)
    rows = found.select_related("assessor", "after", "scenario").order_by("made_at", "pk")
    given: dict[int, dict[Key, list[Assessment]]] = {pk: defaultdict(list) for pk in by_set}
    for item in sorted(rows, key=lambda item: _turn(item.after, item.as_of)):
        given[item.scenario.set_id][item.after, item.as_of].append(item)
    resolved = _resolved(by_set.values(), known)
    by_pk: dict[int, list[Round]] = {}
    for pk, of_set in given.items():
        seen = [_seen(by_set[pk], of_set, key, user, is_resolved=pk in resolved) for key in of_set]
        until_when = deadlines(by_set[pk], fates)
        asked = [
            replace(item if known is None else _known(item, known), deadlines=until_when) for item in seen
        ]
        by_pk[pk] = [
            item
            for item in asked
            if item.assessors and (until is None or _place(item.after) <= _place(until))
        ]
    return by_pk


def _resolved(sets: Collection[ScenarioSet], known: datetime | None) -> frozenset[int]:
    """The sets whose every ending is answered today, though it was known otherwise. A query for another time.

    What was answered once and is open again is not shown before its time.
    """
    if known is None:
        return frozenset(found.pk for found in sets if all(one.resolved for one in found.scenarios.all()))
    waiting = Scenario.objects.filter(set__in=[found.pk for found in sets], resolved="").order_by()
    return frozenset(found.pk for found in sets) - frozenset(waiting.values_list("set", flat=True))


def _turn(after: Summit, as_of: date | None) -> tuple[tuple[date, bool, int], date]:
    """Where a round stands among others: by its summit, and after one the rounds by date."""
    return _place(after), as_of or date.min


def _place(summit: Summit) -> tuple[date, bool, int]:
    return summit.occasion.place


def _seen(
    scenario_set: ScenarioSet,
    of_set: dict[Key, list[Assessment]],
    key: Key,
    user: User | AnonymousUser,
    *,
    is_resolved: bool,
) -> Round:
    (after, as_of), given = key, of_set[key]
    over = key != list(of_set)[-1] or is_resolved
    hidden = not over and not _may_see(scenario_set, given, user)
    people = len({item.assessor_id for item in given})
    named = people_of(user, scenario_set.process).named
    whole = scenario_set.exclusive
    return Round(
        after,
        [] if hidden else given,
        people,
        over,
        hidden,
        _assessed(given),
        named,
        is_whole=whole,
        as_of=as_of,
    )


def _known(shown: Round, known: datetime) -> Round:
    """A round as it was at a time. Of a hidden one it is not told who had given numbers by then."""
    given = [item for item in shown.given if item.made_at <= known]
    people = shown.assessors if shown.is_hidden else len({item.assessor_id for item in given})
    assessed = shown.assessed if shown.is_hidden else _assessed(given)
    return replace(shown, given=given, assessors=people, assessed=assessed)


def _assessed(given: list[Assessment]) -> dict[int, datetime]:
    return {item.scenario_id: item.made_at for item in given}


def _may_see(scenario_set: ScenarioSet, given: list[Assessment], user: User | AnonymousUser) -> bool:
    """Whether the numbers of a round that goes on are shown to this user."""
    if user.is_anonymous:
        return scenario_set.closes_on < common_day()
    if any(item.assessor_id == user.pk for item in given):
        return True
    return not may_in(user, MAY_ASSESS, scenario_set.process)


def hidden_from(user: User | AnonymousUser) -> Q:
    """The assessments that this user does not see yet, as a condition on assessments. At most two queries.

    As in :func:`rounds`, for lists that are not by set; whoever uses them is signed in.
    """
    if not user.has_perm(MAY_ASSESS):
        return Q(pk__in=[])
    open_rounds = (
        Assessment.objects.filter(scenario__set__scenarios__resolved="")
        .order_by("after__starts_on", "after__sequence", F("as_of").asc(nulls_first=True))
        .values_list("scenario__set", "after", "as_of")
    )
    last = {in_set: (after, as_of) for in_set, after, as_of in open_rounds.distinct()}
    mine = Assessment.objects.filter(assessor_id=user.pk, scenario__set__in=last)
    own = set(mine.order_by().values_list("scenario__set", "after", "as_of"))
    hidden = Q(pk__in=[])
    for in_set, (after, as_of) in last.items():
        if (in_set, after, as_of) not in own:
            by_date = Q(as_of__isnull=True) if as_of is None else Q(as_of=as_of)
            hidden |= Q(scenario__set=in_set, after=after) & by_date
    return hidden
