"""What is on the log sheets and is not published: for researchers, and for tokens that were given for it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from issues.actions.accounts.tokens import READS_DRAFTS
from issues.api.lists import OF_PORTION, ListView
from issues.api.serializers import Rows, row_of, rows_of
from issues.api.views import NOTHING, PROCESS
from issues.exports.tables import Asked, Column, Kind, Table
from issues.forms.data import OnlyForm
from issues.forms.parameters import read_parameters
from issues.models import Cell, Process, Token
from issues.queries.access.may import may_in
from issues.user import User

N, Y = Kind.NUMBER, Kind.YES_NO
COLUMNS = (
    Column("summit", "the summit in addresses", lambda c: c.sheet.summit.slug),
    Column("own", "whether it is on one’s own sheet and no shared one", lambda c: c.sheet.is_private, Y),
    Column("actor_slug", "the actor in addresses", lambda c: c.actor.slug),
    Column("actor", "who would hold it", lambda c: str(c.actor)),
    Column("issue_slug", "the issue in addresses", lambda c: c.issue.slug),
    Column("issue", "on what", lambda c: c.issue.name),
    Column("code", "the code as typed", lambda c: c.code),
    Column("kind", "what the code says", lambda c: c.kind),
    Column("placement", "where it would lie, 0 to 100", lambda c: c.placement, N),
    Column("red_line", "what is said of a red line", lambda c: c.red_line),
    Column("accepts_from", "the lowest placement that it would accept", lambda c: c.accepts_from, N),
    Column("accepts_to", "the highest placement that it would accept", lambda c: c.accepts_to, N),
    Column("salience", "how much the issue matters, 0 to 100", lambda c: c.salience, N),
    Column("summary", "the position in one sentence", lambda c: c.summary),
    Column("quote", "the words as printed", lambda c: c.quote),
    Column("language", "the language of the words", lambda c: c.language),
    Column("translation", "the words in English", lambda c: c.translation),
    Column("locator", "the place in the source", lambda c: c.locator),
    Column("source_key", "the short id of its own source", lambda c: c.source and c.source.key),
    Column("note", "the reason of the coding", lambda c: c.note),
)
DraftRow = row_of("drafts", COLUMNS)


def drafts_of(process: Process, reader: User | AnonymousUser) -> QuerySet[Cell]:
    """The cells that are not published: of the shared sheets, and of the reader's own."""
    seen = Q(sheet__coder=None, sheet__published=None) | Q(sheet__coder=reader.pk, sheet__coder__isnull=False)
    return Cell.objects.filter(seen, sheet__summit__process=process).select_related(
        "sheet__summit", "actor", "issue", "option", "source"
    )


class DraftsView(ListView):
    """What is typed on the log sheets of a process and is not published."""

    name = "drafts"
    summary = "Drafts"
    says = (
        "What is typed on the shared log sheets and on one’s own, and is not published. For researchers; a "
        "token needs the scope for drafts. They have no `ETag`: they change while one types."
    )
    answers = rows_of("drafts", DraftRow, Rows)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse whoever may not see drafts, whatever there is."""
        super().initial(request, *args, **kwargs)
        if not request.user.is_authenticated:
            raise NotAuthenticated
        if isinstance(request.auth, Token) and not request.auth.reads_drafts:
            raise PermissionDenied("This token was given for what is published alone.")

    def parameters(self) -> list[OpenApiParameter]:
        """Which process, and which portion."""
        return [PROCESS, *super().parameters()]

    def get(self, request: Request, process: str, format: str | None = None) -> Response:
        """A portion of them."""
        found = self.process(process)
        if not may_in(request.user, READS_DRAFTS, found):
            raise PermissionDenied
        read_parameters(OnlyForm(request.query_params, OF_PORTION), found)
        self.table = Table(
            "drafts", "drafts", lambda asked: COLUMNS, lambda asked: drafts_of(found, request.user)
        )
        return self.answer(Asked(found, NOTHING.reading), {})
