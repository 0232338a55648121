"""Lists of processes, which may be long and stand in the head of every page: written in Python (ADR 36)."""

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
HERE = "here"
CURRENT = format_html(' aria-current="{}"', "true")


class Named(Protocol):
    """A process as far as a list tells of it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def slug(self) -> str:
        """By what it is found."""


@register.simple_tag
def links_to_processes(processes: Iterable[Named], current: str = "") -> SafeString:
    """An item with a link to the matrix of each; the ``current`` one, by its slug, says that it is."""
    before, _, after = reverse("matrix", args=[HERE]).partition(HERE)
    return format_html_join(
        "\n",
        '<li><a href="{}{}{}"{}><bdi>{}</bdi></a></li>',
        (
            (before, quote(one.slug), after, CURRENT if one.slug == current else "", one.name)
            for one in processes
        ),
    )
