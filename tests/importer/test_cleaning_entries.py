"""test_cleaning_entries: titles, languages, tags, addresses and authors of an entry as the post takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from importer.entry import About, Enclosure, Person
from importer.errors import EntryRejected
from importer.identity import Named, Rule, aliases, rule_for
from importer.options import Options
from importer.preparing.cleaning import Cleaned, Context, clean, language_of
from tests.importer.documents import an_entry

CONTEXT = Context(About(title="A blog"), Options(), nobody="A blog")


def cleaned(context: Context = CONTEXT, **fields: Any) -> Cleaned:
    return clean(an_entry(**fields), context)


def test_a_title_is_folded() -> None:
    assert cleaned(title=" A\n title ").content.title == "A title"


def test_a_long_title_is_cut_at_a_word_and_that_is_said() -> None:
    found = cleaned(title="word " * 2000)
    assert len(found.content.title) <= 500
    assert found.content.title.endswith("word…")
    assert found.warnings == ("Its title was longer than 500 characters and was cut.",)


def test_an_entry_without_a_title_is_given_its_first_words() -> None:
    found = cleaned(title="", body="<p>Just a short note about the weather.</p>")
    assert found.content.title == "Just a short note about the weather."
    assert found.warnings == ("It had no title and was given one from its first words.",)


def test_an_entry_that_is_a_recording_alone_is_taken() -> None:
    film = Enclosure("https://media.example/film.mp4", "video/mp4")
    found = cleaned(title="", body="", enclosures=(film,), link="https://blog.example/film")
    assert "https://media.example/film.mp4" in found.content.body
    assert found.content.title == "blog.example/film"


def test_an_entry_with_neither_title_nor_text_is_rejected() -> None:
    with pytest.raises(EntryRejected, match=r"^The entry has neither a title nor a text\.$"):
        cleaned(title="", body="<p> </p><script>x</script>")


def test_a_picture_alone_is_an_entry() -> None:
    found = cleaned(
        title="", body='<img src="https://x.example/a.jpg" alt="">', link="https://blog.example/a"
    )
    assert found.content.title == "blog.example/a"
    assert found.pictures == 1


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en-us", "en-US"),
        ("RU", "ru"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("English", ""),
        ("", ""),
        ("en-" + "a" * 40, ""),
    ],
)
def test_languages_are_written_as_they_usually_are(written: str, tag: str) -> None:
    assert language_of(written) == tag


def test_the_language_is_the_entrys_else_the_sources() -> None:
    context = replace(CONTEXT, about=About(language="en-us"))
    assert cleaned(context, language="ru").content.language == "ru"
    assert cleaned(context).content.language == "en-US"


def test_tags_are_cleaned_and_the_operators_come_last() -> None:
    context = replace(CONTEXT, options=Options(tags=("Imported", "python")))
    assert cleaned(context, tags=("#Python", " PYTHON ", "", "x" * 500)).content.tags == (
        "Python",
        "x" * 100,
        "Imported",
    )


def test_what_no_database_takes_is_removed_everywhere() -> None:
    found = cleaned(title="A\x00 t\ud800itle", body="<p>A\x0b text\ufffe.</p>", tags=("a\x00b",))
    assert (found.content.title, found.content.body, found.content.tags) == (
        "A title",
        "<p>A text.</p>",
        ("ab",),
    )


def shared_link() -> Rule:
    entries = [an_entry(title=title, link="https://blog.example/undefined/") for title in ("One", "Two")]
    return rule_for(Named(entry.title, aliases(entry)) for entry in entries)


def test_a_link_of_its_own_is_where_the_entry_came_from() -> None:
    assert cleaned(link="https://blog.example/a/").content.origin_url == "https://blog.example/a/"


def test_a_link_that_several_entries_share_is_neither_origin_nor_canonical_nor_base() -> None:
    shared = "https://blog.example/undefined/"
    found = cleaned(
        replace(CONTEXT, rule=shared_link()),
        link=shared,
        canonical=shared,
        base_url=shared,
        body='<p>Words.</p><img src="./a.png" alt="A thing"><img src="/b.png" alt="Another">',
    )
    assert (found.content.origin_url, found.content.canonical_url) == ("", "")
    assert '<img src="./a.png"' in found.content.body
    assert '<img src="https://blog.example/b.png"' in found.content.body
    assert found.warnings == (
        "One picture in it cannot be found: the address is relative, and the source does not say to what; --base-url says it.",
    )


@pytest.mark.parametrize(
    ("authors", "of_the_source", "option", "names"),
    [
        (("Ada Example",), ("The editor",), "Given", ["Ada Example"]),
        ((), ("The editor",), "Given", ["The editor"]),
        (("—",), (), "Given", ["Given"]),
        ((), (), "", ["A blog"]),
    ],
)
def test_who_wrote_it(
    authors: tuple[str, ...], of_the_source: tuple[str, ...], option: str, names: list[str]
) -> None:
    about = About(title="A blog", authors=tuple(map(Person, of_the_source)))
    context = Context(about, Options(author=option), nobody="A blog")
    assert [person.name for person in cleaned(context, authors=tuple(map(Person, authors))).people] == names


def test_an_address_that_is_none_is_dropped_from_a_person() -> None:
    found = cleaned(authors=(Person("Ada Example", "noreply"), Person("Bob Sample", "Bob@Blog.example")))
    assert [person.email for person in found.people] == ["", "bob@blog.example"]


def test_markdown_stays_markdown() -> None:
    found = cleaned(body="Some *words*.", body_format="markdown")
    assert (found.content.body, found.content.body_format) == ("Some *words*.", "markdown")


def test_a_script_is_a_loss() -> None:
    assert cleaned(body="<p>Words.</p><script>x()</script>").losses == ("A script was left out.",)
