"""embeds: players of the hosts we know are rebuilt empty; our own pages show a quiet link in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

from blog.markup.placement import Form, stand_in
from blog.markup.said import said
from blog.markup.tree import Node, elements, unwrap


@dataclass(frozen=True, slots=True)
class Provider:
    """One host of players: which of its addresses we know, and where a person watches the same thing."""

    name: str
    hosts: tuple[str, ...]  # with "www." taken off
    path: str  # regular expression for the whole path; its groups feed `frame` and `watch`
    frame: str
    watch: str
    verb: str = "watch"
    keep: tuple[str, ...] = ()  # query parameters that stay on the frame, digits, letters, - and _ only
    need: tuple[str, ...] = ()  # query parameters that must be there; they feed `frame` and `watch` by name


PROVIDERS = (
    Provider(
        "YouTube",
        ("youtube.com", "m.youtube.com", "youtube-nocookie.com"),
        r"/embed/videoseries",
        "https://www.youtube-nocookie.com/embed/videoseries?list={list}",
        "https://www.youtube.com/playlist?list={list}",
        need=("list",),
    ),
    Provider(
        "YouTube",
        ("youtube.com", "m.youtube.com", "youtube-nocookie.com"),
        r"/(?:embed|v)/([\w-]{6,20})",
        "https://www.youtube-nocookie.com/embed/{0}",
        "https://www.youtube.com/watch?v={0}",
        keep=("start", "end", "list"),
    ),
    Provider(
        "Vimeo",
        ("player.vimeo.com",),
        r"/video/(\d+)",
        "https://player.vimeo.com/video/{0}",
        "https://vimeo.com/{0}",
        keep=("h",),
    ),
    Provider(
        "Dailymotion",
        ("dailymotion.com",),
        r"/embed/video/(\w+)",
        "https://www.dailymotion.com/embed/video/{0}",
        "https://www.dailymotion.com/video/{0}",
    ),
    Provider(
        "Rutube",
        ("rutube.ru",),
        r"/play/embed/(\w+)",
        "https://rutube.ru/play/embed/{0}",
        "https://rutube.ru/video/{0}/",
    ),
    Provider(
        "VK Video",
        ("vk.com", "vkvideo.ru"),
        r"/video_ext\.php",
        "https://vkvideo.ru/video_ext.php?oid={oid}&id={id}",
        "https://vkvideo.ru/video{oid}_{id}",
        keep=("hash",),
        need=("oid", "id"),
    ),
    Provider(
        "Spotify",
        ("open.spotify.com",),
        r"/embed/(track|album|artist|playlist|episode|show)/(\w+)",
        "https://open.spotify.com/embed/{0}/{1}",
        "https://open.spotify.com/{0}/{1}",
        "listen",
    ),
    Provider(
        "SoundCloud",
        ("w.soundcloud.com",),
        r"/player/",
        "https://w.soundcloud.com/player/?url={url}",
        "{url:plain}",
        "listen",
        need=("url",),
    ),
    Provider(
        "TED",
        ("embed.ted.com",),
        r"/talks/(?:lang/\w+/)?(\w+)",
        "https://embed.ted.com/talks/{0}",
        "https://www.ted.com/talks/{0}",
    ),
    Provider(
        "Loom",
        ("loom.com",),
        r"/embed/(\w+)",
        "https://www.loom.com/embed/{0}",
        "https://www.loom.com/share/{0}",
    ),
    Provider(
        "CodePen",
        ("codepen.io",),
        r"/([\w-]+)/embed/(?:preview/)?(\w+)",
        "https://codepen.io/{0}/embed/{1}",
        "https://codepen.io/{0}/pen/{1}",
        "see it",
    ),
    Provider(
        "the Internet Archive",
        ("archive.org",),
        r"/embed/([\w.-]+)",
        "https://archive.org/embed/{0}",
        "https://archive.org/details/{0}",
    ),
)

# For the Content-Security-Policy: what a page may frame once its reader asked for it.
FRAME_SOURCES = tuple(sorted({"https://" + urlsplit(provider.frame).netloc for provider in PROVIDERS}))

_TOKEN = re.compile(r"-?[\w.-]{1,80}", re.ASCII)
_SOUND = re.compile(r"https?://(?:api\.)?soundcloud\.com/[\w./:%-]{1,200}", re.ASCII)
_SAYS_NOTHING = re.compile(
    r"(?:youtube|vimeo|embedded|video|media|audio|player|content|iframe|проигрыватель|\W)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Player:
    frame: str  # https, to be framed
    watch: str  # https, for people
    provider: Provider


def recognise(src: str) -> Player | None:
    """The player behind an iframe's address, rebuilt from its known parts; None for a host we don't know."""
    address = _split(src)
    if address is None or address.scheme not in ("http", "https", ""):
        return None
    host = (address.netloc or "").lower().removeprefix("www.")
    for provider in PROVIDERS:
        match = re.fullmatch(provider.path, address.path, re.ASCII) or re.fullmatch(
            provider.path, address.path.rstrip("/"), re.ASCII
        )
        if host in provider.hosts and match and (player := _build(provider, match.groups(), address.query)):
            return player
    return None


def _split(src: str) -> SplitResult | None:
    try:
        return urlsplit(src.strip())
    except ValueError:
        return None


def _build(provider: Provider, parts: tuple[str, ...], query: str) -> Player | None:
    given = (
        {name: values[0] for name, values in parse_qs(query[:2000], max_num_fields=50).items()}
        if query.count("&") < 50
        else {}
    )
    needed = {name: given.get(name, "") for name in provider.need}
    for name, value in needed.items():
        if not (_SOUND if name == "url" else _TOKEN).fullmatch(value):
            return None
    extra = {name: given[name] for name in provider.keep if _TOKEN.fullmatch(given.get(name, ""))}
    frame = provider.frame.format(*parts, **{name: quote(value, safe="") for name, value in needed.items()})
    if extra:
        frame += ("&" if "?" in frame else "?") + urlencode(extra)
    plain = provider.watch == "{url:plain}"
    watch = needed["url"].replace("http:", "https:", 1) if plain else provider.watch.format(*parts, **needed)
    return Player(frame, watch, provider)


def rebuild(root: Node) -> tuple[int, list[str]]:
    """Make every known iframe anew, empty; count them. The sentences are about the others, which go.

    What is gone from feeds stays in the tree as a nameless node, so that `panels` can link to it on pages.
    """
    known = 0
    lost = []
    for node in elements(root):
        if node.tag != "iframe":
            continue
        src = node.attrs.get("src") or node.attrs.get("data-src", "")
        if src.strip() in ("", "about:blank"):
            src = node.attrs.get("data-src", "")
        player = recognise(src)
        if player:
            known += 1
            node.attrs = _frame_attributes(player, node.attrs)
            continue
        address = _split(src)
        host = address.netloc[:100] if address else ""
        unwrap(node)
        if address and host and address.scheme in ("http", "https", ""):
            node.attrs = {
                "elsewhere": address._replace(scheme=address.scheme or "https").geturl(),
                "host": host,
            }
        lost.append(
            f"An embedded page from {host or 'nowhere'} was left out; only known players are embedded."
        )
    return known, lost


def _frame_attributes(player: Player, given: dict[str, str]) -> dict[str, str]:
    sizes: dict[str, str] = {name: given[name] for name in ("width", "height") if name in given}
    return {
        "src": player.frame,
        "title": given.get("title", "").strip() or said("{} player", player.provider.name),
        **sizes,
        "allowfullscreen": "",
        "loading": "lazy",
        "referrerpolicy": "strict-origin-when-cross-origin",
    }


def panels(root: Node, media_prefix: str) -> None:
    """For our pages: a link in the place of each player. Nothing remote is loaded before a reader asks."""
    for node in elements(root):
        if node.tag == "iframe" and (player := recognise(node.attrs.get("src", ""))):
            _panel(node, player.watch, _invitation(player, node.attrs["title"]), player.frame)
        elif not node.tag and "elsewhere" in node.attrs:
            _panel(node, node.attrs["elsewhere"], said("Open it at {}", node.attrs["host"]), "")
        elif node.tag in ("audio", "video"):
            _media(node, media_prefix)


def _invitation(player: Player, title: str) -> str:
    call = said(player.provider.verb + " on {}", player.provider.name)
    bare = title.replace(player.provider.name, "")
    return f"{title} — {call}" if not _SAYS_NOTHING.fullmatch(bare[:200]) else call[0].upper() + call[1:]


def _panel(node: Node, watch: str, words: str, frame: str) -> None:
    data = {"data-embed": frame} if frame else {}

    def make(form: Form) -> list[Node | str]:
        if form is Form.LINKED:
            return [Node("span", {"class": "embed"}, [words])]
        link = Node("a", {"href": watch}, [words])
        tag = "figure" if form is Form.FIGURE else "span"
        return [Node(tag, {"class": "embed", **data}, [link])]

    stand_in(node, make, "embed")


def _media(node: Node, media_prefix: str) -> None:
    """A recording that is stored here plays here; another is a link, and what it held stays."""
    sources = [node, *(child for child in elements(node) if child.tag == "source")]
    src = next((one.attrs["src"] for one in sources if one.attrs.get("src")), "")
    poster = node.attrs.get("poster", "")
    if poster and not poster.startswith(media_prefix):
        del node.attrs["poster"]
    if all(one.attrs.get("src", media_prefix).startswith(media_prefix) for one in [node, *elements(node)]):
        node.attrs["preload"] = "none"
        return
    for child in elements(node):
        if child.tag in ("source", "track"):
            unwrap(child)
    verb = "Watch" if node.tag == "video" else "Listen to"
    address = _split(src)
    host = address.netloc[:100] if address else ""
    fallback = list(node.children)
    if not host:
        replaced: list[Node | str] = [said(f"{verb} it where it was first published."), *fallback]
        unwrap(node)
        node.children = replaced
        return
    _panel(node, src, said(verb + " it at {}", host), "")
    for one in fallback:
        node.append(one)
