"""tools: what the toolbar of the writing page holds, by which keys, and the words that its scripts say."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blog.models.post import minutes_to_read


@dataclass(frozen=True, slots=True)
class Tool:
    """One button. Keys are named by their place on the keyboard, as browsers do, so that they hold in every layout."""

    name: str
    label: Promise
    keys: str = ""  # "Mod" is Ctrl, on a Mac ⌘
    in_html: bool = True  # stands in the toolbar of a text in HTML too
    toggles: bool = False  # its button is pressed or not
    native: bool = False  # the browser does it by these keys itself

    @property
    def shown(self) -> str:
        """The keys as they are printed on most keyboards."""
        pieces = (_PRINTED.get(piece, piece) for piece in self.keys.split("+")) if self.keys else ()
        return "+".join(piece.removeprefix("Key").removeprefix("Digit") for piece in pieces)

    @property
    def aria(self) -> str:
        """The keys as assistive programs are told them."""
        return self.shown.replace("Ctrl", "Control")


_PRINTED = {"Mod": "Ctrl", "Slash": "/", "Comma": ","}

Group = tuple[Promise, tuple[Tool, ...]]
TOOLS: tuple[Group, ...] = (
    (
        _("Words"),
        (
            Tool("bold", _("Bold"), "Mod+KeyB"),
            Tool("italic", _("Italic"), "Mod+KeyI"),
            Tool("link", _("Link"), "Mod+KeyK"),
            Tool("code", _("Code"), "Mod+KeyE"),
        ),
    ),
    (
        _("Paragraphs"),
        (
            Tool("heading", _("Heading"), "Mod+Alt+KeyH"),
            Tool("list", _("List"), "Mod+Shift+Digit8"),
            Tool("numbered", _("Numbered list"), "Mod+Shift+Digit7"),
            Tool("quote", _("Quotation"), "Mod+Shift+Digit9"),
        ),
    ),
    (
        _("To put in"),
        (
            Tool("image", _("Picture"), "Mod+Alt+KeyP"),
            Tool("table", _("Table"), "Mod+Alt+KeyG", in_html=False),
            Tool("quotes", _("Typographer’s quotes"), "Mod+Alt+KeyQ", in_html=False, toggles=True),
        ),
    ),
    (
        _("Back and forth"),
        (
            Tool("undo", _("Undo"), "Mod+KeyZ", native=True),
            Tool("redo", _("Redo"), "Mod+Shift+KeyZ", native=True),
        ),
    ),
)
VIEWS: tuple[Tool, ...] = (
    Tool("preview", _("Preview beside the text"), "Mod+Alt+KeyV", toggles=True),
    Tool("quiet", _("Nothing but the text"), "Mod+Alt+KeyF", toggles=True),
    Tool("help", _("Keys and help"), "Mod+Slash"),
)
DRAWER = Tool("drawer", _("Settings"), "Mod+Alt+KeyS", toggles=True)
SAVE = Tool("save", _("Save"), "Mod+KeyS")


def toolbar(body_format: str) -> list[tuple[Promise, list[Tool]]]:
    return [
        (label, [tool for tool in tools if tool.in_html or body_format != "html"]) for label, tools in TOOLS
    ]


def counted(words: int) -> str:
    """How long a text is, for people; by the same arithmetic on every page."""
    number = ngettext("%(words)s word", "%(words)s words", words) % {"words": number_format(words)}
    if not words:
        return number
    return gettext("{words} · {minutes} min").format(words=number, minutes=minutes_to_read(words))


def words() -> str:
    """What scripts say or write into the text, as JSON, in the language of whoever reads it."""
    said = {
        "column": gettext("Column"),
        "cell": gettext("Cell"),
        "selected": gettext("Selected: {words}"),
        "outlineEmpty": gettext("No headings yet."),
        "previewFailed": gettext("The preview could not be brought. It is tried again as you write."),
        "quotesOn": gettext("Typographer’s quotes as you type: on."),
        "quotesOff": gettext("Typographer’s quotes as you type: off."),
        "quotesMended": gettext("Quotes mended."),
        "quotesNone": gettext("There was no straight quote to mend."),
        "pasted": gettext("Pasted as Markdown. Undo takes it back."),
    }
    return json.dumps(said, ensure_ascii=False)
