"""Bringing tables in by the command, and the tables that several tests bring in."""

import csv
import io
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from issues.tests.acts import apart


def run(tmp_path: Path, table: str, text: str, mapping: dict[str, Any] | None = None, **how: Any) -> str:
    path = tmp_path / f"{table}.csv"
    path.write_text(text)
    if mapping is not None:
        how["mapping"] = tmp_path / "mapping.json"
        how["mapping"].write_text(json.dumps(mapping))
    out = StringIO()
    with apart():
        call_command("import", str(path), "--process", "lenna", table=table, stdout=out, stderr=out, **how)
    return out.getvalue()


def refused(tmp_path: Path, table: str, text: str, mapping: dict[str, Any] | None = None) -> list[str]:
    """The reasons for which rows are refused, in the file of them."""
    path = tmp_path / "refused.csv"
    with pytest.raises(CommandError, match="Some rows are refused"):
        run(tmp_path, table, text, mapping, refused=path)
    return [row[-1] for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))][1:]


ISSUES = (
    "issue,question,kind,option,value,aliases,reference\n"
    "Fishing rights,Who may fish?,preference,nobody,0,Fish; Рыба,all\n"
    "Fishing rights,,,all,100,,\n"
    "flow,,,half of it,50,,\n"
    "flow,,,a third,33,,25\n"
)


SUMMITS = (
    "summit,kind,date,place,host,status\n"
    "Autumn talks,ministers,1983-02,Vyrhaus,Lenna Commission,\n"
    "Last talks,leaders,2032,Newtown,,\n"
    "Ford meeting,,2031-03-11,,,\n"
)

ACTORS = (
    "Actor,Kind,Role,Aliases,Capability,Member of,Joined\n"
    "Estmark,state,observer,Эстмарк; EST,2.5,Lower Basin,2031-05\n"
    "Estmark Navy,organ,,,,,\n"
    "Arden,,mediator,Ardenia,,,\n"
    "Cadria,,,,,,\n"
)
