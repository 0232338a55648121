"""Every kind of visitor, and what became of a visit."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from issues.models import Process, ProcessMember
from issues.tests.factories import make_user

GROUPS = {"viewer": "Viewers", "researcher": "Researchers", "editor": "Editors"}
VISITORS = ("stranger", "account", *GROUPS, "superuser")
MAY_LOG = ("researcher", "editor", "superuser")


def visit_as(visitor: str) -> Client:
    """A browser in which this visitor is signed in, unless a stranger."""
    client = Client()
    if visitor != "stranger":
        user = make_user(username=visitor, is_superuser=visitor == "superuser")
        if visitor in GROUPS:
            user.groups.add(Group.objects.get(name=GROUPS[visitor]))
        client.force_login(user)
    return client


def visit_as_member(process: Process, role: str) -> Client:
    """A browser of somebody who has a role in a process, and none in the installation."""
    client, user = Client(), make_user(username=f"{role}-of-{process.slug}")
    ProcessMember.objects.create(process=process, user=user, role=role, reason="One of them.")
    client.force_login(user)
    return client


def outcome(response: Any) -> str:
    """What became of a request, in words."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return "sign in"
    return {401: "sign in", 403: "refused", 405: "no such method"}.get(response.status_code, "let in")
