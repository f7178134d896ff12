"""showing: what a post says, field by field, in words that two texts can be compared by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Author
from blog.admin.comparing import Line, compare
from blog.admin.sidebyside import Row, rows
from blog.content import BylineSpec, Content
from blog.models import Image, Series

LABELS = {
    "title": gettext_lazy("Title"),
    "body": gettext_lazy("Text"),
    "body_format": gettext_lazy("Written as"),
    "slug": gettext_lazy("Address"),
    "summary": gettext_lazy("Summary"),
    "language": gettext_lazy("Language"),
    "bylines": gettext_lazy("Bylines"),
    "tags": gettext_lazy("Tags"),
    "series": gettext_lazy("Series"),
    "series_position": gettext_lazy("Place in the series"),
    "cover": gettext_lazy("Cover"),
    "cover_url": gettext_lazy("Cover elsewhere"),
    "cover_alt": gettext_lazy("Alt text of the cover"),
    "origin_url": gettext_lazy("First published at"),
    "canonical_url": gettext_lazy("Canonical address"),
    "seo_title": gettext_lazy("Title for search engines"),
    "seo_description": gettext_lazy("Description for search engines"),
    "noindex": gettext_lazy("Kept from search engines"),
    "responding": gettext_lazy("Comments of readers"),
}

LONG = ("title", "body", "summary", "seo_description")  # compared word by word
LISTS = ("bylines", "tags")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that says different things in two states of a post."""

    name: str
    label: Any
    old: str
    new: str
    lines: list[Line]


def differences(old: Content, new: Content, names: Iterable[str] | None = None) -> list[Difference]:
    """The fields that differ, or those named, the text first after the title."""
    wanted = set(names) if names is not None else {field.name for field in fields(Content)}
    pairs = [
        (name, getattr(old, name), getattr(new, name))
        for name in LABELS
        if name in wanted and getattr(old, name) != getattr(new, name)
    ]
    words = _Words([value for _, *values in pairs for value in values])
    return [
        Difference(name, LABELS[name], was := words.of(name, a), now := words.of(name, b), compare(was, now))
        for name, a, b in pairs
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One field that differs: a text side by side, anything else in sentences."""

    name: str
    label: Any
    rows: list[Row]
    sentences: list[str]


def told(old: Content, new: Content) -> list[Told]:
    """The fields that differ, for people: texts with their words marked, fields in words."""
    return [
        Told(one.name, one.label, rows(one.old, one.new), [])
        if one.name in LONG
        else Told(one.name, one.label, [], _sentences(one))
        for one in differences(old, new)
    ]


def _sentences(one: Difference) -> list[str]:
    if one.name not in LISTS:
        if not one.old:
            return [_("Now: “{new}”; nothing before.").format(new=one.new)]
        if not one.new:
            return [_("Taken out; it was “{old}”.").format(old=one.old)]
        return [_("Now “{new}”, before “{old}”.").format(new=one.new, old=one.old)]
    was, now = one.old.splitlines(), one.new.splitlines()
    came, gone = [name for name in now if name not in was], [name for name in was if name not in now]
    said = [
        _("Added: {names}.").format(names=", ".join(came)) if came else "",
        _("Taken off: {names}.").format(names=", ".join(gone)) if gone else "",
        _("In another order: {names}.").format(names=", ".join(now)) if not came and not gone else "",
    ]
    return [sentence for sentence in said if sentence]


def difference(name: str, old: str, new: str) -> Difference:
    """One field whose two states are in words already."""
    return Difference(name, LABELS[name], old, new, compare(old, new))


def in_words(name: str, value: Any) -> str:
    """What one field says, in words."""
    return _Words([value]).of(name, value)


class _Words:
    """Names for ids, read at once for all values."""

    def __init__(self, values: Sequence[Any]) -> None:
        specs = [spec for value in values if isinstance(value, tuple) for spec in value]
        ids = {spec.author for spec in specs if isinstance(spec, BylineSpec)}
        self.authors = dict(Author.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}

    def of(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if name == "bylines":
            return "\n".join(self._byline(spec) for spec in cast("tuple[BylineSpec, ...]", value))
        if name == "tags":
            return "\n".join(value)
        if name == "series":
            return self._titled(Series.objects.filter(pk=value).first(), _("a series that is gone"))
        if name == "cover":
            return self._titled(Image.objects.filter(pk=value).first(), _("a picture that is gone"))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    def _byline(self, spec: BylineSpec) -> str:
        author = self.authors.get(spec.author, _("an author who is gone"))
        return author if spec.part == "author" else f"{author}, {spec.part}"

    def _titled(self, row: Series | Image | None, gone: str) -> str:
        return str(row) if row is not None else gone
