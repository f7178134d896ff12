"""vocabulary: the words of all posts are learned as posts are written; the like of a misspelled one are found among them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice

from blog.models import SearchDocument, SearchWord
from blog.search.engines import engine
from blog.search.spelling import LONG_ENOUGH, LONGEST, SHORTEST, mendable, nearest, one_slip_away
from blog.search.stems import WORD, fold

READ = 250_000  # characters of a text whose words are learned
AT_ONCE = 5_000  # words asked for in one query
MENDED = 4  # words of a question
NEAR = 6  # spellings tried for each


def learn(documents: Sequence[SearchDocument]) -> None:
    """Keep the words that no post had before. A word is never forgotten: it is shown only where a public post holds it."""
    words = sorted(set(chain.from_iterable(map(_words, documents))))
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        known = engine().known(some)
        fresh = [word for word in some if word not in known]
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in fresh], batch_size=AT_ONCE)
        engine().learn(fresh)


def _words(document: SearchDocument) -> set[str]:
    text = " ".join((document.title, document.names, document.tags, document.text[:READ]))
    return {
        word for word in set(WORD.findall(fold(text))) if SHORTEST <= len(word) <= LONGEST and word.isalpha()
    }


def likely_meant(words: Sequence[str]) -> dict[str, list[str]]:
    """For each of a few misspelled words the known ones that it may stand for, nearest first. Two queries at most."""
    wanted = list(islice(filter(mendable, dict.fromkeys(words)), MENDED))
    if not wanted:
        return {}
    slipped = set(chain.from_iterable(map(one_slip_away, wanted)))
    known = engine().known(slipped)
    known.update(engine().alike([word for word in wanted if len(word) >= LONG_ENOUGH]))
    return {word: nearest(word, known, NEAR) for word in wanted}
