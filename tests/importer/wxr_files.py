"""wxr_files: WordPress exports written for the tests, small ones and one as long as it may be."""

from __future__ import annotations

from pathlib import Path

from importer.entry import Entry, Parsed, Rejected
from tests.importer.readings import parsed

OPENING = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{version}/">\n<channel>'
    "<title>Harbour</title><link>https://harbour.example</link><language>en-GB</language>"
    "<wp:wxr_version>{version}</wp:wxr_version><wp:base_blog_url>https://harbour.example</wp:base_blog_url>"
)
PEOPLE = (
    "<wp:author><wp:author_login>anna</wp:author_login><wp:author_email>anna@harbour.example</wp:author_email>"
    "<wp:author_display_name><![CDATA[Anna Quay]]></wp:author_display_name></wp:author>"
    "<wp:author><wp:author_login>boris</wp:author_login><wp:author_email/><wp:author_display_name/>"
    "<wp:author_first_name>Борис</wp:author_first_name><wp:author_last_name>Пирс</wp:author_last_name></wp:author>"
)
CLOSING = "</channel></rss>"


def wxr(*items: str, head: str = PEOPLE, version: str = "1.2", closing: str = CLOSING) -> str:
    return OPENING.replace("{version}", version) + head + "".join(items) + closing


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def post(body: str = "A text.", *, more: str = "", **fields: str) -> str:
    """One item; `fields` overrule or add elements by name, `__` stands for a colon; `more` is put in as it is."""
    given = {
        "title": "A title",
        "link": "https://harbour.example/2024/05/a-title/",
        "guid": "https://harbour.example/?p=7",
        "dc__creator": "anna",
        "content__encoded": body,
        "excerpt__encoded": "",
        "wp__post_id": "7",
        "wp__post_date": "2024-05-31 14:00:00",
        "wp__post_date_gmt": "2024-05-31 12:00:00",
        "wp__post_name": "a-title",
        "wp__status": "publish",
        "wp__post_parent": "0",
        "wp__post_type": "post",
    } | fields
    inside = "".join(
        f"<{name.replace('__', ':')}>{cdata(value)}</{name.replace('__', ':')}>"
        for name, value in given.items()
    )
    return f"<item>{inside}{more}</item>"


def meta(**values: str) -> str:
    return "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for key, value in values.items()
    )


def picture(number: str, name: str, *, parent: str = "0", alt: str = "", caption: str = "") -> str:
    return post(
        "",
        more=meta(_wp_attachment_image_alt=alt),
        wp__post_id=number,
        wp__post_type="attachment",
        wp__status="inherit",
        wp__post_parent=parent,
        excerpt__encoded=caption,
        wp__attachment_url=f"https://harbour.example/wp-content/uploads/{name}",
    )


def read(*items: str, head: str = PEOPLE) -> Parsed:
    return parsed(wxr(*items, head=head))


def entry(*items: str, head: str = PEOPLE) -> Entry:
    """The one entry of an export."""
    (one,) = read(*items, head=head).entries
    assert isinstance(one, Entry), one
    return one


def body(text: str, *others: str, more: str = "") -> str:
    return entry(post(text, more=more), *others).body


def rejected(one: Entry | Rejected) -> tuple[int, str, str]:
    assert isinstance(one, Rejected), one
    return one.position, one.title, one.reason


def long_export(path: Path, size: int) -> int:
    """Write an export of just under `size` bytes, as real ones are; how many posts it holds."""
    paragraph = (
        "<!-- wp:paragraph -->\n<p>"
        + "The tide leaves the harbour as it came, “slowly”. " * 12
        + "</p>\n<!-- /wp:paragraph -->\n\n"
    )
    plain = ("The boats lie on the mud\nand wait for the water. " * 12 + "\n\n") * 5
    picture_of = picture("{n}1", "{n}.jpg", alt="A boat")
    item = post(
        "{body}",
        wp__post_id="{n}0",
        guid="https://harbour.example/?p={n}0",
        title="Post {n}",
        more=meta(_thumbnail_id="{n}1"),
    )
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        written += file.write(wxr(closing=""))
        while written < size - 20_000:
            number += 1
            text = item.replace("{body}", plain if number % 2 else paragraph * 5) + picture_of
            written += len((text := text.replace("{n}", str(number))).encode())
            file.write(text)
        file.write(CLOSING)
    return number
