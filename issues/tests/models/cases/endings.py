"""Scenario sets, scenarios and what hangs on them; judgements and assessments."""

from datetime import date

from issues.tests.factories import (
    make_assessment,
    make_citation,
    make_judgement,
    make_option,
    make_scenario,
    make_scenario_outcome,
    make_scenario_set,
    make_signpost,
)
from issues.tests.models.cases.case import Check, SameAs, Unique, filled, on_scale, one_of

DAY = date(2023, 12, 31)

CHECKS = {
    "scenario_set_has_question": filled(make_scenario_set, "question"),
    "scenario_set_slug_free": Check(make_scenario_set, holds=[{"slug": "newest"}], breaks=[{"slug": "new"}]),
    "scenario_slug_free": Check(
        make_scenario,
        holds=[{"slug": "resolved"}],
        breaks=[{"slug": slug} for slug in ("new", "assess", "resolve")],
    ),
    "scenario_has_name": filled(make_scenario, "name"),
    "scenario_resolution_whole": Check(
        make_scenario,
        holds=[{}, {"resolved": "void", "resolved_on": DAY}],
        breaks=[{"resolved": "happened"}, {"resolved_on": DAY}],
    ),
    "scenario_resolution_known": Check(
        make_scenario,
        holds=[{"resolved": value, "resolved_on": DAY} for value in ("happened", "did_not", "void")] + [{}],
        breaks=[{"resolved": "perhaps", "resolved_on": DAY}],
    ),
    "scenario_outcome_on_scale": on_scale(make_scenario_outcome, "value"),
    "scenario_outcome_placed": Check(
        make_scenario_outcome,
        holds=[
            {"value": 50.0},
            {"value": None, "option": make_option},
            {"value": 45.0, "option": make_option},
        ],
        breaks=[{"value": None}],
    ),
    "signpost_direction_known": one_of(make_signpost, "direction", "raises", "lowers"),
    "signpost_has_text": filled(make_signpost, "text"),
    "judgement_on_another": Check(make_judgement, holds=[{}], breaks=[{"on_option": SameAs("from_option")}]),
    "judgement_in_range": Check(
        make_judgement,
        holds=[{"impact": impact} for impact in (-3, 0, 3)],
        breaks=[{"impact": -4}, {"impact": 4}],
    ),
    "judgement_has_reason": filled(make_judgement, "reason"),
    "assessment_in_range": Check(
        make_assessment,
        holds=[{"probability": probability} for probability in (0.0, 33.3, 100.0)],
        breaks=[{"probability": -0.1}, {"probability": 100.1}],
    ),
    "assessment_has_rationale": filled(make_assessment, "rationale"),
}

UNIQUES = {
    "scenario_set_slug_once": Unique(make_scenario_set),
    "scenario_slug_once": Unique(make_scenario),
    "scenario_other_once": Unique(make_scenario, {"is_other": True}, {"is_other": True}),
    "scenario_outcome_once": Unique(make_scenario_outcome),
    "citation_once": Unique(make_citation),
    "signpost_once": Unique(make_signpost),
    "judgement_once": Unique(make_judgement),
    "assessment_once_an_act": Unique(make_assessment),
}
