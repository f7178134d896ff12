"""test_valid_html: a strict parser takes every page, and no id stands on a page twice."""

from __future__ import annotations

import re
from collections import Counter

import html5lib
import pytest
from django.test import Client

from tests.browser.reading import PAGES, a_whole_site

pytestmark = pytest.mark.django_db


def test_every_page_is_valid(client: Client) -> None:
    a_whole_site()
    for address in PAGES:
        text = client.get(address).text
        html5lib.HTMLParser(strict=True).parse(text)
        repeated = [name for name, times in Counter(re.findall(r'\sid="([^"]+)"', text)).items() if times > 1]
        assert repeated == [], address


def test_every_link_inside_the_site_leads_somewhere(client: Client) -> None:
    a_whole_site()
    known: dict[str, int] = {}
    for address in PAGES:
        for path in re.findall(r'href="(/[^"#]*)"', client.get(address).text):
            if path.startswith(("/static/", "/admin/")):
                continue
            if path not in known:
                known[path] = client.get(path.replace("&amp;", "&")).status_code
    assert {path: status for path, status in known.items() if status != 200} == {}
    assert len(known) > 50
