"""test_stylesheet: one stylesheet whose colours can be read on both grounds, and pages that bring no style of their own."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from blog.templatetags.reading import TINTS
from tests.factories import many_posts

BASE = Path(settings.BASE_DIR)
CSS = (BASE / "static" / "css" / "site.css").read_text()
AA = 4.5

# what is read: on which grounds
TEXT = {
    "--ink": ("--ground", "--raised", "--mark"),
    "--soft": ("--ground",),
    "--accent": ("--ground",),
    "--code-ink": ("--code-ground",),
    "--code-comment": ("--code-ground",),
    "--code-keyword": ("--code-ground",),
    "--code-string": ("--code-ground",),
    "--code-number": ("--code-ground",),
    "--code-name": ("--code-ground",),
    "--code-function": ("--code-ground",),
    "--code-error": ("--code-ground", "--ground"),
    "--tint-ink": tuple(f"--tint-{number}" for number in range(TINTS)),
    "--ground": ("--ink", "--accent"),  # a button's words
}


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})\b", block))


def _lights() -> dict[str, dict[str, str]]:
    light = CSS.split(":root {")[1].split("}")[0]
    dark = CSS.split("@media (prefers-color-scheme: dark)")[1].split("}")[0]
    return {"light": _tokens(light), "dark": _tokens(dark)}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("light", "text"), list(product(("light", "dark"), TEXT)))
def test_every_text_is_read_on_its_ground(light: str, text: str) -> None:
    tokens = _lights()[light]
    for ground in TEXT[text]:
        assert contrast(tokens[text], tokens[ground]) >= AA, (text, ground)


def test_both_lights_are_designed_whole() -> None:
    light, dark = _lights()["light"], _lights()["dark"]
    assert light.keys() == dark.keys()
    assert len(light) >= 25
    assert all(light[name] != dark[name] for name in light)


def test_colours_stand_in_tokens_alone() -> None:
    rules = CSS.split("/* -- ground", 1)[1].split("@media print")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", rules) == []
    used = set(re.findall(r"var\((--[\w-]+)\)", CSS))
    defined = set(re.findall(r"(--[\w-]+):", CSS))
    assert used <= defined
    assert defined - used == set()


def test_it_asks_nothing_of_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert len(CSS) < 40_000


@pytest.mark.django_db
def test_no_page_brings_style_or_script_of_its_own(client: Client) -> None:
    many_posts(3, tags=("x",))
    for address in (
        "/",
        "/posts/post-1-of-many/",
        "/tags/",
        "/archive/",
        "/search/?q=many",
        "/nothing-here/",
        "/authors/",
    ):
        text = client.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), address
        assert set(re.findall(r"<script[^>]*>", text)) <= {
            '<script type="module" src="/static/js/reading.js">',
            '<script type="module" src="/static/js/searching.js">',
            '<script type="application/ld+json">',
        }


def test_templates_hold_no_style_either() -> None:
    for path in [*(BASE / "templates").glob("*.html"), *(BASE / "templates" / "blog").glob("*.html")]:
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", path.read_text()), path.name
