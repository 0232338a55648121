"""What a picture is asked for."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from issues.models import Issue, Process, Scenario, Summit
from issues.queries.reading.process import Reading
from issues.user import User


@dataclass(frozen=True)
class Asked:
    """The process as known, the summit as of which, who asks, and the issue or scenario if it is of one."""

    process: Process
    reading: Reading
    summit: Summit
    reader: User | AnonymousUser
    issue: Issue | None = None
    scenario: Scenario | None = None
