"""Which processes somebody may read."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from issues.models import Process
from issues.queries.reading.people import is_ours
from issues.user import User


def readable(user: User | AnonymousUser) -> QuerySet[Process]:
    """The processes that a user may read: all with the permission, else the public ones if that is on."""
    if is_ours(user):
        return Process.objects.all()
    if settings.PUBLIC_READ:
        return Process.objects.filter(public=True)
    return Process.objects.none()
