"""What somebody who means harm, or a broken program, may send in place of a word: bytes, as they are sent.

None of it is to break a page, to become markup or a header, or to be stored where it does not fit.
"""

from itertools import product

# What would show that a text became markup, was worked out by a template, or made a header.
MARKUP, WORKED_OUT, HEADER = b"<script>alert(515)", b"59535", "X-Evil-515"
_SCRIPTS = [
    "<script>alert(515)</script>", "\"><script>alert(515)</script>", "'><script>alert(515)</script>",
    "</textarea><script>alert(515)</script>", "</title><script>alert(515)</script>",
    "--><script>alert(515)</script>", "]]><script>alert(515)</script>",
    "</script><script>alert(515)</script>", "<ScRiPt>alert(515)</sCrIpT>", "<svg/onload=alert(515)>",
    "<img src=x onerror=alert(515)>", "\" onmouseover=\"alert(515)", "' autofocus onfocus='alert(515)",
    "javascript:alert(515)", "JaVaScRiPt:alert(515)", "java\tscript:alert(515)",
    "data:text/html,<script>alert(515)</script>", "vbscript:msgbox(515)", "//evil.example/",
    "///evil.example", "/\\evil.example", "https:evil.example", "http://evil.example/",
    "https://testserver@evil.example/", "https://evil.example\\@testserver/", "/%09/evil.example",
    "&lt;script&gt;alert(515)&lt;/script&gt;", "&#60;script&#62;alert(515)",
    "\\u003cscript\\u003ealert(515)", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
]  # fmt: skip
_TEMPLATES = [
    "{{ 515|add:59020 }}", "{{59020+515}}", "${59020+515}", "#{59020+515}", "<%= 59020+515 %>",
    "{% debug %}", "{% load log %}{{ settings.SECRET_KEY }}", "{{ request.user.password }}", "%(name)s",
    "%s%s%s%n", "%n%n%n", "{0}", "{}", "{0.__class__}", "{self.__init__.__globals__}", "$(id)", "`id`",
    ";id", "|id", "&&id",
]  # fmt: skip
_SQL = [
    "'", "''", "\"", "\\", "\\'", "' OR '1'='1", "' OR 1=1--", "'; DROP TABLE issues_user;--",
    "1; SELECT 1", "' UNION SELECT password FROM issues_user--", "1 AND pg_sleep(9)", "%", "_", "%%",
    "\\%", "*", "?", "(", "[", "'||pg_sleep(9)||'", "a' COLLATE NOCASE--", "(?:a+)+$", "^(a|aa)+$",
    "\\1", "[[:alpha:]]", "$$", "E'\\x41'",
]  # fmt: skip
_FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
    "=HYPERLINK(\"//evil.example\")",
]  # fmt: skip
_PATHS = [
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd",
    "....//....//", "%2e%2e%2f", "..%c0%af..", "con", "nul", "aux.txt", ".", "..", "./", "~root",
    "C:\\", "\\\\host\\share", "a/b", "a/../b", ".git/config", "-rf", "--help",
]  # fmt: skip
_HEADERS = [
    f"x{end}{HEADER}: 1{end}{end}<script>alert(515)</script>"
    for end in ("\r\n", "\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "%0d%0a", "\\r\\n")
] + [
    "mara@example.org\r\nBcc: victim@example.org", "mara@example.org\nCc: victim@example.org",
    "mara@example.org,victim@example.org", "\"mara\r\nBcc: v@example.org\"@example.org",
    "Mara <mara@example.org>", "mara@example.org%0aBcc:v@example.org", "mara@localhost", "@", "a@b",
    "mara@\u0435xample.org",
    "\"; filename=\"evil.exe", "x; path=/; HttpOnly", "=?utf-8?q?=0d=0aBcc=3a_v?=",
]  # fmt: skip
_NUMBERS = [
    "0", "-0", "-1", "1.5", "1,5", "1e5", "1e999", "-1e999", "nan", "NaN", "inf", "-Infinity", "0x10",
    "0b1", "1_000", "9" * 19, "9" * 30, "9" * 5_000, "-" + "9" * 5_000, "0." + "0" * 5_000 + "1",
    "1" + "0" * 400, "2147483647", "2147483648", "-2147483649", "9223372036854775807",
    "9223372036854775808", "18446744073709551616", "32768", "\u0661\u0662", "\u0967", "\uff11\uff12",
    "\u00b2", "\u2460", "\u2167", "\u00bd", "\U0001d7d9", " 1", "1 ", "+1", "--1", "1-1", "true",
    "True", "false", "null", "None", "undefined", "[]", "{}", "[1]", "{\"a\": 1}", "on", "off",
]  # fmt: skip
_DATES = [
    "0000-00-00", "0001-01-01", "0000-12-31", "-0001-01-01", "9999-12-31", "10000-01-01", "2023-02-29",
    "2024-02-30", "2023-13-01", "2023-00-10", "1582-10-10", "1900-02-29", "2038-01-19", "1969-12-31",
    "2023-1-1", "20230101", "2023-W01-1", "2023-001", "31.12.2023", "12/31/2023", "yesterday", "now",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2023-01-01T24:00:00Z",
    "2023-06-30T23:59:60Z", "2023-01-01T00:00:00+99:99", "2023-01-01T00:00:00.123456789Z",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "--01-01", "T",
]  # fmt: skip
_SIGNS = [
    "\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c",
    "\u200d", "\ufeff", "\u2060", "\u00ad", "\u034f", "\u180e", "\u115f", "\u3164", "\u0300" * 500,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f4\U000e0067\U000e007f", "\U0001f1e6",
    "\U0001f600" * 300, "\ufdfa" * 100, "\ufffe", "\uffff", "\ufffd", "\U0010ffff", "\ue000",
    "\U000f0000", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\x9b", "\u2028",
    "\u2029", "\u1680", "\u00a0", "\u3000", "\u0130", "\u0131", "\u1e9e", "\ufb03", "\u01c5", "\u212a",
    "\u0344", "\u0958", "\uac00\u11a8", "\u05d0\u202eabc", "\u0639\u0631\u0636", "\u202e" * 200,
    "\u2067" * 200,
]  # fmt: skip
_SIZES = [
    "", " ", "\t", "\n", "\r\n", "a", "x" * 151, "x" * 256, "x" * 501, "x" * 70_000, "x" * 1_000_000,
    "\u00e9" * 300_000, "\n" * 50_000, "a " * 50_000, "<" * 5_000, "&" * 5_000, "[" * 5_000,
    "(" * 5_000, "{" * 5_000,
]  # fmt: skip
_BYTES = [
    b"\x00", b"a\x00b", b"\x00" * 100, b"\xff\xfe", b"\xc0\x80", b"\xc0\xaf", b"\xed\xa0\x80",
    b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\x80",
    b"\xe2\x28\xa1", b"caf\xe9", b"\xfe\xff\x00a", b"\\ud800", b"\\u0000", b"%00", b"%ED%A0%80",
    b"&#0;", b"&#xD800;", b"\\x00",
]  # fmt: skip
_WRAPS = ("a{}", "{}b", "Arden {} Belmar", "{}{}")
COUNT = 515


def hostile() -> list[bytes]:
    """All of them, always in the same order; what is short stands between other words too."""
    groups = (_SCRIPTS, _TEMPLATES, _SQL, _FORMULAS, _PATHS, _HEADERS, _NUMBERS, _DATES, _SIGNS, _SIZES)
    alone = [*(text.encode() for group in groups for text in group), *_BYTES]
    short = [text for group in (_SIGNS, _FORMULAS, _SQL) for text in group if len(text) < 100]
    between = [wrap.replace("{}", text).encode() for text, wrap in product(short, _WRAPS)]
    between += [b"a" + some + b"b" for some in _BYTES]
    return list(dict.fromkeys([*alone, *between]))[:COUNT]
