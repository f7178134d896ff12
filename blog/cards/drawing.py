"""drawing: a card of 1200 by 630 pixels in the look of the site; pure."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DESIGN = 1  # rises when the drawing changes: addresses of cards carry it
WIDTH, HEIGHT, EDGE = 1200, 630, 80  # pixels
GROUND, INK, SOFT, LINE, ACCENT = "#fcfbf8", "#1d1a16", "#5f5850", "#e3ddd2", "#932b1d"
SIZES = (84, 72, 62, 54, 46)  # of the title, the largest that fits
TITLE_LINES, TITLE_ROOM, LEADING = 4, 280, 1.15
SMALL = 34
FONTS = Path(__file__).with_name("fonts")

# What PT Serif has letters for: Latin, Cyrillic and the signs between them.
_DRAWN = re.compile(
    r"[\u0020-\u007e\u00a0-\u024f\u0400-\u04ff\u2010-\u2026\u2030\u2039\u203a\u20ac\u2116\u2122\u2212]"
)
_LETTER = re.compile(r"[^\W\d_]")


def can_draw(text: str) -> bool:
    """Whether every letter can be drawn; other signs (emoji) are left out of the drawing."""
    return bool(_LETTER.search(text)) and all(_DRAWN.match(letter) for letter in _LETTER.findall(text))


def draw(title: str, people: str, site: str) -> bytes:
    """The card as PNG."""
    card = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(card)
    pen.rectangle((EDGE, EDGE, EDGE + 72, EDGE + 5), fill=ACCENT)
    pen.text(
        (EDGE, EDGE + 28), _cut(_drawable(site), "Regular", SMALL), font=_font("Regular", SMALL), fill=SOFT
    )
    lines, size = _fitting(_drawable(title))
    step = round(size * LEADING)
    top = EDGE + 100 + (TITLE_ROOM - step * len(lines)) // 2
    for number, line in enumerate(lines):
        pen.text((EDGE, top + number * step), line, font=_font("Bold", size), fill=INK)
    floor = HEIGHT - EDGE - SMALL
    if people := _cut(_drawable(people), "Regular", SMALL):
        pen.line((EDGE, floor - 28, WIDTH - EDGE, floor - 28), fill=LINE, width=2)
        pen.text((EDGE, floor - 8), people, font=_font("Regular", SMALL), fill=SOFT)
    written = io.BytesIO()
    card.quantize(32).save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"PTSerif-{weight}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def _drawable(text: str) -> str:
    return " ".join("".join(_DRAWN.findall(text)).split())[:400]


def _fitting(title: str) -> tuple[list[str], int]:
    """The title in lines, as large as it fits; the smallest is cut."""
    for size in SIZES:
        lines = _wrapped(title, size)
        low = len(lines) <= TITLE_LINES and len(lines) * size * LEADING <= TITLE_ROOM
        if low and all(_width(line, "Bold", size) <= WIDTH - 2 * EDGE for line in lines):
            return lines, size
    kept = _wrapped(title, SIZES[-1])[:TITLE_LINES]
    kept[-1] = f"{kept[-1]} …"
    return [_cut(line, "Bold", SIZES[-1]) for line in kept], SIZES[-1]


def _wrapped(title: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, "Bold", size) <= WIDTH - 2 * EDGE:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(text: str, weight: str, size: int) -> str:
    """What of a line fits, its end marked where it was cut."""
    room = WIDTH - 2 * EDGE
    if _width(text, weight, size) <= room:
        return text
    while text and _width(f"{text}…", weight, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text: str, weight: str, size: int) -> float:
    return _font(weight, size).getlength(text)
