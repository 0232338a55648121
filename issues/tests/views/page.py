"""Reading a page as a reader would: its text, its elements, its links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Node:
    """An element: its attributes, and its children, which are elements and pieces of text."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """The element and every element in it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", **attrs: str) -> list["Node"]:
        """The elements of a tag with these attributes; ``css`` is one of the classes."""
        css = attrs.pop("css", "")
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not css or css in node.attrs.get("class", "").split())
            and all(node.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, tag: str = "", **attrs: str) -> "Node":
        """The only such element."""
        (matching,) = self.all(tag, **attrs)
        return matching

    @property
    def text(self) -> str:
        """The text with single spaces."""
        return re.sub(r"\s+", " ", self._raw()).strip()

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [node.attrs["href"] for node in self.all("a") if "href" in node.attrs]

    def _raw(self) -> str:
        if self.tag == "br":
            return " "
        return "".join(child if isinstance(child, str) else child._raw() for child in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("document")
        self.open = [self.root]
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.mistakes.append(f"{tag} repeats an attribute")
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.mistakes.append(f"</{tag}> inside of <{self.open[-1].tag}>")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page_of(response: Any) -> Node:
    """The page of a response. Its tags must be well nested and its ids distinct."""
    reader = _Reader()
    reader.feed(response.content.decode())
    reader.close()
    assert reader.mistakes == []
    assert [node.tag for node in reader.open] == ["document"]
    ids = [node.attrs["id"] for node in reader.root.walk() if "id" in node.attrs]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    return reader.root


def matrix_cell(page: Node, actor: str, issue: str) -> Node:
    """The cell of the matrix in the row of an actor, under an issue, by their names."""
    (row,) = [
        row
        for row in page.one("table").all("tr")
        if row.all("th", scope="row") and row.one("th", scope="row").one("bdi").text == actor
    ]
    (cell,) = [cell for cell in row.all("td", css="cell") if cell.one("span", css="cell-issue").text == issue]
    return cell
