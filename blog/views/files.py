"""files: robots.txt, and the pictures that people sent us."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

# What may leave, and as what: the name decides, the content was decoded and written anew when it came in.
TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# Names that we generate: folders, then a name made from the content, perhaps with the width of a rendition.
_GENERATED = re.compile(
    rf"(?:[a-z0-9]{{1,40}}/){{1,5}}[0-9a-f]{{8,64}}(?:[-_][A-Za-z0-9]{{1,12}}){{0,2}}\.({'|'.join(TYPES)})"
)

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /preview/
Disallow: /search/

Sitemap: {site}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        ROBOTS.format(site=settings.SITE_URL),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A stored picture. Where nginx stands before the site it serves these itself, by the same rules."""
    generated = _GENERATED.fullmatch(name)
    if generated is None:
        raise Http404("There is no such picture.")
    try:
        opened = default_storage.open(name)
        size = opened.size
    except (OSError, SuspiciousOperation) as problem:
        raise Http404("There is no such picture.") from problem
    return FileResponse(
        opened,
        content_type=TYPES[generated[1]],
        headers={
            "Content-Length": str(size),
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
