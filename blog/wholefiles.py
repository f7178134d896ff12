"""wholefiles: a file whose name is made from its content is stored whole or not at all."""

from __future__ import annotations

import errno
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

NO_ROOM = _("It could not be stored: the disk is full. Make room on it and try again.")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class NoRoom(OSError):
    """The disk that files are stored on is full; the message is a sentence."""


def keep(name: str, data: bytes) -> bool:
    """Store the file where it is not yet; whether it was here before. Raises NoRoom, and OSError for other troubles."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return True
        default_storage.delete(name)  # its writer was killed before the end
    try:
        default_storage.save(name, ContentFile(data))
    except BaseException as problem:
        with suppress(OSError):
            default_storage.delete(name)
        if isinstance(problem, OSError) and problem.errno in FULL:
            raise NoRoom(str(NO_ROOM)) from problem
        raise
    return False
