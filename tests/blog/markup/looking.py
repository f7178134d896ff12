"""looking: what a browser would make of a fragment, for tests that must not trust our own parser."""

from __future__ import annotations

import html.parser
import re
from collections import Counter

import html5lib
from html5lib.constants import namespaces

INLINE = frozenset(
    "a abbr b code del em i ins kbd mark q s small span strong sub sup u var wbr".split()  # noqa: SIM905
)


class Seen(html.parser.HTMLParser):
    """Visible words, ids, in-page links and elements of a fragment, read with the standard library alone."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0
        self.ids: list[str] = []
        self.fragments: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.hidden += tag in ("script", "style")
        given = dict(attrs)
        if name := given.get("id"):
            self.ids.append(name)
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.fragments.append((given["href"] or "")[1:])
        self.parts.append("" if tag in INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")
        self.parts.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)

    def words(self) -> list[str]:
        return re.findall(r"[^\W_]+", "".join(self.parts))

    def landing(self) -> int:
        return sum(fragment in self.ids for fragment in self.fragments)


def elements(fragment: str) -> list[tuple[str, str, dict[str, str]]]:
    """(namespace, name, attributes) of everything a browser would build from the fragment."""
    tree = html5lib.parseFragment(fragment, treebuilder="etree", namespaceHTMLElements=True)
    found = []
    for node in tree.iter():
        if isinstance(node.tag, str) and node is not tree and node.tag.startswith("{"):
            namespace, _, name = node.tag[1:].partition("}")
            attributes = {str(key): str(value) for key, value in node.attrib.items()}
            found.append(("" if namespace == namespaces["html"] else namespace, name, attributes))
    return found


def reserialised(fragment: str) -> str:
    """The fragment as a browser's innerHTML would give it back."""
    tree = html5lib.parseFragment(fragment, treebuilder="etree")
    written: str = html5lib.serialize(
        tree,
        tree="etree",
        quote_attr_values="always",
        omit_optional_tags=False,
        alphabetical_attributes=False,
    )
    return written
