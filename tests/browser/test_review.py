"""test_review: a post is sent for review, returned, talked over, approved and published, by two people in two browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from blog import preview, publishing
from blog.models import Comment, Deed, Post
from tests.browser.desk import looked_over, sign_in
from tests.factories import a_post, a_user, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "The first, about the sea.\n\n" + "\n\n".join(
    f"Paragraph {number} tells of hills, and of thing{number} that stands there." for number in range(40)
)


@pytest.fixture
def people() -> tuple[User, User]:
    the_site_stands()
    writer = a_user(role="contributor", first_name="Vera", last_name="Smith", author=True)
    return writer, a_user(role="editor", first_name="Anna", last_name="Petrova")


def window(
    chromium: Browser, live_server: Any, user: User | None, errors: list[str], width: int = 1280
) -> Any:
    """A browser of one's own."""
    context = chromium.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(10_000)
    if user is not None:
        sign_in(context, live_server, user)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return page


def press(page: Any, verb: str, note: tuple[str, str] | None = None) -> None:
    """Press a button of the bar, with the note that stands beside it."""
    button = page.locator(f"button[value={verb}]")
    if note is not None:
        page.locator(f"details:has(button[value={verb}]) > summary").click()
        page.fill(*note)
    button.click()
    page.wait_for_load_state("networkidle")


def test_from_the_writer_to_the_editor_and_back_to_readers(
    chromium: Browser, live_server: Any, people: tuple[User, User], page_errors: list[str]
) -> None:
    writer, editor = people
    post = a_post(title="The way", status="draft", user=writer, authors=[writer.author], body=BODY)
    address = f"{live_server.url}/admin/blog/post/{post.pk}/change/"
    vera = window(chromium, live_server, writer, page_errors)
    anna = window(chromium, live_server, editor, page_errors)

    vera.goto(address, wait_until="networkidle")
    press(vera, "submit", ("#id_submit_note", "Please look at the hills."))
    expect(vera.locator(".messagelist")).to_contain_text("“The way” was sent for review.")

    anna.goto(address, wait_until="networkidle")
    press(anna, "return", ("#id_note", "Which hills?"))
    expect(anna.locator(".messagelist")).to_contain_text("was returned to its author.")

    # The editor comments on the paragraph where the cursor stands.
    anna.evaluate(
        "() => { const area = document.getElementById('id_body'); area.focus(); area.setSelectionRange(40, 40); }"
    )
    anna.click(".comments-toggle")
    expect(anna.locator(".comments h2")).to_be_focused()
    expect(anna.locator(".comments select")).to_have_value("1")
    anna.fill("#comment-text", "Name them.")
    anna.click(".comment-new button")
    expect(anna.locator(".thread")).to_contain_text("Name them.")
    looked_over(anna, page_errors)
    anna.keyboard.press("Escape")
    expect(anna.locator(".comments-toggle")).to_be_focused()
    expect(anna.locator(".comments-toggle")).to_have_text("1 comment")

    # The writer is led to the paragraph, writes, answers and settles, and the text that was typed stays.
    vera.goto(f"{address}#comments")
    vera.reload(wait_until="networkidle")
    vera.wait_for_load_state("networkidle")
    vera.click(".thread .go")
    chosen = vera.evaluate(
        "() => { const area = document.getElementById('id_body'); return area.value.slice(area.selectionStart, area.selectionEnd); }"
    )
    assert chosen.startswith("Paragraph 0 tells of hills")
    vera.fill("#id_body", BODY.replace("hills, and of thing0", "the Blue Hills, and of thing0"))
    vera.locator(".answer summary").first.click()
    vera.locator(".answer textarea").first.fill("The blue ones.")
    vera.click("button[value=answer]")
    expect(vera.locator(".thread")).to_contain_text("The blue ones.")
    vera.click("button[value=resolve]")
    expect(vera.locator(".settled > summary")).to_have_text("1 settled")
    assert "the Blue Hills" in vera.input_value("#id_body")
    vera.click(".comments-close")
    press(vera, "submit", ("#id_submit_note", "Done."))

    anna.goto(address, wait_until="networkidle")
    press(anna, "approve")
    expect(anna.locator(".messagelist")).to_contain_text("“The way” is approved.")
    expect(anna.locator(".bar-standing")).to_contain_text("In review, approved by Anna Petrova")
    press(anna, "publish")
    expect(anna.locator(".messagelist")).to_contain_text("“The way” is published.")
    assert "the Blue Hills" in Post.everything.get(pk=post.pk).body

    anna.goto(f"{live_server.url}/admin/blog/deed/?post={post.pk}", wait_until="networkidle")
    assert anna.locator(".field-did").all_inner_texts()[-6:] == [
        "Published",
        "Approved",
        "Sent for review",
        "Changed",
        "Returned to the author",
        "Sent for review",
    ]
    looked_over(anna, page_errors)
    assert page_errors == []
    vera.context.close()
    anna.context.close()


def test_an_edit_after_the_approval_says_what_it_did(
    chromium: Browser, live_server: Any, people: tuple[User, User], page_errors: list[str]
) -> None:
    writer, editor = people
    post = a_post(title="The way", status="draft", user=writer, body=BODY)
    publishing.submit(post.pk, writer)
    publishing.approve(post.pk, editor)
    vera = window(chromium, live_server, writer, page_errors)
    vera.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/", wait_until="networkidle")
    vera.fill("#id_body", "Another text altogether.")
    vera.click("button[name=_continue]")
    vera.wait_for_load_state("networkidle")
    assert "The approval was lifted on " in vera.locator(".review").text_content()
    assert page_errors == []
    vera.context.close()


def test_somebody_from_outside_reads_and_comments(
    chromium: Browser, live_server: Any, people: tuple[User, User], page_errors: list[str]
) -> None:
    writer, _editor = people
    post = a_post(title="The way", status="draft", user=writer, body=BODY)
    vera = window(chromium, live_server, writer, page_errors)
    vera.goto(f"{live_server.url}/admin/blog/post/{post.pk}/links/", wait_until="networkidle")
    vera.fill("#id_label", "For Boris")
    vera.check("#id_may_comment")
    vera.click("button[value=make]")
    shown = vera.input_value("#made")
    looked_over(vera, page_errors)
    path = shown.removeprefix("https://masthead.example")

    boris = window(chromium, live_server, None, page_errors, width=390)
    boris.goto(live_server.url + path, wait_until="networkidle")
    assert "Draft, shared with you." in boris.inner_text(".notice")
    assert boris.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    boris.select_option("#remark-paragraph", "3")
    boris.fill("#remark-text", "I do not see <b>what</b> stands there.")
    boris.fill("#remark-name", "Boris")
    boris.click(".remarks button")
    expect(boris.locator(".remarks .notice")).to_have_text("Thank you: your comment has arrived.")
    expect(boris.locator(".remarks li")).to_contain_text("I do not see <b>what</b> stands there.")
    looked_over(boris, page_errors)
    assert Comment.objects.get().from_outside

    vera.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/#comments", wait_until="networkidle")
    expect(vera.locator(".thread")).to_contain_text("from outside")
    vera.goto(f"{live_server.url}/admin/blog/post/{post.pk}/links/", wait_until="networkidle")
    vera.click("button[value=revoke]")
    expect(vera.locator(".links-list")).to_contain_text("Taken back")
    assert boris.goto(live_server.url + path).status == 404
    assert "This link has ended" in boris.inner_text("h1")
    assert [error for error in page_errors if "404" not in error] == []
    vera.context.close()
    boris.context.close()


def test_without_a_script_the_comments_are_on_the_page_of_the_post(
    chromium: Browser, live_server: Any, people: tuple[User, User]
) -> None:
    writer, _editor = people
    post = a_post(title="The way", status="draft", user=writer, body=BODY)
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, live_server, writer)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/comments/")
    page.select_option("#comment-paragraph", "2")
    page.fill("#comment-text", "Weak.")
    page.click("button[value=comment]")
    assert "Your comment stands." in page.inner_text(".messagelist")
    page.click("button[value=resolve]")
    assert "1 settled" in page.inner_text(".settled > summary")
    context.close()


def test_a_link_that_was_opened_is_noted_without_who(
    chromium: Browser, live_server: Any, people: tuple[User, User], page_errors: list[str]
) -> None:
    writer, _editor = people
    post = a_post(title="The way", status="draft", user=writer, body=BODY)
    path = preview.make_link(post, writer).removeprefix("https://masthead.example")
    reader = window(chromium, live_server, None, page_errors)
    reader.goto(live_server.url + path, wait_until="networkidle")
    assert reader.context.cookies() == []
    link = post.preview_links.get()
    assert link.opened_at is not None
    assert Deed.objects.filter(verb="share").count() == 1
    assert page_errors == []
    reader.context.close()
