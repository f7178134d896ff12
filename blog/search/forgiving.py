"""forgiving: words that no public post holds give way to those that were meant: the other keyboard or alphabet, a word half typed, a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from blog.querysets import PostQuerySet
from blog.search.engines import engine
from blog.search.layouts import other_layout
from blog.search.question import Question, Term
from blog.search.stems import WORD, fold
from blog.search.transliteration import transliterations
from blog.search.vocabulary import likely_meant

COUNTED = 30  # holders of a word; more of them make it no better
SHORTEST_BEGINNING = 3  # letters
UNKNOWN = 6  # terms that are thought about; a question of more unknown words is no question of ours


def forgive(question: Question, public: PostQuerySet) -> Question:
    """The question with its unknown terms as they were likely meant; the same where nothing is known of them.

    Five queries at most, and a bounded number of spellings, whatever was asked.
    """
    readings = [(term, *other_readings(term)) for term in question.terms]
    held = _held(chain.from_iterable(readings), public)
    unknown = [term for term in question.terms if not held[term]][:UNKNOWN]
    meant = {
        term: better
        for term, *others in readings
        if term in unknown and (better := next((other for other in others if held[other]), None))
    }
    misspelled = [term for term in unknown if term not in meant]
    if misspelled:
        meant |= _mended(misspelled, {term: others for term, *others in readings}, public)
    if not meant:
        return question
    return question.asking(tuple(dict.fromkeys(meant.get(term, term) for term in question.terms)))


def other_readings(term: Term) -> list[Term]:
    """The keys of the other keyboard, the letters of the other alphabet, the word that this one begins: the surest first."""
    swapped = other_layout(term.raw)
    words = tuple(WORD.findall(fold(swapped)))
    found = [replace(term, raw=swapped.lower(), words=words)] if words else []
    found += [_of_words(term, spelled) for spelled in _transliterated(term.words)]
    if len(term.words) == 1 and len(term.words[0]) >= SHORTEST_BEGINNING and not term.quoted:
        found.append(replace(term, begins=True))
    return found


def _transliterated(words: Sequence[str]) -> list[tuple[str, ...]]:
    """All words of a term in one habit of writing; those that have none stay."""
    each = [transliterations(word) or (word,) for word in words]
    most = max(map(len, each))
    spelled = (tuple(ways[min(at, len(ways) - 1)] for ways in each) for at in range(most))
    return [one for one in dict.fromkeys(spelled) if one != tuple(words)]


def _of_words(term: Term, words: tuple[str, ...]) -> Term:
    return replace(term, raw=" ".join(words), words=words, begins=False)


def _held(terms: Iterable[Term], public: PostQuerySet) -> dict[Term, int]:
    asked = list(dict.fromkeys(terms))
    return dict(zip(asked, engine().holders(asked, public, most=COUNTED), strict=True))


def _mended(
    terms: Sequence[Term], readings: dict[Term, list[Term]], public: PostQuerySet
) -> dict[Term, Term]:
    """Terms whose words are a slip or two away from known ones, as they are typed or in another alphabet."""
    ways = {term: [term, *(one for one in readings[term] if not one.begins)] for term in terms}
    plain = [way.words[0] for term in terms for way in ways[term] if len(way.words) == 1]
    likely = likely_meant(plain)
    tried = {
        term: [
            _of_words(term, (word,))
            for way in ways[term]
            if len(way.words) == 1
            for word in likely.get(way.words[0], ())
        ]
        for term in terms
    }
    held = _held(chain.from_iterable(tried.values()), public) if any(tried.values()) else {}
    return {
        term: better
        for term, others in tried.items()
        if (better := next((other for other in others if held[other]), None))
    }
