"""reasons: what revisions and the log keep as plain English words, in the language of whoever reads them."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

# As they are stored: (the words, in the reader's language)
_WHOLE = {
    "begun": _("begun"),
    "saved": _("saved"),
    "saved for later": _("saved for later"),
    "published": _("published"),
    "sent for review": _("sent for review"),
    "returned": _("returned"),
    "approved": _("approved"),
    "withdrawn": _("withdrawn"),
    "not to be withdrawn": _("not to be withdrawn"),
    "left without a date": _("left without a date"),
    "changes published": _("changes published"),
    "changes published as scheduled": _("changes published as scheduled"),
    "moved to the trash": _("moved to the trash"),
    "restored from the trash": _("restored from the trash"),
    "imported": _("imported"),
    "imported again": _("imported again"),
    "newer text from the source": _("newer text from the source"),
    "begun from a file": _("begun from a file"),
    "converted to Markdown": _("converted to Markdown"),
    "alt text written": _("alt text written"),
    "picture replaced": _("picture replaced"),
    "pictures stored here": _("pictures stored here"),
    "two tags merged": _("two tags merged"),
    "said what a picture shows": _("said what a picture shows"),
    "a picture is decorative": _("a picture is decorative"),
    "put into a series": _("put into a series"),
    "names and tags as its source's table says": _("names and tags as its source's table says"),
    "Not scheduled any more: they were changed by someone who may not publish them.": _(
        "Not scheduled any more: they were changed by someone who may not publish them."
    ),
    "Returned to the author.": _("Returned to the author."),
}
# How others begin; what follows is a number, a moment, or what somebody wrote.
_BEGINNINGS = (
    ("restored from revision ", _("restored from revision %(rest)s")),
    ("brought back from revision ", _("brought back from revision %(rest)s")),
    ("took over: ", _("took over: %(rest)s")),
    ("sent for review: ", _("sent for review: %(rest)s")),
    ("returned: ", _("returned: %(rest)s")),
    ("scheduled for ", _("scheduled for %(rest)s")),
    ("to be withdrawn ", _("to be withdrawn %(rest)s")),
    ("dated ", _("dated %(rest)s")),
    ("for ", _("for %(rest)s")),
    (
        "Not scheduled any more: the published post was changed in the same place ",
        _("Not scheduled any more: the published post was changed in the same place %(rest)s"),
    ),
)

_LIFTED = re.compile(r"Changed after revision (\d+) was approved\.")


def in_words(stored: str) -> str:
    """What stands in the database in the reader's words; whatever is not known stays as it is."""
    if stored in _WHOLE:
        return str(_WHOLE[stored])
    for beginning, said in _BEGINNINGS:
        if stored.startswith(beginning):
            rest = stored.removeprefix(beginning)
            return str(said % {"rest": in_words(rest) if beginning == "took over: " else rest})
    if lifted := _LIFTED.fullmatch(stored):
        return str(_("Changed after revision %(number)s was approved.") % {"number": lifted[1]})
    return stored
