"""textshapes: the shapes a text dump of posts can have, a table; each says whether a text fits it and on what evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

_SENTENCE_END = re.compile(r"(?:[.!?…][\"“”»’')\]}*_~`]*|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\Z")
_FIELDS = {
    "title": "title", "заголовок": "title", "название": "title",
    "date": "date", "дата": "date",
    "author": "author", "authors": "author", "автор": "author", "авторы": "author",
    "tags": "tags", "tag": "tags", "теги": "tags", "тэги": "tags", "метки": "tags", "тег": "tags", "метка": "tags",
}  # fmt: skip
_FIELD = re.compile(rf"\s*({'|'.join(_FIELDS)})\s*:(?!//)\s*(.*)\Z", re.IGNORECASE)
_LONGEST_TITLE = 200
_MOST_TITLE_WORDS = 30
_RULER_KINDS = "=*~_-—"  # where two kinds would do, the stronger one parts the posts


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as it stands in the text. `fields` holds what its header says: date, author, tags, each maybe repeated."""

    line: int  # 1-based, of its title
    title: str
    body: str
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    drafts: tuple[Draft, ...]
    heading: tuple[str, ...] = ()  # the blog's name and tagline, where they stand before the posts


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why the shape does not fit; `near`: how much of the text it explains, from 0 to 1."""

    reason: str
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    words: str
    fit: Callable[[list[str]], Found | Unfit]
    explicit: bool = False  # the text itself names its parts; no other kind of text does that


# --- a header before each body ---------------------------------------------------------------------------------------


def headed(lines: list[str]) -> Found | Unfit:
    headers = _headers(lines)
    if not headers:
        return Unfit("no line begins with “Title:”")
    first = next(i for i, line in enumerate(lines) if line.strip())
    if len(headers) == 1 and headers[0][1] - headers[0][0] < 2 and headers[0][0] != first:
        return Unfit("a single “Title:” line is no header")
    heading = [line.strip() for line in lines[: headers[0][0]] if line.strip() and not _ruler(line)]
    if len(heading) > 3:
        return Unfit(f"{len(heading)} lines stand before the first “Title:”, which belong to no post", 0.9)
    bodies = zip(headers, [start for start, _ in headers[1:]] + [len(lines)], strict=True)
    drafts = tuple(_headed_draft(lines, start, end, stop) for (start, end), stop in bodies)
    return Found(drafts, tuple(heading))


def _headers(lines: list[str]) -> list[tuple[int, int]]:
    """The runs of field lines that hold a title, each as (first line, line after the last)."""
    found = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and _FIELD.match(lines[end]):
            end += 1
        free = i == 0 or not lines[i - 1].strip() or _ruler(lines[i - 1])
        if free and any(_named(line) == "title" for line in lines[i:end]):
            found.append((i, end))
        i = max(end, i + 1)
    return found


def _named(line: str) -> str:
    m = _FIELD.match(line)
    return _FIELDS[m[1].lower()] if m else ""


def _headed_draft(lines: list[str], start: int, end: int, stop: int) -> Draft:
    fields: dict[str, tuple[str, ...]] = {}
    for line in lines[start:end]:
        if m := _FIELD.match(line):
            name = _FIELDS[m[1].lower()]
            fields[name] = (*fields.get(name, ()), m[2].strip())
    titles = fields.pop("title")
    return Draft(start + 1, " ".join(titles), _trimmed(lines[end:stop]), fields)


def _trimmed(lines: list[str]) -> str:
    """The lines as text, without blank lines and rulers at either end."""
    first, last = 0, len(lines)
    while first < last and (not lines[first].strip() or _ruler(lines[first])):
        first += 1
    while last > first and (not lines[last - 1].strip() or _ruler(lines[last - 1])):
        last -= 1
    return "\n".join(line.rstrip() for line in lines[first:last])


# --- blocks parted by rulers -----------------------------------------------------------------------------------------


def ruled(lines: list[str]) -> Found | Unfit:
    kinds = {_ruler(line) for line in lines}
    reasons = [Unfit("no line is a ruler (---, ***, ===)")]
    for kind in _RULER_KINDS:
        if kind in kinds:
            fitted = _ruled_by(lines, kind)
            if isinstance(fitted, Found):
                return fitted
            reasons.append(fitted)
    return max(reasons, key=lambda unfit: unfit.near)


def _ruler(line: str) -> str:
    """The character a ruler is made of; empty where the line is none."""
    marks = "".join(line.split())
    return marks[0] if len(marks) >= 3 and marks[0] in _RULER_KINDS and set(marks) == {marks[0]} else ""


def _ruled_by(lines: list[str], kind: str) -> Found | Unfit:
    edges = [-1, *(i for i, line in enumerate(lines) if _ruler(line) == kind), len(lines)]
    drafts = []
    for before, after in pairwise(edges):
        full = [i for i in range(before + 1, after) if lines[i].strip()]
        if full:
            drafts.append(Draft(full[0] + 1, lines[full[0]].strip(), _trimmed(lines[full[0] + 1 : after])))
    heading: tuple[str, ...] = ()
    if len(drafts) > 1 and _is_heading([drafts[0].title, *drafts[0].body.split("\n")], drafts[1:]):
        heading = tuple(line for line in (drafts[0].title, drafts[0].body.strip()) if line)
        drafts = drafts[1:]
    if len(drafts) + bool(heading) < 2:
        return Unfit("the rulers part no posts")
    return _judged(drafts, heading, "the blocks between the rulers do not begin with a title")


def _judged(drafts: list[Draft], heading: tuple[str, ...], complaint: str) -> Found | Unfit:
    """Found, if nearly every draft has a title that looks like one and most have a body."""
    ranks = {len(draft.title) - len(draft.title.lstrip("#")) for draft in drafts}
    if len(ranks) > 1 and 0 not in ranks:
        return Unfit("the blocks begin with headings of different ranks, as the parts of one text do", 0.6)
    poor = [draft for draft in drafts if not _is_title(draft.title)]
    bare = [draft for draft in drafts if not draft.body]
    if len(poor) > 0.2 * len(drafts):
        return Unfit(f"{complaint} (see line {poor[0].line})", 0.5)
    if len(bare) > 0.34 * len(drafts):
        return Unfit(f"most blocks are one line, a title without text (see line {bare[0].line})", 0.4)
    return Found(tuple(drafts), heading)


# --- title line and body line in turn --------------------------------------------------------------------------------


def paired(lines: list[str]) -> Found | Unfit:
    full = [i for i, line in enumerate(lines) if line.strip()]
    fits = [size for size in (2, 1, 0) if not isinstance(_paired_after(lines, full, size), Unfit)]
    if 2 in fits and 0 in fits:
        bodies = [Draft(0, "", lines[i]) for i in full[3::2]]
        fits.remove(0 if _is_heading([lines[i].strip() for i in full[:2]], bodies) else 2)
    for size in fits:
        found = _paired_after(lines, full, size)
        if isinstance(found, Found):
            return found
    best = max(
        (_paired_after(lines, full, size) for size in (2, 1, 0)),
        key=lambda u: u.near if isinstance(u, Unfit) else 0,
    )
    return best if isinstance(best, Unfit) else Unfit("")


def _paired_after(lines: list[str], full: list[int], size: int) -> Found | Unfit:
    """Titles and bodies in turn after `size` lines of heading."""
    rest = full[size:]
    if len(rest) < 2 or any(len(lines[i]) > _LONGEST_TITLE for i in full[:size]):
        return Unfit("there is no title with a text after it")
    pairs = list(zip(rest[::2], rest[1::2], strict=False))
    for n, (title, body) in enumerate(pairs):
        if not _is_pair(lines[title].strip(), lines[body].strip()):
            return Unfit(
                f"line {title + 1} and the line after it are not a title and its text", n / len(pairs) * 0.9
            )
    untitled = [title for title, _ in pairs if not _is_title(lines[title])]
    if len(untitled) > 0.2 * len(pairs):
        return Unfit(f"line {untitled[0] + 1} reads like a sentence, not like a title", 0.5)
    if len(rest) % 2:
        return Unfit(
            f"the number of lines is odd: line {rest[-1] + 1} has no counterpart (is the file cut off?)", 0.95
        )
    if len({body - title for title, body in pairs}) > 1:
        return Unfit("blank lines part some titles from their texts and others not", 0.5)
    drafts = tuple(Draft(title + 1, lines[title], lines[body].strip()) for title, body in pairs)
    return Found(drafts, tuple(lines[i].strip() for i in full[:size]))


def _is_pair(title: str, body: str) -> bool:
    """A text is longer than its title and ends as texts do."""
    if len(title) > _LONGEST_TITLE or len(body) < 1.2 * len(title):
        return False
    return bool(_SENTENCE_END.search(body[-8:])) or len(body) > _LONGEST_TITLE


# --- blocks parted by blank lines ------------------------------------------------------------------------------------


def spaced(lines: list[str]) -> Found | Unfit:
    blocks = _blocks(lines)
    if len(blocks) < 2:
        return Unfit("no blank lines part the text into blocks")
    drafts: list[Draft] = []
    heading: tuple[str, ...] = ()
    for n, (start, block) in enumerate(blocks):
        if _is_block(block):
            drafts.append(Draft(start + 1, block[0], _joined(block[1:])))
        elif n == 0 and len(block) <= 2 and all(map(_is_title, block)):
            heading = tuple(block)
        elif drafts and len(block) == 1 and _SENTENCE_END.search(block[0][-8:]):
            last = drafts.pop()
            drafts.append(Draft(last.line, last.title, f"{last.body}\n\n{block[0]}"))
        else:
            return Unfit(
                f"the block that begins in line {start + 1} has no title line of its own",
                n / len(blocks) * 0.9,
            )
    if len(drafts) > 2 and not heading and len(blocks[0][1]) == 2 and _is_heading(blocks[0][1], drafts[1:]):
        heading, drafts = tuple(blocks[0][1]), drafts[1:]
    if len(drafts) < 2:
        return Unfit("the blank lines part no posts, only paragraphs", 0.3)
    return Found(tuple(drafts), heading)


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for i, line in enumerate(lines):
        if not line.strip():
            open_block = False
        elif open_block:
            blocks[-1][1].append(line.strip())
        else:
            blocks.append((i, [line.strip()]))
            open_block = True
    return blocks


def _is_block(block: list[str]) -> bool:
    """A title, then a text that begins afresh; in wrapped prose the second line goes on with the first one's sentence."""
    if len(block) < 2 or not _is_title(block[0]) or block[1][0].islower():
        return False
    body = block[1:]
    return len(block[0]) <= 0.8 * max(map(len, body)) and bool(_SENTENCE_END.search(body[-1][-8:]))


def _joined(lines: list[str]) -> str:
    """Long lines are paragraphs, short ones were wrapped."""
    return ("\n\n" if max(map(len, lines)) > 120 else "\n").join(lines)


# --- what all shapes ask ---------------------------------------------------------------------------------------------


def _is_title(line: str) -> bool:
    text = line.strip()
    if not 0 < len(text) <= _LONGEST_TITLE or len(text.split()) > _MOST_TITLE_WORDS:
        return False
    return text[-1] not in ".,;:" or text.endswith("...")


def _is_heading(lines: list[str], drafts: list[Draft]) -> bool:
    """Whether these first lines are a blog's name and tagline: short beside the posts, and no sentences."""
    full = [line.strip() for line in lines if line.strip()]
    if not 1 <= len(full) <= 2 or not all(map(_is_title, full)) or not drafts:
        return False
    return len(full) == 1 or len(full[1]) < 0.5 * median(len(draft.body) for draft in drafts)


# Looked at in this order; the first that fits is the text's shape.
SHAPES = (
    Shape("a header (Title, Date, Author, Tags) before each body", headed, explicit=True),
    Shape("blocks parted by rulers, the title in the first line", ruled),
    Shape("title line and body line in turn", paired),
    Shape("blocks parted by blank lines, the title in the first line", spaced),
)
