"""Sources, statements, outcomes and evidence."""

from issues.tests.factories import (
    make_actor,
    make_event,
    make_evidence,
    make_issue,
    make_outcome,
    make_person,
    make_position,
    make_signatory,
    make_snapshot,
    make_source,
    make_statement,
)
from issues.tests.models.cases.case import ITSELF, Check, Unique, filled, on_scale, one_of

CHECKS = {
    "source_not_cited_via_itself": Check(
        make_source, holds=[{"cited_via": None}, {"cited_via": make_source}], breaks=[{"cited_via": ITSELF}]
    ),
    "source_url_or_none": Check(
        make_source, holds=[{"url": None}, {"url": "https://example.org/a"}], breaks=[{"url": ""}]
    ),
    "source_kind_known": one_of(make_source, "kind", "official", "mirror", "news", "analysis", "damaged"),
    "source_precision_known": one_of(make_source, "published_on_precision", "day", "month", "year"),
    "snapshot_has_address": filled(make_snapshot, "url", "https://archive.example/a"),
    "source_has_title": filled(make_source, "title"),
    "source_has_publisher": filled(make_source, "publisher"),
    "statement_has_words": Check(
        make_statement,
        holds=[
            {"quote": "We agree.", "note": ""},
            {"quote": "", "note": "Reports that it agrees."},
            {"quote": "We agree.", "note": "At the end."},
        ],
        breaks=[{"quote": "", "note": ""}],
    ),
    "statement_one_reporter": Check(
        make_statement,
        holds=[
            {},
            {"reported_by_actor": make_actor},
            {"reported_by_person": make_person},
        ],
        breaks=[{"reported_by_actor": make_actor, "reported_by_person": make_person}],
    ),
    "statement_not_reply_to_itself": Check(
        make_statement,
        holds=[{"in_reply_to": None}, {"in_reply_to": make_statement}],
        breaks=[{"in_reply_to": ITSELF}],
    ),
    "statement_claim_known": one_of(make_statement, "claimed_as", "", "new", "reaffirmed"),
    "statement_precision_known": one_of(make_statement, "said_on_precision", "day", "month", "year"),
    "outcome_on_scale": on_scale(make_outcome, "placement", issue=make_issue),
    "outcome_one_account": Check(
        make_outcome,
        holds=[{}, {"according_to_actor": make_actor}, {"according_to_person": make_person}],
        breaks=[{"according_to_actor": make_actor, "according_to_person": make_person}],
    ),
    "outcome_placed_on_issue": Check(
        make_outcome,
        holds=[{"issue": make_issue, "placement": 50.0}, {"issue": make_issue}, {}],
        breaks=[{"issue": None}],
    ),
    "outcome_status_known": one_of(
        make_outcome, "status", "agreed", "progress", "reaffirmed", "none", "setback"
    ),
    "outcome_has_text": filled(make_outcome, "text"),
    "evidence_one_target": Check(
        make_evidence,
        holds=[{"position": make_position}, {"event": make_event}, {"outcome": make_outcome}],
        breaks=[
            {"position": None},
            {"event": make_event},
            {"outcome": make_outcome},
            {"position": None, "event": make_event, "outcome": make_outcome},
            {"event": make_event, "outcome": make_outcome},
        ],
    ),
    "evidence_stance_known": one_of(make_evidence, "stance", "supports", "disputes"),
}

UNIQUES = {
    "snapshot_once": Unique(make_snapshot),
    "statement_ref_once": Unique(make_statement),
    "signatory_once": Unique(make_signatory),
    "outcome_ref_once": Unique(make_outcome),
    "evidence_position_once": Unique(make_evidence),
    "evidence_event_once": Unique(make_evidence, {"event": make_event}, {"event": make_event}),
    "evidence_outcome_once": Unique(make_evidence, {"outcome": make_outcome}, {"outcome": make_outcome}),
}
