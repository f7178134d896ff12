"""addresses: web addresses as feeds write them: made absolute, told from other schemes, written one way for comparing."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

# What newsletters, advertisers and analytics add to a link; none of it says which page is meant.
TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|stm)_.*|gclsrc|[gw]braid|igshid|igsh"
    r"|fbclid|gclid|dclid|yclid|ymclid|msclkid|twclid|ttclid|wickedid|mc_[ce]id|_openstat|mkt_tok|vero_id|oly_(?:anon|enc)_id"
    r"|ref_(?:src|url)|_hsenc|_hsmi|hsctatracking|xtor|at_(?:medium|campaign|custom\d)|rb_clickid",
    re.IGNORECASE,
)
TRACKING_FRAGMENT = re.compile(r"(?:utm_|xtor=|at_medium=|ref=|rss$|comments?$|respond$)", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
# Browsers drop these inside an address; left in, one address would be two.
INNER_SPACE = re.compile(r"[\t\r\n]+")


def absolute(address: str, base: str = "") -> str:
    """The address made absolute against `base` if it is http(s), else ""; never raises."""
    address = INNER_SPACE.sub("", address).strip()
    if not address:
        return ""
    try:
        whole = urljoin(base, address) if base else address
        parts = urlsplit(whole)
        return whole if parts.scheme.lower() in DEFAULT_PORTS and parts.hostname else ""
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host of a URL or the authority of a `tag:` URI, lower case without "www."; "" where there is none."""
    try:
        if address.lower().startswith("tag:"):
            host = address[4:].split(",")[0].rpartition("@")[2].lower()
        else:
            host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def without_tracking(query: str) -> str:
    """The query without the parameters that say only where the reader came from, the rest in its order."""
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not is_tracking(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def is_tracking(name: str) -> bool:
    return TRACKING.fullmatch(name) is not None


def normalised(address: str) -> tuple[str, str]:
    """The address for comparing, without scheme, "www.", default port, tracking and last slash; and its fragment."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return address.strip(), ""
    host = host_of(address)
    if port and port != DEFAULT_PORTS.get(parts.scheme.lower()):
        host += f":{port}"
    query = without_tracking(parts.query)
    fragment = "" if TRACKING_FRAGMENT.match(parts.fragment) else parts.fragment
    return host + parts.path.rstrip("/") + (f"?{query}" if query else ""), fragment
