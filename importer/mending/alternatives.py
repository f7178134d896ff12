"""alternatives: the alternative text of a picture, written into a Markdown or HTML body where it says nothing; pure."""

from __future__ import annotations

import re

from blog.markup.pictures import says_nothing
from importer.media.rewriting import DEFINITION, altered, outside_code, plain
from importer.preparing.bodies import attributes, in_start_tags

ALT = r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,300}+\]){0,1000}+)\]"
INLINE = re.compile(
    ALT
    + r"(?P<place>\(\s{0,9}(?:<(?P<closed>[^<>\n]{1,4000}+)>|(?P<bare>(?:[^\s()<>]|\([^\s()<>]{0,300}+\)){1,4000}+)))"
)
REFERENCE = re.compile(ALT + r"(?:\[(?P<label>[^\[\]\n]{0,300}+)\])?(?![(\[:])")
MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>&!~|$])")


def said(body: str, body_format: str, src: str, alt: str) -> str:
    """The body with `alt` on every picture at `src` whose alternative text says nothing; every other byte stays."""
    words = " ".join(alt.split())
    if body_format == "html":
        return in_html(body, src, words)
    targets = {label_of(found): plain(address_of(found)) for found in DEFINITION.finditer(body)}

    def change(text: str) -> str:
        return in_html(in_markdown(text, targets, src, words), src, words)

    return outside_code(body, change)


def in_html(body: str, src: str, alt: str) -> str:
    def write(tag: re.Match[str]) -> str:
        if tag["name"].lower() != "img":
            return tag[0]
        given = attributes(tag["rest"])
        if plain(given.get("src", "")) != plain(src):
            return tag[0]
        standing = given.get("alt")
        return altered(tag, {"alt": alt}) if standing != alt and says_nothing(standing or "") else tag[0]

    return in_start_tags(body, write)


def in_markdown(text: str, targets: dict[str, str], src: str, alt: str) -> str:
    written = MEANS_SOMETHING.sub(r"\\\1", alt)

    def inline(found: re.Match[str]) -> str:
        here = plain(address_of(found)) == plain(src)
        return f"![{written}]{found['place']}" if here and silent(found["alt"]) else found[0]

    def reference(found: re.Match[str]) -> str:
        label = found["label"] or found["alt"]
        here = targets.get(folded(label)) == plain(src)
        return f"![{written}][{label}]" if here and silent(found["alt"]) else found[0]

    return REFERENCE.sub(reference, INLINE.sub(inline, text))


def silent(written: str) -> bool:
    return says_nothing(plain(written))


def address_of(found: re.Match[str]) -> str:
    return found["closed"] or found["bare"] or ""


def label_of(found: re.Match[str]) -> str:
    return folded(found["before"].strip()[1:].rpartition("]")[0])


def folded(label: str) -> str:
    return " ".join(label.casefold().split())
