"""lookalikes: texts that are no dump of posts: web pages, JSON, logs, tables, programs; each with its sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(r"\s*<(?:[!?]|/?[A-Za-z])")
_WEB_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_JSON = re.compile(
    r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?\s*(?:,|\]\s*\Z)|true\b|false\b|null\b))"
)
_LOG = re.compile(
    r"""\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T\s]\d\d:\d\d|\[?\d\d/[A-Z][a-z]{2}/\d{4}:|[A-Z][a-z]{2}\s+\d{1,2}\s\d\d:\d\d:\d\d\s
    |\[?(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|TRACE)\b|\d{1,3}(?:\.\d{1,3}){3}\s|\[?\d\d:\d\d:\d\d\b)""",
    re.VERBOSE,
)
_CODE = re.compile(
    r"""\s*(?:def\s+\w+\s*\(|class\s+\w+\s*[:({]|import\s+[\w.{*"']+|from\s+[\w.]+\s+import\b|\#include\b|\#!/|package\s+\w+;?$
    |(?:public|private|protected|static|const|let|var|func|fn|function|struct|enum|impl|using|namespace)\s+\S
    |return\b.*[;)\w]$|(?:if|for|while|else|elif|try|except|switch)\b.*[:{]\s*$|[}\])]+[;,)]*\s*$|//|/\*|\*/|@\w+
    |\w[\w.\[\]]*\s*(?::?=|\+=)\s*\S.*)"""
    + r"|.*[;{}]\s*$",
    re.VERBOSE,
)


def is_markup_or_data(beginning: str) -> bool:
    """Whether the text begins as XML, HTML or JSON does; cheap, for telling formats apart."""
    return bool(_MARKUP.match(beginning) or _JSON.match(beginning))


def no_text(text: str, name: str) -> str | None:
    """Why the text as a whole cannot be a dump of posts, as a sentence; None where it may be one."""
    if not text.strip():
        return f"{name} is empty: there is nothing to import."
    if len(_CONTROL.findall(text, 0, 100_000)) > max(2, len(text[:100_000]) // 500):
        return f"{name} is not text: it holds control characters. Give the export as a plain text file."
    if _WEB_PAGE.match(text):
        return f"{name} is a web page, not a text dump: give the address of the site's feed instead."
    if _MARKUP.match(text):
        return f"{name} is XML or HTML, not a text dump: import it with --format feed if it is a feed."
    if _JSON.match(text):
        return f"{name} is JSON, not a text dump: import it with --format jsonfeed if it is a JSON Feed."
    return None


def no_posts(lines: list[str], name: str) -> str | None:
    """What kind of other text the lines are, as a sentence; None where they may be posts."""
    sample = [line for line in lines if line.strip()][:2000]
    for looks, sentence in _KINDS:
        if len(sample) >= 3 and looks(sample):
            return sentence.format(name=name)
    return None


def _is_log(sample: list[str]) -> bool:
    return sum(bool(_LOG.match(line[:500])) for line in sample) >= 0.6 * len(sample)


def _is_code(sample: list[str]) -> bool:
    """Many lines that only programs have, or fewer and the indents of a program."""
    share = sum(bool(_CODE.match(line[:500])) for line in sample) / len(sample)
    indented = sum(line.startswith(("  ", "\t")) for line in sample) / len(sample)
    return share >= 0.45 or (share >= 0.25 and indented >= 0.25)


def _is_table(sample: list[str]) -> bool:
    """The same number of separators in nearly every line, and lines that read like rows rather than prose."""
    for separator, least in ((",", 2), (";", 1), ("\t", 1), ("|", 2)):
        counts = Counter(line.count(separator) for line in sample)
        most, lines = counts.most_common(1)[0]
        if most >= least and lines >= 0.9 * len(sample) and sum(map(len, sample)) < 400 * len(sample):
            return True
    return False


# Looked at in this order.
_KINDS: tuple[tuple[Callable[[list[str]], bool], str], ...] = (
    (
        _is_log,
        "{name} looks like a log file: most lines begin with a time or a level, and there are no posts in it.",
    ),
    (
        _is_table,
        "{name} looks like a table (CSV): every line has the same number of separators. Posts cannot be told from columns.",
    ),
    (_is_code, "{name} looks like the source code of a program, not like posts."),
)
