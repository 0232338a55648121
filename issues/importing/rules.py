"""What a whole position may say on an issue: where it is placed, and what the rules have against it."""

from collections.abc import Mapping as Map
from datetime import date
from typing import Any

from issues.domain.scale import letters
from issues.domain.span import day_in_words
from issues.domain.spelling import folded
from issues.importing.mapping import Said
from issues.importing.stored import StoredIssue


def placement(said: Said, on: StoredIssue) -> dict[str, Any]:
    """The option and the value that a coding means on an issue. A value that is an option's is the option."""
    coding = said.coding
    if coding is None or (coding.option is None and coding.number is None):
        return {}
    name = "option" if said.texts.get("option") else "value"
    if not on.options:
        said.problem(
            name, f"has no place on {on.name}, which has no scale: say that it is text, or skip it", "values"
        )
        return {}
    option = None
    if coding.option is not None:
        same = [one for one in on.options if folded(one.label) == folded(coding.option)]
        by_letter = {letter: value for value, letter in letters(one.value for one in on.options).items()}
        if not same and coding.option.casefold() in by_letter:
            same = [one for one in on.options if one.value == by_letter[coding.option.casefold()]]
        if len(same) != 1:
            there = ", ".join(one.label for one in on.options)
            said.problem(name, f"is no option of {on.name}, which has: {there}", "values")
            return {}
        option = same[0]
    elif coding.number is not None:
        option = next((one for one in on.options if one.value == coding.number), None)
    finer = coding.number is not None and (option is None or option.value != coding.number)
    return {"option_id": option.pk if option else None, "value": coding.number if finer else None}


def breaches(fields: Map[str, Any], issue: StoredIssue, on: date) -> list[tuple[str, str]]:
    """What the rules of the record have against a whole position of a day: the field, and what is wrong."""
    low, high = fields.get("accepts_from"), fields.get("accepts_to")
    has_limits = low is not None or high is not None
    wrong = []
    if has_limits and fields["red_line"] not in ("declared", "derived"):
        wrong.append(("red_line", "is not declared, but limits are given"))
    if has_limits and not issue.options:
        wrong.append(("accepts_from" if high is None else "accepts_to", "is a limit where there is no scale"))
    if low is not None and high is not None and low > high:
        wrong.append(("accepts_to", "lies below the other limit"))
    if fields["state"] != "stated" and fields["red_line"] != "not_addressed":
        wrong.append(("red_line", f"is given, but the position is {fields['state']}"))
    if fields["basis"] == "inferred" and not fields["note"]:
        wrong.append(("note", "is missing: an inferred position needs its reason"))
    if issue.closed_on is not None and on > issue.closed_on:
        wrong.append(("issue", f"closed on {day_in_words(issue.closed_on)}, before this occasion"))
    return wrong
