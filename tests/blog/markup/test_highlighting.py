"""test_highlighting: listings are coloured in the language they name, and never guessed."""

from __future__ import annotations

import pytest
from pygments.lexers.python import PythonLexer

from blog.markup import highlight, render
from tests.blog.markup.looking import Seen

PYTHON = "def f():\n    return 'x'\n"


@pytest.mark.parametrize(
    "listing",
    [
        f'<pre><code class="language-python">{PYTHON}</code></pre>',
        f'<pre><code class="lang-python hljs">{PYTHON}</code></pre>',
        f'<pre class="brush: python">{PYTHON}</pre>',
        f'<div class="highlight-source-python"><pre>{PYTHON}</pre></div>',
        f'<div class="language-python highlighter"><div class="x"><pre><code>{PYTHON}</code></pre></div></div>',
        f'<pre data-language="python"><code><span class="k">def</span>{PYTHON[3:]}</code></pre>',
    ],
)
def test_a_named_language_is_coloured_with_classes(listing: str) -> None:
    rendered = render(listing, "html")
    assert '<span class="k">def</span> <span class="nf">f</span>' in rendered.html
    assert 'data-language="python"' in rendered.html
    assert "style=" not in rendered.html
    assert Seen(rendered.html).words() == Seen(listing).words()


@pytest.mark.parametrize("language", ["", "plaintext", "text", "none"])
def test_plain_text_stays_plain_and_unlabelled(language: str) -> None:
    page = render(f'<pre><code class="language-{language}">{PYTHON}</code></pre>', "html").html
    assert "<span" not in page
    assert "data-language" not in page


def test_an_unknown_language_is_labelled_and_plain() -> None:
    page = render('<pre><code class="language-klingon">def x</code></pre>', "html").html
    assert (
        page == '<pre data-language="klingon" tabindex="0"><code class="language-klingon">def x</code></pre>'
    )


def test_a_language_is_never_guessed() -> None:
    assert "<span" not in render(f"<pre><code>{PYTHON}</code></pre>", "html").html


def test_a_feed_carries_the_language_and_no_colours() -> None:
    feed = render(f"```python\n{PYTHON}```", "markdown").feed_html
    assert feed.strip() == f'<pre data-language="python"><code class="language-python">{PYTHON}</code></pre>'


def test_white_space_is_kept_to_the_character() -> None:
    code = "  \tif x:\n\n\n        y  \n"
    page = render(f'<pre><code class="language-python">{code}</code></pre>', "html").html
    assert "".join(Seen(page).parts)[1:-1] == code


def test_a_link_or_a_mark_in_a_listing_stays() -> None:
    page = render('<pre><code class="language-python">def <mark>f</mark>(): pass</code></pre>', "html").html
    assert "def <mark>f</mark>(): pass" in page


def test_a_drawing_of_boxes_is_a_diagram() -> None:
    assert '<pre class="diagram"' in render("<pre><code>┌──┐\n│  │\n└──┘</code></pre>", "html").html
    assert "diagram" not in render('<pre><code class="language-python"># ──────</code></pre>', "html").html


def test_what_takes_too_long_stays_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlight, "MAX_SECONDS", -1.0)
    slow = PYTHON + "\nslow = 1"  # what was coloured before is known
    page = render(f'<pre><code class="language-python">{slow}</code></pre>', "html").html
    assert f'<code class="language-python">{slow}</code>' in page


@pytest.mark.parametrize(
    "code", ["x = 1\n" * (highlight.MAX_LISTING // 6 + 1), "x = 1" + "\n" * 400 + "y = 2"]
)
def test_a_listing_that_could_take_minutes_stays_plain(code: str) -> None:
    assert "<span" not in render(f'<pre><code class="language-python">{code}</code></pre>', "html").html


def test_a_lexer_that_fails_leaves_the_listing_plain(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: PythonLexer, text: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(PythonLexer, "get_tokens", fail)
    assert "<span" not in render('<pre><code class="language-python">def f</code></pre>', "html").html
    assert "The Python lexer failed; its listing stays without colours." in caplog.text


def test_a_class_on_other_code_is_dropped() -> None:
    assert render('<p><code class="x language-py">y</code></p>', "html").html == "<p><code>y</code></p>"
