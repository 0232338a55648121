"""“Save and add another” of a position: the next has the summit, actor and source, through the address."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponseRedirect

from issues.admin.base.lookups import SOURCE, statements_carried_over
from issues.admin.records.evidence import PositionEvidenceInline
from issues.forms.way_back import NEXT
from issues.models import Position
from issues.models.position import Stance

FILTERS = "_changelist_filters"


class CarriesOver(admin.ModelAdmin):
    """Positions are entered one after the other from one source."""

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> Any:
        """Where to go after a new position."""
        return _carried_over(request, obj, super().response_add(request, obj, *args))

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Where to go after a corrected position."""
        return _carried_over(request, obj, super().response_change(request, obj))

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> Any:
        """The only statement of the source is filled in; of several one must be chosen."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, PositionEvidenceInline) and request.method == "GET" and obj.pk is None:
            statements = statements_carried_over(request)
            if len(statements) == 1:
                given["initial"] = [{"statement": statements[0].pk}]
        return given


def _carried_over(request: HttpRequest, position: Position, response: Any) -> Any:
    """The empty form, with what the next position is likely to share."""
    if "_addanother" not in request.POST or IS_POPUP_VAR in request.POST:
        return response
    supporting = position.evidence.filter(stance=Stance.SUPPORTS).order_by("pk")
    source = supporting.values_list("statement__source", flat=True).first()
    kept = {"summit": position.summit_id, "actor": position.actor_id, SOURCE: source}
    address = urlsplit(response.url)
    filters = [(name, value) for name, value in parse_qsl(address.query) if name in (FILTERS, NEXT)]
    query = [*((name, str(key)) for name, key in kept.items() if key is not None), *filters]
    return HttpResponseRedirect(f"{address.path}?{urlencode(query)}")
