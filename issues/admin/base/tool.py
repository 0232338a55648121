"""A page of the admin beside its lists and forms: plain views, shown in the admin's frame."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.template.response import TemplateResponse

from issues.admin.base.forms import ReasonForm, is_key
from issues.history import Record
from issues.user import User


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
