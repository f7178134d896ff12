"""test_desk_pictures: pictures by drop, paste and button, several at once; their words asked for; the library to choose from."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image as Pillow
from playwright.sync_api import expect

from blog import images
from blog.models import Image, Post
from tests.blog.images.pictures import file, photo
from tests.browser.desk import amiss, sign_in
from tests.browser.test_desk_pages import LOOKS
from tests.factories import UserFactory, a_post, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRING = """([how, files, x, y]) => {
  const data = new DataTransfer();
  for (const [name, type, bytes] of files) {
    data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }));
  }
  const area = document.querySelector("#id_body");
  const given = how === "paste" ? { clipboardData: data } : { dataTransfer: data, clientX: x, clientY: y };
  const Kind = how === "paste" ? ClipboardEvent : DragEvent;
  area.dispatchEvent(new Kind(how, { ...given, bubbles: true, cancelable: true }));
}"""


def png(colour: str, size: tuple[int, int] = (30, 20)) -> bytes:
    out = BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def bring(page: Any, how: str, *files: tuple[str, str, bytes], at: tuple[float, float] = (0, 0)) -> None:
    sent = [[name, kind, base64.b64encode(data).decode()] for name, kind, data in files]
    page.evaluate(BRING, [how, sent, *at])


@pytest.fixture(autouse=True)
def _said_to_the_end(page: Any) -> Iterator[None]:
    """What the page sends when it is left reaches the server before its database is emptied."""
    yield
    page.goto("about:blank")
    page.wait_for_timeout(300)


@pytest.fixture
def writing(page: Any, live_server: Any, media_root: Path, page_errors: list[str]) -> Iterator[Any]:
    """An author at an empty form; nothing may be complained about."""
    the_site_stands()
    sign_in(page.context, live_server, UserFactory(role="author"))
    page.goto(live_server.url + "/admin/blog/post/add/")
    page.wait_for_selector(".scripted #id_body")
    yield page
    # A refusal is an answer; a database in memory is locked for a moment where one on disk waits.
    assert [error for error in page_errors if not re.search("400 \\(Bad|503 \\(Service", error)] == []


def body(page: Any) -> str:
    return str(page.input_value("#id_body"))


def code(alt: str = "", colour: str | None = None) -> str:
    image = Image.objects.order_by("pk").last() if colour is None else Image.objects.get(original_name=colour)
    assert image is not None
    return f"![{alt}](/media/{image.file.name})"


def test_several_dropped_at_once_each_keep_their_place_and_ask_for_words(writing: Any) -> None:
    writing.fill("#id_body", "Before.\n\nAfter.")
    writing.evaluate("document.querySelector('#id_body').setSelectionRange(7, 7)")
    bring(writing, "drop", ("a.png", "image/png", png("tomato")), ("b.png", "image/png", png("teal")))
    expect(writing.locator(".coming[data-state=here]")).to_have_count(2)
    first, second = code(colour="a.png"), code(colour="b.png")
    assert body(writing) == f"Before.\n\n{first}\n\n{second}\n\nAfter."
    words = writing.get_by_label("What does it show?", exact=True)
    words.nth(0).fill("A [red] field")
    words.nth(0).press("Enter")
    expect(writing.locator(".coming")).to_have_count(1)
    assert "![A \\[red\\] field](" in body(writing)
    assert writing.evaluate("document.activeElement.closest('.coming') !== null")
    writing.get_by_label("Decorative: nothing to say").check()
    writing.get_by_role("button", name="Done").click()
    expect(writing.locator(".came")).to_be_hidden()
    expect(writing.locator("#id_body")).to_have_value(re.compile(re.escape(second)))
    writing.wait_for_timeout(300)
    assert Image.objects.get(original_name="a.png").alt == "A [red] field"
    assert Image.objects.get(original_name="b.png").decorative


def test_a_screenshot_is_pasted_where_the_caret_is_and_undo_takes_it_back(writing: Any) -> None:
    writing.fill("#id_body", "One.")
    bring(writing, "paste", ("image.png", "image/png", png("gold")))
    expect(writing.locator(".coming[data-state=here]")).to_have_count(1)
    assert body(writing) == f"One.\n\n{code()}"
    writing.focus("#id_body")
    for _ in range(3):
        writing.keyboard.press("Control+z")
    assert "/media/" not in body(writing)


def test_words_that_come_with_a_picture_of_them_stay_words(writing: Any) -> None:
    writing.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "words");
          data.items.add(new File(["x"], "image.png", { type: "image/png" }));
          document.querySelector("#id_body").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    assert writing.locator(".coming").count() == 0


def test_a_drop_goes_where_it_falls(writing: Any) -> None:
    writing.fill("#id_body", "First line.\n\nLast line.")
    box = writing.locator("#id_body").bounding_box()
    style = writing.evaluate("parseFloat(getComputedStyle(document.querySelector('#id_body')).paddingTop)")
    at = (box["x"] + 5, box["y"] + style + 12)
    writing.evaluate("document.querySelector('#id_body').setSelectionRange(24, 24)")
    bring(writing, "drop", ("a.png", "image/png", png("tomato")), at=at)
    expect(writing.locator(".coming[data-state=here]")).to_have_count(1)
    assert body(writing).startswith(code())


def test_what_can_not_be_used_is_said_and_leaves_nothing_in_the_text(writing: Any) -> None:
    writing.fill("#id_body", "Kept")
    bring(
        writing,
        "drop",
        ("notes.pdf", "application/pdf", b"%PDF"),
        ("fake.png", "image/png", b"<svg/>"),
        ("good.png", "image/png", png("teal")),
    )
    expect(writing.locator(".coming[data-state=failed]")).to_have_count(2)
    expect(writing.locator(".coming[data-state=here]")).to_have_count(1)
    said = writing.locator(".coming[data-state=failed]").all_inner_texts()
    assert all("This is no picture that can be used here" in text for text in said)
    assert body(writing) == f"Kept\n\n{code()}"


def test_a_lost_connection_can_be_tried_again(writing: Any, page_errors: list[str]) -> None:
    writing.fill("#id_body", "Kept")
    writing.route("**/editor/upload/**", lambda route: route.abort())
    bring(writing, "drop", ("a.png", "image/png", png("teal")))
    expect(writing.locator(".coming[data-state=failed]")).to_contain_text(
        "The server did not answer. Try again."
    )
    assert body(writing) == "Kept"
    writing.unroute("**/editor/upload/**")
    writing.get_by_role("button", name="Try again").click()
    expect(writing.locator(".coming[data-state=here]")).to_have_count(1)
    assert code() in body(writing)
    page_errors[:] = [error for error in page_errors if "ERR_FAILED" not in error]


def test_one_can_be_broken_off_and_saving_waits_for_the_others(writing: Any) -> None:
    held: list[Any] = []
    writing.route("**/editor/upload/**", lambda route: held.append(route))
    writing.fill("#id_title", "With pictures")
    bring(writing, "drop", ("a.png", "image/png", png("teal")), ("b.png", "image/png", png("gold")))
    expect(writing.locator(".coming[data-state=sending]")).to_have_count(2)
    assert body(writing).count("⏳") == 2
    writing.get_by_role("button", name="Cancel a.png").click()
    expect(writing.locator(".coming")).to_have_count(1)
    writing.locator("button[name=_continue]").click()
    expect(writing.locator("#desk-status")).to_have_text("It is saved as soon as the pictures are here.")
    writing.wait_for_timeout(100)
    held[-1].continue_()
    writing.wait_for_url(re.compile(r"/change/"))
    assert Post.objects.get(title="With pictures").body.strip() == code()


def test_a_post_written_as_html_gets_html(page: Any, live_server: Any, media_root: Path) -> None:
    post = a_post(body="<p>One.</p>", body_format="html", status="draft")
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/")
    page.wait_for_selector(".scripted #id_body")
    bring(page, "drop", ("a.png", "image/png", png("teal")))
    words = page.get_by_label("What does it show?", exact=True)
    words.fill('A "teal" <field>')
    words.press("Enter")
    image = Image.objects.get()
    alt = "A &quot;teal&quot; &lt;field&gt;"
    assert f'<img src="{image.file.url}" alt="{alt}" width="30" height="20">' in body(page)


def test_a_picture_of_the_library_is_found_and_put_by_the_keyboard(writing: Any) -> None:
    lake = images.store(file(photo((400, 300)), "JPEG"), None, "A lake", name="lake.jpg")
    images.store(file(photo((400, 300)), "JPEG"), None, "A hill", name="hill.jpg")
    writing.fill("#id_body", "One.")
    writing.locator("[data-tool=image]").click()
    dialog = writing.get_by_role("dialog")
    expect(dialog.locator("li")).to_have_count(2)
    writing.keyboard.type("LAKE")
    expect(dialog.locator("li")).to_have_count(1)
    for _ in range(12):
        writing.keyboard.press("Tab")
        if writing.evaluate("document.activeElement.closest('.picker li') !== null"):
            break
    writing.keyboard.press("Enter")
    expect(dialog.get_by_label("What does it show here?")).to_have_value("A lake")
    dialog.get_by_label("What does it show here?").fill("My lake")
    writing.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert body(writing) == f"One.\n\n![My lake]({lake.file.url})"
    assert writing.evaluate("document.activeElement.id") == "id_body"


def test_a_cover_is_chosen_and_taken_off(writing: Any) -> None:
    lake = images.store(file(photo((900, 600)), "JPEG"), None, "A lake")
    writing.fill("#id_title", "Covered")
    writing.fill("#id_body", "Words.")
    writing.locator("[data-tool=image]").click()
    dialog = writing.get_by_role("dialog")
    dialog.locator("li button").click()
    dialog.get_by_role("button", name="Make it the cover").click()
    writing.locator("button[name=_continue]").click()
    writing.wait_for_url(re.compile(r"/change/"))
    post = Post.objects.get(title="Covered")
    assert (post.cover_id, post.cover_alt) == (lake.pk, "A lake")
    writing.locator(".drawer-toggle").click()
    writing.get_by_role("button", name="Take the cover off").click()
    expect(writing.locator("#id_cover_alt")).to_have_value("")
    writing.locator("button[name=_continue]").click()
    writing.wait_for_load_state("networkidle")
    assert Post.objects.get(title="Covered").cover_id is None


def test_words_are_said_in_the_library_one_after_the_other(
    page: Any, live_server: Any, media_root: Path, page_errors: list[str]
) -> None:
    the_site_stands()
    user = UserFactory(role="author")
    for name in ("one.jpg", "two.jpg"):
        images.store(file(photo((400, 300)), "JPEG"), user, name=name)
    sign_in(page.context, live_server, user)
    page.goto(live_server.url + "/admin/blog/image/?words=none")
    fields = page.get_by_label("What does it show?")
    fields.nth(0).fill("A shore")
    fields.nth(0).press("Enter")
    expect(fields).to_have_count(1)
    assert page.evaluate("document.activeElement.name") == "alt"
    page.get_by_label("Decorative").check()
    page.get_by_role("button", name="Keep").click()
    expect(fields).to_have_count(0)
    page.reload()
    expect(page.get_by_text("No pictures here.")).to_be_visible()
    assert set(Image.objects.values_list("alt", "decorative")) == {("A shore", False), ("", True)}
    assert page_errors == []


def test_a_picture_says_where_it_is_used(page: Any, live_server: Any, media_root: Path) -> None:
    user = UserFactory(role="editor")
    image = images.store(file(photo((400, 300)), "JPEG"), user, "A lake")
    post = a_post(title="On the shore", body=f"![]({image.file.url})")
    sign_in(page.context, live_server, user)
    page.goto(f"{live_server.url}/admin/blog/image/{image.pk}/change/")
    page.get_by_role("button", name="Write the alt text where words are missing").click()
    expect(page.get_by_text("The alt text stands in 1 more text now.")).to_be_visible()
    page.get_by_role("link", name="On the shore").click()
    expect(page.locator("#id_body")).to_have_value(f"![A lake]({image.file.url})")
    assert Post.objects.get(pk=post.pk).revision == 2


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_what_came_and_the_chooser_fit_and_are_accessible(
    chromium: Browser, live_server: Any, media_root: Path, width: int, scheme: Any
) -> None:
    the_site_stands()
    images.store(file(photo((400, 300)), "JPEG"), None, "A lake")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(context, live_server, UserFactory(role="author"))
    page = context.new_page()
    page.goto(live_server.url + "/admin/blog/post/add/", wait_until="networkidle")
    bring(page, "drop", ("a.png", "image/png", png("teal")), ("b.pdf", "application/pdf", b"%PDF"))
    expect(page.locator(".coming[data-state=here]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert amiss(page) == []
    page.locator("[data-tool=image]").click()
    expect(page.locator(".picker li")).to_have_count(2)
    assert amiss(page) == []
    page.goto("about:blank")
    page.wait_for_timeout(300)
    context.close()
