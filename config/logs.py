"""logs: one entry of the log can't pass for several, whatever stands in it, nor move a terminal that shows it."""

from __future__ import annotations

import logging
import re

_MOVES_A_TERMINAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Formatter(logging.Formatter):
    """A traceback quotes what people sent, line ends and all: only an entry's first line begins at the margin."""

    def format(self, record: logging.LogRecord) -> str:
        text = _MOVES_A_TERMINAL.sub(lambda found: ascii(found[0])[1:-1], super().format(record))
        return text.replace("\n", "\n  ")
