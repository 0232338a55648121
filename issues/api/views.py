"""The addresses of the API: where to begin, the processes, and every table of each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from issues.api.lists import OF_PORTION, ListView
from issues.api.parameters import NAMED, of_table
from issues.api.serializers import Rows, row_of, rows_of
from issues.api.view import ReadView
from issues.exports.asking import read_asked
from issues.exports.tables import TABLES, Asked, Column, Kind, Table
from issues.exports.tables.column import as_sentence
from issues.forms.data import OnlyForm
from issues.forms.parameters import read_parameters
from issues.history import sign_of
from issues.models import Process
from issues.queries.access.readable import readable
from issues.queries.reading.process import Reading

ROOT = "/api/v1/"
PROCESS = OpenApiParameter(
    "process", NAMED, OpenApiParameter.PATH, description="The process, by its slug.", required=True
)
# The columns of a table whatever the process: those of a process without anything.
NOTHING = Asked(Process(), Reading(Process(), {}, {}, (), ()))

PROCESSES = Table(
    "processes",
    "every process that may be read",
    lambda asked: (
        Column("slug", "the process in addresses", lambda p: p.slug),
        Column("name", "what it is called", lambda p: p.name),
        Column("summary", "what it is about", lambda p: p.summary),
        Column("started_on", "the day on which it began", lambda p: p.started_on, Kind.DAY),
        Column("ended_on", "the day on which it ended, if it has", lambda p: p.ended_on, Kind.DAY),
        Column("public", "whether it is read without signing in", lambda p: p.is_public, Kind.YES_NO),
        Column("address", "where it is in this API", lambda p: reverse("api-process", args=[p.slug])),
    ),
    lambda asked: [],
)
ProcessRow = row_of("processes", PROCESSES.columns(NOTHING))


class Root(serializers.Serializer):
    """Where the rest is."""

    processes = serializers.URLField(help_text="The processes that may be read.")
    schema = serializers.URLField(help_text="The description of this API (OpenAPI).")
    docs = serializers.URLField(help_text="The same, to read and to try.")


class OfProcess(ProcessRow):  # type: ignore[misc, valid-type]
    """A process and the addresses of its tables."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """Those of its row, and the tables."""
        return {
            **super().get_fields(),
            "tables": serializers.DictField(
                child=serializers.URLField(), help_text="The address of every table, by its name."
            ),
        }


class TableRows(Rows):
    """A portion of a table of a process."""

    process = serializers.CharField(help_text="The process, by its slug.")
    table = serializers.CharField(help_text="The table.")
    as_of = serializers.CharField(
        allow_null=True, help_text="The summit as of which it is read, by its slug, where there is one."
    )
    known_on = serializers.DateTimeField(
        allow_null=True, help_text="The time at which the record is asked about; null for now."
    )


class RootView(ReadView):
    """Where to begin."""

    name = "root"
    summary = "Where to begin"
    renderer_classes = (JSONRenderer,)
    answers = Root

    def get(self, request: Request) -> Response:
        """The addresses of all that there is."""
        read_parameters(OnlyForm(request.query_params, ()), None)
        sign, same = self.kept()
        there = {"processes": "api-processes", "schema": "api-schema", "docs": "api-docs"}
        told = {name: request.build_absolute_uri(reverse(where)) for name, where in there.items()}
        return same or Response(told, headers={"ETag": sign})


class ProcessesView(ListView):
    """Every process that whoever asks may read, in the order in which they were recorded."""

    name = "processes"
    summary = "Processes"
    table = PROCESSES
    answers = rows_of("processes", ProcessRow, Rows)

    def get(self, request: Request, format: str | None = None) -> Response:
        """A portion of them."""
        read_parameters(OnlyForm(request.query_params, OF_PORTION), None)
        found = readable(self.request.user)
        signs = found.order_by("pk").values_list("pk", sign_of("pk"))
        sign, same = self.kept(*ProcessRow().fields, repr(list(signs)))
        if same:
            return same
        self.table = Table(PROCESSES.name, PROCESSES.says, PROCESSES.columns, lambda asked: found)
        return self.answer(NOTHING, {}, sign)


class ProcessView(ReadView):
    """A process, and where its tables are."""

    name = "process"
    summary = "One process"
    renderer_classes = (JSONRenderer,)
    answers = OfProcess

    def parameters(self) -> list[OpenApiParameter]:
        """Which process."""
        return [PROCESS]

    def get(self, request: Request, process: str) -> Response:
        """What is known of it."""
        found = self.process(process)
        read_parameters(OnlyForm(request.query_params, ()), found)
        sign, same = self.kept(found.sign)  # type: ignore[attr-defined]
        tables = {
            name: request.build_absolute_uri(reverse(f"api-{name}", args=[found.slug])) for name in TABLES
        }
        return same or Response({**ProcessRow(found).data, "tables": tables}, headers={"ETag": sign})


class TableView(ListView):
    """A table of a process."""

    table: Table = PROCESSES

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        name = self.table.name
        self.name = name
        self.summary = name.replace("_", " ").capitalize()
        self.says = (
            f"{as_sentence(self.table.says)} The columns are those of the file "
            f"`{name}.csv`; the rows come in the order of their keys, which no edit changes."
        )
        self.answers = rows_of(name, row_of(name, self.table.columns(NOTHING)), TableRows)

    def parameters(self) -> list[OpenApiParameter]:
        """Which process, what of its table, and which portion of that."""
        return [PROCESS, *of_table(self.table), *super().parameters()]

    def get(self, request: Request, process: str, format: str | None = None) -> Response:
        """A portion of its rows."""
        found = self.process(process)
        columns = (column.name for column in self.table.columns(NOTHING))
        sign, same = self.kept(*columns, found.sign)  # type: ignore[attr-defined]
        if same:
            return same
        asked = read_asked(request.query_params, found, self.table, OF_PORTION, reader=request.user)
        told = {
            "process": found.slug,
            "table": self.table.name,
            "as_of": asked.summit.slug if asked.summit else None,
            "known_on": asked.reading.known.isoformat() if asked.reading.known else None,
        }
        return self.answer(asked, told, sign)


class NothingView(ReadView):
    """An address of the API that there is not: an error like every other, and no page."""

    permission_classes = ()
    renderer_classes = (JSONRenderer,)
    schema = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead on to the address with a slash at its end, if there is one."""
        whole = f"{request.path_info}/"
        try:
            found = resolve(whole).url_name
        except Resolver404:  # pragma: no cover -- everything below is found, by this view at least
            found = None
        if not request.path_info.endswith("/") and found not in (None, "api-nothing"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{whole}?{query}" if query else whole)
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whatever is asked, there is nothing."""
        raise Http404("There is nothing at this address; /api/v1/ says what there is.")
