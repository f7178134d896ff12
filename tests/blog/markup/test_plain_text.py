"""test_plain_text: HTML as the words a reader sees."""

from __future__ import annotations

import pytest

from blog.markup import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain & simple", "plain & simple"),
        ("<p>one</p><p>two</p>", "one two"),
        ("H<sub>2</sub>O", "H2O"),
        ("a<br>b", "a b"),
        ("  a \n\t b&nbsp;c ", "a b c"),
        ("&lt;b&gt;", "<b>"),
        ("<script>x</script>y<style>z</style>", "y"),
        ("<td>a</td>", "a"),
        ("<form>a</form><form>b</form>", "a b"),
        ("<iframe>x</iframe>y", "y"),
    ],
)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text
