"""test_ghost_mobiledoc: the sections, markups, atoms and cards of Ghost 1 to 4 become HTML."""

from __future__ import annotations

import json
from typing import Any

import pytest

from importer.entry import Entry
from tests.importer.ghosts import entry


def of_sections(*sections: Any, **more: Any) -> Entry:
    return entry(html=None, mobiledoc=json.dumps({"version": "0.3.1", "sections": sections, **more}))


MARKUPS = [["strong"], ["a", ["href", "https://e.com/", "title", "E"]], ["em"], ["script"]]


@pytest.mark.parametrize(
    ("section", "html"),
    [
        ([1, "p", [[0, [], 0, "a < b"]]], "<p>a &lt; b</p>"),
        ([1, "h2", [[0, [], 0, "Tides"]]], "<h2>Tides</h2>"),
        ([1, "blockquote", [[0, [], 0, "said"]]], "<blockquote><p>said</p></blockquote>"),
        ([1, "aside", [[0, [], 0, "said"]]], "<blockquote><p>said</p></blockquote>"),
        ([1, "p", [[0, [0], 1, "x"], [0, [], 0, " y"]]], "<p><strong>x</strong> y</p>"),
        ([1, "p", [[0, [0, 2], 1, "x"], [0, [], 1, "y"]]], "<p><strong><em>x</em>y</strong></p>"),
        ([1, "p", [[0, [1], 1, "x"]]], '<p><a href="https://e.com/" title="E">x</a></p>'),
        ([1, "p", [[0, [0], 0, "x"]]], "<p><strong>x</strong></p>"),
        ([1, "p", [[0, [3], 1, "x"]]], "<p>x</p>"),
        ([1, "p", [[0, [], 0, "a"], [1, [], 0, 0], [0, [], 0, "b"], [1, [], 0, 1]]], "<p>a<br>b@ann</p>"),
        ([3, "ol", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]], "<ol><li>one</li><li>two</li></ol>"),
        ([2, "https://e.com/a.png"], '<figure><img src="https://e.com/a.png"></figure>'),
        ([10, 0], '<pre><code class="language-js">let a</code></pre>'),
        ([10, 1], '<figure><img src="https://e.com/b.png" alt=""></figure>'),
        ([10, 2], "<p><em>old</em></p>"),
        ([10, 3], "<hr>"),
    ],
)
def test_a_section(section: Any, html: str) -> None:
    cards = [
        ["code", {"code": "let a", "language": "js"}],
        ["image-card", {"url": "https://e.com/b.png"}],
        ["card-markdown", {"markdown": "*old*"}],
        ["hr", {}],
    ]
    atoms = [["soft-return", "", {}], ["mention", "@ann", {}]]
    assert of_sections(section, cards=cards, atoms=atoms, markups=MARKUPS).body.strip() == html


@pytest.mark.parametrize(
    "section", [5, [], [1], [1, "p", [[0, [9], 3, "x"]]], [10, 99], [10, "x"], [3, "ul", 5]]
)
def test_nonsense_breaks_nothing(section: Any) -> None:
    assert "<p>kept</p>" in of_sections(section, [1, "p", [[0, [], 0, "kept"]]], markups=5).body


def test_a_card_not_known_is_named() -> None:
    found = of_sections([10, 0], cards=[["nft", {"title": "Ape"}]])
    assert (found.body, found.warnings) == (
        "<p>Ape</p>",
        ("A part of the kind “nft” is not known here; its words were kept.",),
    )
