"""How gunicorn serves: read by it, not by Django. The same for `make serve`, systemd and a container."""

import os
from pathlib import Path
from typing import Any

from prometheus_client.multiprocess import mark_process_dead

from tracker.environment import env, whole
from tracker.interpreter import collect_rarely
from tracker.logs import LOGGING
from tracker.metrics import SHARED

chdir = str(Path(__file__).resolve().parent.parent)
# Under systemd the socket is its own, so that who asks during a restart waits and is not refused.
bind = [] if os.environ.get("LISTEN_FDS") else [env.str("BIND", default="127.0.0.1:8000")]
workers = whole("WEB_WORKERS", default=2, least=1, most=64)
threads = whole("WEB_THREADS", default=4, least=1, most=8)
worker_class = "gthread"
# A worker that does not say for so long that it lives is ended, in seconds; a slow request does say it.
timeout = 60
# What runs is finished when the server is told to stop, within so many seconds.
graceful_timeout = 30
# Longer than a proxy keeps its connections, so that none is closed under a request.
keepalive = 75
# A worker is made anew now and then, not all at once: what leaks, leaks for a while.
max_requests, max_requests_jitter = 20_000, 2_000
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 -- a file without a name
# What a request came by is for PROXIES to say, in one place.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
control_socket_disable = True
logconfig_dict = LOGGING


def post_worker_init(worker: Any) -> None:
    """Once all is loaded that stays."""
    collect_rarely()


def child_exit(server: Any, worker: Any) -> None:
    """Forget the figures of a worker that hold while it lives."""
    if os.environ.get(SHARED):
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
