"""test_web_pages_followed: --follow imports the feeds that a web page names: one of each kind of content, the fullest."""

from __future__ import annotations

from typing import Any

import pytest

from importer.models import Run, Source
from importer.report import Report
from importer.runs import planning
from tests.importer.archives import atom, page, pages, walked
from tests.importer.documents import command, item, rss, written
from tests.importer.web_servers import redirect, reply

pytestmark = pytest.mark.django_db
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
FULL = "<p>" + "A whole text with very many words in it. " * 20 + "</p>"


def offer(href: str, title: str = "", kind: str = "rss") -> str:
    return f'<link rel="alternate" type="{TYPES[kind]}" title="{title}" href="{href}">'


def web_page(*offers: str) -> bytes:
    html = f"<!doctype html><html><head><title>A blog</title>{''.join(offers)}</head><body><p>Hello.</p></body></html>"
    return reply(html.encode(), "200 OK", "Content-Type: text/html")


def feed(*items: str, **fields: str) -> bytes:
    return reply(rss(*items, **fields).encode())


def followed(answers: dict[str, bytes], **options: Any) -> tuple[Report, list[str]]:
    with pages(answers) as server:
        report = walked(server, "/", **{"all_pages": False, "follow": True} | options)
        for source in report.sources:
            source.warnings = [one.replace(f"http://127.0.0.1:{server.port}", "") for one in source.warnings]
            source.error = source.error.replace(f"http://127.0.0.1:{server.port}", "")
        return report, server.paths()


def test_the_one_feed_is_imported_and_named() -> None:
    report, asked = followed({"/": web_page(offer("/feed.xml")), "/feed.xml": feed(item(1))})
    (one,) = report.sources
    assert one.counts == {"created": 1}
    assert one.source.endswith("/feed.xml")
    assert one.warnings[0] == "/ is a web page; its feed at /feed.xml was followed."
    assert asked == ["/", "/feed.xml"]
    assert Source.objects.get().location.endswith("/feed.xml")


def test_the_source_is_known_by_the_feeds_final_address() -> None:
    answers = {"/": web_page(offer("/go")), "/go": redirect("/feed.xml"), "/feed.xml": feed(item(1))}
    with pages(answers) as server:
        walked(server, "/feed.xml", all_pages=False)
        report = walked(server, "/", all_pages=False, follow=True)
    assert report.counts == {"unchanged": 1}
    assert Source.objects.count() == 1


def test_without_follow_the_feeds_are_named() -> None:
    offers = (offer("/rss.xml"), offer("/atom.xml", kind="atom"))
    report, asked = followed({"/": web_page(*offers)}, follow=False)
    assert (
        "it says that its feeds are at /rss.xml, /atom.xml, which can be imported" in report.sources[0].error
    )
    assert [one.kind for one in report.sources[0].feeds] == ["RSS", "Atom"]
    assert asked == ["/"]


def test_of_several_forms_of_one_channel_the_fullest_is_taken() -> None:
    answers = {
        "/": web_page(offer("/short.xml", "RSS"), offer("/full.xml", "RSS with whole texts")),
        "/short.xml": feed(item(1, "<p>A beginning.</p>"), item(2, "<p>Another.</p>")),
        "/full.xml": feed(item(1, FULL), item(2, FULL)),
    }
    report, asked = followed(answers)
    (one,) = report.sources
    assert one.source.endswith("/full.xml")
    assert one.warnings[0].endswith("Not followed: /short.xml (the same posts).")
    assert sorted(asked) == ["/", "/full.xml", "/short.xml"]


def test_of_equals_atom_is_taken() -> None:
    words = "The same words in both."
    entries = [(n, words, "2024-01-01T10:00:00Z") for n in (1, 2)]
    answers = {
        "/": web_page(offer("/rss.xml", "RSS"), offer("/atom.xml", "Atom", "atom")),
        "/rss.xml": feed(item(1, words), item(2, words)),
        "/atom.xml": atom(*entries),
    }
    report, _ = followed(answers)
    assert [one.source.rpartition("/")[2] for one in report.sources] == ["atom.xml"]


def test_feeds_of_different_content_are_all_taken() -> None:
    answers = {
        "/": web_page(offer("/blog.xml", "Blog"), offer("/radio.xml", "Radio")),
        "/blog.xml": feed(item(1), item(2)),
        "/radio.xml": feed(item(11), item(12), title="Radio"),
    }
    report, _ = followed(answers)
    assert [one.source.rpartition("/")[2] for one in report.sources] == ["blog.xml", "radio.xml"]
    assert report.counts == {"created": 4}
    assert "its feeds at /blog.xml and /radio.xml were followed" in report.sources[0].warnings[0]


def test_comments_and_parts_of_the_site_are_left() -> None:
    offers = (
        offer("/comments/feed/", "A blog » Comments Feed"),
        offer("/category/cats/feed/", "A blog » Cats"),
        offer("/feed/", "A blog » Feed"),
    )
    report, asked = followed({"/": web_page(*offers), "/feed/": feed(item(1))})
    assert asked == ["/", "/feed/"]
    assert (
        "Not followed: /comments/feed/ (comments); /category/cats/feed/ (a part of the site)."
        in report.sources[0].warnings[0]
    )


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        ((), "This is a web page that names no feed, so --follow has nowhere to go."),
        ((offer("/comments/feed/"),), "This is a web page that names feeds of comments alone"),
        ((offer("/feed.xml"),), "/feed.xml was not fetched: there is nothing at this address (404)."),
        ((offer("/other"),), "This is a web page, not a feed"),
        ((offer("/other"), offer("/feed.xml")), "none of its feeds can be read: /other (This is a web page"),
    ],
)
def test_what_cannot_be_followed_is_told_and_nothing_is_written(offers: tuple[str, ...], said: str) -> None:
    missing = reply(b"", "404 Not Found")
    answers = {
        "/": web_page(*offers),
        "/feed.xml": missing,
        "/other": web_page(offer("/third")),
        "/third": feed(item(1)),
    }
    report, asked = followed(answers)
    assert said in report.sources[0].error
    assert report.status() == 1
    assert "/third" not in asked
    assert not Source.objects.exists()


def test_a_private_address_on_a_page_is_refused() -> None:
    report, _ = followed({"/": web_page(offer("http://10.0.0.1/feed.xml"))})
    assert "http://10.0.0.1/feed.xml was not fetched" in report.sources[0].error


def test_follow_and_all_work_together_and_a_plan_of_them_is_carried_out() -> None:
    answers = {"/": web_page(offer("/feed")), "/feed": page(2, onward="/2"), "/2": page(1)}
    report, _ = followed(answers, all_pages=True, dry_run=True)
    assert report.counts == {"created": 2}
    plan = planning.load(Run.objects.latest("pk").pk)
    assert [location.rpartition("/")[2] for location in plan.locations] == ["feed"]
    from importer.pipeline import run_import

    assert run_import(plan.locations, plan.options, plan=plan, shows_errors=True).counts == {"created": 2}


def test_a_feed_is_imported_as_ever_and_a_saved_page_is_refused(tmp_path: Any) -> None:
    with pages({"/feed": page(1)}) as server:
        assert walked(server, all_pages=False, follow=True).counts == {"created": 1}
        assert server.paths() == ["/feed"]
    saved = written(
        tmp_path,
        f"<!doctype html><html><head>{offer('https://blog.example/feed')}</head></html>",
        "page.html",
    )
    ended = command(saved, "--follow")
    assert ended.status == 1
    assert "it says that its feed is at https://blog.example/feed" in ended.err


def test_a_followed_feed_is_polled_itself() -> None:
    report, _ = followed({"/": web_page(offer("/feed.xml")), "/feed.xml": feed(item(1))}, poll=True)
    source = Source.objects.get()
    assert (source.poll, source.location, source.options) == (True, report.sources[0].source, {})
