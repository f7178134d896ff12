"""caching: keep public pages until something is published."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.locmem import LocMemCache

BUDGET = 48 * 1024 * 1024  # bytes of kept pages a process


class PageMemory(LocMemCache):
    """Local memory with a budget in bytes: a count of entries would let one crawler with long pages take all there is."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, {**params, "OPTIONS": {"MAX_ENTRIES": 100_000}})
        self._bytes = sum(len(value) for value in self._cache.values())

    def _set(self, key: str, value: bytes, timeout: Any = None) -> None:
        self._bytes += len(value) - len(self._cache.get(key, b""))
        super()._set(key, value, timeout)  # type: ignore[misc]
        while self._bytes > BUDGET and self._cache:
            oldest = next(reversed(self._cache))
            self._delete(oldest)

    def _delete(self, key: str) -> bool:
        self._bytes -= len(self._cache.get(key, b""))
        return bool(super()._delete(key))  # type: ignore[misc]

    def clear(self) -> None:
        super().clear()
        self._bytes = 0
