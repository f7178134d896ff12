"""exporting: the whole blog as a folder of Markdown, media and lists, written beside its place and then put there at once."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.storage import default_storage

from blog import exportrows
from blog.errors import NotPossible
from blog.models import Post
from blog.renditions import is_rendition

MARKER = f"masthead: {exportrows.VERSION}\n"
OWN = frozenset(
    (
        "site.yml",
        "authors.yml",
        "tags.yml",
        "series.yml",
        "images.yml",
        "redirects.csv",
        "posts",
        "pages",
        "media",
    )
)
CHUNK = 200  # posts


@dataclass(slots=True)
class Exported:
    """What an export holds."""

    folder: Path
    posts: int = 0
    pages: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)  # stored files that are gone

    def summary(self) -> str:
        counted = ((self.posts, "post"), (self.pages, "page"), (self.files, "file"))
        said = ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counted)
        return f"{said} written to {self.folder}."


def export(folder: Path) -> Exported:
    """Write the export; an earlier one in its place is replaced whole. Raises NotPossible with a sentence."""
    target = folder.absolute()
    check(target)
    done = Exported(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as problem:
        raise NotPossible(f"{target.parent} cannot be written to: {problem.strerror}.") from problem
    try:
        new.chmod(0o755)
        write(new, done)
        put(new, target)
    except OSError as problem:
        raise NotPossible(f"The export could not be written to {target}: {problem.strerror}.") from problem
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return done


def check(target: Path) -> None:
    """Only an empty folder or an earlier export is written into: whatever else lies there is somebody's."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise NotPossible(f"{target} is no folder. Name one that is empty or does not exist yet.")
    names = sorted(name for name in os.listdir(target) if not name.startswith("."))
    strange = [name for name in names if name not in OWN]
    marker = target / "site.yml"
    ours = marker.is_file() and marker.read_bytes().startswith(MARKER.encode())
    if names and (strange or not ours):
        raise NotPossible(
            f"{target} holds what is no export of this program ({(strange or names)[0]}), and an export replaces all that "
            "is there. Name an empty folder, or one that does not exist yet."
        )


def put(new: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which is away for no longer than two renames take."""
    if not target.exists():
        new.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old)
    try:
        for name in os.listdir(old):
            if name.startswith("."):  # .git and the like: the operator's own
                (old / name).rename(new / name)
        new.rename(target)
    except OSError:
        for name in os.listdir(new):
            if name.startswith(".") and not (old / name).exists():
                (new / name).rename(old / name)
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


# -- writing -------------------------------------------------------------------------------------


def write(folder: Path, done: Exported) -> None:
    lines(folder / "site.yml", [exportrows.fields(exportrows.site())])
    for name, rows in (
        ("authors", exportrows.authors()),
        ("tags", exportrows.tags()),
        ("series", exportrows.series()),
        ("images", exportrows.images()),
    ):
        lines(folder / f"{name}.yml", exportrows.listing(rows))
    with open(folder / "redirects.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("from", "to"), *exportrows.redirects()])
    done.posts = write_posts(folder / "posts", Post.Kind.POST)
    done.pages = write_posts(folder / "pages", Post.Kind.PAGE)
    for name in stored_files():
        if is_rendition(name):
            continue
        if copied(name, folder / exportrows.MEDIA / name):
            done.files += 1
        else:
            done.missing.append(name)


def write_posts(folder: Path, kind: str) -> int:
    folder.mkdir()
    number = 0
    posts = Post.everything.filter(kind=kind, trashed_at__isnull=True).select_related("series", "cover")
    posts = posts.defer("html", "feed_html", "outline").prefetch_related("bylines__author", "taggings")
    for one in posts.order_by("pk").iterator(chunk_size=CHUNK):
        lines(folder / f"{one.slug}.md", [exportrows.text_of(one)])
        number += 1
    return number


def lines(path: Path, texts: Iterable[str]) -> None:
    """UTF-8, line breaks as they are: a body keeps every byte."""
    with open(path, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        file.writelines(texts)


def stored_files(folder: str = "") -> Iterator[str]:
    """Every file of the media storage, hidden ones aside."""
    if folder and not default_storage.exists(folder):
        return
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    inside = f"{folder}/" if folder else ""
    yield from (f"{inside}{name}" for name in sorted(files) if not name.startswith("."))
    for name in sorted(folders):
        if not name.startswith("."):
            yield from stored_files(f"{inside}{name}")


def copied(name: str, target: Path) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name, "rb") as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy)
    except FileNotFoundError:
        return False
    return True
