"""signing_in: which name someone tried to sign in with, for counting what failed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from django.http import HttpRequest

NAME_LENGTH = 150


def name_tried(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """One count for every way of writing a name: `Anna`, `ANNA` and ` anna ` are the same try."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    return unicodedata.normalize("NFKC", name).casefold().replace("\0", "").strip()[:NAME_LENGTH]
