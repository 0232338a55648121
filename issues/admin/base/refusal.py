"""Why nothing was saved, in words."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest


def in_words(error: Exception) -> str:
    """What a rule or the database had against it."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, ProtectedError):
        return "Other records rest on this one."
    first = str(error).partition("\n")[0]
    return f"The database refused this: {first}. Someone may have saved the same just now."


def tell(request: HttpRequest, error: Exception) -> None:
    """Say it on the next page."""
    messages.error(request, in_words(error))
