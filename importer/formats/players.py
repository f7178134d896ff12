"""players: the address at which people watch or hear something becomes the player that pages can frame."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, quote, urlsplit

# Hosts without "www."; a regular expression for path and query; the frame, from its groups.
PLAYERS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"),
        r"/(?:embed|shorts|live|v|e)/(?!videoseries)([\w-]{6,20})/?(?:[?&].*)?",
        "https://www.youtube.com/embed/{0}",
    ),
    (("youtu.be",), r"/([\w-]{6,20})/?(?:[?&].*)?", "https://www.youtube.com/embed/{0}"),
    (
        ("vimeo.com",),
        r"/(?:channels/[\w-]+/|groups/[\w-]+/videos/)?(\d+)/?(?:\?.*)?",
        "https://player.vimeo.com/video/{0}",
    ),
    (("vimeo.com",), r"/(\d+)/(\w+)/?(?:\?.*)?", "https://player.vimeo.com/video/{0}?h={1}"),
    (("player.vimeo.com",), r"/video/(\d+)/?(?:\?.*)?", "https://player.vimeo.com/video/{0}"),
    (
        ("dailymotion.com",),
        r"/(?:embed/)?video/([a-zA-Z0-9]+).*",
        "https://www.dailymotion.com/embed/video/{0}",
    ),
    (("dai.ly",), r"/([a-zA-Z0-9]+)/?", "https://www.dailymotion.com/embed/video/{0}"),
    (("rutube.ru",), r"/(?:video|play/embed)/(\w+)/?.*", "https://rutube.ru/play/embed/{0}"),
    (
        ("open.spotify.com",),
        r"/(?:intl-\w+/|embed/)?(track|album|artist|playlist|episode|show)/(\w+).*",
        "https://open.spotify.com/embed/{0}/{1}",
    ),
    (("ted.com",), r"/talks/(\w+)/?.*", "https://embed.ted.com/talks/{0}"),
    (("loom.com",), r"/(?:share|embed)/(\w+).*", "https://www.loom.com/embed/{0}"),
    (("codepen.io",), r"/([\w-]+)/(?:pen|embed)/(\w+).*", "https://codepen.io/{0}/embed/{1}"),
    (("archive.org",), r"/(?:details|embed)/([\w.-]+)/?", "https://archive.org/embed/{0}"),
)
STARTS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")


def frame_of(address: str) -> str:
    """The address of the player for a film, a sound or the like; "" for a host that is not known."""
    try:
        parts = urlsplit(html.unescape(address).strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https") or len(address) > 2000:
        return ""
    asked = (
        {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.query.count("&") < 50
        else {}
    )
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if host.endswith(("youtube.com", "youtube-nocookie.com")) and (frame := listed(parts.path, asked)):
        return frame + start_of(asked, "?")
    if host == "soundcloud.com" and parts.path.count("/") >= 2:
        return f"https://w.soundcloud.com/player/?url={quote(f'https://soundcloud.com{parts.path}', safe='')}"
    for hosts, pattern, frame in PLAYERS:
        if host in hosts and (found := re.fullmatch(pattern, path, re.ASCII)):
            return frame.format(*found.groups()) + (start_of(asked, "?") if "youtu" in host else "")
    return ""


def listed(path: str, asked: dict[str, str]) -> str:
    """The player for YouTube's addresses that name what they show behind the question mark."""
    if path.rstrip("/") == "/watch" and re.fullmatch(r"[\w-]{6,20}", asked.get("v", ""), re.ASCII):
        return f"https://www.youtube.com/embed/{asked['v']}"
    if path.rstrip("/") in ("/playlist", "/embed/videoseries") and re.fullmatch(
        r"[\w-]{6,60}", asked.get("list", ""), re.ASCII
    ):
        return f"https://www.youtube.com/embed/videoseries?list={asked['list']}"
    return ""


def start_of(asked: dict[str, str], joint: str) -> str:
    """Where the film is to begin, as the player is told it: "?start=90" for 90, 90s or 1m30s."""
    found = STARTS.fullmatch(asked.get("t") or asked.get("start") or "")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    moment = hours * 3600 + minutes * 60 + seconds
    return f"{joint}start={moment}" if moment and "list" not in asked else ""


def player(address: str) -> str:
    """The player as an empty iframe; "" for a host that is not known."""
    frame = frame_of(address)
    return f'<iframe src="{html.escape(frame)}"></iframe>' if frame else ""


def player_or_link(address: str) -> str:
    """The player for an address, or else a link to it, so that what was to be shown there stays in reach."""
    address = html.unescape(address).strip()
    shown = html.escape(address)
    return player(address) or f'<p><a href="{shown}">{shown}</a></p>'
