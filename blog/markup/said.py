"""said: the few words of ours that stand in a rendered text, in the text's own language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# They are stored with the text, so no reader's and no user's language has a say in them: catalogues of the site are not asked.
_RUSSIAN = {
    "See it at {}": "Посмотреть на {}",
    "See the picture at {}": "Посмотреть картинку на {}",
    "A picture at {}.": "Картинка на {}.",
    "The picture isn’t here.": "Картинки здесь нет.",
    "Table": "Таблица",
    "done": "сделано",
    "to do": "не сделано",
    "{} player": "Проигрыватель {}",
    "Open it at {}": "Открыть на {}",
    "watch on {}": "смотреть на {}",
    "listen on {}": "слушать на {}",
    "see it on {}": "посмотреть на {}",
    "Watch it at {}": "Смотреть на {}",
    "Listen to it at {}": "Слушать на {}",
    "Watch it where it was first published.": "Смотрите там, где это впервые опубликовано.",
    "Listen to it where it was first published.": "Слушайте там, где это впервые опубликовано.",
    "the Internet Archive": "Архиве Интернета",
}
_WORDS = {"ru": _RUSSIAN}
_language: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Whatever is said meanwhile is said in this language, where there are words in it, else in English."""
    token = _language.set(code.lower().split("-")[0])
    try:
        yield
    finally:
        _language.reset(token)


def said(words: str, *given: str) -> str:
    """The words, with what stands in their places."""
    table = _WORDS.get(_language.get(), {})
    return table.get(words, words).format(*(table.get(one, one) for one in given))
