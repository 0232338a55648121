"""What axe finds wrong with a page for people who do not see, hear or point as we do."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules that another colour scheme can break on a page that is otherwise the same.
COLOURS = ["color-contrast", "link-in-text-block"]
BEST = [*STANDARD, "best-practice"]
# Colours do not depend on the width, nor the layout on the colours: two looks show both of each.
LOOKS = [("light", 1440), ("dark", 360)]


def violations(page: Any, rules: list[str] = BEST) -> list[str]:
    """Each violation: the rule, the element and the cure."""
    # Without all that is right, which takes as long again to gather, and without loading the stylesheets a
    # second time for rules that are not asked.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    page.wait_for_load_state()  # a click waits for the first of the next page alone
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in Axe().run(page, options=options).response["violations"]
        for node in item["nodes"]
    ]
