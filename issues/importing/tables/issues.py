"""Issues with their options, of which a row may give one, or each of several columns."""

from typing import Any

from issues.domain.scale import FEWEST_OPTIONS, HIGHEST, LOWEST, MOST_OPTIONS
from issues.domain.spelling import folded
from issues.importing.mapping import Mapping
from issues.importing.mapping.tables import OPTION_AT
from issues.importing.stored import Stored
from issues.importing.tables.group import Group, Write, aliases
from issues.importing.tables.records import Records

# In the row of an option: that it is the reference point, or is not.
YES, NO = ("yes", "true", "x"), ("no", "false")
TEXTS = ("question", "kind", "low_label", "high_label")
HOW_OPTIONS = ": give each a row, with option and value, or a column headed by its number, as “option 0”"
NO_DAY = "is no day: the first or last day on the table is needed, or leave it empty"
Row = dict[str, Any]


def settle(groups: list[Group], mapping: Mapping, stored: Stored, there: Records) -> None:
    """What would become of each issue and of its options."""
    for group in groups:
        before = there.fields.get(group.pk) if group.pk else None
        given = {name: value for name in TEXTS if (value := group.one(name)) is not None}
        given |= {
            name: day for name in ("opened_on", "closed_on") if (day := group.day(name, NO_DAY)) is not None
        }
        if group.new:
            given["name"] = group.name
        given |= aliases(group, before["aliases"] if before else "", group.name)
        whole = {"question": "", "kind": "", "opened_on": None, "closed_on": None, **(before or {}), **given}
        for name, ask in (("question", "What is asked?"), ("kind", "Say it for all rows in constants.")):
            if not whole[name]:
                group.problem(name, f"is missing: a new issue needs it. {ask}")
        if whole["opened_on"] and whole["closed_on"] and whole["closed_on"] < whole["opened_on"]:
            group.problem("closed_on", "lies before the day on which it was opened")
        group.compare("issue", before, group.pk, given)
        _options(group, there.hanging.get(group.pk or 0, []), whole["kind"])
        _reference(group, before, there.hanging.get(group.pk or 0, []))


def _options(group: Group, before: list[Row], kind: str) -> None:
    """Options by their number, else by their label; those that the file does not name stay."""
    after = {row["pk"]: dict(row) for row in before}
    listed = _told_once(group)
    by_value = {row["value"]: row["pk"] for row in before}
    by_label = {folded(row["label"]): row["pk"] for row in before}
    new = []
    for value, label in listed.items():
        pk = by_value.get(value, by_label.get(folded(label)))
        if pk != by_label.get(folded(label), pk):
            there = after[pk]["label"] if pk else ""
            group.problem("option", f"“{label}” is on record at another number, and {value:g} is “{there}”")
            continue
        if pk is None:
            new.append((value, label))
        else:
            after[pk] |= {"label": label, "value": value}
    values = [row["value"] for row in after.values()] + [value for value, _ in new]
    if kind == "text" and values:
        group.problem("option", "is of an issue of the kind text, which has no scale and no options")
    elif kind in ("preference", "stage") and not FEWEST_OPTIONS <= len(values) <= MOST_OPTIONS:
        told = f"has {len(values)} option{'s' * (len(values) != 1)}; an issue with a scale has "
        group.problem("option", f"{told}{FEWEST_OPTIONS} to {MOST_OPTIONS}{HOW_OPTIONS}")
    if len(set(values)) < len(values):
        group.problem("value", "would be the number of two options")
    labels = [folded(row["label"]) for row in after.values()] + [folded(label) for _, label in new]
    if len(set(labels)) < len(labels):
        group.problem("option", "would be the label of two options")
    for row in before:
        known = {name: of for name, of in row.items() if name != "pk"}
        group.compare("option", known, row["pk"], {name: after[row["pk"]][name] for name in known})
    for value, label in new:
        group.writes.append(Write("option", None, None, {"issue": group.ref, "label": label, "value": value}))
        group.words.append(f"option {value:g} {label}")


def _told_once(group: Group) -> dict[float, str]:
    """The labels of the options that rows give, by number; rows that contradict each other are told."""
    found: dict[float, tuple[str, int]] = {}
    for said, name, label, value in _listed(group):
        first, row = found.setdefault(value, (label, said.row))
        if folded(first) != folded(label):
            said.problem(name, f"contradicts row {row}, which has another option at {value:g}")
    return {value: label for value, (label, _) in found.items()}


def _listed(group: Group) -> Any:
    """The options that rows give: said, field, label, number."""
    for said in group.rows:
        label, value = said.texts.get("option"), said.numbers.get("value")
        if label and value is not None:
            yield said, "option", label, value
        elif label and "value" not in said.texts:
            said.problem("value", "is missing: an option has its number on the scale")
        elif value is not None:
            said.problem("option", "is missing: a number is of an option with a label")
        for name, text in said.texts.items():
            at = OPTION_AT.fullmatch(name)
            if at is None:
                continue
            number = float(at[1].replace(",", "."))
            if LOWEST <= number <= HIGHEST:
                yield said, name, text, number
            else:
                said.problem(name, "is headed by a number outside of the scale of 0 to 100")


def _reference(group: Group, before: Row | None, options: list[Row]) -> None:
    """The option that holds if nothing is agreed: by its label or number, or marked in its own row."""
    marked = {
        said.numbers["value"]
        for said in group.rows
        if said.texts.get("reference", "").casefold() in YES and "value" in said.numbers
    }
    for said in group.rows:
        if said.texts.get("reference", "").casefold() in (*YES, *NO):
            del said.texts["reference"]
    text = group.one("reference") or (f"{next(iter(marked)):g}" if marked else None)
    if text is None:
        return
    if len(marked) > 1:
        group.problem("reference", "is said of several options; one holds if nothing is agreed")
        return
    known = [(row["label"], row["value"]) for row in options]
    listed = [(label, value) for _, _, label, value in _listed(group)]
    meant = {value for label, value in (*known, *listed) if folded(text) in (folded(label), f"{value:g}")}
    if len(meant) != 1:
        group.problem("reference", "is no option of this issue: write its label or its number")
        return
    (value,) = meant
    standing = next(
        (row["value"] for row in options if before and row["pk"] == before["reference_point_id"]), None
    )
    if standing != value:
        group.writes.append(Write("reference", None, group.pk, {"issue": group.ref, "value": value}))
        group.words.append(
            f"reference point: {'nothing' if standing is None else f'{standing:g}'} → {value:g}"
        )
