"""modules: a page that holds nothing but our ES modules, for what they do with a text; no server and no database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

STATIC = Path(__file__).resolve().parents[2] / "static"
ORIGIN = "http://modules.example"
# The desk's own policy: what it refuses there is refused here.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"

Call = Callable[..., Any]


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(ORIGIN + "/")
    if not name:
        headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
        route.fulfill(
            body="<!doctype html><html lang=en><title>M</title><textarea></textarea>", headers=headers
        )
    else:
        route.fulfill(path=STATIC / name, content_type="text/javascript")


def calling(page: Page, module: str) -> Call:
    """A function that calls one of the module's functions by name."""
    page.route(ORIGIN + "/**", _serve)
    page.goto(ORIGIN + "/")

    def call(name: str, *arguments: Any) -> Any:
        script = "async ([module, name, given]) => (await import(module))[name](...given)"
        return page.evaluate(script, [f"/js/admin/{module}.js", name, list(arguments)])

    return call
