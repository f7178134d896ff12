"""search: the question asked of the published posts, on either database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.safestring import SafeString

from blog.models import Post, SearchDocument
from blog.querysets import PostQuerySet
from blog.search.engines import engine
from blog.search.forgiving import forgive
from blog.search.narrowing import Choices, Narrowing, choices
from blog.search.question import Question, ask
from blog.search.ranking import Candidate, best_first
from blog.search.snippets import snippet

CANDIDATES = 1_000  # the best matches; readers are led no further
RANKED = 200  # of them that are put in order by what they hold; the rest stand as the engine has them


@dataclass(frozen=True, slots=True)
class Hit:
    post: Post
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    question: Question  # as it was asked
    results: tuple[Hit, ...]
    total: int
    has_next: bool
    every_word: bool = True  # False: no post holds all the words, these hold some
    instead: str = ""  # the question that was answered, where nothing answered the one that was asked
    choices: Choices = field(default_factory=Choices)

    @property
    def and_more(self) -> bool:
        return self.total >= CANDIDATES


NARROWING_NOTHING = Narrowing()


def search(
    text: str,
    *,
    page: int = 1,
    size: int = 20,
    narrowing: Narrowing = NARROWING_NOTHING,
    exactly: bool = False,
) -> Found:
    """Published posts that answer, best first. `exactly` asks for the very words; else what is likely meant is asked too.

    Seven queries for words that posts hold, none for an empty question, fourteen at most.
    """
    question = ask(text)
    if not question.terms:
        return Found(question, (), 0, False)
    asked, matches, every = _matching(question, narrowing, exactly)
    candidates, years, languages = _candidates(matches[:RANKED])
    order = best_first(candidates, asked, timezone.now()) + [post for post, _ in matches[RANKED:]]
    return Found(
        question,
        _hits(order[(page - 1) * size : page * size], asked),
        len(order),
        len(order) > page * size,
        every,
        asked.text if asked is not question else "",
        choices(order[:RANKED], years, languages),
    )


def holding(text: str, narrowing: Narrowing = NARROWING_NOTHING) -> PostQuerySet:
    """The published posts that hold the very words, the best `CANDIDATES` where they are more, in no order; one query."""
    question = ask(text)
    matches = _matching(question, narrowing, exactly=True)[1] if question.terms else []
    return Post.objects.published().filter(pk__in=[post for post, _ in matches])


def _matching(
    question: Question, narrowing: Narrowing, exactly: bool
) -> tuple[Question, list[tuple[int, float]], bool]:
    """The question that was answered at last, (post, score), and whether all its words are held."""
    public = Post.objects.published()
    among = narrowing.of(public)
    matches = engine().match(question, among, every=True, limit=CANDIDATES)
    if matches or exactly:
        return question, matches, True
    asked = forgive(question, public)
    if asked is not question:
        matches = engine().match(asked, among, every=True, limit=CANDIDATES)
    if not matches and len(asked.terms) > 1:
        matches = engine().match(asked, among, every=False, limit=CANDIDATES)
        return asked, matches, not matches
    return asked, matches, True


def _candidates(matches: Sequence[tuple[int, float]]) -> tuple[list[Candidate], list[int], list[str]]:
    """What ranking looks at; the years and the languages of these posts. One query."""
    best = max((score for _, score in matches), default=0.0) or 1.0
    scores = dict(matches)
    rows = SearchDocument.objects.filter(pk__in=scores).values_list(
        "pk", "title", "tags", "names", "post__published_at", "post__dated", "post__language"
    )
    found = list(rows) if scores else []
    candidates = [Candidate(row[0], scores[row[0]] / best, *row[1:5]) for row in found]
    years = [timezone.localtime(row[4]).year for row in found if row[4] and row[5]]
    return candidates, years, [row[6] for row in found]


def _hits(here: Sequence[int], asked: Question) -> tuple[Hit, ...]:
    posts = Post.objects.published().for_listing().select_related("cover", "series", "search_document")
    found = {post.pk: post for post in posts.filter(pk__in=here)} if here else {}
    return tuple(
        Hit(found[pk], snippet(found[pk].search_document.text, asked.words, asked.beginning))
        for pk in here
        if pk in found
    )
