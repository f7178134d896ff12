"""test_statics: collected modules import each other by hashed names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management import call_command

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.statics.HashedFiles"},
}


def test_modules_name_the_hashed_ones(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    [entry] = (tmp_path / "js" / "admin").glob("writing.*.js")
    named = re.findall(r'from "\./([\w.]+)"', entry.read_text())
    assert len(named) > 5
    for name in named:
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "js" / "admin" / name).is_file()
