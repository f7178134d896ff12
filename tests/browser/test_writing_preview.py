"""test_writing_preview: the preview is the page that will be published, and stays beside the text that it shows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import at_a_post, preview_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARTS = """## Part {n}

A paragraph of **part {n}**, long enough to be broken into several lines beside its preview, where a measure is a
measure and the lines of the text are not the lines of the page. It goes on for a while.

- one
- two

```python
print({n})
```

| a | b |
| - | - |
| 1 | 2 |
"""
BODY = (
    "\n".join(PARTS.replace("{n}", str(number)) for number in range(1, 16))
    + "\nA note.[^1]\n\n[^1]: At the foot.\n"
)
# A page's tree, without what only a preview says (lines).
TREE = """(body) => {
  const seen = (node) => node.nodeType === 3
    ? node.data.replace(/\\s+/g, " ").trim()
    : [node.tagName, [...node.attributes].filter((one) => one.name !== "data-line").map((one) => `${one.name}=${one.value}`).sort(), [...node.childNodes].map(seen).filter((one) => one.length)];
  return [...body.childNodes].map(seen).filter((one) => one.length);
}"""
# The line of the text, and that of the preview, at a height of the window (a part of what is seen).
STANDS = """async (part) => {
  const { covered, tops } = await import("/static/js/admin/measuring.js");
  const form = document.querySelector("#post_form");
  const area = document.querySelector("#id_body");
  const frame = document.querySelector(".preview-frame");
  const numbers = [...Array(area.value.split("\\n").length).keys()];
  const y = covered(form) + part * (innerHeight - covered(form)) - area.getBoundingClientRect().top;
  const line = tops(area, numbers).findLastIndex((top, at) => at < numbers.length && top <= y);
  const blocks = [...frame.contentDocument.querySelectorAll(".body > [data-line], .body > * > [data-line]")];
  const shown = blocks.filter((block) => block.getBoundingClientRect().top <= part * frame.clientHeight);
  return [line, Math.max(0, ...shown.map((block) => Number(block.dataset.line)))];
}"""


def test_the_preview_is_the_published_page(page: Any, live_server: Any, page_errors: list[str]) -> None:
    post = at_a_post(page, live_server, title="One", body=BODY + "\n<b>raw</b> <script>no</script>\n")
    expect(preview_of(page).locator("h1")).to_have_text("One")
    expect(preview_of(page).locator(".footnotes")).to_be_visible()
    shown = preview_of(page).locator(".body").evaluate(TREE)
    contents = preview_of(page).locator(".contents a").all_text_contents()
    assert page_errors == []
    page.goto(live_server.url + post.get_absolute_url())
    # The page's script gives listings a button to copy them; the preview runs none.
    page.evaluate(
        "document.querySelectorAll('.listing').forEach((one) => { one.querySelector('.copy')?.remove(); one.replaceWith(...one.childNodes); })"
    )
    assert shown == page.locator(".body").evaluate(TREE)
    assert contents == page.locator(".contents a").all_text_contents()


def test_only_what_changed_is_put_in_anew(page: Any, live_server: Any, page_errors: list[str]) -> None:
    at_a_post(page, live_server, body="First.\n\n![A](/media/none.png)\n\nLast.")
    body = preview_of(page).locator(".body")
    expect(body.locator("p")).to_have_count(3)
    body.evaluate("body => body.querySelectorAll('p').forEach((one, at) => { one.kept = at; })")
    page.focus("#id_body")
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("New.\n\n")  # at once: half of it would join the first paragraph for a moment
    expect(body.locator("p")).to_have_count(4)
    assert body.evaluate("body => [...body.querySelectorAll('p')].map((one) => one.kept ?? null)") == [
        None,
        0,
        1,
        2,
    ]
    assert body.evaluate("body => [...body.querySelectorAll('p')].map((one) => one.dataset.line)") == [
        "0",
        "2",
        "4",
        "6",
    ]


def test_the_head_follows_the_form(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, title="Old", body="Words.")
    page.fill("#id_title", "New")
    expect(preview_of(page).locator("h1")).to_have_text("New")
    page.click("[data-tool=drawer]")
    page.fill("#id_summary", "In short.")
    page.click("#desk-drawer summary:has-text('Address')")
    page.fill("#id_language", "ru")
    page.keyboard.press("Escape")
    expect(preview_of(page).locator(".introduction")).to_have_text("In short.")
    assert preview_of(page).locator("html").get_attribute("lang") == "ru"


def test_text_and_preview_lead_each_other(page: Any, live_server: Any, page_errors: list[str]) -> None:
    at_a_post(page, live_server, body=BODY)
    expect(preview_of(page).locator(".footnotes")).to_have_count(1)
    page.mouse.move(300, 500)
    for _ in range(3):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(300)
        text, preview = page.evaluate(STANDS, 0.5)
        assert abs(text - preview) <= 6, "the preview follows the text"
    assert text > 20
    page.mouse.move(1000, 500)
    for _ in range(2):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(300)
        moved, preview = page.evaluate(STANDS, 0.5)
        assert abs(moved - preview) <= 6, "the text follows the preview"
    assert moved > text + 10
    assert page_errors == []


def test_headings_lead_to_their_place(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body=BODY)
    page.click("[data-tool=drawer]")
    page.click(".outline button:text-is('Part 9')")
    at = page.evaluate(
        "(() => { const a = document.activeElement; return [a.id, a.value.slice(a.selectionStart, a.selectionStart + 9)]; })()"
    )
    assert at == ["id_body", "## Part 9"]
    top = page.evaluate(STANDS, 0.1)[0]
    assert abs(BODY.split("\n").index("## Part 9") - top) <= 4


def test_words_are_counted_as_the_server_counts_them(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="One two three.")
    expect(page.locator(".bar-count")).to_have_text("3 words · 1 min")
    page.fill("#id_body", "one, **two**, [three](https://example.org/four) " * 300)
    expect(page.locator(".bar-count")).to_have_text("900 words · 4 min")
    page.evaluate(
        "(() => { const a = document.querySelector('#id_body'); a.focus(); a.setSelectionRange(0, 12); })()"
    )
    expect(page.locator(".bar-count")).to_have_text("Selected: 2")


def test_a_preview_that_does_not_come_is_said(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="One.")
    page.route("**/editor/preview/**", lambda route: route.abort())
    page.fill("#id_body", "Two.")
    expect(page.locator("[data-preview-said]")).to_contain_text("The preview could not be brought.")
    page.unroute("**/editor/preview/**")
    page.fill("#id_body", "Three.")
    expect(preview_of(page).locator(".body")).to_have_text("Three.")
    expect(page.locator("[data-preview-said]")).to_be_hidden()
