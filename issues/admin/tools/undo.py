"""Undoing a change set from its page: what that would do, in sentences, and why it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import OuterRef, ProtectedError, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from issues.actions.take_back.undo_change_set import LaterChange, Touched, refuse_later, touched, undo
from issues.actions.take_back.undo_edit import may_undo
from issues.admin.base.forms import ReasonForm, is_key
from issues.admin.base.names import names_of
from issues.admin.base.refusal import in_words
from issues.admin.base.wording import Names
from issues.history import ChangeSet, Record, Way
from issues.models import DRAFTS, Sheet
from issues.queries.history.names import recorded_fields
from issues.user import User

MOST = 200
PRIVATE = "This was done on a coder’s own sheet; only that coder may undo it."


@dataclass
class Preview:
    """What undoing would do: the names of what goes and comes back, and what changes back, field by field."""

    removed: list[str] = field(default_factory=list)
    put_back: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[dict[str, str]]]] = field(default_factory=list)
    untold: int = 0


class UndoPages(admin.ModelAdmin):
    """Adds “Undo this change set…” to the page of a change set."""

    change_form_template: ClassVar[Any] = "admin/change_set.html"

    def get_urls(self) -> list[Any]:
        """The address of the page that asks, before those of change sets."""
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<str:key>/undo/", view, name="issues_changeset_undo"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The change set, with the way to undo it for those who may."""
        found = _find(object_id)
        shown = {
            "may_undo": found is not None and found.undone_by_id is None and may_undo(request.user, found)
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def undo_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """What undoing would do. A POST with a reason does it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        change_set = _find(key)
        if change_set is None:
            raise Http404
        if not may_undo(request.user, change_set):
            raise PermissionDenied
        versions = touched(change_set)
        if not _may_see_drafts(request.user, versions):
            return self._asking(request, change_set, Preview(), [PRIVATE], ReasonForm(), may_confirm=False)
        errors = _obstacles(change_set, versions)
        form = ReasonForm(request.POST if request.method == "POST" and not errors else None)
        if form.is_bound and form.is_valid():
            errors = self._undo(request, change_set, form.cleaned_data["change_reason"])
            if not errors:
                return HttpResponseRedirect(_address(change_set))
        may_confirm = not errors or form.is_bound
        return self._asking(request, change_set, preview(versions), errors, form, may_confirm=may_confirm)

    def _undo(self, request: HttpRequest, change_set: ChangeSet, reason: str) -> list[str]:
        """Undo it; returns what stands against it."""
        try:
            undo(change_set, by=cast(User, request.user), reason=reason, kind=Way.ADMIN)
        except LaterChange as error:
            return [*error.records]
        except ValidationError as error:
            return list(error.messages)
        except (IntegrityError, ProtectedError) as error:
            return [in_words(error)]
        self.message_user(request, "The change set was undone.")
        return []

    def _asking(
        self,
        request: HttpRequest,
        change_set: ChangeSet,
        shown: Preview,
        errors: list[str],
        form: ReasonForm,
        *,
        may_confirm: bool,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Undo this change set",
            "opts": self.opts,
            "change_set": change_set,
            "preview": shown,
            "errors": errors,
            "reason_form": form,
            "may_confirm": may_confirm,
            "back": _address(change_set),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/confirm_undo.html", context)


def preview(versions: Touched) -> Preview:
    """What undoing would do with these records. A few queries for each kind of them."""
    found, told = Preview(), 0
    for model, of_model in versions.items():
        firsts = [first for first, _ in of_model.values()][: MOST - told]
        told += len(firsts)
        found.untold += len(of_model) - len(firsts)
        if firsts:
            _tell(found, model, firsts)
    return found


def _tell(found: Preview, model: type[Record], firsts: list[Any]) -> None:
    noun = model._meta.verbose_name
    made = [row for row in firsts if row.history_type == "+"]
    found.removed += [f"{noun}: {name}" for name in names_of(made)]
    others = [row for row in firsts if row.history_type != "+"]
    earlier = _earlier(model, others)
    live = model._default_manager.in_bulk([row.id for row in others])
    before = [earlier[row.id] for row in others if row.id in earlier]
    gone = [row for row in before if row.id not in live and row.history_type != "-"]
    found.put_back += [f"{noun}: {name}" for name in names_of(gone)]
    changed = [row for row in before if row.id in live]
    names, fields = Names(), recorded_fields(model)
    names.learn([*changed, *live.values()], fields)
    for row, name in zip(changed, names_of(changed), strict=True):
        differing = _differing(names, fields, live[row.id], row)
        if differing:
            found.changed.append((f"{noun}: {name}", differing))


def _earlier(model: type[Record], rows: list[Any]) -> dict[int, Any]:
    """By key, the version before each of these rows. Two queries."""
    history = model.history.model.objects
    older = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    keys = (
        history.filter(history_id__in=[row.history_id for row in rows])
        .annotate(earlier=Subquery(older.order_by("-history_date", "-history_id").values("history_id")[:1]))
        .values_list("earlier", flat=True)
    )
    return {row.id: row for row in history.filter(history_id__in=[key for key in keys if key])}


def _differing(names: Names, fields: Iterable[Any], now: Any, then: Any) -> list[dict[str, str]]:
    return [
        {
            "field": str(item.verbose_name).capitalize(),
            "old": names.words(item, getattr(now, item.attname)),
            "new": names.words(item, getattr(then, item.attname)),
        }
        for item in fields
        if getattr(now, item.attname) != getattr(then, item.attname)
    ]


def _obstacles(change_set: ChangeSet, versions: Touched) -> list[str]:
    """Why it cannot be undone: it was, or others changed its records since."""
    if change_set.undone_by is not None:
        return ["This was undone already."]
    if not any(versions.values()):
        return ["There is nothing to undo in this change set."]
    try:
        refuse_later(versions)
    except LaterChange as error:
        return [f"Changed again since: {record}" for record in error.records]
    return []


def _may_see_drafts(user: User | AnonymousUser, versions: Touched) -> bool:
    """Whether every coder's own sheet among these is this user's."""
    sheets = {key for model in DRAFTS for key in _sheets(model, versions)}
    coders = set(Sheet.history.filter(id__in=sheets).values_list("coder_id", flat=True)) if sheets else set()
    return coders <= {None, user.pk}


def _sheets(model: type[Record], versions: Touched) -> Iterator[int]:
    for first, _ in versions.get(model, {}).values():
        yield first.id if model is Sheet else first.sheet_id


def _find(key: str) -> ChangeSet | None:
    if not is_key(key):
        return None
    return ChangeSet.objects.select_related("user", "undone_by").filter(pk=key).first()


def _address(change_set: ChangeSet) -> str:
    return reverse("admin:issues_changeset_change", args=[change_set.pk])
