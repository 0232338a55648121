"""What every request meets before any page: no NUL, a strict policy, a bounded user name."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tracker.middleware import refuse_charset, refuse_nul
from tracker.throttling import LONGEST, address_of, typed_name


def answered(request: HttpRequest) -> int:
    """The status that comes back."""
    return refuse_nul(lambda request: HttpResponse("through"))(request).status_code


@pytest.mark.parametrize(
    "address", ["/", "/lenna/?q=%2500", "/?q=0", "/%E2%90%80/", "/?q=%C0%80", "/?q=%u0000", "/?q=\\x00"]
)
def test_what_only_looks_like_nul_goes_through(address: str) -> None:
    assert answered(RequestFactory().get(address)) == 200


@pytest.mark.parametrize(
    "address", ["/%00", "/a%00b/", "/?%00", "/?q=a%00b", "/?a=1&b=%00&c=2", "/?q=%ff%00"]
)
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_nul_is_refused_for_every_method(address: str, method: str) -> None:
    assert answered(getattr(RequestFactory(), method)(address)) == 400


def test_nul_in_a_cookie_is_refused() -> None:
    request = RequestFactory().get("/", headers={"cookie": 'sessionid="abc\\000def"'})

    assert request.COOKIES == {"sessionid": "abc\x00def"}
    assert answered(request) == 400


def test_other_cookies_go_through() -> None:
    assert answered(RequestFactory().get("/", headers={"cookie": 'sessionid="abc\\001"; a=b'})) == 200


def test_a_long_user_name_is_remembered_in_part() -> None:
    request = RequestFactory().post("/sign-in/", {"username": "y" * 300})

    assert typed_name(request, {"username": "x" * 300}) == "x" * LONGEST
    assert typed_name(request) == "y" * LONGEST
    assert typed_name(request, {"username": "short"}) == "short"


def test_no_user_name_is_none() -> None:
    assert typed_name(RequestFactory().post("/sign-in/")) is None


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "latin-1", "utf-7", "nonsense", "rot13", ""])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/csv"]
)
def test_what_says_that_it_is_in_another_charset_is_refused(charset: str, kind: str) -> None:
    request = RequestFactory().generic("POST", "/", b"a=1", content_type=f"{kind}; charset={charset}")

    refused = refuse_charset(lambda request: HttpResponse("through"))(request)

    assert refused.status_code == 400
    assert b"written in UTF-8" in refused.content


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF8", '; charset="utf-8"'])
def test_utf_8_goes_through(charset: str) -> None:
    kind = f"application/x-www-form-urlencoded{charset}"
    request = RequestFactory().generic("POST", "/", b"a=1", content_type=kind)

    assert refuse_charset(lambda request: HttpResponse("through"))(request).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/", "/admin/login/", "/nowhere/", "/api/v1/"])
def test_no_address_breaks_on_one(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    kind = "application/x-www-form-urlencoded; charset=utf-16"

    answer = client.post(address, "csrfmiddlewaretoken=x&username=a", content_type=kind)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (1, "2001:DB8::1", "2001:db8::"),
        (1, "2001:db8:0:1:2:3:4:5", "2001:db8:0:1::"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.7, nonsense", "10.0.0.1"),
    ],
)
def test_a_reader_is_known_by_what_our_outermost_proxy_saw(
    settings: Any, proxies: int, header: str, address: str
) -> None:
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": header} if header else {}

    asked = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")

    assert address_of(asked) == address
