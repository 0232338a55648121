"""Which processes somebody may read."""

from django.conf import settings
from django.db.models import Q, QuerySet

from issues.models import Process
from issues.models.process import Visibility
from issues.models.process_member import in_force
from issues.queries.access.standing import Reader
from issues.user import User


def readable(user: Reader) -> QuerySet[Process]:
    """The processes that somebody may read.

    Who signs in reads what is open, public, or theirs as a member; an administrator all; others what is
    public, where the installation allows it.
    """
    if isinstance(user, User) and user.is_active:
        if user.is_superuser:
            return Process.objects.all()
        own = in_force().filter(user=user).order_by().values("process")
        return Process.objects.filter(~Q(visibility=Visibility.PRIVATE) | Q(pk__in=own))
    if settings.PUBLIC_READ:
        return Process.objects.filter(visibility=Visibility.PUBLIC)
    return Process.objects.none()
