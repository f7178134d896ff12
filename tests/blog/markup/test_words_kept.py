"""test_words_kept: a feed carries the words of the body, in order, none added and none lost."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.markup import render
from tests.blog.markup.looking import Seen

WORD = st.text("абвгдabcxyz019éß字", min_size=1, max_size=8)
INLINE = st.sampled_from(
    ["a", "b", "code", "em", "i", "kbd", "mark", "s", "span", "strong", "sub", "sup", "u", "del"]
)
BLOCK = st.sampled_from(
    ["blockquote", "div", "h2", "h3", "h5", "ul", "section", "details", "article", "form", "figure"]
)
LINE = st.recursive(
    WORD.map(escape) | st.sampled_from([" ", ", ", "&amp;", "&lt;b&gt;", "<br>", '<img src="x.png" alt="not a word">']),
    lambda inner: st.tuples(INLINE, st.lists(inner, max_size=4)).map(lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"),
    max_leaves=8,
)  # fmt: skip


def in_block(name: str, lines: list[str]) -> str:
    inner = "".join(f"<li>{line}</li>" if name == "ul" else f"<p>{line}</p>" for line in lines)
    return f"<{name}>{lines[0] if name.startswith('h') else inner}</{name}>"


BODY = st.lists(
    st.tuples(BLOCK, st.lists(LINE, min_size=1, max_size=3)).map(lambda t: in_block(*t)), max_size=6
)


@settings(max_examples=200, deadline=None)
@given(BODY.map("".join))
def test_every_word_of_a_well_formed_body_is_in_the_feed_in_order(body: str) -> None:
    assert Seen(render(body, "html").feed_html).words() == Seen(body).words()


@pytest.mark.parametrize(
    "body",
    [
        "<form>one</form><form>two</form>",
        "a<object>b</object>c",
        "<select><option>one</option><option>two</option></select>",
        "<nav>one</nav>two<footer>three</footer>",
        "<p>un<b>brok</b>en</p>",
        "<center>one</center>two",
        "<pre><code class='language-python'>def f():\n    return 'x'\n</code></pre>",
        "<table><caption>c</caption><tr><th>a<td>b</table>",
        "<dl><dt>a<dd>b</dl>",
        "<ul><li><input type=checkbox> a<li><input type=checkbox checked>b</ul>",
        "<p>one <script>two</script>three</p>",
        "<h1>Sub</h1><h1>Other</h1><p>text</p>",
    ],
)
def test_elements_that_pages_do_not_have_leave_their_words(body: str) -> None:
    assert Seen(render(body, "html").feed_html).words() == Seen(body).words()


def test_escaped_markup_stays_text() -> None:
    rendered = render('<p>&lt;Note side="left"&gt;words&lt;/Note&gt; &amp;lt;b&amp;gt;</p>', "html")
    assert rendered.feed_html == '<p>&lt;Note side="left"&gt;words&lt;/Note&gt; &amp;lt;b&amp;gt;</p>'
    assert rendered.text == '<Note side="left">words</Note> &lt;b&gt;'


def test_what_a_script_says_is_no_text() -> None:
    rendered = render("<p>seen</p><script>unseen</script><style>unseen{}</style>", "html")
    assert rendered.text == "seen"
    assert rendered.words == 1


def test_text_joins_letters_across_inline_elements_and_parts_blocks() -> None:
    rendered = render("<p>H<sub>2</sub>O</p><ul><li>a</li><li>b</li></ul>c<br>d", "html")
    assert rendered.text == "H2O a b c d"
    assert rendered.words == 5
