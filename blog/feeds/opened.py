"""opened: what a feed shows to somebody who opens it in a browser: words and links of its own, beside what programs read.

No XSLT, which browsers are giving up: a stylesheet hides the feed's own elements and shows these, which every browser knows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from lxml import etree

from blog import speaking
from blog.feeds.items import Feed, Item, clean

XHTML = "http://www.w3.org/1999/xhtml"
P = ParamSpec("P")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def for_browsers(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A browser shows `application/rss+xml` as bare text: where a person opens a feed it is called XML, which it is.

    Programs that read feeds do not say what they want the answer for, and get its own type.
    """

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = args[0]
        response = view(*args, **kwargs)
        if kwargs["form"] != "json":
            patch_vary_headers(response, ["Sec-Fetch-Dest"])
            opened = isinstance(request, HttpRequest) and request.headers.get("Sec-Fetch-Dest") == "document"
            if opened and response.status_code == 200:
                response["Content-Type"] = "application/xml; charset=utf-8"
        return response

    return answer


def document(root: etree._Element) -> bytes:
    """The whole feed as bytes, with its stylesheet named before it."""
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{_sheet()}"'))
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="utf-8")


def _sheet() -> str:
    """By path: the policy allows styles from the host that was asked, whatever its name."""
    return escape(static("css/feed.css"))


def add_words(parent: etree._Element, feed: Feed) -> None:
    """At the head of a feed: what it is, and what to do with its address."""
    words = _element(parent, "div", lang=speaking.current())
    _element(words, "meta", name="viewport", content="width=device-width, initial-scale=1")
    title = _element(words, "h1")
    _element(title, "a", href=feed.home).text = feed.title
    _element(words, "p").text = _(
        "This is a feed: with it, new posts come to you. Copy its address into a feed reader; no account is needed."
    )
    _element(_element(words, "p"), "code").text = feed.first
    ways = ((feed.previous, _("Newer posts")), (feed.next, _("Older posts")))
    for address, said in ways:
        if address:
            _element(_element(words, "p"), "a", href=address).text = said


def add_item(parent: etree._Element, item: Item) -> None:
    words = _element(parent, "div", lang=item.language)
    _element(_element(words, "h2"), "a", href=item.address).text = item.title
    told = [", ".join(person.name for person in item.people)]
    if item.dated:
        told.append(clean(date_format(timezone.localtime(item.published))))
    _element(words, "small", lang=speaking.current()).text = " · ".join(filter(None, told))
    _element(words, "p").text = item.summary


def _element(parent: etree._Element, tag: str, /, *, lang: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{XHTML}}}{tag}", attributes)
    if lang:
        element.set(LANG, lang)
    return element
