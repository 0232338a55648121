"""Pages and files of a process that others keep: by which sign they are known, who may, and our own copies.

An answer is told by what it is made of: the revision of its process, who reads it and what they may, the day,
the address, and the ground on which every page stands. Who has it already is told so before it is worked out.
"""

import gzip
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from issues.clock import common_day, today, utc_day
from issues.ground import is_held, tag_of
from issues.models import Process
from issues.once import Turns
from issues.queries.access.standing import Reader
from issues.views.switch import to_read

Answer = Callable[[], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# A page is kept while it is asked for; a larger one is worked out each time.
KEPT_FOR = 24 * 3600  # seconds
LARGEST = 512 * 1024  # bytes, compressed
TURNS = Turns()


def kept(
    request: HttpRequest, process: Process, reader: Reader, answer: Answer, *, is_same: bool, has_head: bool
) -> HttpResponseBase:
    """The answer; or 304 where whoever asks has it, or our own copy where it ``is_same`` for every stranger.

    It ``has_head`` where it shows what its reader may do, and what is told once: that is never kept.
    """
    if has_head and len(get_messages(request)):
        return answer()
    tag = sign(request, process, reader, has_head=has_head)
    if is_held(tag, request):
        found: HttpResponseBase = HttpResponseNotModified()
    else:
        found = _copied(request, tag, answer) if is_same else answer()
        if found.status_code != HTTPStatus.OK:
            return found
    request.is_for_everyone = is_same  # type: ignore[attr-defined]
    found.headers["ETag"] = f"W/{tag}"  # a page may leave compressed or not, and its forms with another token
    _allow(process, found, is_same)
    return found


def told_anew(view: View) -> View:
    """A page that tells of more than the record, such as of a file that may be lost: it is never kept."""
    view.is_told_anew = True  # type: ignore[attr-defined]
    return view


def is_told_anew(view: Callable[..., HttpResponseBase]) -> bool:
    """Whether a page is never kept."""
    return getattr(view, "is_told_anew", False)


def sign(request: HttpRequest, process: Process, reader: Reader, *, has_head: bool) -> str:
    """What an answer of a process is told by, as an ETag. ``process`` was read with its revision."""
    parts = [
        process.sign,  # type: ignore[attr-defined]
        request.build_absolute_uri(),
        common_day().isoformat(),  # on which questions close, and rounds are over
        # A page is told by the clocks of who reads it, a file by those of everyone.
        *((timezone.get_current_timezone_name(), str(today())) if has_head else (str(utc_day()),)),
        # The way to the others; and what was done beyond what is read is told to whoever may read that, too.
        *map(repr, to_read(request, reader).told),
    ]
    if not reader.is_anonymous:
        parts.append(repr((reader.pk, reader.is_active)))
        if has_head:
            can = (reader.is_staff, reader.is_superuser, process.own_role)  # type: ignore[attr-defined]
            secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
            parts += [repr(can), secret, *sorted(reader.get_all_permissions())]
    return tag_of(*parts)


def is_stranger(request: HttpRequest) -> bool:
    """Whether nothing of a request says who asks, so that all who ask so get the same."""
    return request.user.is_anonymous and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _allow(process: Process, found: HttpResponseBase, is_same: bool) -> None:
    """Say who may keep an answer: of a public process anyone, or who reads it; of others nobody."""
    if found.has_header("Cache-Control"):
        return
    if is_same:
        seconds = settings.PUBLIC_CACHE_SECONDS
        shared = f"max-age=0, s-maxage={seconds}, stale-while-revalidate={10 * seconds}"
        found.headers["Cache-Control"] = f"public, {shared if seconds else 'no-cache'}"
        patch_vary_headers(found, ["Accept-Encoding"])
    elif process.is_public:
        found.headers["Cache-Control"] = "private, no-cache"


def _copied(request: HttpRequest, tag: str, answer: Answer) -> HttpResponseBase:
    """Our copy of an answer, packed where whoever asks can unpack it; or the answer, of which one is kept."""
    copy = cache.get(f"page:{tag}")
    if copy is None:
        with TURNS.at(tag):
            copy = cache.get(f"page:{tag}")  # by now
            if copy is None:
                made = answer()
                copy = _copy_of(made)
                if copy is None:
                    return made
                cache.set(f"page:{tag}", copy, KEPT_FOR)
    headers, packed = copy
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(packed), headers=headers)
    return HttpResponse(packed, headers={**headers, "Content-Encoding": "gzip"})


def _copy_of(made: HttpResponseBase) -> tuple[dict[str, str], bytes] | None:
    """The headers and the packed content of an answer; None for one that is not kept."""
    if made.status_code != HTTPStatus.OK or not isinstance(made, HttpResponse) or made.cookies:
        return None
    packed = gzip.compress(made.content, compresslevel=6, mtime=0)
    if len(packed) > LARGEST:
        return None
    return dict(made.headers), packed
