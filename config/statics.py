"""statics: files that are collected get hashed names, in what ES modules import from each other too."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Without the second line a module would be asked for by its plain name, which browsers keep for a minute only,
    and the same module would run twice where one page names it and another module imports it."""

    support_js_module_import_aggregation = True
