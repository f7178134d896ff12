"""bylinefield: the form field for who stands on a post: rows of names with parts, in order; guests added in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.authors import NAME_LENGTH, find_authors, name_key
from accounts.models import Author
from blog.content import BylineSpec, Guest, Part
from blog.fields import module
from blog.models import Byline

AUTHORS_LISTED = 2000  # suggestions in the page; names beyond are found when they are typed in full
ROWS_AT_MOST = 40


@dataclass
class Directory:
    """Authors by the label that the form shows; read once a form, and only when it is asked."""

    listed: int = AUTHORS_LISTED
    _extra: dict[int, str] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[int, str]:
        """The name; where two share it, with the address behind it."""
        rows = list(Author.objects.order_by("name", "pk").values_list("pk", "name", "slug")[: self.listed])
        seen: dict[str, int] = {}
        for _pk, name, _slug in rows:
            seen[name] = seen.get(name, 0) + 1
        return {pk: name if seen[name] == 1 else f"{name} ({slug})" for pk, name, slug in rows}

    def label(self, author_id: int) -> str:
        if author_id not in self.labels:
            author = Author.objects.filter(pk=author_id).first()
            self.labels[author_id] = f"{author.name} ({author.slug})" if author else ""
        return self.labels[author_id]

    def find(self, texts: Sequence[str]) -> dict[str, int]:
        """Ids by what was typed: a label of ours, or any spelling that an author is known by."""
        by_label = {label: pk for pk, label in self.labels.items()}
        found = {text: by_label[text] for text in texts if text in by_label}
        rest = [text for text in texts if text not in found]
        known = find_authors(rest) if rest else {}
        return found | {text: known[name_key(text)].pk for text in rest if name_key(text) in known}


Row = tuple[str, str, str]  # author as typed, part, place


class Rows(list[Row]):
    """What was typed; `add_guests` says whether names that are not known are to be added."""

    add_guests = False


class BylinesWidget(forms.Widget):
    """One row an author: name (with suggestions), part, place; two empty rows to fill. Empty a name to take it off."""

    class Media:
        js = (module("js/admin/bylines.js"),)

    directory: Directory
    may_add = False  # whether the user may add authors

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Rows | None:
        rows = Rows()
        rows.add_guests = bool(data.get(f"{name}-guests"))
        for number in range(ROWS_AT_MOST):
            stem = f"{name}-{number}"
            if f"{stem}-author" not in data:
                break
            rows.append(
                (
                    str(data[f"{stem}-author"]).strip(),
                    str(data.get(f"{stem}-part", "")),
                    str(data.get(f"{stem}-place", "")),
                )
            )
        return rows or None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return f"{name}-0-author" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        rows = [*(value or []), ("", "author", ""), ("", "author", "")][:ROWS_AT_MOST]
        listing = f"{(attrs or {}).get('id', name)}-authors"
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "rows": [
                {"author": author, "part": part, "place": place or number}
                for number, (author, part, place) in enumerate(rows, start=1)
            ],
            "parts": Byline.Part.choices,
            "authors": self.directory.labels.values(),
            "listing": listing,
            "may_add": self.may_add,
            "add_guests": getattr(value, "add_guests", False),
        }
        return render_to_string("admin/widgets/bylines.html", context)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}-0-author" if id_ else ""


class BylinesField(forms.Field):
    """Who stands on a post, in order; a tuple of BylineSpec, and of Guest where one is to be added."""

    widget = BylinesWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.use(Directory())

    def __deepcopy__(self, memo: dict[int, Any]) -> BylinesField:
        """Each form reads the authors anew; the field that stands in the class lives as long as the process."""
        copied = super().__deepcopy__(memo)
        copied.use(Directory())
        return copied

    def use(self, directory: Directory) -> None:
        self.directory = directory
        cast(BylinesWidget, self.widget).directory = directory

    def prepare_value(self, value: Any) -> list[Row]:
        if value and isinstance(value[0], BylineSpec):
            return [(self.directory.label(spec.author), spec.part, "") for spec in value]
        kept = Rows(row for row in value or [] if row[0])
        kept.add_guests = getattr(value, "add_guests", False)
        return kept

    def clean(self, value: Any) -> tuple[BylineSpec | Guest, ...]:
        rows = [row for row in value or [] if row[0]]
        rows.sort(key=lambda row: int(row[2]) if row[2].isdigit() else ROWS_AT_MOST)
        known = self.directory.find([row[0] for row in rows])
        unknown = [row[0] for row in rows if row[0] not in known]
        may_add = cast(BylinesWidget, self.widget).may_add
        if unknown and not (may_add and getattr(value, "add_guests", False)):
            raise forms.ValidationError([self._unknown(name, may_add) for name in unknown])
        people = (self._person(row, known) for row in rows)
        return tuple(dict.fromkeys(people))

    def _unknown(self, name: str, may_add: bool) -> str:
        if may_add:
            said = _(
                "There is no author “%(name)s”. Choose one of the list, or tick “Add names that are not known as guest authors”."
            )
        else:
            said = _(
                "There is no author “%(name)s”. Choose one of the list, or ask an editor to add the author."
            )
        return said % {"name": name}

    def _person(self, row: Row, known: Mapping[str, int]) -> BylineSpec | Guest:
        part = cast(Part, self._part(row[1]))
        if row[0] in known:
            return BylineSpec(known[row[0]], part)
        if not name_key(row[0]) or len(row[0]) > NAME_LENGTH:
            raise forms.ValidationError(
                _("A name has between one and %(most)d characters.") % {"most": NAME_LENGTH}
            )
        return Guest(row[0], part)

    def _part(self, text: str) -> str:
        if text not in Byline.Part.values:
            raise forms.ValidationError(
                _("“%(text)s” is no part that a byline can have; choose one of the list.") % {"text": text}
            )
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return tuple(initial or ()) != self.clean(data)
        except forms.ValidationError:
            return True
