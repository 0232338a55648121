"""A little record as the first release could hold it, written by the models of its migrations."""

from datetime import UTC, date, datetime
from typing import Any

# To the microsecond, so that an upgrade which rounds is seen.
THEN = datetime(2026, 11, 30, 20, 15, 0, 123456, tzinfo=UTC)


def first_world(apps: Any) -> None:
    """One position with what it rests on, its history, and an account."""

    def make(kind: str, /, **fields: Any) -> Any:
        return apps.get_model("issues", kind).objects.create(**fields)

    user = make("User", username="coder", name="A coder", password="!", date_joined=THEN)
    act = make("ChangeSet", user=user, author="A coder", reason="First.", kind="page")
    apps.get_model("issues", "ChangeSet").objects.update(time=THEN)
    process = make("Process", name="The Lenna", slug="lenna", started_on=date(2026, 1, 2))
    actor = make("Actor", name="Arden", slug="arden", kind="state", aliases="Ardenia until 2020-05")
    issue = make("Issue", process=process, name="Flow", slug="flow", question="How much?", kind="preference")
    half = make("Option", issue=issue, label="half", value=50)
    none = make("Option", issue=issue, label="none", value=0)
    summit = make("Summit", process=process, slug="ford", name="Ford", starts_on=date(2026, 3, 10))
    source = make("Source", key="ford-record", title="Record", publisher="Press", kind="official")
    words = make(
        "Statement", source=source, ref="p1", quote="Half — “ünïcode”, 東京.", said_on=date(2026, 3, 10)
    )
    position = make("Position", issue=issue, actor=actor, summit=summit, option=half, summary="Half.")
    records = [
        process,
        make("Place", name="Ford"),
        actor,
        make("Participation", process=process, actor=actor, role="party"),
        issue,
        half,
        none,
        summit,
        source,
        words,
        position,
        make("Evidence", statement=words, position=position),
    ]
    for record in records:
        said = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
        make(
            f"Historical{record._meta.object_name}",
            **said,
            history_date=THEN,
            history_type="+",
            change_set=act,
        )
    make("ProcessChange", change_set=act, process=process, written={"position": {"+": 1}})
    make("Revision", of=0, sign="a" * 32, recorded_at=THEN)
