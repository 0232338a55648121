"""The tracker as it is served: in processes of its own, on a free port, on the database of this one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from socket import socket
from time import monotonic, sleep
from typing import IO

from django.conf import settings
from django.db import connection

HOST = "127.0.0.1"
PATIENCE = 30.0
# As an installation is served.
CONFIG, THREADS = "python:tracker.gunicorn_config", 4


@dataclass
class Served:
    """A running server: its port, and the process that leads the workers."""

    port: int
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End all of it at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def served(
    application: str = "tracker.wsgi",
    *,
    workers: int = 2,
    threads: int = THREADS,
    errors: IO[str] | None = None,
    options: Sequence[str] = (),
    **environment: str,
) -> Iterator[Served]:
    """Serve an application with gunicorn until the block ends; what goes wrong is written to ``errors``.

    Raises RuntimeError when it does not start.
    """
    with socket() as listening:
        listening.bind((HOST, 0))
        listening.listen(128)
        listening.set_inheritable(True)
        process = subprocess.Popen(  # noqa: S603 -- our own server
            [
                *(sys.executable, "-m", "gunicorn", application, "--config", CONFIG),
                *("--bind", f"fd://{listening.fileno()}"),
                *("--workers", str(workers), "--threads", str(threads), "--log-level", "warning"),
                *options,
            ],
            cwd=settings.BASE_DIR,
            env={**os.environ, **_environment(), **environment},
            pass_fds=[listening.fileno()],
            stderr=errors,
            start_new_session=True,
        )
        served = Served(listening.getsockname()[1], process)
        try:
            _await(served)
            yield served
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(PATIENCE)


def _environment() -> dict[str, str]:
    """What makes the server see the data and the sessions of this process."""
    name = connection.settings_dict["NAME"]
    lite = connection.vendor == "sqlite"
    url = f"sqlite:///{name}" if lite else f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    return {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": HOST,
        "SECURE_SSL_REDIRECT": "false",
    }


def _await(server: Served) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and server.process.poll() is None:
        try:
            with closing(HTTPConnection(HOST, server.port, timeout=PATIENCE)) as asking:
                asking.request("GET", "/healthz")
                if asking.getresponse().status == 200:
                    return
        except OSError:
            pass
        sleep(0.1)
    raise RuntimeError("The server did not start.")
