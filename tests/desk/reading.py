"""Reads a page the way a browser does: its words, its links, and the forms with what stands in them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

CODE = re.compile(r"[A-Z0-9.]+-\d{6}-\d{4}")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_BLOCKS = {"blockquote", "div", "dl", "form", "h1", "h2", "h3", "hr", "ol", "p", "section", "table", "ul"}
_NOT_SENT = {"submit", "button", "reset", "image", "file"}

Values = dict[str, list[str]]


@dataclass
class Node:
    tag: str
    attrs: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def all(self, tag: str = "", **attrs: str) -> list["Node"]:
        """Every element below with this tag and these attributes; `class_` asks for one of its classes."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if (not tag or child.tag == tag) and child.has(**attrs):
                    found.append(child)
                found += child.all(tag, **attrs)
        return found

    def has(self, **attrs: str) -> bool:
        for name, value in attrs.items():
            if name == "class_":
                if value not in self.attrs.get("class", "").split():
                    return False
            elif self.attrs.get(name) != value:
                return False
        return True

    @property
    def text(self) -> str:
        """All words below, with single spaces."""
        return " ".join(self._words().split())

    def _words(self) -> str:
        return "".join(child if isinstance(child, str) else f" {child._words()} " for child in self.children)


@dataclass(frozen=True)
class Form:
    """What a browser would send, were nothing changed and no named button pressed."""

    action: str
    values: Values

    def filled(self, **changes: Any) -> Values:
        """The same with changes: a text, a list, or None for a box that is not ticked. `__` is a dash in a name."""
        new = {name.replace("__", "-"): value for name, value in changes.items()}
        lists = {name: value if isinstance(value, list) else [value] for name, value in new.items()}
        merged = self.values | {name: [str(v) for v in value] for name, value in lists.items()}
        return {name: value for name, value in merged.items() if new.get(name, "") is not None}


class Page(Node):
    """A response's HTML."""

    def __init__(self, html: str) -> None:
        super().__init__("", {})
        builder = _Builder(self)
        builder.feed(html)
        builder.close()

    @property
    def h1(self) -> str:
        (heading,) = self.all("h1")
        return heading.text

    @property
    def links(self) -> list[str]:
        return [a.attrs["href"] for a in self.all("a") if "href" in a.attrs]

    @property
    def rows(self) -> list[Node]:
        """The rows of the page's list."""
        return [row for table in self.all("table", class_="list") for row in table.all("tr") if row.all("td")]

    @property
    def codes(self) -> list[str]:
        """The dossiers of the page's list, in its order."""
        return [CODE.findall(row.text)[0] for row in self.rows]

    @property
    def summary(self) -> list[str]:
        """The mistakes told above the form."""
        return [line.text for box in self.all("div", class_="summary") for line in box.all("li")]

    @property
    def errors(self) -> dict[str, str]:
        """The mistakes told in place: the field's id, and the message."""
        told = {p.attrs["id"]: p.text for p in self.all("p", class_="error") if "id" in p.attrs}
        return {name.removesuffix("_error"): words for name, words in told.items()}

    @property
    def notices(self) -> list[str]:
        return [box.text for box in self.all("div", class_="notice") if "hidden" not in box.attrs]

    def form(self, action: str = "", **attrs: str) -> Form:
        """The one form of this address (empty: that posts to the page itself)."""
        (found,) = [f for f in self.all("form", **attrs) if f.attrs.get("action", "") == action]
        return Form(action, _values(found))

    def actions(self) -> set[str]:
        """Where the forms of the page lead."""
        return {f.attrs.get("action", "") for f in self.all("form")}

    def link(self, rel: str) -> str:
        """The address of the next or previous page; empty when there is none."""
        found = self.all("a", rel=rel)
        return found[0].attrs["href"] if found else ""


class _Builder(HTMLParser):
    def __init__(self, root: Node) -> None:
        super().__init__()
        self.open = [root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag in _BLOCKS and self.open[-1].tag == "p"), f"a browser ends the <p> before <{tag}>"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def close(self) -> None:
        super().close()
        assert len(self.open) == 1, f"<{self.open[-1].tag}> is not closed"


def _values(form: Node) -> Values:
    values: Values = {}
    for node in form.all():
        name = node.attrs.get("name")
        if not name or "disabled" in node.attrs:
            continue
        for value in _sent(node):
            values.setdefault(name, []).append(value)
    return values


def _sent(node: Node) -> list[str]:
    kind = node.attrs.get("type", "text")
    if node.tag == "textarea":
        return ["".join(child for child in node.children if isinstance(child, str)).removeprefix("\n")]
    if node.tag == "select":
        options = node.all("option")
        chosen = [option for option in options if "selected" in option.attrs] or options[:1]
        return [option.attrs.get("value", option.text) for option in chosen]
    if node.tag != "input" or kind in _NOT_SENT:
        return []
    if kind in ("checkbox", "radio"):
        return [node.attrs.get("value", "on")] if "checked" in node.attrs else []
    return [node.attrs.get("value", "")]
