"""What an address asks for, read by a form; what cannot be read is told by name."""

from typing import Any

from django.forms import BaseForm

from issues.models import Process


class BadParameters(Exception):
    """An address asks for what there is not; the form names each parameter that is wrong."""

    def __init__(self, form: BaseForm, process: Process | None) -> None:
        super().__init__(form.errors.as_text())
        self.form, self.process = form, process

    @property
    def status(self) -> int:
        """404 where it names what does not exist, else 400."""
        codes = {error.code for errors in self.form.errors.as_data().values() for error in errors}
        return 404 if codes == {"unknown"} else 400


def read_parameters(form: BaseForm, process: Process | None) -> dict[str, Any]:
    """What the parameters say. Raises BadParameters where one is wrong."""
    if not form.is_valid():
        raise BadParameters(form, process)
    return form.cleaned_data
