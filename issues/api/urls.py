"""Addresses of the API. Those of a list may end in .csv or .json, which the description says but once."""

from django.urls import path, re_path

from issues.api.docs import docs_page
from issues.api.drafts import DraftsView
from issues.api.openapi import SchemaView
from issues.api.views import NothingView, ProcessesView, ProcessView, RootView, TableView
from issues.exports.tables import TABLES

FORMS = ("csv", "json")

urlpatterns = [
    path("api/v1/", RootView.as_view(), name="api-root"),
    path("api/v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs/", docs_page, name="api-docs"),
    path("api/v1/processes/", ProcessesView.as_view(), name="api-processes"),
    *(
        path(
            f"api/v1/processes.{form}",
            ProcessesView.as_view(schema=None),
            {"format": form},
            f"api-processes-{form}",
        )
        for form in FORMS
    ),
    path("api/v1/processes/<str:process>/", ProcessView.as_view(), name="api-process"),
    path("api/v1/processes/<str:process>/drafts/", DraftsView.as_view(), name="api-drafts"),
    *(
        path(
            f"api/v1/processes/<str:process>/drafts.{form}",
            DraftsView.as_view(schema=None),
            {"format": form},
            f"api-drafts-{form}",
        )
        for form in FORMS
    ),
    *(
        path(f"api/v1/processes/<str:process>/{name}/", TableView.as_view(table=table), name=f"api-{name}")
        for name, table in TABLES.items()
    ),
    *(
        path(
            f"api/v1/processes/<str:process>/{name}.{form}",
            TableView.as_view(table=table, schema=None),
            {"format": form},
            f"api-{name}-{form}",
        )
        for name, table in TABLES.items()
        for form in FORMS
    ),
    re_path(r"^api(?:/.*)?$", NothingView.as_view(), name="api-nothing"),
]
