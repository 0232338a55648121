"""Having everything worked out anew, as for the first who asks."""

from django.core.cache import cache

from issues.actions.importing.look import forget_looks
from issues.queries.reading.remembered import forget_readings


def forget_all() -> None:
    """Empty what a server process keeps: pages, readings, plans of files, and who tried too often."""
    forget_looks()
    forget_readings()
    cache.clear()
