"""askers: how often one address has written today, known by a salted hash in the cache alone; tomorrow nobody can tell."""

from __future__ import annotations

import ipaddress
import logging

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

A_DAY = 20  # comments from one address, or one network of IPv6
KEPT = 24 * 3600  # seconds

log = logging.getLogger(__name__)


def too_many(address: str) -> bool:
    """Count one more; whether that is more than one address may write in a day. Where the cache is down nobody is refused:
    the number of comments that may wait is capped anyway."""
    network = _network(address)
    if not network:
        return False
    day = timezone.now().date().isoformat()
    digest = salted_hmac(f"blog.askers {day}", network, algorithm="sha256").hexdigest()[:32]
    try:
        cache.add(f"askers:{digest}", 0, KEPT)
        return int(cache.incr(f"askers:{digest}")) > A_DAY
    except Exception as problem:  # whatever a shared cache's client raises
        log.warning("Comments are not counted: the cache did not answer (%s).", type(problem).__name__)
        return False


def _network(address: str) -> str:
    """What one household has: an address of IPv4, the first half of one of IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
