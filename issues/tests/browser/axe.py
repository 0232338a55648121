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


def faults(page: Any) -> list[str]:
    """What is wrong with a page in either look: violations, and more width than its window has. One load."""
    found: list[str] = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        look = f"{scheme}, {width} px: "
        found += [look + one for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{look}{wide} px wide")
    page.set_viewport_size({"width": LOOKS[0][1], "height": 900})
    return found
