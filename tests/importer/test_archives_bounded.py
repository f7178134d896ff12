"""test_archives_bounded: a walk through an archive ends at its bounds, keeps what came, and says where to go on."""

from __future__ import annotations

from itertools import count

import pytest

from importer.documents.decoding import decode
from importer.entry import RawDocument
from importer.formats import choose
from importer.formats.base import Reading
from importer.models import Source
from importer.options import Options
from importer.reading import archives
from importer.reading.archives import Bounds, Walk, Walking, walk
from tests.importer.archives import GONE, page, pages, walked
from tests.importer.documents import NOON, command, item, only, rss, verdicts, written
from tests.importer.web_servers import redirect, reply

HERE = "https://blog.example/feed"


def endless(size: int = 0) -> archives.Fetch:
    """Every page has something new and leads to another."""
    numbers = count(2)

    def fetch(address: str) -> RawDocument:
        number = next(numbers)
        return document(number, f"{HERE}?page={number + 1}", size=size, address=address)

    return fetch


def document(number: int, onward: str, *, size: int = 0, address: str = HERE) -> RawDocument:
    whole = page(number, onward=onward).split(b"\r\n\r\n", 1)[1]
    return RawDocument(address, whole + b" " * size, final_url=address)


def walk_on(bounds: Bounds, fetch: archives.Fetch, clock: object = None) -> Walk:
    raw = document(1, f"{HERE}?page=2")
    first, reading = decode(raw), Reading(NOON)
    parsed = choose(first).read(first, reading)
    ticks = count(0.0)
    way = Walking(Options(all_pages=True), reading, fetch, clock=lambda: next(ticks), bounds=bounds)
    return walk(first, parsed, way)[1]


@pytest.mark.parametrize(
    ("bounds", "size", "said"),
    [
        (Bounds(pages=3), 0, "3 pages were read, which is as many as one import takes; the next is"),
        (
            Bounds(size=10_000),
            9_000,
            "Over 10 kB were read, which is as much as one import takes; the next page is",
        ),
        (
            Bounds(seconds=2.5),
            0,
            "3 pages took over 0.0416667 minutes, which is as long as one import walks; the next is",
        ),
    ],
)
def test_a_bound_ends_the_walk_with_a_sentence(bounds: Bounds, size: int, said: str) -> None:
    found = walk_on(bounds, endless(size))
    (sentence,) = found.warnings
    assert sentence.startswith(said)
    onward = f"{HERE}?page={len(found.pages) + 2}"
    assert sentence.endswith(f"What came before it is taken; “--all --from-page {onward}” goes on there.")
    assert found.unfinished


@pytest.mark.django_db
def test_a_page_that_fails_in_the_middle_costs_only_what_is_behind_it() -> None:
    broken = reply(b"", "500 Internal Server Error")
    answers = {"/feed": page(3, onward="/2"), "/2": page(2, onward="/3"), "/3": broken, "/4": page(0)}
    with pages(answers) as server:
        report = walked(server)
        assert verdicts(report) == ["created"] * 2
        assert report.status() == 3
        (said,) = only(report).warnings
        where = f"http://127.0.0.1:{server.port}/3"
        assert said.startswith(
            f"After 2 pages the next could not be read. {where} was not fetched: it has broken down (500)."
        )
        assert said.endswith(f"What came before it is taken; “--all --from-page {where}” goes on there.")


@pytest.mark.django_db
def test_a_page_that_is_no_feed_ends_the_walk() -> None:
    with pages(
        {"/feed": page(2, onward="/2"), "/2": reply(b"Closed for repairs. Come back later, please.")}
    ) as server:
        report = walked(server)
    assert verdicts(report) == ["created"]
    assert "After 1 page the next could not be read." in only(report).warnings[0]
    assert "It is no feed." in only(report).warnings[0]


@pytest.mark.django_db
def test_from_page_goes_on_as_a_part_of_the_same_source() -> None:
    answers = {"/feed": page(4, onward="/2"), "/2": GONE, "/3": page(2, onward="/4"), "/4": page(1)}
    with pages(answers) as server:
        walked(server)
        report = walked(server, from_page=f"http://127.0.0.1:{server.port}/3")
    assert verdicts(report) == ["unchanged", "created", "created"]
    assert Source.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("onward", ["/feed", "/2"])
def test_a_circle_is_seen(onward: str) -> None:
    with pages({"/feed": page(2, onward="/2"), "/2": page(1, onward=onward)}) as server:
        report = walked(server)
    assert verdicts(report) == ["created"] * 2
    assert only(report).warnings[0].startswith("The pages lead in a circle:")
    assert report.status() == 0


@pytest.mark.django_db
def test_pages_that_bring_nothing_new_end_the_walk() -> None:
    answers = {f"/{number}": page(1, onward=f"/{number + 1}") for number in range(2, 9)}
    with pages({"/feed": page(1, onward="/2")} | answers) as server:
        report = walked(server)
        assert server.paths() == ["/feed", "/2", "/3", "/4"]
    assert only(report).warnings[0].startswith("The last 3 pages brought nothing new")


@pytest.mark.django_db
def test_another_host_is_not_asked_unless_the_operator_names_it() -> None:
    with pages({"/feed": page(2), "/2": page(1)}) as server:
        other = f"http://localhost:{server.port}/2"
        for answer in (page(2, onward=other), page(2, onward="/moved")):
            with pages({"/feed": answer, "/moved": redirect(other)}) as first:
                report = walked(first, beside=[server])
                assert len(only(report).items) == 1
                assert "another host" in only(report).warnings[0]
                assert report.status() == 3
        with pages({"/feed": page(2, onward=other)}) as first:
            assert verdicts(walked(first, beside=[server], from_page=other))[1:] == ["created"]


@pytest.mark.django_db
def test_private_addresses_are_refused_behind_a_feed_too() -> None:
    with pages({"/feed": page(2, onward="http://127.0.0.1:50999/feed")}) as server:
        (said,) = only(walked(server)).warnings
    assert "After 1 page the next could not be read." in said
    assert "private" in said or "this machine" in said


@pytest.mark.django_db
def test_a_file_is_not_walked(tmp_path: object) -> None:
    from pathlib import Path

    from tests.importer.archives import link

    file = written(Path(str(tmp_path)), rss(item(1), more=link("next", "https://blog.example/feed?page=2")))
    ended = command(file, "--all")
    assert ended.status == 0
    assert (
        "This is a file, so its further pages were not asked for; they begin at https://blog.example/feed?page=2."
        in ended.err
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--from-page", "https://blog.example/2"),
            "--from-page says where --all goes on; give it together with --all.",
        ),
        (("--all", "--from-page", "page 2"), "--from-page: “page 2” is no web address"),
    ],
)
def test_from_page_is_checked(words: tuple[str, ...], said: str) -> None:
    ended = command("https://blog.example/feed", *words)
    assert ended.status == 2
    assert said in ended.err
