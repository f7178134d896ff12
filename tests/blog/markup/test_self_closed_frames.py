"""test_self_closed_frames: a player closed in itself, as XHTML feeds write it, swallows nothing that follows."""

from __future__ import annotations

import pytest

from blog.markup import render

PLAYER = "https://www.youtube.com/embed/abcdefghijk"


@pytest.mark.parametrize(
    "frame",
    [f'<iframe src="{PLAYER}"/>', f'<iframe src="{PLAYER}" />', f"<IFRAME\nsrc='{PLAYER}' />"],
)
def test_what_follows_stays(frame: str) -> None:
    rendered = render(f"<p>Before.</p>{frame}<p>After <b>it</b>.</p>", "html")
    assert rendered.text == "Before. After it."
    assert "<b>it</b>" in rendered.feed_html
    assert rendered.embeds == 1


def test_two_of_them_are_two() -> None:
    rendered = render(f'<iframe src="{PLAYER}"/> and <iframe src="{PLAYER}"></iframe> end', "html")
    assert (rendered.text, rendered.embeds) == ("and end", 2)


def test_a_frame_of_a_stranger_swallows_nothing_either() -> None:
    assert render(
        '<iframe src="https://evil.test/x" /><script>run()</script><p>Kept.</p>', "html"
    ).text.endswith("Kept.")
