"""Names as parts of addresses."""

import pytest

from issues.domain.slug import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Arden–Belmar", "arden-belmar"),
        ("Arden — Belmar", "arden-belmar"),
        ("Arden/Belmar & Cadria", "arden-belmar-cadria"),
        ("  Waters of the Lenna (2030) ", "waters-of-the-lenna-2030"),
        ("Воды Лены", "воды-лены"),
        ("مياه لينا", "مياه-لينا"),
        ("勒纳河・水", "勒纳河水"),
        ("勒納河 水", "勒納河-水"),
        ("Belmar's “dam”", "belmars-dam"),
        ("İLENNA", "ilenna"),
        ("A.B.C.", "abc"),
        ("…", ""),
        ("—", ""),
    ],
)
def test_a_name_is_readable_in_an_address_in_whatever_script(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_long_name_is_cut_and_does_not_end_with_a_hyphen() -> None:
    assert slug_of("abc def", 4) == "abc"
