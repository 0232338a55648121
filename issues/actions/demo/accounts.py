"""Demo accounts, one a role, for trying the tracker on one's own machine, and examples in their names."""

from django.contrib.auth.models import Group
from django.db import transaction

from issues.actions.demo.load import REFERENCE
from issues.actions.scenarios.assess import assess
from issues.history import Way
from issues.models import Assessment, ScenarioSet, Summit
from issues.user import User

PASSWORD = "redlines-demo"  # noqa: S105 -- printed on the screen; made only in debug
ACCOUNTS = {"viewer": "Viewers", "researcher": "Researchers", "editor": "Editors"}
ADMINISTRATOR = "admin"


@transaction.atomic
def make_demo_accounts() -> list[str]:
    """Make the accounts that are not there yet; those that are keep their password. Returns all names."""
    for name, group in ACCOUNTS.items():
        user, made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if made:
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=group))
    if not User.objects.filter(username=ADMINISTRATOR).exists():
        User.objects.create_superuser(ADMINISTRATOR, password=PASSWORD)
    return [*ACCOUNTS, ADMINISTRATOR]


# Made up to show how numbers and reasons look: after a summit, in the name of an account, by scenario.
ENDINGS = ("western-track-treaty", "moscow-signing", "talks-without-text", "moscow-resets-the-table", "other")
EXAMPLES = (
    (
        "brussels-2023-05-14",
        "researcher",
        (35, 10, 40, 10, 5),
        "Both leaders confirm each other’s territory.",
    ),
    ("brussels-2023-05-14", "editor", (25, 10, 45, 15, 5), "Principles are not yet a text."),
    (
        "brussels-2023-07-15",
        "researcher",
        (30, 10, 40, 15, 5),
        "Earlier agreements reaffirmed, no breakthrough.",
    ),
    ("brussels-2023-07-15", "editor", (20, 15, 45, 15, 5), "Russia asks to be part of any treaty."),
    ("moscow-2023-07-25", "researcher", (25, 10, 45, 15, 5), "Positions on some issues far from each other."),
    ("moscow-2023-07-25", "editor", (15, 15, 45, 20, 5), "The ministers meet in Moscow as Russia proposed."),
)


@transaction.atomic
def make_example_assessments() -> int:
    """Give example probabilities for the reference process, unless its set is other or assessed already.

    Returns how many acts there were.
    """
    found = ScenarioSet.objects.filter(process__slug=REFERENCE, slug="end-of-2023").first()
    if found is None or Assessment.objects.filter(scenario__set=found).exists():
        return 0
    scenarios = {scenario.slug: scenario for scenario in found.scenarios.all()}
    summits = {summit.slug: summit for summit in Summit.objects.filter(process=found.process)}
    if scenarios.keys() != set(ENDINGS) or not summits.keys() >= {slug for slug, *_ in EXAMPLES}:
        return 0
    for slug, name, numbers, reason in EXAMPLES:
        assess(
            found,
            {scenarios[ending]: float(number) for ending, number in zip(ENDINGS, numbers, strict=True)},
            after=summits[slug],
            rationale=reason,
            by=User.objects.get(username=name),
            kind=Way.COMMAND,
            is_example=True,
        )
    return len(EXAMPLES)
