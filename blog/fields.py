"""fields: form fields of the desk for Markdown and tags; each works as plain HTML and better with a script."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.urls import reverse
from django.utils.translation import gettext
from markdownx.widgets import MarkdownxWidget

from blog.tagging import distinct


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
            "data-suggestions-label": gettext("Tags that there are"),
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
