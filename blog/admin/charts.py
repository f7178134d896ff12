"""charts: small drawings of numbers, as places in an SVG that a template writes; with words for those who don't see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FLOOR = 320, 64, 1  # units of the drawing
GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str  # what it stands for
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    bars: tuple[Bar, ...]
    most: int
    total: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def last(self) -> Bar | None:
        return self.bars[-1] if self.bars else None


def bars(title: str, values: Sequence[tuple[str, int]]) -> Chart:
    """One bar a value, the tallest as high as the drawing; nothing is a line on the floor, so that every place is seen."""
    most = max((value for _, value in values), default=0)
    step = WIDTH / max(len(values), 1)
    drawn = []
    for number, (label, value) in enumerate(values):
        height = FLOOR + (HEIGHT - FLOOR) * value / most if most else FLOOR
        drawn.append(
            Bar(
                round(number * step, 2),
                round(HEIGHT - height, 2),
                round(max(step - GAP, 1), 2),
                round(height, 2),
                label,
                value,
            )
        )
    return Chart(title, tuple(drawn), most, sum(value for _, value in values))
