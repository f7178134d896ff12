"""test_site_axe: axe-core finds nothing to object to, light and dark, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.reading import PAGES, Scheme, a_whole_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(live_server: Any, page: Any, width: int, scheme: Scheme) -> None:
    a_whole_site()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = []
    for address in PAGES:
        page.goto(live_server.url + address)
        for problem in Axe().run(page).response["violations"]:
            found.append((address, problem["id"], [node["html"][:200] for node in problem["nodes"]][:3]))
    assert found == []
