"""``manage.py import FILE SECOND``: what stands in a second file comes with the rows of the first."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.models import Import, Position, Statement
from issues.tests.acts import apart
from issues.tests.importing.workbooks import workbook
from issues.tests.universe import Universe

VOTES = (
    "issue,country,summit,option,source,vote\nflow,004,spring,half,record,1\nflow,20,spring,most,record,2\n"
)
NAMES = "country,actor\n004,Arden\n020,Cadria\n036,Belmar\n"


def run(tmp_path: Path, mapping: dict[str, Any] | None, *files: tuple[str, str | bytes], **how: Any) -> str:
    paths = []
    for name, content in files:
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(str(tmp_path / name))
    if mapping is not None:
        how["mapping"] = tmp_path / "mapping.json"
        how["mapping"].write_text(json.dumps(mapping))
    out = StringIO()
    with apart():
        call_command("import", *paths, "--process", "lenna", stdout=out, stderr=out, **how)
    return out.getvalue()


def test_names_that_stand_in_a_second_file_are_joined_by_a_numeric_code(
    universe: Universe, tmp_path: Path
) -> None:
    files = ("votes.csv", VOTES), ("names.csv", NAMES)
    told = run(tmp_path, None, *files, dry_run=True)
    assert "joined to names.csv by “country” = “country”" in told
    assert "refused    row 3: " in told
    assert "did you mean “020”?" in told

    told = run(tmp_path, {"join": {"on": {"country": "country"}, "keys": {"20": "020"}}}, *files)

    assert "note       1 key of names.csv used by no row: “036” (row 4)" in told
    stored = Position.objects.filter(summit=universe.spring, issue=universe.flow)
    assert sorted(stored.values_list("actor__slug", flat=True)) == ["arden", "cadria"]
    kept = Import.objects.get()
    assert (kept.file_name, kept.second_name, len(kept.second_digest), bytes(kept.second)) == (
        "votes.csv",
        "names.csv",
        64,
        b"",
    )


def test_dates_that_stand_in_another_sheet_are_joined(universe: Universe, tmp_path: Path) -> None:
    rows = [line.split(",") for line in VOTES.replace("country", "actor").splitlines()]
    rows[1][1], rows[2][1] = "Arden", "Cadria"
    book = workbook(sheets={"Votes": rows, "Days": [["vote", "said_on"], ["1", "2032-03-09"], ["2", "2032"]]})

    run(tmp_path, {"join": {"file": 1, "sheet": "Days", "on": {"vote": "vote"}}}, ("votes.xlsx", book))

    said = Statement.objects.filter(occasion=universe.spring).order_by("organ__slug")
    assert [(str(one.said_on), one.said_on_precision) for one in said] == [
        ("2032-03-09", "day"),
        ("2032-01-01", "year"),
    ]


def test_a_row_that_needs_what_was_not_found_is_refused_with_the_reason(
    universe: Universe, tmp_path: Path
) -> None:
    refused = tmp_path / "refused.csv"
    with pytest.raises(CommandError, match="Some rows are refused"):
        run(tmp_path, None, ("v.csv", VOTES), ("n.csv", "country,actor\n004,Arden\n"), refused=refused)

    head, row = refused.read_text(encoding="utf-8-sig").splitlines()
    assert head == "issue,country,summit,option,source,vote,refused because", (
        "the file itself, to be read again"
    )
    assert row.endswith("country “20” is not in the second file")


def test_what_keeps_files_from_being_joined_is_told(universe: Universe, tmp_path: Path) -> None:
    for mapping, files, message in (
        (None, (("v.csv", VOTES), ("n.csv", "code,actor\n004,Arden\n")), "by which columns the second file"),
        ({"join": {"on": {"country": "country"}}}, (("v.csv", VOTES),), "there is no second file"),
        ({"join": {"file": "m.csv"}}, (("v.csv", VOTES), ("n.csv", NAMES)), "is “n.csv”, not “m.csv”"),
        (None, (("v.csv", VOTES), ("n.csv", b"PK\x03\x04")), "n.csv: "),
        (None, (("v.csv", VOTES), ("n.csv", NAMES), ("o.csv", NAMES)), "one file, or two"),
    ):
        with pytest.raises(CommandError, match=message):
            run(tmp_path, mapping, *files)


def test_those_who_signed_stand_in_a_second_file_a_row_each(universe: Universe, tmp_path: Path) -> None:
    heads = "nr,issue,summit,option,source,quote\n"
    texts = f"{heads}1,flow,spring,half,record,Half.\n2,data,spring,live,record,Live.\n"
    signed = "nr,state,colour\n1,Arden,3\n1,Cadria,4\n2,Belmar,7\n3,Norn,8\n"

    how = {"signatories": "state", "join": {"on": {"nr": "nr"}}}
    told = run(tmp_path, how, ("t.csv", texts), ("s.csv", signed))

    assert "“1” stands in rows 2 and 3 of the second file with differing values of colour" in told
    joint = Statement.objects.get(quote="Half.")
    assert sorted(joint.signatories.values_list("actor__slug", flat=True)) == ["arden", "cadria"]
    assert Statement.objects.get(quote="Live.").organ == universe.belmar


def test_a_table_of_records_that_needs_what_was_not_found_is_refused(
    universe: Universe, tmp_path: Path
) -> None:
    files = ("a.csv", "code,actor\nE,Estmark\nN,Norn\n"), ("k.csv", "code,kind\nE,state\n")

    told = run(tmp_path, {"table": "actors"}, *files, dry_run=True)

    assert "new        row 2: Estmark" in told
    assert "refused    row 3: Norn: code “N” is not in the second file" in told
