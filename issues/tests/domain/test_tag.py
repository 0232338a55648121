"""Tag URIs: whose they are, and what they are made of."""

import pytest

from issues.domain.tag import authority_of, is_tag_authority, tag


@pytest.mark.parametrize(
    "text",
    [
        "example.org,2026",
        "example.org,2026-11",
        "a-b.example.org,2026-11-30",
        "us@example.org,2026",
        "box,2026",
    ],
)
def test_an_authority_is_a_name_and_a_day_on_which_it_was_ours(text: str) -> None:
    assert is_tag_authority(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "example.org",
            "example.org,",
            ",2026",
            "example.org,26",
            "example.org,2026-13",
            "example.org,2026-02-30",
        ),
        *("Example.org,2026", "example.org:8000,2026", "https://example.org,2026", "-a.org,2026", "a b,2026"),
        *("example.org,2026\n", "example..org,2026", "[::1],2026"),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_tag_authority(text)


@pytest.mark.parametrize(
    ("host", "authority"),
    [
        ("Example.org", "example.org,2026"),
        ("example.org.", "example.org,2026"),
        ("example.org:8443", "example.org,2026"),
        ("127.0.0.1:8000", "127.0.0.1,2026"),
        ("[::1]:8000", "localhost,2026"),
        ("[::1]", "localhost,2026"),
    ],
)
def test_a_host_stands_in_for_an_authority_without_its_port(host: str, authority: str) -> None:
    assert authority_of(host) == authority
    assert is_tag_authority(authority)


def test_a_tag_names_its_parts_under_the_authority() -> None:
    assert tag("example.org,2026", "a1", "position", 7) == "tag:example.org,2026:a1/position/7"
