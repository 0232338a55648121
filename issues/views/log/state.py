"""What stands on a sheet this moment, for a window in which it is open."""

import json
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from issues.clock import clock_in_words
from issues.forms.sheet import cell_name
from issues.models import Summit
from issues.queries.log_sheet.sheet_state import Typed, cells_typed, sources_typed
from issues.user import User
from issues.views.access import signed_in
from issues.views.log.access import get_sheet, summit_to_log


@require_safe
@summit_to_log
def state_of_sheet(request: HttpRequest, summit: Summit) -> HttpResponse:
    """Every field that holds something, by name; 304 where nothing has changed since it was asked."""
    sheet, reader = get_sheet(request, summit), signed_in(request)
    fields = {cell_name(*key): _told(typed, reader) for key, typed in cells_typed(sheet).items()}
    fields |= {f"source-{actor}": _told(typed, reader) for actor, typed in sources_typed(sheet).items()}
    sign = quote_etag(blake2b(json.dumps(fields, sort_keys=True).encode(), digest_size=8).hexdigest())
    if request.headers.get("If-None-Match") == sign:
        answer = HttpResponse(status=304)
    else:
        answer = JsonResponse({"fields": fields})
    answer["ETag"] = sign
    return answer


def _told(typed: Typed, reader: User) -> dict[str, Any]:
    """A field as the script takes it; of what the reader typed it says no name."""
    return {
        "typed": typed.typed,
        "version": typed.version,
        "who": "" if typed.by == reader.pk else typed.author,
        "time": clock_in_words(typed.at),
        "name": typed.name,
    }
