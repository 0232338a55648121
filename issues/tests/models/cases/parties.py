"""Processes, places, tracks, actors and people."""

from datetime import date

from issues.models.process import TAKEN
from issues.tests.factories import (
    make_actor,
    make_membership,
    make_office,
    make_participation,
    make_person,
    make_place,
    make_process,
    make_track,
)
from issues.tests.models.cases.case import ITSELF, Check, SameAs, Unique, filled, in_order, one_of

EARLIER, LATER = date(2022, 10, 6), date(2023, 5, 14)

CHECKS = {
    "process_dates_in_order": in_order(make_process, "started_on", "ended_on", EARLIER, LATER),
    "process_has_name": filled(make_process, "name"),
    "process_slug_free": Check(
        make_process,
        holds=[{"slug": "administration"}],
        breaks=[{"slug": slug} for slug in TAKEN],
    ),
    # A private one needs an owner beside: see the tests of roles.
    "process_visibility_known": one_of(make_process, "visibility", "open", "public"),
    "place_has_name": filled(make_place, "name"),
    "track_has_name": filled(make_track, "name"),
    "actor_not_part_of_itself": Check(
        make_actor, holds=[{"part_of": None}, {"part_of": make_actor}], breaks=[{"part_of": ITSELF}]
    ),
    "actor_kind_known": one_of(
        make_actor, "kind", "state", "de_facto", "international", "coalition", "organisation", "organ"
    ),
    "actor_has_name": filled(make_actor, "name"),
    "actor_slug_free": Check(make_actor, holds=[{"slug": "news"}], breaks=[{"slug": "new"}]),
    "membership_of_another": Check(make_membership, holds=[{}], breaks=[{"member": SameAs("coalition")}]),
    "membership_dates_in_order": in_order(make_membership, "since", "until", EARLIER, LATER),
    "capability_positive": Check(
        make_participation,
        holds=[{"capability": 0.08}, {"capability": 250.0}],
        breaks=[{"capability": 0.0}, {"capability": -1.0}],
    ),
    "participation_role_known": one_of(
        make_participation, "role", "party", "mediator", "guarantor", "observer", "stakeholder"
    ),
    "person_has_name": filled(make_person, "name"),
    **{
        f"{kind}_{end}_precision_known": one_of(make, f"{end}_precision", "day", "month", "year")
        for kind, make in (("membership", make_membership), ("office", make_office))
        for end in ("since", "until")
    },
    "office_dates_in_order": in_order(make_office, "since", "until", EARLIER, LATER),
    "office_has_title": filled(make_office, "title"),
}

UNIQUES = {
    "track_named_once": Unique(make_track),
    "membership_once": Unique(make_membership, {"since": EARLIER}, {"since": LATER}),
    "membership_undated_once": Unique(make_membership),
    "participation_once": Unique(make_participation),
    "office_once": Unique(make_office, {"since": EARLIER}, {"since": LATER}),
    "office_undated_once": Unique(make_office),
}
