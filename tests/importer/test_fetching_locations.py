"""test_fetching_locations: what an operator names is told apart: a file, a folder, standard input, a web address."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from importer.errors import SourceUnusable
from importer.fetching import fetch, is_url, sources
from tests.importer.web_servers import BODY, here, reply, serving


def test_a_folder_is_its_files_sorted_without_hidden_ones_and_inner_folders(tmp_path: Path) -> None:
    for name in ("b.xml", "a.xml", "в.txt", ".DS_Store"):
        (tmp_path / name).touch()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "c.xml").touch()
    assert sources(str(tmp_path)) == [str(tmp_path / name) for name in ("a.xml", "b.xml", "в.txt")]


def test_files_of_a_folder_are_named_as_the_folder_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.xml").touch()
    monkeypatch.chdir(tmp_path)
    assert sources("feeds") == [os.path.join("feeds", "a.xml")]


def test_a_folder_without_files_is_unusable(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    (tmp_path / "inner").mkdir()
    with pytest.raises(SourceUnusable) as caught:
        sources(str(tmp_path))
    assert str(caught.value) == (
        f"{tmp_path} holds no files to import. Name a folder with files directly in it, or a file."
    )


@pytest.mark.parametrize("location", ["-", "gone.xml", "https://example.org/feed", "a\0b"])
def test_anything_else_is_one_source(location: str) -> None:
    assert sources(location) == [location]


@pytest.mark.parametrize(
    "location",
    [
        "http://a.org",
        "HTTPS://a.org",
        "ftp://a.org/x",
        "file:///etc/passwd",
        "data:text/xml,<rss/>",
        "dict://a",
    ],
)
def test_addresses_are_addresses(location: str) -> None:
    assert is_url(location)


@pytest.mark.parametrize(
    "location", ["feed.xml", "./http", "-", "", "C:\\notes.xml", "notes: one.txt", "/a:b"]
)
def test_names_of_files_are_no_addresses(location: str) -> None:
    assert not is_url(location)


def test_a_file_with_a_colon_in_its_name_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes:one.xml").write_bytes(b"here")
    monkeypatch.chdir(tmp_path)
    assert fetch("notes:one.xml").data == b"here"


@pytest.mark.parametrize(
    ("location", "scheme"),
    [
        ("file:///etc/passwd", "file"),
        ("ftp://example.org/feed.xml", "ftp"),
        ("gopher://example.org/0", "gopher"),
        ("data:text/xml,<rss/>", "data"),
        ("dict://example.org/d:word", "dict"),
    ],
)
def test_other_schemes_are_refused(location: str, scheme: str) -> None:
    with pytest.raises(SourceUnusable) as caught:
        fetch(location)
    assert str(caught.value) == (
        f"{location} was not fetched: {scheme}: is not fetched, only http and https are. "
        "Give a web address or a file."
    )


def test_no_name_at_all_is_refused() -> None:
    with pytest.raises(SourceUnusable, match=r"^The source has no name"):
        fetch("")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fetch("-", stdin=io.BytesIO(b"given")).data == b"given"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"own")))
    assert fetch("-").data == b"own"


def test_a_detached_program_has_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SourceUnusable, match=r"^Standard input is closed"):
        fetch("-")


def test_an_address_is_fetched() -> None:
    with serving(reply()) as server:
        raw = fetch(server.url, resolver=here(), allowed_hosts=server.allowed)
    assert (raw.data, raw.location, raw.final_url, raw.path) == (BODY, server.url, server.url, "")
