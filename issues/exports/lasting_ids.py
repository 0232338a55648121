"""Ids that are unique between installations and survive renaming and moving house."""

from django.conf import settings

from issues.domain.tag import authority_of, tag
from issues.models import Process


def lasting_id(host: str, process: Process, *parts: object) -> str:
    """The tag URI of a part of a process, under the installation’s authority, or the host that is asked."""
    return tag(settings.TAG_AUTHORITY or authority_of(host), process.uuid, *parts)
