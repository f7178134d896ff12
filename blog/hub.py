"""hub: tells the WebSub hub which feeds have changed; from the poller or cron, never from what publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import urllib3
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from blog.addresses import absolute
from blog.feeds import FORMS
from blog.listings import place
from blog.models import HubNotice, Post, Revision
from blog.querysets import PostQuerySet
from blog.versions import version_now

PATIENCE = urllib3.Timeout(connect=3, read=5)  # seconds
MOST = 300  # feeds told of at once; after a large import their readers' programs find the rest when they ask
OVERLAP = timedelta(minutes=10)  # a long transaction writes moments that lie before its commit
LONGEST_REST = 60  # minutes


@dataclass(frozen=True, slots=True)
class Told:
    """What came of telling."""

    feeds: int = 0  # that the hub has taken
    refused: int = 0  # that it does not want
    problem: str = ""  # why it has to be told again, in a sentence
    again: bool = False  # the same as the time before: no news


class HubFailed(Exception):
    """The hub could not be told now; its words are a sentence."""


def tell() -> Told:
    """Tell the hub what has changed since it was told last. Told twice is no harm, so that several may do this at once.

    One query where nothing has changed.
    """
    if not settings.WEBSUB_HUB:
        return Told()
    now, version = timezone.now(), version_now()
    notice, _ = HubNotice.objects.get_or_create(pk=1)
    if notice.told == version.name or (notice.next_try and notice.next_try > now):
        return Told()
    taken = refused = 0
    try:
        for topic in topics(notice.told_at):
            if _ping(topic):
                taken += 1
            else:
                refused += 1
    except HubFailed as problem:
        rest = timedelta(minutes=min(2**notice.failures, LONGEST_REST))
        _note(failures=min(notice.failures + 1, 20), next_try=now + rest)
        return Told(taken, refused, str(problem), again=notice.failures > 0)
    _note(told=version.name, told_at=now, failures=0, next_try=None)
    return Told(taken, refused)


def _note(**columns: object) -> None:
    HubNotice.objects.filter(pk=1).update(**columns)


# -- which feeds -----------------------------------------------------------------------------------


def topics(since: datetime | None) -> list[str]:
    """The addresses of the feeds that may have changed since then: the site's, and those of public posts that did."""
    paths = dict.fromkeys([place("home", None)])
    if since is not None:
        paths |= dict.fromkeys(_lists_of(changed(since - OVERLAP)))
    return [absolute(f"{path}feed.{form}") for path in paths for form in FORMS][:MOST]


def changed(since: datetime) -> PostQuerySet:
    """Posts that are public now and appeared or were changed since; what is not public is nobody's business."""
    revised = Revision.objects.filter(created_at__gt=since, proposed=False, working=False)
    moved = Q(published_at__gt=since) | Q(appears_at__gt=since) | Q(pk__in=revised.values("post"))
    return Post.objects.published().filter(moved).newest_first()


def _lists_of(posts: PostQuerySet) -> Iterator[str]:
    """The lists that hold these posts, the most general first."""
    rows = list(
        posts.select_related("series").with_people_and_tags().defer("body", "html", "feed_html")[:MOST]
    )
    for post in rows:
        yield place("home", _spoken(post))
    for post in rows:
        for language in (None, _spoken(post)):
            yield from _special(post, language)


def _spoken(post: Post) -> str:
    return post.language.lower().partition("-")[0]


def _special(post: Post, language: str | None) -> Iterable[str]:
    for byline in post.bylines.all():
        yield place("author", language, slug=byline.author.slug)
    for tagging in post.taggings.all():
        yield place("tag", language, slug=tagging.tag.slug)
    if post.series:
        yield place("series", language, slug=post.series.slug)


# -- telling ---------------------------------------------------------------------------------------


def _ping(topic: str) -> bool:
    """Whether the hub takes it. Raises HubFailed where it has to be told again later."""
    said = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
    try:
        with urllib3.PoolManager(retries=False, timeout=PATIENCE) as pool:
            answer = pool.request(
                "POST",
                settings.WEBSUB_HUB,
                fields=said,
                encode_multipart=False,
                redirect=False,
                preload_content=False,
            )
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as problem:
        raise HubFailed(
            f"The hub {settings.WEBSUB_HUB} could not be reached ({type(problem).__name__}); it is tried again."
        ) from problem
    if answer.status == 429 or answer.status >= 500:
        raise HubFailed(f"The hub {settings.WEBSUB_HUB} answered {answer.status}; it is tried again.")
    return 200 <= answer.status < 300


def sentences(told: Told) -> list[str]:
    """What an operator should hear of it; of what goes well, nothing."""
    said = [told.problem] if told.problem and not told.again else []
    if told.refused and not told.feeds and not told.problem:
        said.append(
            f"The hub {settings.WEBSUB_HUB} refused all {told.refused} feeds it was told of; is WEBSUB_HUB its address?"
        )
    return said
