"""Releases in tests: made by an editor, and their files."""

from typing import Any

from django.test import Client


def make(client: Client, number: str = "1.0", **said: str) -> Any:
    given = {"number": number, "title": f"The Lenna, {number}", "notes": "First.", "known": "", **said}
    return client.post("/lenna/releases/new/", {**given, "make": "1"})


def content(client: Client, number: str = "1.0") -> bytes:
    return bytes(client.get(f"/lenna/releases/{number}/package.zip").getvalue())
