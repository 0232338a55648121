"""The change feed as Atom: what an analyst subscribes to in order to watch issues or actors."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import NAMESPACE_URL, uuid5

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from issues.models import Process
from issues.queries.pages.change_measure import gap_in_words
from issues.queries.pages.named_changes import NamedChange
from issues.templatetags.changes import sentence
from issues.templatetags.redlines import known_date

# Characters that no XML document may hold; a feed with one of them cannot be read at all.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass
class Watched:
    """What a feed tells: the filter in words and as a query, the changes, and when each was recorded."""

    process: Process
    active: list[tuple[str, list[str]]]
    query: str
    changes: list[NamedChange]
    times: Mapping[int, tuple[datetime, datetime]]


class ChangesFeed(Feed):
    """The changes recorded last that match a filter. Their ids outlive renaming and moving house."""

    feed_type = Atom1Feed

    def __init__(self, watched: Watched) -> None:
        self.watched = watched

    def get_object(self, request: HttpRequest) -> Watched:
        """What is watched, from the view."""
        return self.watched

    def title(self, watched: Watched) -> str:
        """The process and what of it is watched."""
        asked = "; ".join(f"{label}: {', '.join(values)}" for label, values in watched.active)
        return printable(f"{watched.process.name}: changes" + (f" ({asked})" if asked else ""))

    def link(self, watched: Watched) -> str:
        """The page of the same filter."""
        return reverse("changes", args=[watched.process.slug]) + watched.query

    def feed_url(self, watched: Watched) -> str:
        """The feed itself, with its filter."""
        return reverse("changes-atom", args=[watched.process.slug]) + watched.query

    def feed_guid(self, watched: Watched) -> str:
        """The id of this filter of this process."""
        return _urn(f"process/{watched.process.pk}/changes{watched.query}")

    def items(self, watched: Watched) -> list[NamedChange]:
        """The changes."""
        return watched.changes

    def item_title(self, item: NamedChange) -> str:
        """The change in a sentence."""
        return printable(sentence(item))

    def item_description(self, item: NamedChange) -> str:
        """Our summary, and the first quotation with where it is printed."""
        parties = [actor for key, actor in item.actors.items() if item.gap and key in item.gap.parties]
        told = f"{item.issue.name}: {gap_in_words(parties, item.gap)}." if item.gap else ""
        parts = [part for part in (told, item.position.summary) if part]
        for evidence in list(item.position.evidence.all())[:1]:
            statement, source = evidence.statement, evidence.statement.source
            words = f"“{statement.quote}” " if statement.quote else ""
            printed = known_date(source.published_on, source.published_on_precision)
            signed = statement.said_by if statement.joint else ""
            named = (signed, source.publisher, printed, statement.locator)
            where = ", ".join(part for part in named if part)
            parts.append(f"{words}({where})")
        return "".join(f"<p>{escape(printable(part))}</p>" for part in parts)

    def item_link(self, item: NamedChange) -> str:
        """The position, among those of its issue."""
        return f"{item.issue.get_absolute_url()}#position-{item.position.pk}"

    def item_guid(self, item: NamedChange) -> str:
        """The same for ever, whatever is renamed or corrected."""
        return _urn(f"process/{self.watched.process.pk}/position/{item.position.pk}")

    def item_author_name(self, item: NamedChange) -> str:
        """Whose position it is."""
        return printable(str(item.actor))

    def item_pubdate(self, item: NamedChange) -> datetime:
        """When it was recorded here."""
        return self._times(item)[0]

    def item_updateddate(self, item: NamedChange) -> datetime:
        """When our record of it was last edited."""
        return self._times(item)[1]

    def item_categories(self, item: NamedChange) -> list[str]:
        """Its kind and direction."""
        return [str(word) for word in (item.change.kind, item.change.direction) if word]

    def _times(self, item: NamedChange) -> tuple[datetime, datetime]:
        day = datetime.combine(item.summit.starts_on, time.min, tzinfo=UTC)
        return self.watched.times.get(item.position.pk, (day, day))


def printable(text: str) -> str:
    """A text without the characters that XML forbids."""
    return UNPRINTABLE.sub("�", text)


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"redlines/{name}").urn
