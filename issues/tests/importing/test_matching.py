"""Names that are nearly those of a record are proposed, never taken."""

import pytest

from issues.importing.matching import Directory, Known, Unmatched

DIRECTORY = Directory(
    "actor", [Known(1, "a-and-b", "A and B"), Known(2, "c-d", "C & D"), Known(3, "e", "Estmark")]
)


@pytest.mark.parametrize(("name", "slug"), [("A & B", "a-and-b"), ("A&B", "a-and-b"), ("C and D", "c-d")])
def test_names_with_an_ampersand_and_with_and_are_proposed_for_each_other(name: str, slug: str) -> None:
    with pytest.raises(Unmatched, match="did you mean") as told:
        DIRECTORY.find(name)
    assert told.value.near[0] == slug
