"""Addresses of the API. Those of a list may end in .csv or .json, which the description says but once."""

from typing import Any

from django.urls import URLPattern, path, re_path

from issues.api.docs import docs_page
from issues.api.drafts import DraftsView
from issues.api.openapi import SchemaView
from issues.api.views import NothingView, ProcessesView, ProcessView, RootView, TableView
from issues.exports.tables import TABLES

FORMS = ("csv", "json")


def _list(address: str, name: str, view: Any, **of: Any) -> list[URLPattern]:
    """A list at its address, and in each form; the description tells of the first."""
    formed = view.as_view(**of, schema=None)
    return [
        path(f"api/v1/{address}/", view.as_view(**of), name=name),
        *(path(f"api/v1/{address}.{form}", formed, {"format": form}, f"{name}-{form}") for form in FORMS),
    ]


urlpatterns = [
    path("api/v1/", RootView.as_view(), name="api-root"),
    path("api/v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs/", docs_page, name="api-docs"),
    *_list("processes", "api-processes", ProcessesView),
    path("api/v1/processes/<str:process>/", ProcessView.as_view(), name="api-process"),
    *_list("processes/<str:process>/drafts", "api-drafts", DraftsView),
    *(
        pattern
        for name, table in TABLES.items()
        for pattern in _list(f"processes/<str:process>/{name}", f"api-{name}", TableView, table=table)
    ),
    re_path(r"^api(?:/.*)?$", NothingView.as_view(), name="api-nothing"),
]
