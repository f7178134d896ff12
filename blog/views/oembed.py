"""oembed: what another site shows of one of our posts where its address is pasted (oembed.com)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe
from lxml import etree

from blog import marks
from blog.addresses import absolute
from blog.feeds.items import clean
from blog.models import Post
from blog.views.posts import for_page

LONGEST = 2000  # characters of an address
WIDTH, HEIGHT = 600, 200  # pixels, of the box that others keep for it
CARD = (1200, 630)


@require_safe
def provide(request: HttpRequest) -> HttpResponse:
    """JSON, or XML where `format=xml` asks for it. 404 for whatever is no public post of ours, 501 for other formats."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(
            "This site answers as json or xml.", status=501, content_type="text/plain; charset=utf-8"
        )
    post = _post(request.GET.get("url", ""))
    told = _told(post, _at_most(request, "maxwidth", WIDTH), _at_most(request, "maxheight", HEIGHT))
    answer: HttpResponse = (
        JsonResponse(told, json_dumps_params={"ensure_ascii": False}) if form == "json" else _xml(told)
    )
    answer["Cache-Control"] = "public, max-age=300"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _post(address: str) -> Post:
    try:
        parts, own = urlsplit(address[:LONGEST]), urlsplit(settings.SITE_URL)
        found = resolve(unquote(parts.path))
    except (ValueError, Resolver404) as problem:
        raise Http404("No post of this site has that address.") from problem
    ours = parts.scheme in ("http", "https") and parts.netloc.lower() == own.netloc.lower()
    post = None
    if ours and found.url_name == "post":
        post = for_page(Post.objects.published()).defer("html").filter(slug=found.kwargs["slug"]).first()
    if post is None:
        raise Http404("No post of this site has that address.")
    return post


def _at_most(request: HttpRequest, name: str, usual: int) -> int:
    given = request.GET.get(name, "")
    return min(usual, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else usual


def _told(post: Post, width: int, height: int) -> dict[str, Any]:
    people = ", ".join(byline.author.name for byline in post.bylines.all() if byline.part == "author")
    first = next((byline.author for byline in post.bylines.all() if byline.part == "author"), None)
    words = {
        "post": post,
        "address": absolute(post.get_absolute_url()),
        "people": people,
        "site_name": settings.SITE_NAME,
        "description": marks.description(post),
    }
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": clean(post.title),
        "author_name": clean(people),
        "author_url": absolute(first.get_absolute_url()) if first else "",
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 300,
        "html": clean(render_to_string("blog/_embedded.html", words).strip()),
        "width": width,
        "height": height,
    }
    if picture := marks.shared_picture(post):
        sides = (post.cover.width, post.cover.height) if post.cover else CARD
        told |= {"thumbnail_url": picture} | dict(
            zip(("thumbnail_width", "thumbnail_height"), sides, strict=True)
        )
    return {name: value for name, value in told.items() if value != ""}


def _xml(told: dict[str, Any]) -> HttpResponse:
    root = etree.Element("oembed")
    for name, value in told.items():
        etree.SubElement(root, name).text = str(value)
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8", standalone=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
