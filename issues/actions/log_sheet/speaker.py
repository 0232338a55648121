"""Speakers who are new, stored with the cell in whose details they are named."""

from collections.abc import Mapping
from typing import Any

from issues.actions.record.log import add
from issues.actions.record.new import add_person
from issues.models import Office, Person
from issues.queries.log_sheet.quotations import Quotation


def with_speakers(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details of a cell with speakers and quotations as they are stored, inside an open recording.

    A speaker who is new comes as a person, or as the office of one, that is not stored yet. Who is named
    twice is made once. Raises ValidationError.
    """
    made: dict[str, Person] = {}
    given = dict(details)
    if "speaker" in given:
        given["speaker"] = _stored(given["speaker"], made)
    if "quotations" in given:
        given["quotations"] = [_quotation(one, made) for one in given["quotations"]]
    return given


def _quotation(said: Mapping[str, Any], made: dict[str, Person]) -> dict[str, Any]:
    if "speaker" not in said:
        return dict(said)  # as it is stored
    speaker, source = _stored(said["speaker"], made), said["source"]
    return Quotation(
        quote=said["quote"],
        language=said["language"],
        translation=said["translation"],
        speaker_id=speaker.pk if speaker else None,
        locator=said["locator"],
        source_id=source.pk if source else None,
    ).stored


def _stored(speaker: Person | Office | None, made: dict[str, Person]) -> Person | None:
    person = speaker.person if isinstance(speaker, Office) else speaker
    if person is None or not person._state.adding:
        return person
    if person.name not in made:
        made[person.name] = add_person(person)
        if isinstance(speaker, Office):
            add(Office(person=person, actor=speaker.actor, title=speaker.title))
    return made[person.name]
