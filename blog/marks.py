"""marks: what machines read of a page: schema.org data, and the picture and the sentence that stand for a post."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Author
from blog import cards
from blog.addresses import absolute
from blog.models import Byline, Post

# A data block ends at the first "</script", whatever the JSON around it says.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_WORD = re.compile(r"\w+")


def data_block(data: dict[str, Any]) -> SafeString:
    """JSON that can stand inside a script element; it is data, and nothing runs it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPED))


def posting(post: Post, tags: list[str], responses: int = 0) -> dict[str, Any]:
    """The post as schema.org's BlogPosting. What has no date claims none."""
    address = absolute(post.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "description": description(post),
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": post.language,
        "wordCount": post.words,
        "isPartOf": {"@type": "Blog", "name": settings.SITE_NAME, "url": absolute("/")},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")},
    }
    for part in Byline.Part.values:
        people = [person(byline.author) for byline in post.bylines.all() if byline.part == part]
        if people:
            data[part] = people
    if post.dated and post.published_at:
        data["datePublished"] = post.published_at.isoformat()
        data["dateModified"] = max(post.updated_at, post.published_at).isoformat()
    if post.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": sentence, "dateCreated": when}
            for when, sentence in post.corrections
        ]
    if responses:
        data["commentCount"] = responses
    if tags:
        data["keywords"] = tags
    if image := shared_picture(post):
        data["image"] = image
    if post.origin_url:
        data["isBasedOn"] = post.origin_url
    return data


def person(author: Author) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Person",
        "name": author.name,
        "url": absolute(author.get_absolute_url()),
    }
    if author.picture:
        data["image"] = absolute(author.picture.url)
    if author.website:
        data["sameAs"] = author.website
    return data


def picture(post: Post) -> str:
    """The absolute address of the cover, ours or elsewhere; empty without one."""
    return absolute(post.cover.file.url) if post.cover else post.cover_url


def shared_picture(post: Post) -> str:
    """What stands for the post where its address is shared: its cover, else its card."""
    return picture(post) or (absolute(path) if (path := cards.address(post)) else "")


def description(post: Post) -> str:
    return post.seo_description or post.lead


def introduction(post: Post) -> str:
    """The summary, where an author wrote one: not a copy of how the text begins anyway."""
    said, begins = (_WORD.findall(text.casefold()) for text in (post.summary, post.excerpt))
    known = min(len(said), len(begins), 12)
    return "" if known and said[:known] == begins[:known] else post.summary
