"""Example judgements of how outcomes bear on each other, in the names of the demo accounts."""

from django.db import transaction

from issues.actions.demo.load import REFERENCE
from issues.actions.scenarios.judge import judge
from issues.history import Way
from issues.models import Judgement, Option
from issues.user import User

REASON = "Example of a demo account, made up to show how judgements look; nobody’s opinion."
# By issue and value, which option bears on which, and how by either account; made up, so some differ.
Example = tuple[str, float, str, float, int | None, int | None]
PEOPLE = ("researcher", "editor")
EXAMPLES: tuple[Example, ...] = (
    ("territorial-integrity", 75, "karabakh-rights", 50, 2, 1),
    ("territorial-integrity", 100, "karabakh-rights", 75, -2, -3),
    ("territorial-integrity", 100, "karabakh-rights", 0, 2, 2),
    ("karabakh-rights", 75, "territorial-integrity", 75, 1, -1),
    ("treaty-venue", 25, "karabakh-rights", 75, 1, -1),
    ("treaty-venue", 75, "karabakh-rights", 50, 2, 2),
    ("treaty-venue", 75, "transport-links", 50, 2, 1),
    ("treaty-venue", 25, "transport-links", 75, 2, None),
    ("transport-links", 100, "treaty-text", 100, -1, None),
    ("transport-links", 50, "treaty-text", 75, 1, 1),
)


@transaction.atomic
def make_example_judgements() -> int:
    """Judge in the names of two accounts, unless the reference process is other or judged already.

    Returns how many judgements there were.
    """
    if Judgement.objects.filter(from_option__issue__process__slug=REFERENCE).exists():
        return 0
    found = Option.objects.filter(issue__process__slug=REFERENCE).select_related("issue")
    options = {(option.issue.slug, option.value): option for option in found}
    pairs = [((one[0], one[1]), (one[2], one[3])) for one in EXAMPLES]
    if any(key not in options for pair in pairs for key in pair):
        return 0
    made = 0
    for place, name in enumerate(PEOPLE):
        given = [one[4 + place] for one in EXAMPLES]
        judged = {
            (options[one], options[other]): impact
            for (one, other), impact in zip(pairs, given, strict=True)
            if isinstance(impact, int)
        }
        by = User.objects.get(username=name)
        made += judge(judged, by=by, reason=REASON, kind=Way.COMMAND, is_example=True)
    return made
