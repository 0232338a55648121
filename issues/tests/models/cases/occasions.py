"""Issues, options, summits and events."""

from datetime import date

from issues.tests.factories import (
    make_attendance,
    make_event,
    make_event_issue,
    make_issue,
    make_option,
    make_summit,
)
from issues.tests.models.cases.case import ITSELF, Check, Unique, filled, in_order, on_scale, one_of

EARLIER, LATER = date(2022, 10, 6), date(2023, 5, 14)
WITHIN = date(2022, 10, 27)
MONTH = {"starts_on": EARLIER, "starts_on_precision": "month"}

CHECKS = {
    "issue_not_its_own_parent": Check(
        make_issue, holds=[{"parent": None}, {"parent": make_issue}], breaks=[{"parent": ITSELF}]
    ),
    "issue_dates_in_order": in_order(make_issue, "opened_on", "closed_on", EARLIER, LATER),
    "issue_kind_known": one_of(make_issue, "kind", "preference", "stage", "text"),
    "issue_has_name": filled(make_issue, "name"),
    "issue_has_question": filled(make_issue, "question"),
    "issue_slug_free": Check(make_issue, holds=[{"slug": "new-border"}], breaks=[{"slug": "new"}]),
    "option_on_scale": on_scale(make_option, "value"),
    "option_has_label": filled(make_option, "label"),
    "summit_not_parallel_to_itself": Check(
        make_summit,
        holds=[{"parallel_to": None}, {"parallel_to": make_summit}],
        breaks=[{"parallel_to": ITSELF}],
    ),
    "summit_dates_in_order": Check(
        make_summit,
        holds=[
            {"starts_on": EARLIER, "ends_on": LATER},
            {"starts_on": EARLIER, "ends_on": EARLIER},
            {"starts_on": EARLIER, "ends_on": None},
        ],
        breaks=[{"starts_on": LATER, "ends_on": EARLIER}],
    ),
    "summit_order_of_known_day": Check(
        make_summit,
        holds=[{"order_on": None}, {**MONTH, "order_on": WITHIN, "order_note": "After Ford."}],
        breaks=[{"starts_on": EARLIER, "order_on": WITHIN, "order_note": "After Ford."}],
    ),
    "summit_order_within": Check(
        make_summit,
        holds=[{**MONTH, "order_on": WITHIN, "order_note": "After Ford."}],
        breaks=[{**MONTH, "order_on": date(2022, 9, 30), "order_note": "Before Ford."}],
    ),
    "summit_order_has_note": Check(
        make_summit,
        holds=[{**MONTH, "order_on": WITHIN, "order_note": "After Ford."}, MONTH],
        breaks=[{"order_note": ""}, {"order_on": None}],
    ),
    "summit_kind_known": one_of(
        make_summit, "kind", "leaders", "ministers", "working", "statement", "document"
    ),
    "summit_status_known": one_of(make_summit, "status", "planned", "held", "not_held"),
    "summit_precision_known": one_of(make_summit, "starts_on_precision", "day", "month", "year"),
    "summit_has_name": filled(make_summit, "name"),
    "summit_slug_free": Check(
        make_summit, holds=[{"slug": "new-york"}, {"slug": "old"}], breaks=[{"slug": "new"}]
    ),
    "event_precision_known": one_of(make_event, "date_precision", "day", "month", "year"),
    "event_has_title": filled(make_event, "title"),
}

UNIQUES = {
    "issue_slug_once": Unique(make_issue),
    "option_value_once": Unique(make_option, {"value": 25.0}, {"value": 75.0}),
    "summit_slug_once": Unique(make_summit),
    "summit_order_once": Unique(make_summit, {"sequence": 1}, {"sequence": 2}),
    "attendance_once": Unique(make_attendance),
    "attendance_unnamed_once": Unique(make_attendance, {"person": None}, {"person": None}),
    "event_ref_once": Unique(make_event),
    "event_issue_once": Unique(make_event_issue),
}
