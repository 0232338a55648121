"""The change feed as Atom and as JSON Feed: what an analyst subscribes to, to watch issues or actors.

Ids are tag URIs (RFC 4151) under the installation's own authority, made of what no renaming changes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape

from issues.domain.quotation import quoted
from issues.exports.lasting_ids import lasting_id
from issues.models import Process
from issues.queries.pages.change_measure import gap_in_words
from issues.queries.pages.named_changes import NamedChange
from issues.templatetags.changes import sentence
from issues.templatetags.redlines import known_date

# Characters that no XML document may hold; a feed with one of them cannot be read at all.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Lasting(SyndicationFeed):
    """A feed that is as old as its newest change; without any, as the record of its process."""

    def latest_post_date(self) -> datetime:
        """When it was last changed, and never merely when it was asked for, where anything is on record."""
        return (not self.items and self.feed["begins"]) or super().latest_post_date()


class AtomFeed(Lasting, Atom1Feed):
    """Atom (RFC 4287)."""


class JsonFeed(Lasting):
    """JSON Feed 1.1 (jsonfeed.org)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed to a file."""
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False, indent=1).encode(encoding))

    @staticmethod
    def _item(item: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_html": item["description"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": item["author_name"]}],
            "tags": list(item["categories"]),
        }


FEEDS: dict[str, type[SyndicationFeed]] = {"atom": AtomFeed, "json": JsonFeed}


@dataclass
class Watched:
    """What a feed tells: the filter in words and as a query, the changes, and when each was recorded.

    ``begins`` is when anything of the process was first recorded, ``subject`` is the filter in what no
    renaming changes, ``host`` what was asked for it.
    """

    process: Process
    host: str
    subject: str
    active: list[tuple[str, list[str]]]
    query: str
    changes: list[NamedChange]
    times: Mapping[int, tuple[datetime, datetime]]
    begins: datetime | None


class ChangesFeed(Feed):
    """The changes recorded last that match a filter. Their ids outlive renaming and moving house."""

    def __init__(self, watched: Watched, form: str = "atom") -> None:
        self.watched, self.form = watched, form
        self.feed_type = FEEDS[form]

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
        return reverse(f"changes-{self.form}", args=[watched.process.slug]) + watched.query

    def feed_guid(self, watched: Watched) -> str:
        """The id of this filter of this process."""
        asked = f"?{watched.subject}" if watched.subject else ""
        return lasting_id(watched.host, watched.process, f"changes{asked}")

    def author_name(self, watched: Watched) -> str:
        """Who publishes the feed."""
        return settings.SITE_TITLE

    def feed_extra_kwargs(self, watched: Watched) -> dict[str, Any]:
        """When the record begins, for a feed without a change."""
        return {"begins": watched.begins}

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
            words = f"{quoted(statement.quote)} " if statement.quote else ""
            printed = known_date(source.published_on, source.published_on_precision)
            signed = statement.said_by if statement.joint else ""
            named = (signed, source.publisher, printed, statement.locator)
            where = ", ".join(part for part in named if part)
            parts.append(f"{words}({where})")
        return "".join(f"<p>{escape(printable(part))}</p>" for part in parts)

    def item_link(self, item: NamedChange) -> str:
        """The page of the position."""
        return reverse("position", args=[self.watched.process.slug, item.position.pk])

    def item_guid(self, item: NamedChange) -> str:
        """The same for ever, whatever is renamed or corrected."""
        return lasting_id(self.watched.host, self.watched.process, "position", item.position.pk)

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
