"""How it goes, for Prometheus: ``/metrics``, for who has ``METRICS_TOKEN``; off where none is set.

Labels are the names of our routes, never what stands in an address: there is an end to them.
"""

import os
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

# Where the processes of a server keep their figures, so that any of them tells those of all.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
BEARER = "Bearer "

REQUESTS = Counter("redlines_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("redlines_request_seconds", "Until the answer began.", ["route"], buckets=BUCKETS)
QUERIES = Counter("redlines_queries", "Questions to the database.", ["route"])
QUERY_SECONDS = Counter("redlines_query_seconds", "Time that the database took to answer.", ["route"])


def count(method: str, route: str, status: int, seconds: float, queries: int, query_seconds: float) -> None:
    """Count a request that was answered."""
    if not settings.METRICS_TOKEN:
        return
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    QUERIES.labels(route).inc(queries)
    QUERY_SECONDS.labels(route).inc(query_seconds)


class Jobs(Collector):
    """Long work, as the database has it: waiting jobs that grow tell that no worker runs."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The number of jobs at each stage; nothing while the database does not answer."""
        from issues.models import Job

        jobs = GaugeMetricFamily("redlines_jobs", "Long work on record.", labels=["stage"])
        try:
            rows = dict(Job.objects.order_by().values_list("stage").annotate(Count("pk")))
        except DatabaseError:
            return
        for stage in Job.Stage.values:
            jobs.add_metric([stage], rows.get(stage, 0))
        yield jobs


@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """The figures of all processes of this server."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not constant_time_compare(shown, BEARER + settings.METRICS_TOKEN):
        refused = HttpResponse("Send the token of METRICS_TOKEN.", status=401, content_type="text/plain")
        refused["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return refused
    answer = HttpResponse(_figures(), content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


def _figures() -> bytes:
    beside = CollectorRegistry()
    beside.register(Jobs())
    if not os.environ.get(SHARED):
        return generate_latest(REGISTRY) + generate_latest(beside)
    MultiProcessCollector(beside)  # type: ignore[no-untyped-call]
    return generate_latest(beside)
