"""jsonfeed: a feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from blog.feeds.enclosures import Enclosure
from blog.feeds.items import Feed, Item, Person, item_of
from blog.models import Byline, Post


def write(feed: Feed) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "language": feed.language,
        "home_page_url": feed.home,
        "feed_url": feed.here,
        "next_url": feed.next,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(_without_nothing(document), ensure_ascii=False).encode()


def write_item(post: Post) -> bytes:
    """One post by itself; it comes with its people, tags, cover and series."""
    return json.dumps(_item(item_of(post)), ensure_ascii=False).encode()


def _item(item: Item) -> dict[str, Any]:
    return _without_nothing(
        {
            "id": item.uid,
            "url": item.address,
            "external_url": item.origin,
            "title": item.title,
            "content_html": item.html,
            "summary": item.summary,
            "image": item.picture,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [_person(person) for person in item.people],
            "tags": list(item.tags),
            "language": item.language,
            "attachments": [_attachment(one) for one in item.recordings],
            "_masthead": item.written,
        }
    )


def _person(person: Person) -> dict[str, Any]:
    said = {"name": person.name, "url": person.address, "avatar": person.picture}
    others = [part for part in person.parts if part != Byline.Part.AUTHOR]
    return _without_nothing(said | {"_masthead": {"parts": list(person.parts)} if others else {}})


def _attachment(one: Enclosure) -> dict[str, Any]:
    return {"url": one.address, "mime_type": one.kind, "size_in_bytes": one.length}


def _without_nothing(given: dict[str, Any]) -> dict[str, Any]:
    """The format wants absent fields left out; a list of items stays, be it empty."""
    return {name: value for name, value in given.items() if value or name in ("items", "content_html")}
