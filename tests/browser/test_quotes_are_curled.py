"""test_quotes_are_curled: straight quotes become those of the text's language, in words alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.modules import calling

pytestmark = pytest.mark.browser

CASES = [
    ("en", "He said \"no, 'not' that\".", "He said “no, ‘not’ that”."),
    ("en", "Don't, it's O'Brien's.", "Don’t, it’s O’Brien’s."),
    ("en", '("Yes")—"no"', "(“Yes”)—“no”"),
    ("en", '**"Bold"** and "*slanted*" said', "**“Bold”** and “*slanted*” said"),
    ("en", '"One\n\n"Two"', "“One\n\n“Two”"),
    ("ru", 'Он сказал: "Читай "Войну и мир" сам".', "Он сказал: «Читай „Войну и мир“ сам»."),
    ("ru-RU", "Жанна д'Арк", "Жанна д’Арк"),
    ("de", "\"Ja, 'nein'\"", "„Ja, ‚nein‘“"),
    ("fr", '"Oui"', "«\u00a0Oui\u00a0»"),
    ("xx", '"so"', "“so”"),
]
UNTOUCHED = [
    '`a = "b"` and ``c "`" d``',
    '```python\nprint("x")\n```\n',
    'Text\n\n    indented "code"\n',
    "<a href=\"x\" title='y'>",
    '[link](https://example.org "its title")',
    '[ref]: https://example.org "its title"',
    "https://example.org/it's",
]


def test_by_the_language(page: Any) -> None:
    call = calling(page, "quotes")
    assert [call("curled", text, language) for language, text, _ in CASES] == [made for _, _, made in CASES]


def test_never_in_code_addresses_and_tags(page: Any) -> None:
    call = calling(page, "quotes")
    assert [call("curled", text, "en") for text in UNTOUCHED] == UNTOUCHED


def test_a_selection_knows_what_stands_before_it(page: Any) -> None:
    call = calling(page, "quotes")
    assert call("curled", 'inner" out"', "en", "“One ‘") == "inner’ out”"
    assert call("curled", '"x"', "en", "`code ") == '"x"'
