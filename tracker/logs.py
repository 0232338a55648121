"""What an installation writes down: a line of JSON each, without a secret and without a word of the record.

A message keeps its words and, of what is filled in, the numbers alone: the rest may be an address, a name or
what somebody typed. Of an exception the types and the places in the code are told, never its message, which
quotes values. So the worst that a library can write down is where it happened.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

# Whose messages say nothing of a request: the server's own life, and which task of ours a worker does.
WHOLE = {
    ("gunicorn.error", logging.INFO),
    *(("django_tasks", level) for level in (logging.INFO, logging.ERROR)),
}
# Whose messages are written in our code, as they stand there; others may be put together from anything.
OURS = ("tracker", "issues")
FILLED_IN = re.compile(r"%(?:\([^)]*\))?[#0 +-]*[\d.*]*[a-zA-Z]")
MOST_FRAMES, MOST_CAUSES = 40, 5
PACKAGES = re.compile(r"^.*/(?:site|dist)-packages/")
HERE = f"{Path(__file__).resolve().parent.parent}/"


class JsonLines(logging.Formatter):
    """A record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: when, how grave, where, what, in answer to which request."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message(record),
            "at": f"{place(record.pathname)}:{record.lineno}",
            "request_id": request_id.get(),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exceptions"] = [told(error) for error in causes(record.exc_info[1])]
        told_of = {name: value for name, value in line.items() if value not in ("", None)}
        return json.dumps(told_of, ensure_ascii=False)


def message(record: logging.LogRecord) -> str:
    """What a record says without what could be anybody's words; empty where that is all of it."""
    if (record.name, record.levelno) in WHOLE:
        return record.getMessage()
    if not isinstance(record.msg, str):
        return ""
    if not record.args:
        return record.msg if record.name.partition(".")[0] in OURS else ""
    if not isinstance(record.args, tuple):
        return FILLED_IN.sub("…", record.msg)
    values = iter(record.args)
    return FILLED_IN.sub(lambda _: _number(next(values, None)), record.msg)


def _number(value: object) -> str:
    return str(value) if type(value) in (int, float) else "…"


def causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and those behind it, the last one first."""
    seen: list[BaseException] = []
    behind: BaseException | None = error
    while behind is not None and behind not in seen and len(seen) < MOST_CAUSES:
        seen.append(behind)
        yield behind
        behind = behind.__cause__ or (None if behind.__suppress_context__ else behind.__context__)


def told(error: BaseException) -> dict[str, Any]:
    """Of an exception its type, what the database calls it, and the places in the code."""
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    called = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        **({"database": called} if called else {}),
        "frames": [f"{place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def place(file: str) -> str:
    """A file of code by its place in the package that it belongs to."""
    return PACKAGES.sub("", file).removeprefix(HERE)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "tracker.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "tracker": {"level": "INFO"},
        "django_tasks": {"level": "INFO"},
        # An address that is not there, or may not be read, is no fault of ours.
        "django.request": {"level": "ERROR"},
        # Anybody may write anything as a host name; the line of the request tells its 400.
        "django.security": {"level": "CRITICAL"},
        # The server's own; its lines of requests are ours (tracker.requests).
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
