"""What an action refuses, on the form that asked for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError

TAKEN = "Something else was stored in its place a moment ago. Save again to see what."


@contextmanager
def errors_on(form: forms.BaseForm, at: Mapping[str, str] | None = None) -> Iterator[None]:
    """What is refused within is told at the form's fields, and above the form what belongs to none of them.

    ``at`` says to which field an error goes that has another name. What two people store at the same moment
    passes every check, and the database refuses the second.
    """
    try:
        yield
    except IntegrityError:
        form.add_error(None, TAKEN)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = (at or {}).get(name, name)
            form.add_error(field if field in form.fields else None, errors)
