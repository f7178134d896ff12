"""test_said: the few words of ours in a rendered text are in the text's language, and none of them is a user's or a reader's choice."""

from __future__ import annotations

from django.utils import translation

from blog.markup import render

BODY = """<img src="https://far.example/a.png" alt="Море">
<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>
<table><tr><td>1</td></tr></table><ul><li><input type="checkbox" checked>дело</li></ul>"""


def test_a_russian_text_says_them_in_russian() -> None:
    html = render(BODY, "html", language="ru").html
    assert "Посмотреть на far.example" in html
    assert "Смотреть на YouTube" in html
    assert 'aria-label="Таблица"' in html
    assert 'aria-label="сделано"' in html


def test_any_other_text_says_them_in_english() -> None:
    for language in ("", "en-GB", "de"):
        html = render(BODY, "html", language=language).html
        assert "See it at far.example" in html
        assert "Watch on YouTube" in html
        assert 'aria-label="Table"' in html


def test_whoever_saves_it_has_no_say() -> None:
    with translation.override("ru"):
        assert "See it at far.example" in render(BODY, "html", language="en").html
