"""bringing: what imported entries show is fetched once their text is safe, stored, and shown from here; failures wait to be tried again."""

from __future__ import annotations

import io
import logging
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from blog import images
from blog.models import Image
from importer.addresses import absolute
from importer.media import recordings
from importer.media.fetching import PICTURES, Got, Hosts, Task, Ways, at_hand, gather
from importer.media.showing import show
from importer.models import Made, MediaItem, Run, Source
from importer.report import MediaCount
from importer.storing.databases import DATABASE_ERRORS

logger = logging.getLogger(__name__)

BATCH = 100  # items; whole posts are kept together
MOST_TRIES = 5
FIRST_WAIT = timedelta(hours=1)  # before a failed one is asked for again; four times as long each time
LONGEST_ADDRESS = 2000  # what the column of a picture's source takes
RECORDINGS = (MediaItem.Kind.AUDIO, MediaItem.Kind.VIDEO)
PICTURE_STARTS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")


@dataclass(slots=True)
class Work:
    """What the batches of one source share."""

    ways: Ways
    run: Run | None
    count: MediaCount
    hosts: Hosts
    check: Callable[[], object]


def usual_ways(media_dir: str = "") -> Ways:
    return Ways(folder=media_dir, allowed_hosts=frozenset(settings.FETCH_ALLOWED_HOSTS))


# -- what is to be done --------------------------------------------------------------------------


def waiting(
    *, source: Source | None = None, run: Run | None = None, now: bool = False
) -> QuerySet[MediaItem]:
    """What has not been asked for, and what failed and is due; of posts that are there. `now`: due or not."""
    due = Q(status=MediaItem.Status.PENDING) | Q(status=MediaItem.Status.FAILED)
    if not now:
        due = Q(status=MediaItem.Status.PENDING) | Q(status=MediaItem.Status.FAILED, due__lte=timezone.now())
    items = MediaItem.objects.filter(due, imported__post__isnull=False, imported__post__trashed_at=None)
    if source is not None:
        items = items.filter(imported__source=source)
    return items if run is None else items.filter(run=run)


def left_behind() -> QuerySet[MediaItem]:
    """What no command waits for: what failed and is due again, what an import at the desk left for later.

    What `--no-media` left stays where it is until somebody asks for it.
    """
    from_the_desk = Q(run__user__isnull=False, url__startswith="http")  # the rest lies in an uploaded archive
    return waiting().filter(Q(tries__gt=0) | from_the_desk)


def bring_in(
    items: QuerySet[MediaItem],
    ways: Ways,
    *,
    run: Run | None = None,
    check: Callable[[], object] = lambda: None,
    advance: Callable[[int], object] = lambda number: None,
    count: MediaCount | None = None,
) -> MediaCount:
    """Fetch, store and show; no transaction is open while anything is fetched. What is broken off is taken up again."""
    work = Work(ways, run, count or MediaCount(), Hosts(), check)
    for batch in batches(items):
        work.count.found += len(batch)
        settle(batch, work)
        for imported_id in dict.fromkeys(item.imported_id for item in batch):
            check()
            shown(imported_id)
        advance(len(batch))
    return work.count


def batches(items: QuerySet[MediaItem]) -> Iterator[list[MediaItem]]:
    """A hundred or so at a time, a post's all together: each post gets one revision."""
    posts: defaultdict[int, list[int]] = defaultdict(list)
    for imported_id, pk in items.order_by("imported_id", "id").values_list("imported_id", "pk"):
        posts[imported_id].append(pk)
    batch: list[int] = []
    for pks in posts.values():
        batch += pks
        if len(batch) >= BATCH:
            yield loaded(batch)
            batch = []
    if batch:
        yield loaded(batch)


def loaded(pks: Sequence[int]) -> list[MediaItem]:
    return list(MediaItem.objects.filter(pk__in=pks).order_by("pk"))


def shown(imported_id: int) -> None:
    """A post that cannot be written costs its own pictures alone."""
    try:
        show(imported_id)
    except DATABASE_ERRORS:
        raise
    except Exception as problem:
        logger.debug("A post could not be given its pictures", exc_info=True)
        for item in MediaItem.objects.filter(imported=imported_id, status=MediaItem.Status.PENDING):
            fail(item, f"The post could not be written anew ({type(problem).__name__}).", None)


# -- fetching and storing ------------------------------------------------------------------------


def settle(batch: Sequence[MediaItem], work: Work) -> None:
    """Find or fetch what the items name. Each ends up with its file, or failed."""
    alike: defaultdict[tuple[str, bool, int], list[MediaItem]] = defaultdict(list)
    for item in batch:
        # A relative address means something else in every post.
        alike[item.url, is_recording(item), 0 if absolute(item.url) else item.imported_id].append(item)
    known = known_here(batch)
    tasks = []
    for items in alike.values():
        if not reuse(items, known, work):
            tasks.append(task_of(items[0]))
    by_key = {items[0].pk: items for items in alike.values()}
    asked = []
    for task in tasks:
        work.check()
        if got := at_hand(task, work.ways):
            take(got, by_key[got.key], work)
        else:
            asked.append(task)
    for got in gather(asked, work.ways, usable=usable, check=work.check, hosts=work.hosts):
        take(got, by_key[got.key], work)


def is_recording(item: MediaItem) -> bool:
    return item.kind in RECORDINGS


def task_of(item: MediaItem) -> Task:
    addresses = (absolute(one, item.base) or one for one in (item.url, *item.others))
    return Task(item.pk, tuple(addresses), is_recording(item), item.base)


def usable(task: Task, data: bytes) -> bool:
    if task.long:
        return bool(recordings.ending_of(data, "audio"))
    return data.startswith(PICTURE_STARTS) or data[8:12] == b"WEBP" or data[4:11] == b"ftypavi"


def known_here(batch: Sequence[MediaItem]) -> dict[tuple[str, bool], tuple[int | None, str]]:
    """What is stored already, by address: the picture's id or the recording's name."""
    urls = {item.url_sha256 for item in batch if absolute(item.url)}
    found: dict[tuple[str, bool], tuple[int | None, str]] = {}
    named = MediaItem.objects.filter(url_sha256__in=urls).exclude(image=None, name="")
    for url, kind, image_id, name in named.values_list("url", "kind", "image_id", "name"):
        found[url, kind in RECORDINGS] = (image_id, name)
    addresses = {item.url for item in batch if absolute(item.url) and not is_recording(item)}
    for url, pk in Image.objects.filter(source_url__in=addresses).values_list("source_url", "pk"):
        found[url, False] = (pk, "")
    return found


def reuse(
    items: Sequence[MediaItem], known: dict[tuple[str, bool], tuple[int | None, str]], work: Work
) -> bool:
    """Whether what they name is here already. What is named relatively is looked for anew: it may have changed."""
    first = items[0]
    place = known.get((first.url, is_recording(first)))
    if place is None and not (work.ways.members or work.ways.folder) and (first.image_id or first.name):
        place = (first.image_id, first.name)
    if place is None:
        return False
    keep(items, *place)
    work.count.reused += len(items)
    return True


def take(got: Got, items: Sequence[MediaItem], work: Work) -> None:
    """Store what came, or note why nothing did."""
    if got.problem:
        refuse(items, got.problem, work, gone=got.gone)
        return
    try:
        image_id, name, was_here = (stored_recording if is_recording(items[0]) else stored_picture)(
            got, items[0]
        )
    except DATABASE_ERRORS:
        raise
    except ValidationError as problem:
        refuse(items, f"{got.address[:200]}: {' '.join(problem.messages)}", work)
    except ValueError as problem:
        refuse(items, f"{got.address[:200]}: {problem}", work)
    except Exception as problem:
        logger.debug("A picture could not be stored", exc_info=True)
        refuse(items, f"{got.address[:200]} could not be stored here ({type(problem).__name__}).", work)
    else:
        keep(items, image_id, name)
        if not was_here:
            note_made(items[0], work.run)
        work.count.stored += not was_here
        work.count.reused += len(items) - (not was_here)


def stored_picture(got: Got, item: MediaItem) -> tuple[int | None, str, bool]:
    newest = Image.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    url = absolute(item.url, item.base)
    url = url if len(url) <= LONGEST_ADDRESS else ""
    image = images.store(
        io.BytesIO(got.data), None, name=file_name(got.address), source_url=url, most=PICTURES.url_bytes
    )
    return image.pk, "", image.pk <= newest


def stored_recording(got: Got, item: MediaItem) -> tuple[int | None, str, bool]:
    name, was_here = recordings.keep(got.data, item.kind)
    return None, name, was_here


def file_name(address: str) -> str:
    try:
        return posixpath.basename(unquote(urlsplit(address).path))
    except ValueError:
        return ""


def keep(items: Iterable[MediaItem], image_id: int | None, name: str) -> None:
    """They have their file; they count as stored once the post shows it."""
    for item in items:
        item.image_id, item.name, item.status = image_id, name, MediaItem.Status.PENDING
        item.last_error, item.due, item.updated_at = "", None, timezone.now()
        item.save()


def note_made(item: MediaItem, run: Run | None) -> None:
    """Which run brought the file, so that it can go when that run is undone and nothing else shows it."""
    if by := run or item.run:
        Made.objects.create(run=by, image_id=item.image_id, recording=item.name)


def refuse(items: Sequence[MediaItem], sentence: str, work: Work, *, gone: bool = False) -> None:
    work.count.failed += len(items)
    for item in items:
        fail(item, sentence, work.run, gone=gone)


def fail(item: MediaItem, sentence: str, run: Run | None, *, gone: bool = False) -> None:
    """Note a failure; it is tried again, ever later, unless it is gone for good."""
    item.tries += 1
    item.last_error = sentence[:2000]
    dead = gone or item.tries >= MOST_TRIES
    item.status = MediaItem.Status.DEAD if dead else MediaItem.Status.FAILED
    item.due = None if dead else timezone.now() + FIRST_WAIT * 4 ** (item.tries - 1)
    item.run = run or item.run
    item.updated_at = timezone.now()
    item.save()


def try_again(items: QuerySet[MediaItem]) -> int:
    """Put what failed or is dead back to the beginning; how many that were."""
    return items.filter(status__in=(MediaItem.Status.FAILED, MediaItem.Status.DEAD)).update(
        status=MediaItem.Status.PENDING, tries=0, due=None, last_error=""
    )
