"""A mapping as JSON: back as it was, and everything that is wrong with it told at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.importing.mapping import Join, Mapping, MappingError, Scale, Spread, from_json, to_json
from issues.importing.reading import Layout

WHOLE = Mapping(
    encoding="cp1251",
    delimiter=";",
    sheet="Positions",
    layout=Layout(head=(2, 3), first_row=5, last_row=90, first_column=2, last_column=8, ignored=(4,)),
    across="issue",
    columns={"actor": "Country"},
    cells=(Spread("Flow", "flow", {"salience": "Flow sal."}), Spread("Data", "data")),
    constants={"summit": "weir"},
    values={"*": {"": "silent", "0": "number"}},
    scales={"Flow": Scale(7, 1)},
    dates={"*": "day-first"},
    names={"actor": {"Turkiye": "turkey"}},
    make={"speaker": {}, "source": {"kind": "news"}},
    inferred="From the record of votes.",
    join=Join(
        on={"Code": "Nr"}, columns=("Name",), keys={"4": "004"}, unmatched="blank", layout=Layout(head=(3,))
    ),
    coalitions="each-member",
    signatories="Signed by",
    separator=",",
    keep_aliases=True,
)


@pytest.mark.parametrize("mapping", [WHOLE, Mapping(signed_in_rows=True), Mapping()])
def test_a_mapping_comes_back_as_it_was_saved(mapping: Mapping) -> None:
    assert from_json(to_json(mapping)) == mapping


def test_everything_that_is_wrong_is_told_at_once() -> None:
    given = {
        "colums": {},
        "encoding": 5,
        "head": "1",
        "first_row": -1,
        "across": "people",
        "columns": {"who": "Country", "actor": 3},
        "cells": [{"name": "x"}, {"column": "Flow", "colour": "red"}],
        "scales": {"Flow": [1, 1], "Data": "1-7", "Third": [1, 1e999]},
        "dates": {"When": "european"},
        "names": {"river": {}},
        "coalitions": "both",
        "keep_aliases": "yes",
        "signatories": {"rows": "yes"},
        "make": {"issue": {}, "actor": {"kind": "king"}},
        "values": {"Flow": ["a"], "Data": {"x": "silence", "y": "number: many", "z": "number: 400"}},
    }

    with pytest.raises(MappingError) as refused:
        from_json(json.dumps(given))

    about = {problem.partition(":")[0] for problem in refused.value.problems}
    assert about == {
        "colums",
        "encoding",
        "head",
        "first_row",
        "across",
        "across, cells",
        "columns.who",
        "columns.actor",
        "cells[0]",
        "cells[1].colour",
        "scales.Flow",
        "scales.Data",
        "scales.Third",
        "dates.When",
        "names.river",
        "coalitions",
        "signatories",
        "keep_aliases",
        "make.issue",
        "make.actor.kind",
        "make.actor",
        "values.Flow",
        "values.Data.x",
        "values.Data.y",
        "values.Data.z",
    }


@pytest.mark.parametrize("text", ["", "[]", "5", "{", "[" * 100_000, '"x"', "null"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(MappingError):
        from_json(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "encoding",
    "head",
    "first_row",
    "ignored",
    "across",
    "columns",
    "cells",
    "scales",
    "dates",
    "names",
    "make",
]


@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_any_json_is_a_mapping_or_is_refused(given_: dict[str, object]) -> None:
    try:
        mapping = from_json(json.dumps(given_))
    except MappingError as refused:
        assert refused.problems  # noqa: PT017
        return
    assert from_json(to_json(mapping)) == mapping
