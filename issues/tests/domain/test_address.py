"""An address is written in one way, so that a document is entered once."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from issues.domain.address import normalised, variants


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("  HTTP://example.org/A/b?C=d  ", "http://example.org/A/b?C=d"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org:/a", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7&UTM_Medium=y", "https://example.org/a?id=7"),
        ("https://example.org/a?fbclid=1&gclid=2&mc_cid=3&mc_eid=4", "https://example.org/a"),
        ("https://example.org/a?b=&c", "https://example.org/a?b=&c"),
        ("https://example.org/a?b=%20&c=+", "https://example.org/a?b=%20&c=+"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
        ("https://Օրինակ.հայ/էջ", "https://օրինակ.հայ/էջ"),
        ("https://example.org/a\u00a0#b", "https://example.org/a"),
    ],
)
def test_it_is_written_in_one_way(typed: str, written: str) -> None:
    assert normalised(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "record",
        "example.org/a",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "mailto:a@example.org",
        "ftp://Example.org/a#b",
        "https://",
        "https:///a",
        "https://Example.org:port/a",
        "https://Example.org:99999/a",
        "https://Example.org:-1/a",
        "https://[::1/a",
        "https://[nonsense]/a",
        "https://exa\u2100mple.org/",
    ],
)
def test_what_is_no_web_address_is_left_alone(typed: str) -> None:
    assert normalised(typed) == typed
    assert normalised(f" {typed}\n") == typed


words = st.text(max_size=12)
hosts = st.sampled_from(
    ["Example.org", "EXAMPLE.org.", "[::1]", "[2001:DB8::A]", "Օրինակ.հայ", "127.0.0.1", "İ.tr"]
)
names = st.sampled_from(["id", "utm_source", "UTM_x", "fbclid", "gclid", "q", "page", "mc_eid"])


@st.composite
def addresses(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(["http", "https", "HTTPS", "ftp", "javascript"]))
    port = draw(st.sampled_from(["", ":", ":80", ":443", ":8080", ":x", ":99999"]))
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(st.tuples(names, words), max_size=4)))
    return f"{scheme}://{draw(hosts)}{port}/{draw(words)}?{query}#{draw(words)}"


@given(addresses() | st.text() | st.text().map("https://{}".format))
def test_written_once_it_stays(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)


@given(addresses())
def test_no_tracking_is_left_in_a_web_address(typed: str) -> None:
    written = normalised(typed)
    if typed.lower().startswith("http") and ":x" not in typed and ":99999" not in typed:
        assert "#" not in written
        query = written.partition("?")[2].lower()
        assert not [
            name for name in query.split("&") if name.startswith(("utm_", "fbclid=", "gclid=", "mc_"))
        ]


@given(addresses())
def test_its_variants_begin_with_itself_and_know_each_other(typed: str) -> None:
    assume(not re.search(r":(80|443|8080)/", typed))  # a port belongs to its scheme
    found = variants(typed)
    assert found[0] == normalised(typed)
    for other in found:
        assert set(variants(other)) & set(found)


def test_scheme_and_last_slash_do_not_make_another_document() -> None:
    assert set(variants("https://example.org/a")) == {
        f"{scheme}://example.org/a{end}" for scheme in ("http", "https") for end in ("", "/")
    }
    assert set(variants("http://example.org/a/")) == set(variants("https://example.org/a"))
    assert variants("record") == ["record"]
