"""ghostcards: what Ghost's editor calls a card (picture, gallery, bookmark, toggle …), as plain HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from blog.markup.markdown import to_html
from importer.formats.jsontext import Item, objects, text_of
from importer.formats.plain import paragraphs
from importer.formats.plain import text_of as words_of

# What only a member or a mail ever sees; it is counted, never shown.
FOR_MEMBERS = {
    "email": "a part that only goes out by mail",
    "email-cta": "a part that only goes out by mail",
    "signup": "a sign-up form",
    "paywall": "a mark behind which only members read on",
}
# The attributes of cards not known here whose text a reader would have seen.
WORDS = (
    *(
        "title",
        "heading",
        "header",
        "subheader",
        "name",
        "text",
        "textValue",
        "html",
        "content",
        "description",
    ),
    *("caption", "alt", "buttonText", "label"),
)
LANGUAGE = re.compile(r"[\w+#.-]{1,30}")


@dataclass(slots=True)
class Notes:
    """What is to be said of a text beside the text: what was left out, what is not known here."""

    left_out: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)
    too_deep: bool = False

    def sentences(self) -> list[str]:
        found = [
            f"Left out of its text: {what}{f', {count} times' if count > 1 else ''}."
            for what, count in sorted(self.left_out.items())
        ]
        found += [
            f"A part of the kind “{kind[:60]}” is not known here; its words were kept."
            for kind in sorted(self.unknown)
        ][:10]
        if self.too_deep:
            found.append("Parts of its text stood too deep in each other; only their words were kept.")
        return found


def card(kind: str, given: Item, notes: Notes) -> str:
    """The HTML of one card; "" for those that are left out."""
    if kind in FOR_MEMBERS:
        notes.left_out[FOR_MEMBERS[kind]] += 1
        return ""
    if made := CARDS.get(kind):
        return made(given)
    notes.unknown.add(kind or "(none)")
    return block(
        "p", " ".join(escape(words_of(text), quote=False) for name in WORDS if (text := text_of(given, name)))
    )


# -- pieces --------------------------------------------------------------------------------------


def block(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside.strip() else ""


def element(name: str, **attributes: str) -> str:
    """A start tag with those attributes that have a value."""
    return f"<{name}{''.join(f' {key}={chr(34)}{escape(value)}{chr(34)}' for key, value in attributes.items() if value)}>"


def picture(given: Item, source: str = "src") -> str:
    """An image element, in its link where it has one. An empty alternative text stays one: it is said on purpose."""
    if not (src := text_of(given, source)):
        return ""
    shown = element(
        "img",
        src=src,
        title=text_of(given, "title"),
        width=size(given, "width"),
        height=size(given, "height"),
    )
    shown = f'{shown[:-1]} alt="{escape(text_of(given, "alt"))}">'
    href = text_of(given, "href")
    return f"{element('a', href=href)}{shown}</a>" if href else shown


def size(given: Item, name: str) -> str:
    text = text_of(given, name)
    return text if re.fullmatch(r"\d{1,5}", text) else ""


def figure(inside: str, given: Item) -> str:
    if not inside:
        return ""
    return f"<figure>{inside}{block('figcaption', text_of(given, 'caption'))}</figure>"


def link(text: str, href: str) -> str:
    shown = escape(text, quote=False)
    return f"{element('a', href=href)}{shown}</a>" if href and text else shown


def plain(given: Item, name: str) -> str:
    return escape(text_of(given, name), quote=False)


# -- cards ---------------------------------------------------------------------------------------


def image(given: Item) -> str:
    return figure(picture(given), given)


def gallery(given: Item) -> str:
    return figure("".join(picture(one) for one in objects(given, "images")), given)


def code(given: Item) -> str:
    """A listing in its language. White space at its ends is the author's own."""
    text = given.get("code")
    if not isinstance(text, str) or not text.strip():
        return ""
    language = text_of(given, "language")
    kind = f' class="language-{language}"' if LANGUAGE.fullmatch(language) else ""
    listing = f"<pre><code{kind}>{escape(text, quote=False)}</code></pre>"
    return figure(listing, given) if text_of(given, "caption") else listing


def bookmark(given: Item) -> str:
    """The page that is pointed at: its title as a link, what it says of itself, who publishes it."""
    about = given.get("metadata")
    said: Item = about if isinstance(about, dict) else given
    url = text_of(given, "url") or text_of(said, "url")
    lines = [f"<strong>{link(text_of(said, 'title') or url, url)}</strong>"] if url else []
    lines += [text for text in (plain(said, "description"), who(said)) if text]
    return figure(block("blockquote", "".join(block("p", line) for line in lines)), given)


def who(said: Item) -> str:
    names = dict.fromkeys((plain(said, "author"), plain(said, "publisher")))
    return " · ".join(name for name in names if name)


def embed(given: Item) -> str:
    """The player as the source holds it; what has none becomes a link."""
    url = text_of(given, "url")
    return figure(text_of(given, "html") or block("p", link(url, url)), given)


def callout(given: Item) -> str:
    emoji, text = plain(given, "calloutEmoji"), text_of(given, "calloutText")
    return block("blockquote", block("p", f"{emoji} {text}".strip()))


def toggle(given: Item) -> str:
    heading, content = text_of(given, "heading"), text_of(given, "content")
    if not (heading or content):
        return ""
    inside = content if content.lstrip().startswith("<") else block("p", content)
    return f"<details>{block('summary', heading)}{inside}</details>"


def button(given: Item) -> str:
    return block("p", link(text_of(given, "buttonText"), text_of(given, "buttonUrl")))


def html(given: Item) -> str:
    return text_of(given, "html")


def markdown(given: Item) -> str:
    return to_html(text_of(given, "markdown"))


def rule(given: Item) -> str:
    return "<hr>"


def audio(given: Item) -> str:
    src = text_of(given, "src")
    player = f"{element('audio', src=src, controls='controls')}</audio>" if src else ""
    return figure(player, {"caption": text_of(given, "caption") or plain(given, "title")})


def video(given: Item) -> str:
    src = text_of(given, "src")
    poster = text_of(given, "customThumbnailSrc") or text_of(given, "thumbnailSrc")
    sizes = {"width": size(given, "width"), "height": size(given, "height")}
    player = (
        element("video", src=src, poster=poster, controls="controls", **sizes) + "</video>" if src else ""
    )
    return figure(player, given)


def file(given: Item) -> str:
    """A file to fetch. How large it is stands in the site's own words elsewhere, so it is not said here."""
    src, name = text_of(given, "src"), text_of(given, "fileName")
    title = text_of(given, "fileTitle") or name or src
    return block("p", f"<strong>{link(title, src)}</strong>") + block("p", plain(given, "fileCaption"))


def header(given: Item) -> str:
    background = picture(given, "backgroundImageSrc")
    words = block("h2", text_of(given, "header")) + block("p", text_of(given, "subheader"))
    return block("figure", background) + words + button(given)


def product(given: Item) -> str:
    """A recommended product: picture, name, words, link."""
    shown = block("figure", picture(given, "productImageSrc"))
    name, text = text_of(given, "productTitle"), text_of(given, "productDescription")
    words = block("h4", name) + (text if text.lstrip().startswith("<p") else block("p", text))
    return shown + words + block("p", link(text_of(given, "productButton"), text_of(given, "productUrl")))


def call_to_action(given: Item) -> str:
    text = text_of(given, "textValue")
    words = text if text.lstrip().startswith("<p") else paragraphs(text)
    return block("figure", picture(given, "imageUrl")) + words + button(given)


CARDS: dict[str, Callable[[Item], str]] = {
    "image": image,
    "gallery": gallery,
    "codeblock": code,
    "code": code,
    "code-block": code,
    "bookmark": bookmark,
    "embed": embed,
    "callout": callout,
    "toggle": toggle,
    "button": button,
    "html": html,
    "markdown": markdown,
    "card-markdown": markdown,
    "horizontalrule": rule,
    "hr": rule,
    "audio": audio,
    "video": video,
    "file": file,
    "header": header,
    "product": product,
    "call-to-action": call_to_action,
}
