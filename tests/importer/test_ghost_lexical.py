"""test_ghost_lexical: the tree of Ghost's editor becomes HTML, node by node, and nothing of it is lost silently."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.importer.ghosts import body_of, entry, node, of_tree, run


@pytest.mark.parametrize(
    ("given", "html"),
    [
        (node("paragraph", run("a < b & c")), "<p>a &lt; b &amp; c</p>"),
        (node("paragraph"), ""),
        (node("paragraph", run("a"), {"type": "linebreak"}, run("b")), "<p>a<br>b</p>"),
        (node("extended-heading", run("Tides"), tag="h3"), "<h3>Tides</h3>"),
        (node("heading", run("Tides"), tag="script"), "<h2>Tides</h2>"),
        (node("extended-quote", run("said")), "<blockquote><p>said</p></blockquote>"),
        (node("aside", run("said")), "<blockquote><p>said</p></blockquote>"),
        ({"type": "horizontalrule"}, "<hr>"),
        (
            node("paragraph", node("link", run("here"), url="https://e.com/?a=1&b=2")),
            '<p><a href="https://e.com/?a=1&amp;b=2">here</a></p>',
        ),
    ],
)
def test_blocks_and_lines(given: dict[str, Any], html: str) -> None:
    assert body_of(given) == html


@pytest.mark.parametrize(
    ("bits", "html"),
    [
        (0, "x"),
        (1, "<strong>x</strong>"),
        (2, "<em>x</em>"),
        (3, "<strong><em>x</em></strong>"),
        (4, "<s>x</s>"),
        (8, "<u>x</u>"),
        (16, "<code>x</code>"),
        (17, "<strong><code>x</code></strong>"),
        (32, "<sub>x</sub>"),
        (64, "<sup>x</sup>"),
        (128, "<mark>x</mark>"),
    ],
)
def test_marks(bits: int, html: str) -> None:
    assert body_of(node("paragraph", run("x", bits))) == f"<p>{html}</p>"


def test_a_list_in_a_list_belongs_to_the_item_before_it() -> None:
    inner = node("listitem", node("list", node("listitem", run("in")), listType="number", start=3))
    outer = node("list", node("listitem", run("one")), inner, node("listitem", run("two")), listType="bullet")
    assert body_of(outer) == '<ul><li>one<ol start="3"><li>in</li></ol></li><li>two</li></ul>'


def test_a_list_of_things_to_do() -> None:
    given = node("list", node("listitem", run("a"), checked=True), node("listitem", run("b"), checked=False))
    assert body_of(given) == (
        '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>'
    )


def test_a_table() -> None:
    def cell(text: str, **fields: Any) -> dict[str, Any]:
        return node("tablecell", node("paragraph", run(text)), **fields)

    given = node(
        "table", node("tablerow", cell("h", headerState=1), cell("w", colSpan=2)), node("tablerow", cell("x"))
    )
    assert body_of(given) == '<table><tr><th>h</th><td colspan="2">w</td></tr><tr><td>x</td></tr></table>'


def test_a_node_not_known_keeps_its_words_and_is_named() -> None:
    found = of_tree(
        node("poll", run("Tea?"), node("odd", run(" or coffee"))), {"type": "chart", "title": "Rain & sun"}
    )
    assert found.body == "<p>Tea? or coffee</p>\n<p>Rain &amp; sun</p>"
    assert found.warnings == (
        "A part of the kind “chart” is not known here; its words were kept.",
        "A part of the kind “odd” is not known here; its words were kept.",
        "A part of the kind “poll” is not known here; its words were kept.",
    )


def test_what_stands_too_deep_keeps_its_words() -> None:
    given = run("bottom")
    for _ in range(150):
        given = node("quote", given)
    found = of_tree(given)
    assert "bottom" in found.body
    assert found.body.count("<blockquote>") < 100
    assert found.warnings == ("Parts of its text stood too deep in each other; only their words were kept.",)


def test_the_html_that_was_shown_comes_first() -> None:
    tree = json.dumps({"root": {"children": [node("paragraph", run("tree"))]}})
    assert entry(html="<p>shown</p>", lexical=tree).body == "<p>shown</p>"
    assert entry(html="  ", lexical=tree).body == "<p>tree</p>"


@pytest.mark.parametrize("tree", ["{", "[]", "[" * 5000])
def test_a_broken_tree_gives_way_to_the_plain_text(tree: str) -> None:
    found = entry(html=None, lexical=tree, plaintext="one\n\ntwo")
    assert (found.body, found.warnings) == ("<p>one</p>\n<p>two</p>", ("Its lexical could not be read.",))


@pytest.mark.parametrize(
    "tree", ["{}", '{"root": 5}', '{"root": {"children": {}}}', '{"root": {"children": [5, null]}}']
)
def test_a_tree_without_text_gives_way_too(tree: str) -> None:
    assert entry(html=None, lexical=tree, plaintext="one").body == "<p>one</p>"
