"""``manage.py er_diagram FILE``: what is stored and what refers to what, drawn from the models."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Field, ForeignKey, ManyToManyField, Model

from issues import models


class Command(BaseCommand):
    """Write the diagrams; a test compares the file with what this would write."""

    help = "Draw the models, one diagram a file of theirs, as Mermaid in Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it anew."""
        options["file"].write_text(er_diagrams(getattr(models, name) for name in models.__all__), "utf-8")


def er_diagrams(drawn: Iterable[type[Model]]) -> str:
    """Markdown with a Mermaid ``erDiagram`` for each file of models.

    A box without fields is of another file. ``o|`` says that there may be none.
    """
    parts = [
        "# Models",
        "",
        "Written by `manage.py er_diagram docs/models.md`: edit the models, not this file.",
    ]
    by_file = sorted(drawn, key=lambda model: (model.__module__, model.__name__))
    for module, group in groupby(by_file, key=lambda model: model.__module__):
        words = (sys.modules[module].__doc__ or "").strip().splitlines()[0]
        boxes, lines = [], []
        for model in group:
            own = [field for field in model._meta.local_fields if field.model is model]
            boxes += [f"    {model.__name__} {{", *(f"        {_column(field)}" for field in own), "    }"]
            for field in (*own, *model._meta.local_many_to_many):
                lines += _line(model, field)
        parts += ["", f"## `{module}`", "", words, "", "```mermaid", "erDiagram", *boxes, *lines, "```"]
    return "\n".join(parts) + "\n"


def _column(field: "Field[Any, Any]") -> str:
    kind = field.get_internal_type().removesuffix("Field")
    key = "PK" if field.primary_key else "FK" if field.remote_field else "UK" if field.unique else ""
    return f"{kind} {field.name} {key}".rstrip()


def _line(model: type[Model], field: "Field[Any, Any]") -> list[str]:
    """The line from the record that refers to the one referred to."""
    if isinstance(field, ManyToManyField):
        ends = "}o--o{"
    elif isinstance(field, ForeignKey):
        ends = ("|o" if field.unique else "}o") + ("--o|" if field.null else "--||")
    else:
        return []
    return [f"    {model.__name__} {ends} {field.remote_field.model.__name__} : {field.name}"]
