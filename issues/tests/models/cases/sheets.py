"""Sheets, their rows and cells."""

from issues.tests.factories import make_cell, make_option, make_sheet, make_sheet_row, make_user
from issues.tests.models.cases.case import Check, SameAs, Unique, in_order, on_scale, one_of


def _with_limits() -> Check:
    check = in_order(make_cell, "accepts_from", "accepts_to", 20.0, 60.0)
    return Check(check.make, [held | {"red_line": "declared"} for held in check.holds], check.breaks)


def _change_set() -> object:
    return make_sheet().history.first().change_set


CHECKS = {
    "sheet_private_not_published": Check(
        make_sheet,
        holds=[{"published": _change_set}, {"coder": make_user}, {}],
        breaks=[{"coder": make_user}],
    ),
    "sheet_row_joins_another": Check(make_sheet_row, holds=[{}], breaks=[{"joins": SameAs("actor")}]),
    "cell_kind_known": one_of(make_cell, "kind", "text", "reaffirmed", "withdrawn", "silent"),
    "cell_red_line_known": one_of(make_cell, "red_line", "not_addressed", "declared", "dropped"),
    "cell_basis_known": one_of(make_cell, "basis", "stated", "reported"),
    "cell_claim_known": one_of(make_cell, "claimed_as", "", "new", "reaffirmed"),
    "cell_value_on_scale": on_scale(make_cell, "value", kind="placed"),
    "cell_accepts_from_on_scale": on_scale(make_cell, "accepts_from", red_line="declared"),
    "cell_accepts_to_on_scale": on_scale(make_cell, "accepts_to", red_line="declared"),
    "cell_salience_on_scale": on_scale(make_cell, "salience"),
    "cell_limits_in_order": _with_limits(),
    "cell_limits_need_red_line": Check(
        make_cell,
        holds=[{"red_line": "declared", "accepts_from": 20.0, "accepts_to": 60.0}, {"red_line": "declared"}],
        breaks=[
            {"red_line": "not_addressed"},
            {"red_line": "dropped", "accepts_to": None},
            {"red_line": "not_addressed", "accepts_from": None},
        ],
    ),
    "cell_placed_only_if_coded": Check(
        make_cell,
        holds=[{"kind": "placed", "option": make_option}, {"kind": "placed", "value": 45.0}, {}],
        breaks=[{"kind": "text"}, {"kind": "silent"}],
    ),
    "cell_placed_somewhere": Check(
        make_cell,
        holds=[{"kind": "placed", "value": 45.0}, {"kind": "placed", "option": make_option}, {}],
        breaks=[{"value": None}],
    ),
    "cell_inferred_needs_note": Check(
        make_cell,
        holds=[{"basis": "inferred", "note": "From its conduct."}, {"basis": "stated"}],
        breaks=[{"note": ""}],
    ),
}

UNIQUES = {
    "sheet_shared_once": Unique(make_sheet),
    "sheet_of_coder_once": Unique(make_sheet, {"coder": make_user}, {"coder": make_user}),
    "sheet_row_once": Unique(make_sheet_row),
    "cell_once": Unique(make_cell),
}
