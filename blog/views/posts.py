"""posts: one post or page, its source, its data, and the picture that stands for it elsewhere."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog import cards, marks, responding
from blog.addresses import absolute, host_of
from blog.caching import kept
from blog.feeds import jsonfeed
from blog.markup import listed
from blog.models import Byline, Page, Post, PreviewLink
from blog.navigation import Navigation, navigation
from blog.neighbours import neighbours_of
from blog.querysets import NOT_ON_PAGES, PostQuerySet
from blog.versions import Version
from blog.views.rendering import show


@kept()
def post(request: HttpRequest, version: Version, *, slug: str) -> HttpResponse:
    posts = responding.asked_too(for_page(Post.objects.published()))
    found = get_object_or_404(posts, slug=slug)
    # Where it closes by its days, the page may still lead to the form for a while; the form knows.
    said: dict[str, Any] = {
        "responses": responding.shown_under(found),
        "takes_responses": responding.is_open(found),
    }
    return show_post(found, navigation(version), **said)


@kept()
def page(request: HttpRequest, version: Version, *, slug: str) -> HttpResponse:
    """Written like a post, in no list and no feed; neither dated nor surrounded."""
    found = get_object_or_404(Page.objects.published().for_page(), slug=slug)
    return show(
        "blog/page.html",
        navigation(version),
        speaks=found.language,
        path=found.get_absolute_url(),
        title=found.seo_title or found.title,
        post=found,
        description=marks.description(found),
        introduction=marks.introduction(found),
        picture=marks.picture(found),
        contents=listed(found.outline, own_contents=found.own_contents),
        canonical=found.canonical_url or absolute(found.get_absolute_url()),
        noindex=found.noindex,
    )


def for_page(posts: PostQuerySet) -> PostQuerySet:
    """What a post's own page loads of it, in two queries; its neighbours bring its tags."""
    people = Prefetch("bylines", Byline.objects.select_related("author"))
    return posts.select_related("cover", "series").defer(*NOT_ON_PAGES).prefetch_related(people)


def show_post(
    found: Post, around: Navigation, *, preview: PreviewLink | None = None, **context: Any
) -> HttpResponse:
    near = neighbours_of(found)
    said = responding.number_of(context.get("responses", []))
    return show(
        "blog/post.html",
        around,
        speaks=found.language,
        path=found.get_absolute_url(),
        title=found.seo_title or found.title,
        post=found,
        description=marks.description(found),
        introduction=marks.introduction(found),
        picture=marks.shared_picture(found),
        picture_drawn=not marks.picture(found),
        own_address=absolute(found.get_absolute_url()),
        oembed=f"{absolute(reverse('oembed'))}?{urlencode({'url': absolute(found.get_absolute_url())})}",
        cover_host="" if found.cover else host_of(found.cover_url),
        contents=listed(found.outline, own_contents=found.own_contents),
        canonical=found.canonical_url or absolute(found.get_absolute_url()),
        origin_host=host_of(found.origin_url),
        noindex=found.noindex or preview is not None,
        data=marks.data_block(marks.posting(found, [subject.name for subject in near.subjects], said)),
        near=near,
        responses_number=said,
        preview=preview,
        **context,
    )


@kept()
def source(request: HttpRequest, version: Version, *, slug: str) -> HttpResponse:
    """The post as Markdown with front matter. A body written in HTML stays so: Markdown takes it as it is."""
    found = get_object_or_404(
        Post.objects.published().select_related("series").with_people_and_tags().defer("html", "feed_html"),
        slug=slug,
    )
    front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in _front(found))
    return HttpResponse(
        f"---\n{front}---\n\n{found.body.strip()}\n",
        content_type="text/markdown; charset=utf-8",
        headers={
            "Link": f'<{absolute(found.get_absolute_url())}>; rel="canonical"',
            "X-Robots-Tag": "noindex",
        },
    )


@kept()
def data(request: HttpRequest, version: Version, *, slug: str) -> HttpResponse:
    """The post as JSON: what it is in our JSON Feed."""
    found = get_object_or_404(Post.objects.published().for_feed(), slug=slug)
    return HttpResponse(
        jsonfeed.write_item(found),
        content_type="application/json; charset=utf-8",
        headers={
            "Link": f'<{absolute(found.get_absolute_url())}>; rel="canonical"',
            "X-Robots-Tag": "noindex",
            "Access-Control-Allow-Origin": "*",
        },
    )


@require_safe
def card(request: HttpRequest, *, slug: str, digest: str) -> HttpResponse:
    """The picture for places where the post's address is shared; its own address changes with what it says."""
    found = get_object_or_404(for_page(Post.objects.published()).defer("html"), slug=slug)
    picture = cards.picture(found, digest)
    if picture is None:
        raise Http404("There is no such picture.")
    return HttpResponse(
        picture,
        content_type="image/png",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


def _front(post: Post) -> list[tuple[str, Any]]:
    """JSON values are YAML values too, so that any title is quoted right."""
    given = {
        "title": post.title,
        "date": post.published_at.isoformat() if post.dated and post.published_at else None,
        "language": post.language,
        "authors": [b.author.name for b in post.bylines.all() if b.part == "author"],
        "translators": [b.author.name for b in post.bylines.all() if b.part == "translator"],
        "editors": [b.author.name for b in post.bylines.all() if b.part == "editor"],
        "tags": [tagging.tag.name for tagging in post.taggings.all()],
        "series": post.series.title if post.series else None,
        "summary": post.summary,
        "corrections": [f"{when[:10]}: {sentence}" for when, sentence in post.corrections],
        "url": absolute(post.get_absolute_url()),
        "first_published_at": post.origin_url,
        "site": settings.SITE_NAME,
    }
    return [(name, value) for name, value in given.items() if value]
