"""Errors told to Sentry, where ``SENTRY_DSN`` says so: the types and places in the code, no word of a record.

What is sent is put together anew from what is known to be harmless, so that nothing which a later version of
the library gathers leaves by itself.
"""

from typing import Any

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.utils import BadDsn

from tracker.logs import place, request_id

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk")
# None of what the library would gather beside them.
NOTHING: Any = {
    "user_info": False,
    "cookies": {"mode": "off"},
    "http_headers": {"request": {"mode": "off"}, "response": {"mode": "off"}},
    "http_bodies": [],
    "url_query_params": {"mode": "off"},
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
    "frame_context_lines": 0,
}
OF_A_FRAME = ("function", "module", "lineno", "in_app")


def report_to(dsn: str, environment: str) -> None:
    """Have errors told. Raises ImproperlyConfigured for an address that is none."""
    try:
        sentry_sdk.init(
            dsn=dsn,
            environment=environment,
            before_send=harmless,
            before_breadcrumb=lambda crumb, hint: None,
            default_integrations=True,
            auto_enabling_integrations=False,
            integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
            data_collection=NOTHING,
            max_breadcrumbs=0,
            auto_session_tracking=False,
            server_name="",
        )
    except BadDsn as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is the address that Sentry gives for a project, like https://key@sentry.example.org/1."
        ) from error


def harmless(event: Any, hint: Any) -> Any:
    """The event without messages, values, addresses, headers and persons."""
    told = {name: event[name] for name in KEPT if name in event}
    told["exception"] = {
        "values": [_exception(raised) for raised in event.get("exception", {}).get("values", [])]
    }
    told["tags"] = {"request_id": request_id.get()}
    record = hint.get("log_record")
    if record is not None:
        told["message"] = f"{record.name} at {place(record.pathname)}:{record.lineno}"
    return told


def _exception(raised: dict[str, Any]) -> dict[str, Any]:
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    kept = [
        {**{name: frame.get(name) for name in OF_A_FRAME}, "filename": place(frame.get("abs_path") or "")}
        for frame in frames
    ]
    told = {"type": raised.get("type"), "module": raised.get("module"), "stacktrace": {"frames": kept}}
    return told if kept else {name: told[name] for name in ("type", "module")}
