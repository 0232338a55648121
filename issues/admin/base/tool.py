"""A page of the admin beside its lists and forms: plain views, shown in the admin's frame."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.template.response import TemplateResponse

from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.search import matching
from issues.admin.lists.change_list import Capped, CappedChangeList
from issues.history import Record
from issues.user import User


class ReadOnlyAdmin(admin.ModelAdmin):
    """What is made elsewhere: nobody adds, changes or deletes it by hand."""

    show_full_result_count = False
    paginator = Capped

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[CappedChangeList]:
        """The list."""
        return CappedChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """The records that any spelling finds."""
        return matching(queryset, self.get_search_fields(request), search_term), False

    def _never(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _never


class Question(Exception):
    """A save that is taken back until the person has answered a page: its template, title and context."""

    def __init__(self, template: str, title: str, **context: Any) -> None:
        super().__init__(title)
        self.template, self.title, self.context = template, title, context


def author(request: HttpRequest) -> User:
    """Who is signed in: nobody else reaches a page of the admin."""
    return cast(User, request.user)


def seen_version(request: HttpRequest, record: Record) -> int:
    """The version of a record that the person saw; 0, which none has, where the form does not say."""
    seen = request.POST.get(f"seen-{record.pk}", "")
    return int(seen) if is_key(seen) else 0


def tool_page(
    request: HttpRequest,
    template: str,
    title: str,
    model: Any,
    form: ReasonForm | None = None,
    **context: Any,
) -> TemplateResponse:
    """A page about records of a model; ``form`` asks for the reason."""
    request.current_app = admin.site.name
    about = {"title": title, "opts": model._meta, "form": form, "reason_form": form}
    frame = {**admin.site.each_context(request), **about, "action_checkbox_name": ACTION_CHECKBOX_NAME}
    return TemplateResponse(request, f"admin/{template}.html", frame | context)
