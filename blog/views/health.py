"""health: whether the process lives, and whether it can serve readers."""

from __future__ import annotations

from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

PROBE = "readyz.probe"


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse(
        "ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with a sentence for each thing that is missing."""
    problems = {name: said for name, said in (("database", _database()), ("media", _media())) if said}
    return JsonResponse(
        {"ready": not problems, **problems},
        status=503 if problems else 200,
        headers={"Cache-Control": "no-store"},
    )


def _database() -> str:
    try:
        applied = set(MigrationRecorder.Migration.objects.using("default").values_list("app", "name"))
    except DatabaseError as problem:
        if "django_migrations" in str(problem):
            return "The database is empty: run manage.py migrate."
        return "The database does not answer."
    missing = _migrations() - applied
    are = "migration is" if len(missing) == 1 else "migrations are"
    return f"{len(missing)} {are} not applied: run manage.py migrate." if missing else ""


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those that this code comes with."""
    loader = MigrationLoader(connection=None, ignore_no_migrations=True)
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return frozenset(loader.disk_migrations) - replaced


def _media() -> str:
    try:
        name = default_storage.save(PROBE, ContentFile(b"ok"))
        default_storage.delete(name)
    except Exception as problem:  # every storage has errors of its own
        return f"The media folder can't be written to ({type(problem).__name__})."
    return ""
