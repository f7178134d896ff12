"""files: robots.txt and its like, and the pictures and recordings that are stored here."""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Author
from blog.mediatypes import TYPES
from blog.models import Post
from blog.views import ranges

# Names that we generate: folders, then a name made from the content, perhaps with the width of a rendition.
_GENERATED = re.compile(
    rf"(?:[a-z0-9]{{1,40}}/){{1,5}}[0-9a-f]{{8,64}}(?:[-_][A-Za-z0-9]{{1,12}}){{0,2}}\.({'|'.join(TYPES)})"
)

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /preview/
Disallow: /search/

Sitemap: {site}/sitemap-index.xml
Sitemap: {site}/sitemap.xml
"""


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this where they show something that can name no icon: a feed, a text, JSON."""
    return HttpResponse(
        status=302, headers={"Location": static("img/masthead.svg"), "Cache-Control": "public, max-age=86400"}
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        ROBOTS.format(site=settings.SITE_URL),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@require_safe
def humans(request: HttpRequest) -> HttpResponse:
    """Who writes here, as humanstxt.org asks; the names that stand on public posts."""
    public = Post.objects.published()
    names = Author.objects.filter(bylines__post__in=public).order_by("name").distinct()
    lines = ["/* TEAM */", *(f"\tAuthor: {name}" for name in names.values_list("name", flat=True)[:500])]
    lines += [
        "",
        "/* SITE */",
        f"\tName: {settings.SITE_NAME}",
        f"\tAddress: {settings.SITE_URL}/",
        "\tSoftware: Masthead",
        "",
    ]
    return HttpResponse(
        "\n".join(lines),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); only where the operator named one."""
    if not settings.SECURITY_CONTACT:
        raise Http404("This site names no contact for security.")
    until = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    return HttpResponse(
        f"Contact: {settings.SECURITY_CONTACT}\n"
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt\n",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A stored picture or recording. Where nginx stands before the site it serves these itself, by the same rules."""
    generated = _GENERATED.fullmatch(name)
    if generated is None:
        raise Http404("There is no such picture.")
    try:
        opened = default_storage.open(name)
        size = opened.size
    except (OSError, SuspiciousOperation) as problem:
        raise Http404("There is no such picture.") from problem
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    kind = TYPES[generated[1]]
    part = ranges.asked(request.headers.get("Range", ""), size)
    if part is None:
        return FileResponse(opened, content_type=kind, headers=headers | {"Content-Length": str(size)})
    if not part:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        ranges.blocks(opened, part),
        status=206,
        content_type=kind,
        headers=headers
        | {
            "Content-Length": str(len(part)),
            "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}",
        },
    )
    response._resource_closers.append(opened.close)  # type: ignore[attr-defined]  # as FileResponse does it
    return response
