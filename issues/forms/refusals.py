"""What an action refuses, in words, on the form that asked for it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from issues.actions.take_back.undo_change_set import LaterChange
from issues.history import StaleVersion

TAKEN = "Something else was stored in its place a moment ago. Save again to see what."
NEEDED = "Other records rest on this one."
LATER = "Later changes stand in the way:"
STALE = "Someone changed it while you had this page open. Below is what it is now; look at it again."

REFUSALS = (IntegrityError, LaterChange, StaleVersion, ValidationError)


def in_words(error: Exception) -> list[str]:
    """What a rule, the database or somebody's later change had against it."""
    if isinstance(error, ValidationError):
        return list(error.messages)
    if isinstance(error, LaterChange):
        return [LATER, *error.records]
    if isinstance(error, StaleVersion):
        return [STALE]
    return [NEEDED if isinstance(error, ProtectedError) else TAKEN]


@contextmanager
def errors_on(
    form: forms.BaseForm, at: Mapping[str, str] | None = None, on_stale: Callable[[], None] | None = None
) -> Iterator[None]:
    """What is refused within is told at the form's fields, and above the form what belongs to none of them.

    ``at`` says to which field an error goes that has another name. What two people store at the same moment
    passes every check, and the database refuses the second. A version that is no longer the newest is told
    by ``on_stale``, or else left to the page, which knows what to show of it.
    """
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = (at or {}).get(name, name)
            form.add_error(field if field in form.fields else None, errors)
    except (IntegrityError, LaterChange) as error:
        form.add_error(None, in_words(error))
    except StaleVersion:
        if on_stale is None:
            raise
        on_stale()


def add_stale(form: forms.BaseForm, message: str) -> None:
    """Say above the form that someone else was faster."""
    form.add_error(None, ValidationError(message, code="stale"))


def is_stale(form: forms.BaseForm) -> bool:
    """Whether the form was refused because someone else was faster."""
    return form.has_error(NON_FIELD_ERRORS, "stale")


def unjudged(*posted: Any) -> None:
    """Show forms as they were typed, without what is wrong with them: they were not sent to be saved."""
    for form in posted:
        if form is not None:
            form._errors, form.cleaned_data = forms.utils.ErrorDict(), {}


def problems(*posted: Any) -> list[tuple[str, str]]:
    """What is wrong with the forms and lists of a page: the id of its field, if any, and the words."""
    found: list[tuple[str, str]] = []
    for form in posted:
        if hasattr(form, "problems"):
            found += form.problems()
        elif form is not None:
            found += [("", str(error)) for error in form.non_field_errors()]
            found += [
                (field.id_for_label or field.auto_id, f"{field.label}: {error}")
                for field in form
                for error in field.errors
            ]
    return found
