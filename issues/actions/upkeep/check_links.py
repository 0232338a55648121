"""Checking links: each address of a source is asked whether it still answers, and the answer kept."""

import time
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from issues.actions.upkeep.ask import Answer, ask
from issues.history import touch
from issues.models import Source
from issues.models.link_check import LinkCheck
from issues.queries.history.owners import Owners

# Between two questions to one host.
PAUSE = 1.0


def check_links(
    addresses: Iterable[str],
    *,
    asking: Callable[[str], Answer] = ask,
    pause: float = PAUSE,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[LinkCheck]:
    """Ask each address, with a pause between those of one host, and store and yield what it answered."""
    asked_at: dict[str, float] = {}
    for address in addresses:
        host = urlsplit(address).netloc
        if host in asked_at:
            wait(max(0.0, asked_at[host] + pause - time.monotonic()))
        answer = asking(address)
        asked_at[host] = time.monotonic()
        yield _stored(address, answer)


@transaction.atomic
def _stored(address: str, answer: Answer) -> LinkCheck:
    """Keep an answer; the processes with a source at the address tell of it."""
    values = {"status": answer.status, "trouble": answer.trouble, "checked_at": timezone.now()}
    check, _ = LinkCheck.objects.update_or_create(address=address, defaults=values)
    sources = set(Source.objects.filter(url=address).values_list("pk", flat=True))
    touch(*Owners().of_any(Source, sources))
    return check
