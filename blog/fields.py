"""fields: form fields of the desk for Markdown, tags, bylines and moments; each works as plain HTML and better with a script."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from markdownx.widgets import MarkdownxWidget

from accounts.authors import find_authors, name_key
from accounts.models import Author
from blog.content import BylineSpec, Part
from blog.models import Byline
from blog.tagging import distinct

AUTHORS_LISTED = 2000  # suggestions in the page; names beyond are found when they are typed in full
ROWS_AT_MOST = 40


def module(path: str) -> forms.Script:
    """One of our ES modules, as a form's media."""
    return forms.Script(path, type="module")


# -- Markdown --------------------------------------------------------------------------------------


class MarkdownWidget(MarkdownxWidget, AdminTextareaWidget):  # type: ignore[misc]  # markdownx ships no types
    """django-markdownx's text area on our two guarded endpoints, with scripts of ours; without one a plain text area."""

    template_name = "django/forms/widgets/textarea.html"

    class Media:
        extend = False  # its script keeps the Tab key inside, and shows the preview in the page itself

    body_format = "markdown"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        how = "?format=html" if self.body_format == "html" else ""
        context["widget"]["attrs"] |= {
            "data-markdownx-urls-path": reverse("editor:preview") + how,
            "data-markdownx-upload-urls-path": reverse("editor:upload") + how,
            "data-format": self.body_format,
            "class": "markdownx-editor",
            "rows": 24,
            "placeholder": gettext("Write, in Markdown. Ctrl+/ shows the keys.")
            if self.body_format != "html"
            else "",
        }
        return context


# -- tags ------------------------------------------------------------------------------------------


def join_names(names: Sequence[str]) -> str:
    """Names in one line, parted by commas; a name with a comma stands in quotes."""
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if "," in name or name.startswith('"') else name


def split_names(text: str) -> tuple[str, ...]:
    line = " ".join(text.split())
    rows = list(csv.reader([line], skipinitialspace=True)) if line else []
    return distinct(rows[0]) if rows else ()


class TagsWidget(forms.TextInput):
    """A line of names, parted by commas; a script offers the tags that there are."""

    class Media:
        js = (module("js/admin/tags.js"),)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-suggestions": reverse("editor:tags"),
            "autocomplete": "off",
            "class": "vTextField",
        }
        return context


class TagsField(forms.CharField):
    """Names of tags, a tuple."""

    widget = TagsWidget

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else join_names(tuple(value or ()))

    def clean(self, value: Any) -> Any:
        return split_names(str(super().clean(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return tuple(initial or ()) != split_names(str(data or ""))


# -- bylines ---------------------------------------------------------------------------------------


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
        for _, name, _slug in rows:
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


class BylinesWidget(forms.Widget):
    """One row an author: name (with suggestions), part, place; two empty rows to fill. Empty a name to take it off."""

    class Media:
        js = (module("js/admin/bylines.js"),)

    directory: Directory

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[Row] | None:
        rows: list[Row] = []
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
        }
        return render_to_string("admin/widgets/bylines.html", context)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}-0-author" if id_ else ""


class BylinesField(forms.Field):
    """Who stands on a post, in order; a tuple of BylineSpec."""

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
        return [row for row in value or [] if row[0]]

    def clean(self, value: Any) -> tuple[BylineSpec, ...]:
        rows = [row for row in value or [] if row[0]]
        rows.sort(key=lambda row: int(row[2]) if row[2].isdigit() else ROWS_AT_MOST)
        known = self.directory.find([row[0] for row in rows])
        unknown = [row[0] for row in rows if row[0] not in known]
        if unknown:
            raise forms.ValidationError(
                [
                    f"There is no author “{name}”. Choose one of the list, or add the author first."
                    for name in unknown
                ]
            )
        specs = (BylineSpec(known[row[0]], cast(Part, self._part(row[1]))) for row in rows)
        return tuple(dict.fromkeys(specs))

    def _part(self, text: str) -> str:
        if text not in Byline.Part.values:
            raise forms.ValidationError(
                f"“{text}” is no part that a byline can have; choose one of the list."
            )
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return tuple(initial or ()) != self.clean(data)
        except forms.ValidationError:
            return True


# -- moments ---------------------------------------------------------------------------------------


class MomentField(forms.DateTimeField):
    """A date and a minute in the site's time zone, which its label names."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
        super().__init__(
            label=f"{label} ({settings.TIME_ZONE} time)",
            required=False,
            widget=widget,
            input_formats=formats,
            error_messages={"invalid": "Write the moment as 2026-05-31 14:30."},
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        return cast("datetime | None", super().clean(value))
