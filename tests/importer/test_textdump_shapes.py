"""test_textdump_shapes: each shape of dump is read post by post, and the reading says which shape it saw."""

from __future__ import annotations

from importer.entry import Entry
from tests.importer.textdumps import ONE, TWO, entries_of, read


def titles_and_bodies(text: str) -> list[tuple[str, str]]:
    return [(entry.title, entry.body) for entry in entries_of(text)]


def test_titles_and_bodies_in_turn_after_name_and_tagline() -> None:
    parsed = read(f"The Shed\nNotes on mending things\nFirst post\n{ONE}\nSecond post\n{TWO}\n")
    assert parsed.shape == (
        "title line and body line in turn, after the heading “The Shed” and “Notes on mending things” (2 posts)"
    )
    assert parsed.about.title == "The Shed"
    assert [entry.title for entry in parsed.entries] == ["First post", "Second post"]
    assert [entry.position for entry in parsed.entries] == [1, 2]


def test_titles_and_bodies_in_turn_after_a_name_alone() -> None:
    parsed = read(f"The Shed\nFirst post\n{ONE}\nSecond post\n{TWO}\n")
    assert parsed.shape == "title line and body line in turn, after the heading “The Shed” (2 posts)"


def test_titles_and_bodies_in_turn_without_a_heading() -> None:
    parsed = read(f"First post\n{ONE}\nSecond post\n{TWO}")
    assert parsed.shape == "title line and body line in turn (2 posts)"
    assert parsed.about.title == ""


def test_a_first_post_is_not_taken_for_a_heading() -> None:
    assert titles_and_bodies(f"First post\nShort, but a post.\nSecond post\n{TWO}")[0] == (
        "First post",
        "Short, but a post.",
    )


def test_exact_repeats_stay_entries() -> None:
    assert len(entries_of(f"First post\n{ONE}\nFirst post\n{ONE}\nFirst post\n{ONE}")) == 3


def test_blocks_parted_by_rulers() -> None:
    for ruler in ("---", "***", "===", "* * *", "----------"):
        text = f"First post\n\n{ONE}\n\n{TWO}\n\n{ruler}\n\nSecond post\n{TWO}\n{ruler}\n"
        assert read(text).shape == "blocks parted by rulers, the title in the first line (2 posts)"
        assert titles_and_bodies(text) == [("First post", f"{ONE}\n\n{TWO}"), ("Second post", TWO)]


def test_a_ruler_of_another_kind_inside_a_post_stays_in_it() -> None:
    text = f"First post\n{ONE}\n\n---\n\n{TWO}\n===\nSecond post\n{TWO}"
    assert titles_and_bodies(text) == [("First post", f"{ONE}\n\n---\n\n{TWO}"), ("Second post", TWO)]


def test_a_heading_before_the_first_ruler() -> None:
    parsed = read(f"The Shed\nOn mending\n***\nFirst post\n{ONE}\n***\nSecond post\n{TWO}")
    assert parsed.about.title == "The Shed"
    assert len(list(parsed.entries)) == 2


def test_blocks_parted_by_blank_lines() -> None:
    text = f"First post\n{ONE}\n{TWO}\n\nSecond post\n{TWO}\n\n\nThird post\n{ONE}\n"
    assert read(text).shape == "blocks parted by blank lines, the title in the first line (3 posts)"
    assert titles_and_bodies(text)[1:] == [("Second post", TWO), ("Third post", ONE)]


def test_long_lines_of_a_block_are_paragraphs_and_short_ones_were_wrapped() -> None:
    long = " ".join([ONE, TWO])
    assert (
        entries_of(f"First post\n{long}\n{long}\n\nSecond post\n{TWO}\n{ONE}")[0].body == f"{long}\n\n{long}"
    )
    wrapped = "First post of all\nThe rain came down and the\nshed stood dry in it all.\n\nSecond post\nNothing else went on in\nthe yard."
    assert entries_of(wrapped)[0].body == "The rain came down and the\nshed stood dry in it all."


def test_headers_before_each_body() -> None:
    text = (
        f"Title: First post\nDate: 2024-05-17\nAuthor: Ann Lee\nTags: ink, paper\n\n{ONE}\n\n{TWO}\n\n---\n"
        f"Title: Second post\nDate: 18.05.2024\n\n{TWO}\n"
    )
    assert read(text).shape == "a header (Title, Date, Author, Tags) before each body (2 posts)"
    assert titles_and_bodies(text) == [("First post", f"{ONE}\n\n{TWO}"), ("Second post", TWO)]


def test_russian_headers_before_each_body() -> None:
    text = f"Заголовок: Первый\nДата: 17 мая 2024\nАвтор: Анна Ли\nМетки: чернила; бумага\n{ONE}\n\nЗаголовок: Второй\nТеги: а\n\n{TWO}"
    first, second = entries_of(text)
    assert (first.title, first.tags, second.title, second.tags) == (
        "Первый",
        ("чернила", "бумага"),
        "Второй",
        ("а",),
    )


def test_a_title_without_text_costs_one_entry() -> None:
    found = list(read(f"First post\n{ONE}\n---\nSecond post\n{TWO}\n---\nThird post\n").entries)
    assert [isinstance(item, Entry) for item in found] == [True, True, False]
    assert getattr(found[2], "reason", "") == "The post in line 7 has a title but no text."


def test_windows_and_old_mac_line_ends_and_a_byte_order_mark() -> None:
    for end in ("\r\n", "\r"):
        text = "\ufeff" + f"First post\n{ONE}\nSecond post\n{TWO}\n".replace("\n", end)
        assert titles_and_bodies(text) == [("First post", ONE), ("Second post", TWO)]


def test_white_space_in_titles_is_folded_and_hashes_are_dropped() -> None:
    assert entries_of(f"##  First\t post \n{ONE}\nSecond post\n{TWO}")[0].title == "First post"


def test_flattened_bodies_are_reflowed_and_their_notes_are_warnings() -> None:
    body = f"## The Old Press We cleaned it. {ONE} Rules: - Return ONLY the text - Do NOT hurry"
    entry = entries_of(f"First post\n{body}.\nSecond post\n{TWO}")[0]
    assert entry.body_format == "markdown"
    assert entry.body.startswith("## The Old Press\n\nWe cleaned it.")
    assert "leftover instructions" in entry.warnings[0]
