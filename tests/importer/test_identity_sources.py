"""test_identity_sources: which documents are one source, and that nobody can claim another's."""

from __future__ import annotations

from importer.entry import About, Document, RawDocument
from importer.identity import SourceKey, SourceNames, source_key, source_names

FEED = "https://a.com/feed.xml"
NOTHING = About()


def fetched(url: str, about: About = NOTHING) -> SourceNames:
    return source_names(Document(RawDocument(url, b"x", final_url=url), "x", "utf-8"), about)


def file(about: About = NOTHING, path: str = "/tmp/feed.xml") -> SourceNames:
    return source_names(Document(RawDocument(path or "-", b"x", path=path), "x", "utf-8"), about)


def test_a_fetched_source_is_its_address() -> None:
    assert fetched("https://www.a.com/feed.xml").key == SourceKey("url", "a.com/feed.xml")


def test_http_and_https_are_one_source() -> None:
    assert fetched("http://a.com/feed.xml").same_as(fetched(FEED))


def test_two_addresses_are_two_sources_whatever_they_say_of_themselves() -> None:
    about = About(ident="tag:a.com,2020:blog", self_url=FEED, site_url="https://a.com/")
    assert not fetched("https://a.com/tag/x.xml", about).same_as(fetched(FEED, about))


def test_a_file_joins_the_address_that_it_names() -> None:
    assert file(About(self_url=FEED)).same_as(fetched(FEED))


def test_a_file_joins_an_address_with_the_same_id_on_its_host() -> None:
    about = About(ident="tag:a.com,2020:blog")
    assert file(about).same_as(fetched(FEED, about))


def test_a_foreign_address_cannot_take_over_a_source_by_its_self_link() -> None:
    claim = About(ident="tag:a.com,2020:blog", self_url=FEED)
    evil = fetched("https://evil.org/feed.xml", claim)
    assert evil.keys == (SourceKey("url", "evil.org/feed.xml"),)
    assert not evil.same_as(file(claim))


def test_an_id_that_names_no_host_joins_no_address() -> None:
    about = About(ident="urn:uuid:1-2-3")
    assert not fetched(FEED, about).same_as(file(about))
    assert file(about).same_as(file(about, path="/tmp/other.xml"))


def test_a_channels_link_joins_files_where_nothing_better_exists() -> None:
    about = About(site_url="https://a.com/")
    assert file(about).key == SourceKey("site", "a.com")
    assert file(about).same_as(file(about, path="/tmp/other.xml"))
    assert not fetched(FEED, about).same_as(file(about))


def test_a_file_that_says_nothing_is_its_path() -> None:
    assert file().key == SourceKey("path", "/tmp/feed.xml")


def test_standard_input_that_says_nothing_is_its_digest() -> None:
    assert file(path="").key.kind == "digest"


def test_standard_input_is_what_it_says() -> None:
    document = Document(RawDocument("-", b"x"), "x", "utf-8")
    assert source_key(document, About(self_url=FEED)) == SourceKey("url", "a.com/feed.xml")
