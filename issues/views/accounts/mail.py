"""The letter of an invitation."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from issues.actions.accounts.invite import key_of
from issues.clock import installation_zone
from issues.models import Invitation


def send_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Send the link, with times in the installation's zone: that of whoever is invited is not known.

    Raises OSError where the mail server does not take it.
    """
    link = request.build_absolute_uri(reverse("invited", args=[key_of(invitation)]))
    context = {"invitation": invitation, "link": link, "site": settings.SITE_TITLE}
    subject = render_to_string("account/email/invitation_subject.txt", context)
    with timezone.override(installation_zone()):
        message = render_to_string("account/email/invitation_message.txt", context)
    send_mail(" ".join(subject.split()), message, None, [invitation.email])
