"""sitemaps: every public address, the pictures that stand there, and the news of the last two days, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from accounts.models import Author
from blog.addresses import absolute
from blog.caching import kept
from blog.feeds.items import clean
from blog.listings import page_number
from blog.models import Page, Post, Series, Showing, Tag
from blog.querysets import PostQuerySet
from blog.versions import Version

MOST = 20_000  # addresses a file; the format ends at 50,000
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
STILL_NEWS, MOST_NEWS = timedelta(days=2), 1000
Row = tuple[str, datetime | None]


@kept("page")
def sitemap(request: HttpRequest, version: Version) -> HttpResponse:
    """All addresses in one file, or, where they are too many, a list of files: `?page=N` is the Nth."""
    rows = list(_rows())
    files = -(-len(rows) // MOST)
    if "page" in request.GET:
        number = page_number(request)
        chosen = list(islice(rows, (number - 1) * MOST, number * MOST))
        if not chosen:
            raise Http404("The sitemap has no such part.")
        return _answer("urlset", "url", chosen)
    if files > 1:
        return _answer(
            "sitemapindex", "sitemap", [(f"/sitemap.xml?page={n}", None) for n in range(1, files + 1)]
        )
    return _answer("urlset", "url", rows)


@kept()
def index(request: HttpRequest, version: Version) -> HttpResponse:
    """The parts: all addresses, the pictures, the news. A part that would be empty is not named."""
    addresses = -(-sum(1 for _ in _rows()) // MOST)
    shown = -(-len(_pictures()) // MOST)
    rows: list[Row] = [(_part("/sitemap.xml", n, addresses), None) for n in range(1, addresses + 1)]
    rows += [(_part("/sitemap-images.xml", n, shown), None) for n in range(1, shown + 1)]
    if _new().exists():
        rows.append(("/sitemap-news.xml", None))
    return _answer("sitemapindex", "sitemap", rows)


def _part(path: str, number: int, of: int) -> str:
    return path if of == 1 else f"{path}?page={number}"


@kept("page")
def images(request: HttpRequest, version: Version) -> HttpResponse:
    """The pictures of ours that posts show, under the addresses where they stand."""
    number = page_number(request)
    rows = _pictures()[(number - 1) * MOST : number * MOST]
    if not rows and number > 1:
        raise Http404("The sitemap has no such part.")
    tree = _tree("urlset", image=IMAGES)
    by_slug: dict[str, list[str]] = {}
    for slug, file in rows:
        by_slug.setdefault(slug, []).append(file)
    for slug, files in by_slug.items():
        row = _row(tree, "url", reverse("post", args=[slug]), None)
        for file in dict.fromkeys(files):
            shown = etree.SubElement(row, f"{{{IMAGES}}}image")
            etree.SubElement(shown, f"{{{IMAGES}}}loc").text = absolute(default_storage.url(file))
    return _written(tree)


def _pictures() -> list[tuple[str, str]]:
    """(slug, file) of each picture on each public post, its cover first."""
    public = Post.objects.published().filter(noindex=False)
    covers = public.filter(cover__isnull=False).values_list("slug", "cover__file")
    within = Showing.objects.filter(post__in=public.values("pk")).values_list("post__slug", "image__file")
    return sorted([*covers, *within], key=lambda pair: pair[0])


@kept()
def news(request: HttpRequest, version: Version) -> HttpResponse:
    """What was published in the last two days, as news search asks for it; empty between."""
    tree = _tree("urlset", news=NEWS)
    for post in _new().only("slug", "title", "language", "published_at", "kind")[:MOST_NEWS]:
        row = _row(tree, "url", post.get_absolute_url(), None)
        told = etree.SubElement(row, f"{{{NEWS}}}news")
        paper = etree.SubElement(told, f"{{{NEWS}}}publication")
        etree.SubElement(paper, f"{{{NEWS}}}name").text = settings.SITE_NAME
        etree.SubElement(paper, f"{{{NEWS}}}language").text = post.language.partition("-")[0]
        moment = post.published_at or timezone.now()
        etree.SubElement(told, f"{{{NEWS}}}publication_date").text = moment.isoformat(timespec="seconds")
        etree.SubElement(told, f"{{{NEWS}}}title").text = clean(post.title)
    return _written(tree)


def _new() -> PostQuerySet:
    since = timezone.now() - STILL_NEWS
    return Post.objects.published().filter(noindex=False, dated=True, published_at__gt=since).newest_first()


def _rows() -> Iterator[Row]:
    public = Post.objects.published()
    for name in ("home", "archive", "tags", "authors"):
        yield reverse(name), None
    for posts, name in ((public.newest_first(), "post"), (Page.objects.published().order_by("slug"), "page")):
        for slug, moment in posts.filter(noindex=False).values_list("slug", "updated_at"):
            yield reverse(name, args=[slug]), moment
    tags = Tag.objects.filter(taggings__content_object__in=public)
    authors = Author.objects.filter(bylines__post__in=public)
    series = Series.objects.filter(posts__in=public)
    for slugs, name in (
        (tags.values_list("slug", flat=True), "tag"),
        (authors.values_list("slug", flat=True), "author"),
        (series.values_list("slug", flat=True), "series"),
    ):
        for slug in slugs.order_by("slug").distinct():
            yield reverse(name, args=[slug]), None


def _tree(root: str, **spaces: str) -> etree._Element:
    return etree.Element(f"{{{SPACE}}}{root}", nsmap={None: SPACE, **spaces})  # type: ignore[dict-item]  # None is the default space


def _row(tree: etree._Element, element: str, path: str, moment: datetime | None) -> etree._Element:
    row = etree.SubElement(tree, f"{{{SPACE}}}{element}")
    etree.SubElement(row, f"{{{SPACE}}}loc").text = absolute(path)
    if moment:
        etree.SubElement(row, f"{{{SPACE}}}lastmod").text = moment.isoformat(timespec="seconds")
    return row


def _answer(root: str, element: str, rows: list[Row]) -> HttpResponse:
    tree = _tree(root)
    for path, moment in rows:
        _row(tree, element, path, moment)
    return _written(tree)


def _written(tree: etree._Element) -> HttpResponse:
    body = etree.tostring(tree, xml_declaration=True, encoding="utf-8")
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
