"""verdicts: what became of an import's entries, in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from importer.deciding import VERDICTS

# One entry of each, as a filter or a line says it
NAMES = {
    "created": _("created"),
    "updated": _("updated"),
    "unchanged": _("unchanged"),
    "duplicate": _("duplicate"),
    "kept": _("kept"),
    "conflict": _("conflict"),
    "buried": _("buried"),
    "rejected": _("rejected"),
}
# The same, counted
COUNTED = {
    "created": ngettext_lazy("%d new", "%d new"),
    "updated": ngettext_lazy("%d updated", "%d updated"),
    "unchanged": ngettext_lazy("%d unchanged", "%d unchanged"),
    "duplicate": ngettext_lazy("%d repeat", "%d repeats"),
    "kept": ngettext_lazy("%d kept as edited here", "%d kept as edited here"),
    "conflict": ngettext_lazy("%d in conflict with an edit here", "%d in conflict with edits here"),
    "buried": ngettext_lazy("%d deleted here", "%d deleted here"),
    "rejected": ngettext_lazy("%d rejected", "%d rejected"),
}


def in_words(counts: Mapping[str, int]) -> str:
    """ "12 new, 8 repeats, 2 rejected" in the reader's language; what did not occur is left out."""
    return ", ".join(str(COUNTED[name] % number) for name in VERDICTS if (number := counts.get(name, 0)))
