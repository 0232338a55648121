"""What a sheet is about: the issues and actors that it shows, and an actor who joins the talks on it."""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from issues.actions.log_sheet.row import serve
from issues.actions.log_sheet.sheet import hold_open
from issues.actions.record.log import add
from issues.actions.record.new import add_actor as store_actor
from issues.history import Way, recording
from issues.models import Actor, Participation, Sheet, SheetRow
from issues.queries.log_sheet.aside import put_aside
from issues.user import User

NOTHING_LEFT = "Leave at least one on the sheet."


def put_issues_aside(*, sheet: Sheet, issues: Collection[int], by: User) -> None:
    """Put these issues of its process aside, beside those that are.

    On a closed sheet raises ValidationError, on another's PermissionDenied.
    """
    of_process = sheet.summit.process.issues.filter(pk__in=issues)
    with recording(by=by, reason=f"What the sheet of {sheet.summit} is about.", kind=Way.PAGE):
        hold_open(sheet, by)
        sheet.issues_aside.add(*of_process)


def say_what_about(*, sheet: Sheet, issues: Collection[int], actors: Collection[int], by: User) -> None:
    """Show these issues and actors on a sheet, and put all others of its process aside.

    Who is shown and not watched gets a row. Raises ValidationError by ``issues`` or ``actors`` where none is
    left, and on a closed sheet; PermissionDenied on another's.
    """
    of_process = sheet.summit.process
    known_issues = set(of_process.issues.values_list("pk", flat=True))
    watched = dict(of_process.participations.order_by().values_list("actor_id", "watched"))
    shown_issues, shown_actors = known_issues & set(issues), watched.keys() & set(actors)
    for name, shown in (("issues", shown_issues), ("actors", shown_actors)):
        if not shown:
            raise ValidationError({name: NOTHING_LEFT})
    with recording(by=by, reason=f"What the sheet of {sheet.summit} is about.", kind=Way.PAGE):
        hold_open(sheet, by)
        sheet.issues_aside.set(known_issues - shown_issues)
        sheet.actors_aside.set(watched.keys() - shown_actors)
        with_row = set(SheetRow.objects.filter(sheet=sheet).values_list("actor_id", flat=True))
        unwatched = {pk for pk, is_watched in watched.items() if not is_watched}
        for actor in Actor.objects.filter(pk__in=(unwatched & shown_actors) - with_row).order_by("pk"):
            serve(sheet=sheet, actor=actor, source=None, by=by)


def add_actor(*, sheet: Sheet, actor: Actor, role: str, watched: bool, by: User) -> Actor:
    """Let an actor take part in the process of a sheet, and give it a row there; store it if it is new.

    Who takes part already keeps its role. Raises ValidationError by field for a broken rule and on a closed
    sheet, PermissionDenied on another's.
    """
    process = sheet.summit.process
    with recording(by=by, reason=f"Logged at {sheet.summit}.", kind=Way.PAGE):
        hold_open(sheet, by)
        if actor._state.adding:
            store_actor(actor)
        taking_part = Participation.objects.filter(process=process)
        if not taking_part.filter(actor=actor).exists():
            last = taking_part.order_by("-order").values_list("order", flat=True).first() or 0
            add(Participation(process=process, actor=actor, role=role, watched=watched, order=last + 1))
        if not SheetRow.objects.filter(sheet=sheet, actor=actor).exists():
            serve(sheet=sheet, actor=actor, source=None, by=by)
        if actor.pk in put_aside(sheet)[1]:
            sheet.actors_aside.remove(actor)
    return actor
