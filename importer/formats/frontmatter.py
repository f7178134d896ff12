"""frontmatter: the lines before a Markdown text that speak of it, in YAML, TOML or JSON, and the text after them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Union

import yaml

from importer.errors import EntryRejected, SourceUnusable
from importer.formats.jsontext import beginning

# Every scalar as its author wrote it: "no" is a word, 12:30 is no number, 2024-02-30 is judged where dates are read.
Value = Union[str, list["Value"], "Matter"]
Matter = dict[str, Value]  # names in lower case

LONGEST = 64_000  # characters; the longest real ones have a few thousand
DEEPEST = 20
MOST_ALIASES = 10  # a few let a name be written once; many make a bomb
YAML_BLOCK = re.compile(r"---[ \t]*\n(?:(.*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
TOML_BLOCK = re.compile(r"\+\+\+[ \t]*\n(?:(.*?)\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
PAIR = re.compile(r"([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s+(.*))?$")
NOTHING = frozenset({"", "~", "null", "none"})
YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True, slots=True)
class Split:
    matter: Matter
    body: str
    present: bool  # whether there was any front matter
    warnings: tuple[str, ...] = field(default=())


def split(text: str) -> Split:
    """The front matter of a text and the rest. Raises EntryRejected where it has one that cannot be read."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip("\n")
    if found := TOML_BLOCK.match(start):
        return Split(toml_of(checked(found[1] or "")), start[found.end() :], True)
    if found := YAML_BLOCK.match(start):
        return with_yaml(checked(found[1] or ""), start[found.end() :], text)
    if start.startswith("{") and re.match(r'\{\s*"', start):
        return with_json(start, text)
    return Split({}, text, False)


def checked(block: str) -> str:
    if len(block) > LONGEST:
        raise EntryRejected(f"its front matter is longer than {LONGEST:,} characters")
    return block


# -- YAML ----------------------------------------------------------------------------------------


class Loader(yaml.BaseLoader):
    """Makes texts, lists and mappings and nothing else: no type that a document names is ever built."""

    aliases = 0
    depth = 0
    doubled: str = ""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > MOST_ALIASES:
                raise yaml.YAMLError("it repeats too much by reference")
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.YAMLError("it is nested too deep")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(names)) < len(names):
            self.doubled = next(name for name, count in Counter(names).items() if count > 1)
        return super().construct_mapping(node, deep=True)


def with_yaml(block: str, body: str, whole: str) -> Split:
    """A block between two rulers. What is no mapping is no front matter: the text just begins with a ruler."""
    loader = Loader(block)
    try:
        value = loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError) as problem:
        return line_by_line(block, body, whole, sentence_of(problem))
    if value in (None, ""):
        return Split({}, body, True)
    if not isinstance(value, dict):
        return Split({}, whole, False)
    told = f"“{loader.doubled[:60]}” stands twice in its front matter; the last one counts."
    return Split(matter_of(value), body, True, (told,) if loader.doubled else ())


def sentence_of(problem: Exception) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f"line {mark.line + 2}" if mark is not None else str(problem)[:100] or "it is nested too deep"


def line_by_line(block: str, body: str, whole: str, why: str) -> Split:
    """What is nearly YAML, such as `title: Tides: a study`, read as its author meant it; EntryRejected for anything else."""
    found: Matter = {}
    last = ""
    for line in block.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith((" ", "\t", "-")) and (pair := PAIR.fullmatch(line)):
            last = pair[1].lower()
            found[last] = scalar(pair[2] or "")
        elif last and (item := re.fullmatch(r"\s*-\s+(.+)", line)):
            before = found[last]
            found[last] = [*(before if isinstance(before, list) else []), scalar(item[1])]
        elif not (last and line.startswith((" ", "\t"))):
            if not found:
                return Split({}, whole, False)
            raise EntryRejected(f"its front matter is not valid YAML ({why})")
    return Split(
        found, body, True, (f"Its front matter is not valid YAML ({why}) and was read line by line.",)
    )


def scalar(text: str) -> Value:
    if quoted := re.fullmatch(r"\s*([\"'])(.*)\1\s*(?:#.*)?", text):
        return quoted[2]
    text = re.sub(r"(?:^|\s)#.*", "", text).strip()
    if text.startswith("[") and text.endswith("]"):
        return [part.strip().strip("\"'") for part in text[1:-1].split(",") if part.strip()]
    return text


# -- TOML and JSON -------------------------------------------------------------------------------


def toml_of(block: str) -> Matter:
    try:
        return matter_of(tomllib.loads(block))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as problem:
        raise EntryRejected(f"its front matter is not valid TOML ({str(problem)[:100]})") from problem


def with_json(start: str, whole: str) -> Split:
    """An object at the very beginning, then the text. What cannot be read is text that begins with a brace."""
    try:
        value, end = beginning(start[: LONGEST + 1], set())
    except SourceUnusable:
        return Split({}, whole, False)
    return (
        Split(matter_of(value), start[end:].lstrip("\n"), True)
        if isinstance(value, dict)
        else Split({}, whole, False)
    )


# -- values --------------------------------------------------------------------------------------


def matter_of(value: dict[Any, Any], depth: int = 0) -> Matter:
    """The same with texts, lists and mappings alone and names in lower case, as Hugo reads them."""
    return {str(key).strip().lower(): plain(one, depth + 1) for key, one in value.items()}


def plain(value: object, depth: int) -> Value:
    if depth > DEEPEST:
        return ""
    if isinstance(value, dict):
        return matter_of(value, depth)
    if isinstance(value, list | tuple):
        return [plain(one, depth + 1) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def text(matter: Matter, *names: str) -> str:
    """The first of these that is a text and says something, folded."""
    for name in names:
        value = matter.get(name)
        if isinstance(value, str) and value.strip().lower() not in NOTHING:
            return " ".join(value.split())
    return ""


def texts(matter: Matter, *names: str) -> list[str]:
    """All texts under these names, whether one or a list stands there."""
    found: list[str] = []
    for name in names:
        value = matter.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.strip().lower() not in NOTHING:
                found.append(" ".join(one.split()))
    return found


def inner(matter: Matter, name: str) -> Matter:
    value = matter.get(name)
    return value if isinstance(value, dict) else {}


def says(matter: Matter, name: str) -> bool | None:
    """What a switch is set to; None where it is not there or is no switch."""
    word = text(matter, name).lower()
    return True if word in YES else False if word in NO else None


def data(source: str, kind: str) -> Matter:
    """A whole file of settings, by its suffix. Raises EntryRejected."""
    if len(source) > LONGEST:
        raise EntryRejected(f"it is longer than {LONGEST:,} characters")
    if kind == ".toml":
        return toml_of(source)
    fence = f"---\n{source.strip()}\n---\n" if kind != ".json" else source
    return split(fence).matter
