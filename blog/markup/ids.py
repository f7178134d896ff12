"""ids: every id of a body is prefixed, and whatever points at one goes with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from blog.markup.plain import text_of
from blog.markup.sanitize import ID_PREFIX
from blog.markup.tree import Node, elements, unwrap

_REFERENCES = ("headers", "aria-labelledby", "aria-describedby", "aria-details")
_UNFIT = re.compile(r"[\s%\"'<>&#]+")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]+")
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?", re.IGNORECASE)
MAX_LENGTH = 120


def prefixed(name: str) -> str:
    """The id as it stands on our pages. Saying it twice changes nothing."""
    fit = _UNFIT.sub("-", name.strip())
    fit = fit if fit.startswith(ID_PREFIX) else ID_PREFIX + fit
    return fit[:MAX_LENGTH]


def slug(text: str) -> str:
    """A heading's words as an id, in whatever script they are."""
    words = _NOT_IN_SLUG.sub("", text.lower()).split()
    return "-".join(words)[: MAX_LENGTH - 20].strip("-") or "section"


def free(name: str, taken: dict[str, int]) -> str:
    """`name`, or the next of `name-2`, `name-3`… that nobody has; it is taken from now on.

    `taken` remembers where the counting stood, so that thousands of equal names stay cheap.
    """
    found = name
    while found in taken:
        taken[name] += 1
        found = f"{name}-{taken[name]}"
    taken[found] = 1
    return found


def prefix_all(root: Node) -> dict[str, int]:
    """Prefix every id and what refers to it. Repeated ids get a number; references mean the first."""
    taken: dict[str, int] = {}
    for node in elements(root):
        name = node.attrs.pop("id", "").strip() or node.attrs.pop("name", "").strip()
        node.attrs.pop("name", None)
        if name:
            node.attrs["id"] = free(prefixed(name), taken)
        for reference in _REFERENCES:
            if reference in node.attrs:
                node.attrs[reference] = " ".join(prefixed(one) for one in node.attrs[reference].split())
    return taken


def address_key(url: str) -> str:
    """An address without what does not tell pages apart: scheme, `www.`, the last slash, the fragment."""
    bare = _SCHEME.sub("", url.partition("#")[0].strip())
    host, slash, path = bare.partition("/")
    return (host.lower() + slash + path).rstrip("/")


def fragment_of(href: str, own: frozenset[str]) -> str | None:
    """The fragment, when the link stays on this page; None when it leads elsewhere."""
    page, hash_, fragment = href.partition("#")
    if not hash_ or (page and (not _SCHEME.match(page) or address_key(page) not in own)):
        return None
    return unquote(fragment)


def own_keys(own_urls: Sequence[str]) -> frozenset[str]:
    return frozenset(address_key(url) for url in own_urls if url)


def in_page_links(
    root: Node, own: frozenset[str], headings: Iterable[Node]
) -> list[tuple[Node, str, str | None]]:
    """Every link that stays on the page, the fragment it names, and the id it means: "" is the top, None nothing here."""
    nodes = elements(root)
    ids = {node.attrs["id"] for node in nodes if "id" in node.attrs}
    by_text: dict[str, str | None] = {}
    for heading in headings:
        key = _likeness(heading)
        by_text[key] = None if key in by_text else heading.attrs["id"]
    return [
        (link, fragment, _target(link, fragment, ids, by_text))
        for link in nodes
        if link.tag == "a" and (fragment := fragment_of(link.attrs.get("href", ""), own)) is not None
    ]


def mend_links(root: Node, own: frozenset[str], headings: Iterable[Node]) -> list[str]:
    """Lead every in-page link to its target; the sentences are about those that have none."""
    lost = []
    for link, fragment, target in in_page_links(root, own, headings):
        if target is not None:
            link.attrs["href"] = "#" + target
        else:
            lost.append(
                f"The link “{text_of(link)[:80]}” was left as text: nothing here is named “{fragment[:80]}”."
            )
            _leave_as_text(link)
    return lost


def _target(link: Node, fragment: str, ids: set[str], by_text: dict[str, str | None]) -> str | None:
    if fragment.strip() in ("", "top"):
        return ""
    name = prefixed(fragment)
    return name if name in ids else by_text.get(_likeness(link))


def _likeness(node: Node) -> str:
    return "".join(re.findall(r"\w+", text_of(node).casefold()))


def _leave_as_text(link: Node) -> None:
    del link.attrs["href"]
    if "id" in link.attrs:
        link.tag = "span"
    else:
        unwrap(link)
