"""test_signs: every room has its sign, and none is called by a word that means nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from deploy.local.programs import ROOT

PACKAGES = ("accounts", "blog", "config", "deploy", "importer", "tests")
NOTHING_SAYING = {
    "utils",
    "util",
    "common",
    "core",
    "helpers",
    "helper",
    "services",
    "misc",
    "lib",
    "base_utils",
}


def modules() -> list[Path]:
    """Every module that says anything; migrations are written by a machine, and an empty `__init__` is only a door."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    kept = (path for path in found if "migrations" not in path.parts and path.read_text().strip())
    return sorted(path.relative_to(ROOT) for path in kept)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_the_first_line_is_the_sign(path: Path) -> None:
    sign = ast.get_docstring(ast.parse((ROOT / path).read_text()))
    assert sign, f"{path} has no docstring; its first line is to say what the module is for"
    own = path.parent.name if path.stem == "__init__" else path.stem
    name, colon, _ = sign.splitlines()[0].partition(": ")
    assert colon
    assert name.replace(" ", "_") in (own, own.removeprefix("test_")), (
        f"{path}: its sign begins with “{name}”, not with “{own}: ”"
    )


def test_no_room_is_called_by_a_word_that_means_nothing() -> None:
    names = {part.removesuffix(".py") for path in modules() for part in path.parts}
    assert names & NOTHING_SAYING == set()


def test_the_top_level_is_the_agreed_one() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    agreed = {"blog", "accounts", "importer", "config", "templates", "static", "tests", "deploy", "docs"}
    # What the settings make when nothing else is said, and what is never committed.
    made = {"media", "staticfiles", "test-results"}
    assert agreed <= folders | made
    assert folders - agreed - made - {"__pycache__"} == set()
