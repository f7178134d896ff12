"""search: the question asked of the published posts, on either database."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import Post, SearchDocument
from blog.search.engines import engine
from blog.search.question import Question, ask
from blog.search.snippets import snippet

CANDIDATES = 2_000  # the best matches that are looked at; what is published among them is ranked and shown
RECENT_DAYS = 730  # after so long a post weighs half of what it weighed new, never less


@dataclass(frozen=True, slots=True)
class Hit:
    post: Post
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    question: Question
    results: tuple[Hit, ...]
    total: int
    has_next: bool
    every_word: bool  # False: no post holds all the words, these hold some


def search(text: str, *, page: int = 1, size: int = 20) -> Found:
    """Published posts that answer, best first. Four queries and those of `for_listing`; none for an empty question."""
    question = ask(text)
    ranked, every = _ranked(question)
    here = ranked[(page - 1) * size : page * size]
    posts = (
        {post.pk: post for post in Post.objects.published().for_listing().filter(pk__in=here)} if here else {}
    )
    texts = dict(SearchDocument.objects.filter(pk__in=here).values_list("pk", "text")) if here else {}
    hits = tuple(Hit(posts[pk], snippet(texts.get(pk, ""), question.words)) for pk in here if pk in posts)
    return Found(question, hits, len(ranked), len(ranked) > page * size, every)


def _ranked(question: Question) -> tuple[list[int], bool]:
    for every in (True, False):
        scores = dict(engine().match(question, every=every, limit=CANDIDATES))
        if scores:
            rows = Post.objects.published().filter(pk__in=scores).values_list("pk", "published_at")
            now = timezone.now()
            order = sorted(((-scores[pk] * _recency(at, now), -pk) for pk, at in rows))
            if order:
                return [-pk for _, pk in order], every
        if len(question.words) < 2:
            break
    return [], True


def _recency(at: datetime | None, now: datetime) -> float:
    days = max(0.0, (now - at).total_seconds() / 86_400) if at else math.inf
    return 0.5 + 0.5 * math.exp(-days / RECENT_DAYS)
