"""Cases of the rules of memberships, offices and signatories."""

from datetime import date
from typing import Any

from issues.models import Membership, Office, Signatory, Statement
from issues.tests.actions.rules.case import Case, changed, made
from issues.tests.factories import make_actor, make_membership, make_office, make_person, make_signatory
from issues.tests.universe import Universe

TERM = {"since": date(2018, 5, 8), "until": date(2021, 4, 25)}


def _office(u: Universe, stored: dict[str, Any], **fields: Any) -> Office:
    """A post of one who has held it already."""
    first = made(make_office, person=made(make_person), actor=u.arden, title="Premier", **stored)
    return Office(person=first.person, actor=first.actor, title=first.title, **fields)


def _membership(u: Universe, stored: dict[str, Any], **fields: Any) -> Membership:
    first = made(make_membership, coalition=u.lower_basin, member=made(make_actor), **stored)
    return Membership(coalition=first.coalition, member=first.member, **fields)


def _signed(u: Universe) -> Statement:
    statement: Statement = made(make_signatory, actor=u.arden).statement
    return statement


ACTOR_CASES = [
    Case(
        "membership",
        "coalition",
        "Cadria is not a coalition",
        lambda u: Membership(coalition=u.cadria, member=u.arden),
        lambda u: Membership(coalition=u.lower_basin, member=u.arden),
    ),
    Case(
        "membership",
        "since",
        "overlaps another on record: from 2018-05-08 until 2021-04-25",
        lambda u: _membership(u, TERM, since=date(2021, 4, 25)),
        lambda u: _membership(u, TERM, since=date(2021, 4, 26)),
    ),
    Case(
        "office",
        "since",
        "overlaps another on record: from 2018-05-08 until 2021-04-25",
        lambda u: _office(u, TERM, since=date(2020, 1, 1), until=date(2022, 1, 1)),
        lambda u: _office(u, TERM, since=date(2021, 8, 2)),
    ),
    Case(
        "office",
        "since",
        "overlaps another on record: from 2018-05-08",
        lambda u: _office(u, {"since": TERM["since"]}, since=date(2030, 1, 1)),
        lambda u: _office(u, {"since": TERM["since"]}, until=date(2018, 5, 7)),
    ),
    Case(  # a term that ended and one that began in the same year need not overlap
        "office",
        "since",
        "overlaps another on record: until 1985",
        lambda u: _office(u, _until_year(1985), since=date(1984, 1, 1), since_precision="year"),
        lambda u: _office(u, _until_year(1985), since=date(1985, 1, 1), since_precision="year"),
    ),
    Case(
        "office",
        "since",
        "overlaps another on record: without dates",
        lambda u: _office(u, {}),
        lambda u: changed(made(make_office)),
    ),
    Case(
        "signatory",
        "statement",
        "a report of several is no joint statement",
        lambda u: Signatory(statement=changed(_signed(u), reported_by_actor=u.cadria), actor=u.belmar),
        lambda u: Signatory(statement=_signed(u), actor=u.belmar),
    ),
    Case(
        "joint_statement",
        "reported_by_actor",
        "This statement has signatories",
        lambda u: changed(_signed(u), reported_by_actor=u.cadria),
        lambda u: _signed(u),
    ),
    Case(
        "joint_statement",
        "reported_by_person",
        "This statement has signatories",
        lambda u: changed(_signed(u), reported_by_person=made(make_person)),
        lambda u: _signed(u),
    ),
]


def _until_year(year: int) -> dict[str, Any]:
    return {"until": date(year, 1, 1), "until_precision": "year"}
