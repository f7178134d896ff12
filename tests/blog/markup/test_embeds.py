"""test_embeds: players of known hosts stay in feeds, pages link to them, everything else is a link and a warning."""

from __future__ import annotations

import pytest

from blog.markup import FRAME_SOURCES, render
from blog.markup.embeds import recognise


@pytest.mark.parametrize(
    ("src", "frame", "watch"),
    [
        ("https://www.youtube.com/embed/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("//youtube-nocookie.com/embed/abcdefghijk?start=9&autoplay=1", "https://www.youtube-nocookie.com/embed/abcdefghijk?start=9", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("http://m.youtube.com/embed/abcdefghijk/", "https://www.youtube-nocookie.com/embed/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://www.youtube.com/embed/videoseries?list=PL_1-x", "https://www.youtube-nocookie.com/embed/videoseries?list=PL_1-x", "https://www.youtube.com/playlist?list=PL_1-x"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", "https://player.vimeo.com/video/76979871?h=8272103f6e", "https://vimeo.com/76979871"),
        ("https://www.dailymotion.com/embed/video/x7", "https://www.dailymotion.com/embed/video/x7", "https://www.dailymotion.com/video/x7"),
        ("https://rutube.ru/play/embed/a1b2", "https://rutube.ru/play/embed/a1b2", "https://rutube.ru/video/a1b2/"),
        ("https://vk.com/video_ext.php?oid=-1&id=2&hash=ff", "https://vkvideo.ru/video_ext.php?oid=-1&id=2&hash=ff", "https://vkvideo.ru/video-1_2"),
        ("https://open.spotify.com/embed/episode/4x", "https://open.spotify.com/embed/episode/4x", "https://open.spotify.com/episode/4x"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&color=red", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb", "https://soundcloud.com/a/b"),
        ("https://embed.ted.com/talks/a_b", "https://embed.ted.com/talks/a_b", "https://www.ted.com/talks/a_b"),
        ("https://www.loom.com/embed/ab12", "https://www.loom.com/embed/ab12", "https://www.loom.com/share/ab12"),
        ("https://codepen.io/who/embed/preview/xYz?x=1", "https://codepen.io/who/embed/xYz", "https://codepen.io/who/pen/xYz"),
        ("https://archive.org/embed/some.item", "https://archive.org/embed/some.item", "https://archive.org/details/some.item"),
    ],
)  # fmt: skip
def test_a_known_player_is_rebuilt_from_its_parts(src: str, frame: str, watch: str) -> None:
    player = recognise(src)
    assert player is not None
    assert (player.frame, player.watch) == (frame, watch)
    assert any(frame.startswith(source + "/") for source in FRAME_SOURCES)
    again = recognise(frame)
    assert again is not None
    assert again.frame == frame


VIDEO = '<iframe src="https://www.youtube.com/embed/abcdefghijk" width="560" height="315" allow="autoplay" title="{}">x</iframe>'


def test_a_feed_keeps_the_player_empty() -> None:
    rendered = render(VIDEO.format("My talk"), "html")
    assert rendered.feed_html == (
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="My talk" width="560" height="315"'
        ' allowfullscreen="" loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>'
    )
    assert rendered.embeds == 1
    assert rendered.warnings == ()


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("My talk", "My talk — watch on YouTube"),
        ("YouTube video player", "Watch on YouTube"),
        ("", "Watch on YouTube"),
    ],
)
def test_a_page_has_a_quiet_link_instead(title: str, words: str) -> None:
    assert render(VIDEO.format(title), "html").html == (
        '<figure class="embed" data-embed="https://www.youtube-nocookie.com/embed/abcdefghijk">'
        f'<a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">{words}</a></figure>'
    )


def test_the_form_fits_the_place() -> None:
    video = VIDEO.format("T")
    assert render(f"<p>{video}</p>", "html").html.startswith('<figure class="embed"')
    assert render(f"<p>text {video}</p>", "html").html.startswith('<p>text <span class="embed" data-embed=')
    linked = render(f'<p><a href="https://e.example">{video}</a></p>', "html").html
    assert linked.count("<a ") == 1
    assert '<span class="embed">T — watch on YouTube</span>' in linked


def test_another_host_is_a_link_on_pages_and_a_warning() -> None:
    rendered = render('<p>a</p><iframe src="https://maps.example/x?y=1&z"></iframe>', "html")
    assert (
        '<figure class="embed"><a href="https://maps.example/x?y=1&amp;z" rel="noopener">Open it at maps.example</a>'
        in rendered.html
    )
    assert rendered.feed_html == "<p>a</p>"
    assert rendered.embeds == 0
    assert rendered.warnings == (
        "An embedded page from maps.example was left out; only known players are embedded.",
    )


def test_a_lazily_loaded_player_is_found() -> None:
    body = '<iframe src="about:blank" data-src="https://player.vimeo.com/video/1"></iframe>'
    assert render(body, "html").embeds == 1


def test_a_remote_recording_is_a_link_on_pages_and_plays_in_feeds() -> None:
    rendered = render('<video src="https://v.example/x.mp4">Old words</video>', "html")
    assert '<a href="https://v.example/x.mp4" rel="noopener">Watch it at v.example</a>' in rendered.html
    assert "<video" not in rendered.html
    assert "Old words" in rendered.html
    assert '<video src="https://v.example/x.mp4" controls="">Old words</video>' in rendered.feed_html


def test_a_recording_stored_here_plays_here() -> None:
    page = render('<audio><source src="/media/x.mp3" type="audio/mpeg"></audio>', "html").html
    assert page == '<audio controls="" preload="none"><source src="/media/x.mp3" type="audio/mpeg"></audio>'
