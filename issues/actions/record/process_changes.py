"""Filing every change set under the processes that it touches, for the feed of each."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Value

from issues.actions.access.consequences import check_may_write
from issues.history import REMOVED, ProcessChange, Record, Recording, Written, among, when_closing
from issues.models import (
    RECORDS,
    Evidence,
    Position,
    PositionLink,
    Process,
    Statement,
)
from issues.queries.history.owners import BESIDE, SHARED, Keys, Owners
from issues.queries.history.owners_of_many import OwnersOfMany
from issues.queries.history.rows import history
from issues.queries.history.scope import scope
from issues.queries.history.told_in import told_in

# What comes with a position is not what a change set is about.
WITH_POSITIONS = (PositionLink, Evidence, Statement)


@when_closing
def file_under_processes(opened: Recording) -> None:
    """Note in which processes this sitting changed records, and how many of which kind.

    What it draws into a process for the first time, a source for one, brings the change sets that wrote it
    along. Drafts belong to no process until they are published.
    """
    recorded = [one for one in opened.written if one.model in RECORDS]
    if not recorded:
        return
    subjects, own, drawn_in = (_few if all(one.records for one in recorded) else _many)(recorded, opened)
    opened.touched |= subjects.keys() | told_in(recorded)
    if not subjects:
        return
    check_may_write(opened, own)
    current = opened.change_set.pk
    earlier = _wrote(drawn_in) - {current}
    kinds = RECORDS if earlier else tuple(dict.fromkeys(one.model for one in recorded))
    for process, subject in subjects.items():
        _file(process, kinds, {current, *earlier}, {current: subject})


def _many(recorded: list[Written], opened: Recording) -> tuple[dict[int, str], set[int], Keys]:
    """The processes of very many records, which are about none of them, and what they draw in."""
    owners = OwnersOfMany(opened.change_set, {one.model for one in recorded})
    subjects = dict.fromkeys(owners.processes(), "")
    return subjects, set(subjects), owners.drawn_in()


def _few(recorded: list[Written], opened: Recording) -> tuple[dict[int, str], set[int], Keys]:
    """The processes of records that are at hand, each with what it was about there, and what they draw in.

    Beside the subjects stand those of which something was written that no other process shares.
    """
    written: Keys = defaultdict(set)
    left: Keys = defaultdict(set)  # what is removed had drawn in what it referred to when it was made
    for one in recorded:
        written[one.model].update(one.keys)
        if one.how != REMOVED:
            left[one.model].update(one.keys)
    owners = Owners(recorded)
    by_key = {
        (one.model, key): item for one in recorded for key, item in zip(one.keys, one.records, strict=True)
    }
    of_process: dict[int, list[Record]] = defaultdict(list)
    for kind, keys in written.items():
        for key, processes in owners.processes_of(kind, keys).items():
            for process in processes:
                of_process[process].append(by_key[kind, key])
    subjects = {process: _subject(records) for process, records in of_process.items()}
    own = {process for process, records in of_process.items() if {*map(type, records)} - {*SHARED, *BESIDE}}
    return subjects, own, owners.drawn_in(left) if subjects else {}


def _wrote(keys: Keys) -> set[int]:
    """The change sets that wrote these records."""
    return {
        pk
        for kind, some in keys.items()
        if some
        for pk in history(kind).filter(id__in=among(some)).values_list("change_set_id", flat=True).distinct()
    }


def _file(
    process: int, kinds: Iterable[type[Record]], change_sets: set[int], subjects: dict[int, str]
) -> None:
    """Store what these change sets wrote in a process, as the scope of the process counts it."""
    counts: dict[int, dict[str, dict[str, int]]] = {}
    rows = scope(Process(pk=process))
    first, *others = (
        history(kind)
        .filter(rows[kind], change_set__in=change_sets)
        .values("change_set_id", "history_type")
        .annotate(records=Count("id", distinct=True), kind=Value(str(kind._meta.model_name)))
        .values_list("change_set_id", "kind", "history_type", "records")
        for kind in kinds
    )
    for pk, kind, how, number in first.union(*others, all=True) if others else first:
        counts.setdefault(pk, {}).setdefault(kind, {})[how] = number
    ProcessChange.objects.bulk_create(
        [
            ProcessChange(change_set_id=pk, process_id=process, written=written, subject=subjects.get(pk, ""))
            for pk, written in counts.items()
        ],
        update_conflicts=True,
        unique_fields=["process", "change_set"],
        update_fields=["written"],
    )


def _subject(records: list[Record]) -> str:
    """The name of the one position, or the one record, that a sitting was about; empty for several."""
    main: list[Record] = [item for item in records if isinstance(item, Position)]
    if not main:
        main = [item for item in records if not isinstance(item, WITH_POSITIONS)] or records
    try:
        return str(main[0])[:300] if len(main) == 1 else ""
    except ObjectDoesNotExist:
        return ""
