"""The rows that hang on a record, and what they share with its form: look-ups, and fields of our own."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from issues.admin.base.forms import LinesWidget, RecordFormSet, RecordSelect
from issues.clock import zone_here
from issues.forms.days import HOW_A_DAY
from issues.forms.ruled import OWN, RuledForm
from issues.history import Record
from issues.queries.access.shared import seen_by

# No form of more rows can be posted: Django takes a thousand fields, and a row has at least four.
MOST_ROWS = 250
OVERRIDES: dict[Any, Any] = {
    models.TextField: {"widget": LinesWidget},
    models.URLField: {"assume_scheme": "https"},
}


def with_zone(field: Any) -> Any:
    """A field that says beside a time in which zone it is read."""
    if isinstance(field, forms.SplitDateTimeField):
        field.help_text = f"{field.help_text} In {zone_here().key}.".strip()
    return field


class LooksUpRecords(BaseModelAdmin):
    """What forms and inlines share: every foreign key is looked up, never listed whole.

    What belongs to processes that are hidden from a person is neither listed nor looked up.
    """

    formfield_overrides = OVERRIDES
    list_select_related: ClassVar[Any] = ()

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """All foreign keys to records."""
        return [
            field.name
            for field in self.opts.fields
            if isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, Record)
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A look-up that survives keys of any shape."""
        if request and "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RecordSelect(db_field, self.admin_site)
            kwargs["queryset"] = seen_by(request.user, db_field.remote_field.model._default_manager.all())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A field that says beside a day how it is typed."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.DateField):
            field.help_text = f"{field.help_text} {HOW_A_DAY}".strip()
        return with_zone(field)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The records with what their names are made of."""
        records = super().get_queryset(request).select_related(*self.list_select_related)
        return seen_by(request.user, records)


class RecordInline(LooksUpRecords, admin.TabularInline):
    """Rows that hang on a record, saved in its change set."""

    form = RuledForm
    formset = RecordFormSet
    extra = 0
    # Beyond this many rows the inline gives way to a list: a form of 200 rows cannot be posted.
    most_rows: ClassVar[int | None] = None

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows; a form that claims thousands is refused before they are drawn."""
        limits = {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS}
        return super().get_formset(request, obj, **limits, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields, and the version of a row that may be changed."""
        ((name, options), *rest) = super().get_fieldsets(request, obj)
        fields = without_own(options["fields"])
        if self.has_change_permission(request, obj):
            fields.append("opened_version")
        return [(name, {**options, "fields": fields}), *rest]


def inline(model: type[Record], fk_name: str, *fields: str, **options: Any) -> type[RecordInline]:
    """The rows of a model that hang on a record by this foreign key.

    Their names are made of it and of the foreign keys among the fields, unless ``list_select_related`` says.
    """
    related = (fk_name, *(name for name in fields if model._meta.get_field(name).many_to_one))
    given = {"model": model, "fk_name": fk_name, "fields": fields, "list_select_related": related}
    return type(f"{model.__name__}Inline", (RecordInline,), given | options)


def without_own(fields: Any) -> list[Any]:
    """The fields of a form without those that are ours: the version that was seen, and the reason."""
    return [name for name in fields if name not in OWN]
