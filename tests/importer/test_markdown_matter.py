"""test_markdown_matter: front matter in YAML, TOML and JSON, well written and badly, and never more than texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importer.errors import EntryRejected
from importer.formats.frontmatter import Matter, split
from tests.work import grows_no_faster_than_linear


@pytest.mark.parametrize(
    "source",
    [
        '---\ntitle: On tides\ntags: [sea, "moon"]\ndraft: true\n---\n\nBody.\n',
        '---\ntitle: "On tides"\ntags:\n  - sea\n  - moon\ndraft: true\n...\n\nBody.\n',
        '+++\ntitle = "On tides"\ntags = ["sea", "moon"]\ndraft = true\n+++\n\nBody.\n',
        '{"title": "On tides", "tags": ["sea", "moon"], "draft": true}\n\nBody.\n',
        "\ufeff---\r\nTitle: On tides\r\ntags: [sea, moon]\r\ndraft: true\r\n---\r\n\r\nBody.\r\n",
    ],
)
def test_three_ways_to_say_the_same(source: str) -> None:
    found = split(source)
    assert found.matter == {"title": "On tides", "tags": ["sea", "moon"], "draft": "true"}
    assert (found.body.strip(), found.present, found.warnings) == ("Body.", True, ())


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("x: no", "no"),
        ("x: 12:30", "12:30"),
        ("x: 0123", "0123"),
        ("x: 1_000", "1_000"),
        ("x: 2024-02-30", "2024-02-30"),
        ("x: 2024-01-02 03:04:05 +0300", "2024-01-02 03:04:05 +0300"),
        ("x: >\n  two\n  lines", "two lines"),
        ("x: !!python/object/apply:os.system ['ls']", ["ls"]),
    ],
)
def test_words_stay_as_they_were_written(line: str, value: object) -> None:
    assert split(f"---\n{line}\n---\n").matter == {"x": value}


def test_a_date_of_toml_becomes_a_text_again() -> None:
    found = split("+++\na = 2024-01-02\nb = 2024-01-02T03:04:05Z\n[params]\nc = 1\n+++\n").matter
    assert found == {"a": "2024-01-02", "b": "2024-01-02T03:04:05+00:00", "params": {"c": "1"}}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Just text.\n",
        "---\n\nA ruler, then text.\n",
        "---\nwords\n---\nmore\n",
        "----\na: b\n----\n",
        "{x} and text\n",
    ],
)
def test_text_without_front_matter_stays_whole(source: str) -> None:
    found = split(source)
    assert (found.matter, found.body, found.present) == ({}, source, False)


@pytest.mark.parametrize(
    ("block", "matter"),
    [
        ("title: Tides: a study\ndraft: true # not yet", {"title": "Tides: a study", "draft": "true"}),
        ("title: @home\ntags: [a, b]", {"title": "@home", "tags": ["a", "b"]}),
        ("tags:\n  - a\n  - b\ntitle: 'x: y' z: w", {"tags": ["a", "b"], "title": "'x: y' z: w"}),
    ],
)
def test_what_is_nearly_yaml_is_read_line_by_line(block: str, matter: Matter) -> None:
    found = split(f"---\n{block}\n---\nBody.\n")
    assert (found.matter, found.body) == (matter, "Body.\n")
    (warning,) = found.warnings
    assert warning.startswith("Its front matter is not valid YAML (line ")
    assert warning.endswith(") and was read line by line.")


def test_a_name_twice_is_said() -> None:
    found = split("---\ntitle: a\ntitle: b\n---\n")
    assert (found.matter, found.warnings) == (
        {"title": "b"},
        ("“title” stands twice in its front matter; the last one counts.",),
    )


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("+++\ntitle = x\n+++\n", "its front matter is not valid TOML (Invalid value (at line 1, column 9))"),
        ("---\na: b\n}{ ? [\n---\n", "its front matter is not valid YAML (line 3)"),
        (f"---\na: {'x' * 70_000}\n---\n", "its front matter is longer than 64,000 characters"),
    ],
)
def test_what_cannot_be_read_is_rejected(source: str, why: str) -> None:
    with pytest.raises(EntryRejected) as caught:
        split(source)
    assert str(caught.value) == why


def size_of(block: str) -> int:
    """How large a thing is built of a block; nothing where it is refused."""
    try:
        return len(repr(split(f"---\n{block}\n---\n")))
    except EntryRejected:
        return 0


@pytest.mark.parametrize(
    "block",
    [
        lambda size: "a: " + "[" * size,
        lambda size: "a: " + "{a: " * (size // 4),
        lambda size: "\n".join(f"k{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, size // 30)),
        lambda size: "\n".join(f"k{n}: v" for n in range(size // 9)),
        lambda size: "? " * (size // 2),
    ],
)
def test_a_trap_costs_little_and_builds_nothing_large(block: Callable[[int], str]) -> None:
    assert size_of(block(50_000)) < 500_000
    grows_no_faster_than_linear(size_of, block, small=6_000, large=48_000)
