"""sitemaps: every public address, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from lxml import etree

from accounts.models import Author
from blog.addresses import absolute
from blog.caching import kept
from blog.listings import page_number
from blog.models import Page, Post, Series, Tag
from blog.versions import Version

MOST = 20_000  # addresses a file; the format ends at 50,000
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
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


def _answer(root: str, element: str, rows: list[Row]) -> HttpResponse:
    tree = etree.Element(f"{{{SPACE}}}{root}", nsmap={None: SPACE})  # type: ignore[dict-item]  # None is the default space
    for path, moment in rows:
        row = etree.SubElement(tree, f"{{{SPACE}}}{element}")
        etree.SubElement(row, f"{{{SPACE}}}loc").text = absolute(path)
        if moment:
            etree.SubElement(row, f"{{{SPACE}}}lastmod").text = moment.isoformat(timespec="seconds")
    body = etree.tostring(tree, xml_declaration=True, encoding="utf-8")
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
