"""test_markdown_folders: a folder of Markdown is one source: which files are posts, where they stood, what they share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importer.documents.bundles import Names, referred
from importer.documents.decoding import decode
from importer.entry import Entry, Person, Place, Rejected
from importer.errors import SourceUnusable
from importer.fetching import fetch, sources
from importer.identity import source_names
from tests.importer.markdowns import Files, entries, folder, packed, parsed

HUGO: Files = {
    "hugo.toml": 'baseURL = "https://hugo.example/blog/"\ntitle = "Tide"\nlanguageCode = "en-gb"\n[params.author]\nname = "Ann"\n'
    '[permalinks]\nnotes = "/:year/:month/:slug/"\n',
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/about.md": "+++\ntitle = 'About'\n+++\nUs.",
    "content/posts/_index.md": "---\ncascade:\n  draft: true\n---\n",
    "content/posts/On Tides.md": "---\ntitle: On tides\ndate: 2024-05-01\naliases: [/old/tides/, ../tides.html]\n---\nBody.",
    "content/trips/sea/index.md": "---\ntitle: Sea\ndate: 2024-05-02\n---\n![a](a.png)",
    "content/trips/sea/cover.jpg": b"\xff\xd8\xff",
    "content/trips/sea/a.png": b"\x89PNG",
    "content/notes/x.md": "---\ntitle: X\ndate: 2024-06-01\nslug: ex\n---\n",
    "content/notes/x.ru.md": "---\ntitle: Икс\ndate: 2024-06-01\n---\n",
    "archetypes/default.md": "---\ntitle: no\n---\n",
    "README.md": "# How to build\n",
}
JEKYLL: Files = {
    "_config.yml": "url: https://jekyll.example\nbaseurl: /b\ntitle: Tide\nauthor: Ann\ndefaults:\n"
    "  - scope: {path: '', type: posts}\n    values: {lang: ru}\n",
    "_data/authors.yml": "bob:\n  name: Bob Lee\n  email: bob@e.com\n",
    "_posts/2024-05-01-on-tides.md": "---\ntitle: On tides\nauthor: bob\ntags: sea moon\ncategories: [Water]\nredirect_from: /old/\n---\nBody.",
    "science/_posts/2024-05-02-two.md": "---\ntitle: Two\n---\n",
    "_posts/2024-05-03-three.html": "---\ntitle: Three\npermalink: /3/\n---\n<p>Body.</p>",
    "_drafts/idea.md": "---\ntitle: Idea\n---\n",
    "about.md": "---\ntitle: About\n---\n",
    "index.html": "---\n---\n",
    "index.md": "---\ntitle: Home\n---\n",
}


def test_a_hugo_site(tmp_path: Path) -> None:
    found = entries(tmp_path, HUGO)
    assert list(found) == [
        "content/about.md",
        "content/notes/x.md",
        "content/notes/x.ru.md",
        "content/posts/On Tides.md",
        "content/trips/sea/index.md",
    ]
    sea = found["content/trips/sea/index.md"]
    assert (sea.link, sea.cover, sea.base_url) == (
        "https://hugo.example/blog/trips/sea/",
        "bundle:/content/trips/sea/cover.jpg",
        "bundle:/content/trips/sea/index.md",
    )
    assert found["content/notes/x.md"].link == "https://hugo.example/blog/2024/06/ex/"
    assert (found["content/notes/x.ru.md"].language, found["content/notes/x.ru.md"].link) == ("ru", "")
    assert [one.kind for one in found.values()] == ["page", "post", "post", "post", "post"]
    tides = found["content/posts/On Tides.md"]
    assert (tides.status, tides.link) == ("draft", "")
    assert tides.also_at == ("https://hugo.example/old/tides/", "https://hugo.example/tides.html")


def test_what_a_hugo_site_says_of_itself(tmp_path: Path) -> None:
    found = parsed(tmp_path, HUGO)
    assert (found.about.title, found.about.site_url, found.about.language) == (
        "Tide",
        "https://hugo.example/blog/",
        "en-gb",
    )
    assert (found.about.authors, found.shape, found.format) == ((Person("Ann"),), "a Hugo site", "markdown")
    assert found.places == (
        Place("https://hugo.example/blog/", "home"),
        Place("https://hugo.example/blog/index.xml", "feed"),
    )
    assert found.warnings == (
        "3 files are no posts and were left out: README.md, content/_index.md, content/posts/_index.md.",
    )


def test_a_jekyll_site(tmp_path: Path) -> None:
    found = entries(tmp_path, JEKYLL)
    tides = found["_posts/2024-05-01-on-tides.md"]
    assert (tides.link, tides.slug) == ("https://jekyll.example/b/water/2024/05/01/on-tides.html", "on-tides")
    assert (tides.authors, tides.tags) == ((Person("Bob Lee", "bob@e.com"),), ("sea", "moon", "Water"))
    assert (tides.published, tides.language) == (datetime(2024, 5, 1, tzinfo=UTC), "ru")
    assert tides.also_at == ("https://jekyll.example/old/",)
    assert found["science/_posts/2024-05-02-two.md"].tags == ("science",)
    three = found["_posts/2024-05-03-three.html"]
    assert (three.body_format, three.body, three.link) == (
        "html",
        "<p>Body.</p>",
        "https://jekyll.example/b/3/",
    )
    assert found["_drafts/idea.md"].status == "draft"
    assert (found["about.md"].kind, found["about.md"].link) == ("page", "https://jekyll.example/b/about.html")
    assert "index.md" not in found


def test_an_eleventy_site(tmp_path: Path) -> None:
    found = entries(
        tmp_path,
        {
            "eleventy.config.js": "",
            "src/posts/posts.json": '{"tags": ["posts"], "author": "Ann"}',
            "src/posts/tides.md": "---\ntitle: On tides\ndate: 2024-05-01\ntags: [sea, posts]\n---\n",
            "src/posts/moon.md": "---\ntitle: Moon\npermalink: /m/{{ page.fileSlug }}/\n---\n",
        },
        base_url="https://e.com/",
    )
    tides, moon = found["src/posts/tides.md"], found["src/posts/moon.md"]
    assert (tides.link, tides.tags, tides.authors) == (
        "https://e.com/posts/tides/",
        ("sea",),
        (Person("Ann"),),
    )
    assert (moon.link, moon.tags) == ("https://e.com/m/moon/", ())


def test_plain_notes_have_no_address_and_need_none(tmp_path: Path) -> None:
    found = parsed(tmp_path, {"On tides.md": "Water.", "deep/Moon.md": "# The moon\n\nRound. [[On tides]]"})
    one, two = found.entries
    assert isinstance(one, Entry)
    assert isinstance(two, Entry)
    assert (one.title, one.guid, one.link, one.published, one.slug) == (
        "On tides",
        "On tides.md",
        "",
        None,
        "",
    )
    assert (two.title, two.body) == ("The moon", "Round. [[On tides]]")
    assert (found.warnings, found.places) == ((), ())


def test_a_site_without_its_address_says_so(tmp_path: Path) -> None:
    assert parsed(tmp_path, {"_posts/2024-05-01-a.md": "---\ntitle: A\n---\n"}).warnings == (
        "These files do not say the address of their site, so old addresses lead nowhere here; --base-url gives it.",
    )


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("posts/search.md", True),
        ("content/posts/license.md", False),
        ("_drafts/index-of-seas.md", True),
        ("content/404.md", False),
        ("index.ru.md", False),
        ("sea/index.ru.md", True),
        ("themes/x/a.md", False),
    ],
)
def test_which_files_are_posts(tmp_path: Path, name: str, taken: bool) -> None:
    found = entries(tmp_path, {name: "Words.", "other.md": "Words."})
    assert (name in found) is taken


def test_a_bad_file_costs_itself_and_is_named(tmp_path: Path) -> None:
    files: Files = {
        "a.md": "+++\nx = y\n+++\n",
        "b.md": "",
        "c.md": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "d.md": "Fine.",
    }
    assert [one for one in parsed(tmp_path, files).entries if isinstance(one, Rejected)] == [
        Rejected(
            1,
            "a.md",
            "a.md cannot be taken: its front matter is not valid TOML (Invalid value (at line 1, column 5)).",
        ),
        Rejected(2, "b.md", "b.md cannot be taken. This is an empty source: it holds no bytes at all."),
        Rejected(3, "c.md", "c.md cannot be taken. This is a PNG picture, not a feed or a text."),
    ]


def test_files_in_an_old_encoding_are_read(tmp_path: Path) -> None:
    text = "# Приливы\n\nВода поднимается и опускается, и никто не знает почему, кроме луны."
    found = parsed(tmp_path, {"a.md": text.encode("cp1251"), "b.md": text}, encoding="")
    assert [one.title for one in found.entries] == ["Приливы", "Приливы"]


def test_the_operators_encoding_holds_for_every_file(tmp_path: Path) -> None:
    found = parsed(tmp_path, {"a.md": "# Приливы".encode("koi8-r")}, encoding="koi8-r")
    assert [one.title for one in found.entries] == ["Приливы"]


def test_a_folder_without_posts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnusable, match=r"site holds Markdown files, but none of them is a post\.$"):
        parsed(tmp_path, {"content/_index.md": "x"})


def test_a_folder_of_markdown_is_one_source_and_others_are_their_files(tmp_path: Path) -> None:
    notes = folder(tmp_path, {"a.md": "x", "b/c.md": "y", "b/c.png": b"z", "feed.xml": "<rss/>"})
    assert sources(str(notes)) == [str(notes)]
    feeds = folder(tmp_path / "feeds", {"README.md": "x", "a.xml": "<rss/>"})
    assert sources(str(feeds)) == [str(feeds / "README.md"), str(feeds / "a.xml")]


def test_links_and_hidden_files_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    root = folder(tmp_path, {"a.md": "x", ".obsidian/b.md": "y", "node_modules/c.md": "z"})
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "up").symlink_to(tmp_path)
    raw = fetch(str(root))
    assert raw.members is not None
    assert raw.members.names == ("a.md",)
    assert decode(raw).warnings == ("2 symbolic links were not followed.",)


def test_the_document_is_the_same_until_a_text_changes(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a.md": "x", "b.png": b"1"})
    first = fetch(str(root))
    assert fetch(str(root)).sha256 == first.sha256
    assert source_names(decode(first), parsed(tmp_path, {"a.md": "x"}).about).key.value == str(root)
    (root / "a.md").write_text("y")
    assert fetch(str(root)).sha256 != first.sha256


def test_a_zip_of_a_folder_is_the_same_document(tmp_path: Path) -> None:
    files: Files = {"a.md": "x", "b/c.md": "y"}
    (tmp_path / "a.zip").write_bytes(packed({f"site/{name}": text for name, text in files.items()}))
    assert fetch(str(tmp_path / "a.zip")).data == fetch(str(folder(tmp_path, files))).data


@pytest.mark.parametrize(
    ("address", "member"),
    [
        ("a.png", "content/trips/a.png"),
        ("./a.png?x#y", "content/trips/a.png"),
        ("../b%20c.png", "content/b c.png"),
        ("/img/d.png", "static/img/d.png"),
        ("/trips/a.png", "content/trips/a.png"),
        ("only.png", "deep/down/only.png"),
        ("bundle:/static/img/d.png", "static/img/d.png"),
        ("../../../etc/passwd", ""),
        ("https://e.com/a.png", ""),
        ("twice.png", ""),
        ("#here", ""),
        ("//[", ""),
    ],
)
def test_what_an_address_in_a_post_refers_to(address: str, member: str) -> None:
    names = {
        "content/trips/a.png",
        "content/b c.png",
        "static/img/d.png",
        "deep/down/only.png",
        "x/twice.png",
        "y/twice.png",
    }
    assert referred(address, "bundle:/content/trips/index.md", Names(names)) == member
