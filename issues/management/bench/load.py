"""Twenty people typing at once: the autosave of the log sheet beside the barest view that writes a row.

Both run over real HTTP on the same server, with the same sessions, one after the other.
"""

import secrets
from collections.abc import Callable
from http.client import HTTPConnection
from statistics import quantiles
from threading import Thread
from time import monotonic, perf_counter
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.views.decorators.http import require_POST

from issues.actions.sheet import open_sheet
from issues.models import Actor, Issue, Place, Process, Summit

PEOPLE = 20
SECONDS = 8.0


@require_POST
def plain_write(request: HttpRequest) -> HttpResponse:
    """Write one row for a signed-in person and answer: what any form that saves must do at the least."""
    if not request.user.has_perm("issues.add_position"):
        return HttpResponse(status=403)
    Place.objects.filter(pk=int(request.POST["pk"])).update(aliases=request.POST["code"])
    return HttpResponse("ok")


PLAIN = "/bench/plain/"
urlpatterns = [path(PLAIN[1:], plain_write), path("", include("tracker.urls"))]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def p95_under_load(seconds: float = SECONDS) -> dict[str, tuple[float, int]]:
    """The 95th percentile in milliseconds, and how many requests were answered, of either view."""
    process = Process.objects.order_by("-pk")[0]
    summit = Summit.objects.filter(process=process).order_by("starts_on")[0]
    editor = User.objects.get(username="bench")
    open_sheet(summit=summit, by=editor)
    cells = [
        reverse("log-cell", args=[process.slug, summit.slug, actor, issue])
        for actor in Actor.objects.filter(participations__process=process).values_list("pk", flat=True)
        for issue in Issue.objects.filter(process=process).values_list("pk", flat=True)
    ][-PEOPLE:]
    rows = Place.objects.bulk_create([Place(name=f"Place {number}") for number in range(PEOPLE)])
    client = Client()
    client.force_login(editor)
    with override_settings(ROOT_URLCONF="issues.management.bench.load", ALLOWED_HOSTS=["*"]):
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.set_app(get_wsgi_application())
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            session = client.cookies["sessionid"].value
            return {
                "autosave": _run(server.server_port, session, seconds, lambda n: (cells[n], {})),
                "plain": _run(
                    server.server_port, session, seconds, lambda n: (PLAIN, {"pk": f"{rows[n].pk}"})
                ),
            }
        finally:
            server.shutdown()
            server.server_close()


def _run(
    port: int, session: str, seconds: float, ask: Callable[[int], tuple[str, dict[str, str]]]
) -> tuple[float, int]:
    """Let twenty people write for some seconds, each into a field of their own."""
    times: list[float] = []
    failures: list[int] = []
    until = monotonic() + seconds

    def person(number: int) -> None:
        token = secrets.token_hex(16)
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = HTTPConnection("127.0.0.1", port)
        version = "0"
        address, more = ask(number)
        typed = number
        while monotonic() < until:
            typed += 1
            body = urlencode({"code": str(typed % 100), "version": version, **more})
            start = perf_counter()
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            times.append(perf_counter() - start)
            if answer.status != 200:
                failures.append(answer.status)
                break
            if '"version": ' in text:
                version = text.split('"version": ')[1].split(",")[0]

    threads = [Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"Under load the server answered {failures}.")
    return quantiles(times, n=20)[-1] * 1000, len(times)
