"""What each field of a record means, for the codebook of a package: what its model says of it, else this."""

from typing import Any

from django.db import models

from issues.models import (
    Actor,
    Assessment,
    Event,
    Evidence,
    Issue,
    Option,
    Outcome,
    Person,
    Place,
    Position,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signpost,
    Snapshot,
    Source,
    Statement,
    Summit,
)

Said = dict[str, str]

# What a field says wherever it is.
EVERYWHERE: Said = {
    "id": "The number of the record, by which other tables refer to it.",
    "name": "What it is called.",
    "slug": "Its name in addresses.",
    "order": "Its place in lists.",
    "since": "The first day on which it held.",
    "note": "What else there is to say of it.",
}
OF_KIND: dict[type[models.Model], Said] = {
    Process: {
        "summary": "What is negotiated, in a few words.",
        "started_on": "The day on which the negotiation began.",
        "ended_on": "The day on which it ended.",
    },
    Place: {"name": "What the place is called here; its other names are in the aliases."},
    Actor: {
        "short_name": "Its short name, where it has one.",
        "kind": "What it is: a state, a de facto authority, a coalition, an organ of another.",
    },
    Person: {"name": "What the person is called."},
    Issue: {
        "question": "What is asked on it.",
        "kind": "Whether it measures what an actor wants, how far a text has come, or has no scale.",
        "parent": "The issue of which it is a part.",
        "opened_on": "The day since which it is on the table.",
        "closed_on": "The last day on which it was on the table.",
    },
    Option: {"label": "What the option says.", "value": "Its place on the scale of the issue, 0 to 100."},
    Summit: {
        "kind": "Whether leaders, ministers or officials met, or a statement or document was issued.",
        "status": "Whether it is planned, was held, or was not held.",
        "starts_on": "Its first day; of one known to the month or year, the first that it may be.",
        "ends_on": "Its last day, where it took several.",
        "summary": "What it was about.",
    },
    Event: {
        "date": "Its day; of one known to the month or year, the first that it may be.",
        "title": "What happened.",
        "text": "The same at length.",
    },
    Source: {
        "title": "Its title.",
        "publisher": "Who published it.",
        "author": "Who wrote it.",
        "kind": "How close it is to the words: official, mirror of an official one, news, analysis, damaged.",
        "url": "Its address.",
        "other_urls": "Where else the same document stands or stood, one address a line.",
        "archive_url": "The address of its archived copy.",
        "accessed_on": "The day on which it was read.",
    },
    Snapshot: {"source": "The source that it is a copy of."},
    Statement: {
        "quote": "The words as printed; empty where it is a report, which is then in the note.",
        "language": "The language of the words, as a tag: en, ru, hy.",
        "said_on": "The day on which it was said, or the first that it may be.",
        "note": "What is reported, where no words are quoted, or how they were read.",
    },
    Position: {
        "state": "Whether the actor stated it, withdrew what stood, or was watched and said nothing.",
        "red_line": "What it says of a red line: declared, derived by the coder, dropped or nothing.",
        "accepts_from": "The lowest placement that the red line accepts; empty where that side is open.",
        "accepts_to": "The highest placement that the red line accepts; empty where that side is open.",
        "salience": "How much the issue matters to the actor, 0 to 100; empty where that was not coded.",
        "basis": "How it is known: stated by the actor, reported by others, inferred by the coder.",
        "confidence": "How sure the coder is of the coding; not how likely an event is.",
        "disputed": "Whether coders or sources disagree.",
        "reviewed_by": "Who read it a second time with its evidence; empty where nobody has.",
        "reviewed_at": "When it was reviewed.",
    },
    Outcome: {
        "status": "What came of it: agreed, progress, reaffirmed, none, setback.",
        "text": "What came of it, in words.",
    },
    Evidence: {"stance": "Whether the statement supports or disputes what it is linked to."},
    ScenarioSet: {"question": "What is asked: how the negotiation ends by a day."},
    Scenario: {"name": "What the ending is called."},
    ScenarioOutcome: {"option": "The option on which the ending would settle the issue."},
    Signpost: {
        "text": "What to watch for.",
        "direction": "Whether it raises or lowers the probability of the ending.",
    },
    Assessment: {
        "made_at": "When it was given.",
        "as_of": "The day of a round by date; empty: the round is of the summit.",
        "rationale": "The reason.",
        "change_set": "Numbers that were given together have the same here.",
    },
}
PRECISION = "How exactly the day before it is known: day, month or year."


def meaning(model: type[models.Model], field: Any) -> str:
    """What a field means, in one sentence: its own help, what is said here, or to which table it refers."""
    said = field.help_text or OF_KIND.get(model, {}).get(field.name) or EVERYWHERE.get(field.name)
    if said:
        return str(said)
    if field.name.endswith("_precision"):
        return PRECISION
    if field.is_relation:
        role = str(field.verbose_name)
        others = field.related_model._meta.verbose_name_plural
        return f"The {role}, by its number among the {others}."
    return f"The {field.verbose_name}, as it was written."
