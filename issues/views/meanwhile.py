"""What another did to a record while somebody wrote to it, where no page foresaw it."""

import logging

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.deprecation import MiddlewareMixin

from issues.history import StaleVersion
from issues.views.log.access import wants_json
from issues.views.send_again import overtaken

logger = logging.getLogger(__name__)

LATER = "Someone changed or removed it meanwhile. Try again."


class MeanwhileMiddleware(MiddlewareMixin):
    """A form whose record was changed or went between its checks and its storing is answered 409.

    The recording is rolled back then. What the database refused may be a fault of ours: it is logged.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for who was overtaken; None for any other error, and for what was only read."""
        if request.method != "POST":
            return None
        if not isinstance(exception, StaleVersion | ObjectDoesNotExist | IntegrityError):
            return None
        if isinstance(exception, IntegrityError):
            logger.error("The database refused what was posted.", exc_info=exception)
        if wants_json(request):
            return JsonResponse({"error": LATER}, status=503)
        return overtaken(request)
