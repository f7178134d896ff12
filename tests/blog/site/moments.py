"""moments: the moment at which something becomes due in tests, and a clock to stand before and after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

MOMENT = datetime(2026, 5, 7, 12, 0, 0, tzinfo=timezone.get_default_timezone())
Clock = Callable[[float], None]
