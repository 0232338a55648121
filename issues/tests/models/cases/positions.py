"""Positions."""

from datetime import UTC, datetime

from issues.tests.factories import make_option, make_position, make_position_link, make_user
from issues.tests.models.cases.case import Check, Unique, in_order, on_scale, one_of

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def _with_limits() -> Check:
    check = in_order(make_position, "accepts_from", "accepts_to", 20.0, 60.0)
    return Check(check.make, [held | {"red_line": "declared"} for held in check.holds], check.breaks)


CHECKS = {
    "position_value_on_scale": on_scale(make_position, "value"),
    "position_accepts_from_on_scale": on_scale(make_position, "accepts_from", red_line="declared"),
    "position_accepts_to_on_scale": on_scale(make_position, "accepts_to", red_line="derived"),
    "position_salience_on_scale": on_scale(make_position, "salience"),
    "position_limits_in_order": _with_limits(),
    "position_limits_need_red_line": Check(
        make_position,
        holds=[
            {"red_line": "declared", "accepts_from": 20.0, "accepts_to": 60.0},
            {"red_line": "derived", "accepts_to": 60.0},
            {"red_line": "declared"},
            {"red_line": "dropped"},
            {"red_line": "not_addressed"},
        ],
        breaks=[
            {"red_line": "not_addressed"},
            {"red_line": "dropped"},
            {"red_line": "not_addressed", "accepts_from": None},
            {"red_line": "not_addressed", "accepts_to": None},
        ],
    ),
    "position_placed_only_if_stated": Check(
        make_position,
        holds=[
            {"state": "stated", "option": make_option, "value": 55.0},
            {"state": "stated"},
            {"state": "withdrawn"},
            {"state": "silent"},
        ],
        breaks=[
            {"state": "withdrawn"},
            {"state": "silent"},
            {"state": "withdrawn", "option": None},
            {"state": "silent", "value": None},
        ],
    ),
    "position_red_line_only_if_stated": Check(
        make_position,
        holds=[
            {"state": "stated", "red_line": "declared"},
            {"state": "withdrawn", "red_line": "not_addressed"},
            {"state": "silent", "red_line": "not_addressed"},
        ],
        breaks=[
            {"state": "withdrawn"},
            {"state": "silent"},
            {"state": "withdrawn", "red_line": "dropped"},
            {"state": "silent", "red_line": "derived"},
        ],
    ),
    "position_inferred_needs_note": Check(
        make_position,
        holds=[{"basis": "inferred", "note": "From the vote."}, {"basis": "stated"}, {"basis": "reported"}],
        breaks=[{"note": ""}],
    ),
    "position_review_whole": Check(
        make_position,
        holds=[{"reviewed_by": make_user, "reviewed_at": NOON}, {}],
        breaks=[{"reviewed_by": None}, {"reviewed_at": None}],
    ),
    "position_state_known": one_of(make_position, "state", "stated", "withdrawn", "silent"),
    "position_red_line_known": one_of(
        make_position, "red_line", "not_addressed", "declared", "derived", "dropped"
    ),
    "position_basis_known": one_of(make_position, "basis", "stated", "reported", "inferred", note="So."),
    "position_confidence_known": one_of(make_position, "confidence", "high", "moderate", "low"),
}

UNIQUES = {
    "position_once": Unique(make_position),
    "position_link_once": Unique(make_position_link),
}
