"""test_templates_are_strict: no template holds a script or a style of its own, and text is called safe in known places alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from csp.constants import NONE, SELF
from django.conf import settings
from django.test import Client

from blog.markup import FRAME_SOURCES
from tests.factories import PageFactory, PostFactory, a_user

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = sorted(
    path
    for room in ("accounts", "blog", "config", "importer")
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)

# Where a text is called safe, and which: what the gate or the linker made, and nothing else.
SAFE_IN_TEMPLATES = {
    "admin/blog/reading.html": {"post.html"},
    "admin/blog/revision.html": {"preview"},  # rendered anew, through the gate
    "admin/importer/preview_post.html": {"post.html"},
    "blog/author.html": {"about.bio_html"},
    "blog/_response.html": {"response.html"},  # through the gate of linkify, when it came
    "blog/page.html": {"post.html"},
    "blog/post.html": {"post.html"},
    "blog/series.html": {"about.description_html"},
    "blog/tag.html": {"about.description_html"},
}
# mark_safe, each looked at: a constant, joins of what format_html made, escaped JSON, escaped snippets.
SAFE_IN_CODE = {
    "blog/marks.py": 1,
    "blog/search/snippets.py": 1,
    "blog/templatetags/reading.py": 3,
}

_CALLED_SAFE = re.compile(r"\{\{\s*([^}|]+?)\s*\|[^}]*\bsafe(?:seq)?\b")
_TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE | re.DOTALL)
_HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_MARKED = re.compile(r"\bmark_safe\(|\bSafeString\((?!\"-\"\))|\bSafeText\(")


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20
    assert len(SOURCES) > 60


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_script_and_no_style_inside(path: Path) -> None:
    text = path.read_text()
    assert "<style" not in text.lower()
    assert "javascript:" not in text.lower()
    for tag in _TAG.findall(text):
        assert " style=" not in tag.lower(), tag
        assert not _HANDLER.search(tag), tag
    for attributes, inside in _SCRIPT.findall(text):
        data = 'type="application/ld+json"' in attributes
        assert data or ("src=" in attributes and not inside.strip()), attributes


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_text_is_called_safe_in_known_places_alone(path: Path) -> None:
    text = path.read_text()
    assert set(_CALLED_SAFE.findall(text)) <= SAFE_IN_TEMPLATES.get(_name(path), set())
    assert "autoescape" not in text
    assert "{% filter" not in text
    assert "{% debug" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_attribute_that_holds_a_value_is_quoted(path: Path) -> None:
    """Escaping is no help where a space ends the value."""
    unquoted = re.compile(r"\s[a-z-]+=\{\{", re.IGNORECASE)
    assert unquoted.search(path.read_text()) is None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_code_calls_text_safe_in_known_places_alone(path: Path) -> None:
    text = path.read_text()
    name = path.relative_to(ROOT).as_posix()
    assert len(_MARKED.findall(text)) <= SAFE_IN_CODE.get(name, 0)
    assert "is_safe=True" not in text
    assert "autoescape=False" not in text
    assert "csrf_exempt" not in text
    assert "xframe_options_exempt" not in text


def test_format_html_is_given_constants() -> None:
    """Its first word is trusted: it may be no value."""
    for path in SOURCES:
        for first in re.findall(r"format_html(?:_join)?\(\s*([^\s,)]+)", path.read_text()):
            assert first[0] in "\"'" or first in ("picture", "initials"), (path.name, first)


# -- what a browser is told --------------------------------------------------------------------------


def test_the_policy_holds_nothing_unsafe() -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == [NONE]
    for directive, sources in policy.items():
        for source in sources:
            assert "unsafe" not in source, directive
            assert source not in ("*", "http:", "https:", "blob:", "filesystem:"), directive
            assert source != "data:" or directive == "img-src"
    for directive in ("script-src", "style-src", "connect-src", "form-action"):
        assert policy[directive] == [SELF], directive
    for directive in ("frame-ancestors", "base-uri"):
        assert policy[directive] == [NONE], directive
    assert policy["frame-src"] == [SELF, *FRAME_SOURCES]
    assert all(source.startswith("https://") and "*" not in source for source in FRAME_SOURCES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/posts/a-post/",
        "/posts/a-post.md",
        "/pages/about/",
        "/tags/",
        "/archive/",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/search/?q=x",
        "/robots.txt",
        "/livez",
        "/nothing/here/",
        "/admin/login/",
        "/admin/",
        "/posts/a-post",
    ],
)
def test_every_answer_carries_it_and_its_companions(client: Client, path: str) -> None:
    PostFactory(title="A post")
    PageFactory(title="About")
    if path == "/admin/":
        client.force_login(a_user(role="editor"))
    answer: Any = client.get(path)
    assert answer["Content-Security-Policy"].count("default-src 'none'") == 1
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer.status_code == 301 or answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin")
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
