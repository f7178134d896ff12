"""fetching: the bytes behind pictures and recordings, from a folder, from the source itself or from the web, several at a time."""

from __future__ import annotations

import os
import stat
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from importer.addresses import absolute, host_of
from importer.documents import bundles
from importer.documents.bundles import Members, Names
from importer.errors import EntryRejected, SourceUnusable
from importer.fetching import Limits, read_url
from importer.fetching.answers import AnswerRefused
from importer.fetching.limits import MEGABYTE

PICTURES = Limits(url_bytes=20 * MEGABYTE, seconds=20.0)
RECORDINGS = Limits(url_bytes=64 * MEGABYTE, seconds=120.0)
ACCEPT_PICTURES = "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5"
ACCEPT_RECORDINGS = "audio/*,video/*;q=0.9"
AT_ONCE = 6  # fetches
AT_ONCE_A_HOST = 2
AT_ONCE_LONG = 1  # recordings: each is held in memory
SILENT = 3  # times in a row that a host may not answer before the run leaves it alone
GONE = frozenset((404, 410, 451))


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be fetched."""

    key: int
    addresses: tuple[str, ...]  # to be tried in this order
    long: bool = False  # a recording
    base: str = ""  # what relative addresses are relative to in a folder or zip of files

    @property
    def host(self) -> str:
        return next((host_of(one) for one in self.addresses if absolute(one)), "")


Usable = Callable[[Task, bytes], bool]


@dataclass(frozen=True, slots=True)
class Got:
    """What a task came to: bytes and where they stood, or why there are none."""

    key: int
    data: bytes = b""
    address: str = ""
    problem: str = ""  # a sentence
    gone: bool = False  # asking again is useless


@dataclass(frozen=True, slots=True)
class Ways:
    """Where things can be had."""

    folder: str = ""  # --media-dir
    members: Members | None = None  # of a source that is a folder or a zip
    names: Names = field(default_factory=Names)  # of those
    allowed_hosts: frozenset[str] = frozenset()
    web: Callable[..., bytes] | None = None  # another way to ask the web; None: the usual one

    def with_members(self, members: Members | None) -> Ways:
        return replace(self, members=members, names=Names(members.names if members else ()))

    def ask(self, url: str, *, long: bool) -> bytes:
        """The bytes at a web address. Raises SourceUnusable."""
        if self.web is not None:
            return self.web(url)
        return read_url(
            url,
            limits=RECORDINGS if long else PICTURES,
            allowed_hosts=self.allowed_hosts,
            accept=ACCEPT_RECORDINGS if long else ACCEPT_PICTURES,
        ).raw.data


# -- at hand -------------------------------------------------------------------------------------


def at_hand(task: Task, ways: Ways) -> Got | None:
    """What needs no asking the web: from the source's own files or the operator's folder; None if it is not there."""
    limit = (RECORDINGS if task.long else PICTURES).url_bytes
    for address in task.addresses:
        data = from_members(address, task.base, ways, limit) or from_folder(address, ways.folder, limit)
        if data:
            return Got(task.key, data, address)
    return None


def from_members(address: str, base: str, ways: Ways, limit: int) -> bytes:
    members = ways.members
    if members is None or not (name := bundles.referred(address, base, ways.names)):
        return b""
    try:
        return members.read(name) if members.size(name) <= limit else b""
    except EntryRejected:
        return b""


def from_folder(address: str, folder: str, limit: int) -> bytes:
    """The file that an address means in a folder: by its whole path, else by ever less of it from the left."""
    if not folder:
        return b""
    root = os.path.realpath(folder)
    parts = path_parts(address)
    for start in range(len(parts)):
        if data := one_file(os.path.join(root, *parts[start:]), root, limit):
            return data
    return b""


def path_parts(address: str) -> list[str]:
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return []
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return [] if ".." in parts or "\0" in path else parts[-12:]


def one_file(path: str, root: str, limit: int) -> bytes:
    """A regular file's bytes; nothing where a link leads out of the folder."""
    real = os.path.realpath(path)
    if os.path.commonpath([real, root]) != root:
        return b""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        with open(os.open(real, flags), "rb") as file:
            stands = os.fstat(file.fileno())
            if not stat.S_ISREG(stands.st_mode) or stands.st_size > limit:
                return b""
            return file.read(limit)
    except OSError:
        return b""


# -- from the web --------------------------------------------------------------------------------


@dataclass(slots=True)
class Hosts:
    """How hosts have answered in this run."""

    busy: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)

    def is_silent(self, host: str) -> bool:
        return self.silent[host] >= SILENT


def gather(
    tasks: Iterable[Task],
    ways: Ways,
    *,
    usable: Usable,
    check: Callable[[], object] = lambda: None,
    hosts: Hosts | None = None,
) -> Iterator[Got]:
    """What each task comes to, as it comes. `usable` says of bytes whether they are what is meant, `check` is called
    every half second and may end all of it by raising. Nothing here touches the database."""
    hosts = hosts or Hosts()
    waiting = deque(tasks)
    running: dict[Future[Got], Task] = {}
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="media")
    try:
        while waiting or running:
            check()
            while len(running) < AT_ONCE and (task := next_of(waiting, running.values(), hosts)):
                if hosts.is_silent(task.host):
                    yield Got(task.key, problem=f"{task.host} did not answer, so it was asked no more.")
                    continue
                hosts.busy[task.host] += 1
                running[pool.submit(fetched, task, ways, usable, hosts)] = task
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                hosts.busy[running.pop(future).host] -= 1
                yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def next_of(waiting: deque[Task], running: Collection[Task], hosts: Hosts) -> Task | None:
    """The first task whose host is not busy; taken off the queue."""
    long = sum(task.long for task in running)
    for index, task in enumerate(waiting):
        if hosts.busy[task.host] < AT_ONCE_A_HOST and not (task.long and long >= AT_ONCE_LONG):
            del waiting[index]
            return task
    return None


def fetched(task: Task, ways: Ways, usable: Usable, hosts: Hosts) -> Got:
    """The first of a task's addresses that gives something usable; the sentence is about the first."""
    sentences: list[str] = []
    gone = True
    for address in task.addresses:
        if not (url := absolute(address)):
            sentences.append(f"{address[:200]} is no web address; --media-dir names the folder it lies in.")
            gone = False
            continue
        try:
            data = ways.ask(url, long=task.long)
        except SourceUnusable as problem:
            sentences.append(str(problem))
            gone = gone and isinstance(problem, AnswerRefused) and problem.status in GONE
            note(hosts, host_of(url), answered=is_answer(problem))
            continue
        except Exception as problem:  # whatever a strange server does costs one picture
            sentences.append(f"{url[:200]} could not be fetched ({type(problem).__name__}).")
            gone = False
            continue
        note(hosts, host_of(url), answered=True)
        if usable(task, data):
            return Got(task.key, data, address)
        what = "recording" if task.long else "picture"
        sentences.append(f"{url[:200]} gives no {what} of a kind that can be kept.")
        gone = False
    return Got(task.key, problem=next(iter(sentences), "It has no address."), gone=gone and bool(sentences))


def is_answer(problem: SourceUnusable) -> bool:
    """Whether the server answered, or we refused to ask; otherwise nothing came at all."""
    return problem.__cause__ is None


def note(hosts: Hosts, host: str, *, answered: bool) -> None:
    hosts.silent[host] = 0 if answered else hosts.silent[host] + 1
