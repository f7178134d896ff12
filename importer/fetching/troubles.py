"""troubles: the sentence for everything that can fail between a look-up and an answer's last byte."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl

from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.exceptions import SSLError as WrappedSSLError

from importer.errors import SourceUnusable
from importer.fetching.addresses import Target, shown
from importer.fetching.limits import BudgetError, Limits, in_words
from importer.fetching.unpacking import SpoiledError

EXPECTED = (OSError, http.client.HTTPException, HTTPError, SpoiledError, ValueError)

_CERTIFICATE = {
    9: "its certificate is not valid yet. Check this machine's clock, then tell the site's owner.",
    10: "its certificate has expired. Tell the site's owner.",
    18: "its certificate is signed by nobody but itself. Tell the site's owner, or save the document as a file.",
    19: "its certificate goes back to an authority that this machine does not trust. Tell the site's owner.",
    20: "its certificate goes back to an authority that this machine does not know. Tell the site's owner.",
    62: "its certificate is for another name. Check the address, or tell the site's owner.",
    64: "its certificate is for another address. Check the address, or tell the site's owner.",
}


def as_sentence(problem: Exception, target: Target, limits: Limits) -> SourceUnusable:
    """The problem as the operator needs to hear it: where, what, what to do."""
    root = _root(problem)
    if isinstance(root, BudgetError):
        return too_large(target, limits)
    if isinstance(root, TimeoutError | ReadTimeoutError):
        why = f"no whole answer within {limits.seconds:g} seconds. Try again later, or save it and import the file."
    elif isinstance(root, socket.gaierror):
        why = _look_up(target.host, root)
    elif isinstance(root, ssl.SSLError):
        why = _tls(root)
    elif isinstance(root, SpoiledError):
        why = f"{root}. Tell the site's owner, or save the document as a file."
    elif isinstance(root, OSError):
        why = _network(target, root)
    else:
        why = (
            "its answer is incomplete or no proper HTTP. Try again later; if it stays, tell the site's owner."
        )
    return SourceUnusable(f"{shown(target.url)} was not fetched: {why}")


def too_large(target: Target, limits: Limits) -> SourceUnusable:
    most = in_words(limits.url_bytes)
    return SourceUnusable(
        f"{shown(target.url)} was not fetched: it is larger than {most}, the most that is taken from the web. "
        "Download it and import the file."
    )


def incomplete(target: Target) -> SourceUnusable:
    return SourceUnusable(
        f"{shown(target.url)} was not fetched: its length is not the one that it announced, "
        "so it may be incomplete. Try again later; if it stays, tell the site's owner."
    )


def _root(problem: BaseException) -> BaseException:
    """What lies under urllib3's wrappings."""
    while isinstance(problem, HTTPError) and not isinstance(problem, ReadTimeoutError):
        inner = problem.__cause__ or problem.__context__
        if inner is None and isinstance(problem, WrappedSSLError) and problem.args:
            inner = problem.args[0] if isinstance(problem.args[0], BaseException) else None
        if inner is None:
            break
        problem = inner
    return problem


def _look_up(host: str, problem: socket.gaierror) -> str:
    if problem.errno == socket.EAI_AGAIN:
        return f"the name server gives no answer about {host}. Check the connection, or try again later."
    return f"there is no server named {host}. Check the spelling."


def _tls(problem: ssl.SSLError) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        other = f"its certificate does not hold ({problem.verify_message}). Tell the site's owner."
        return _CERTIFICATE.get(problem.verify_code, other)
    if problem.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"):
        return "it does not speak TLS there. Try the address with http://."
    reason = (problem.reason or "no reason given").replace("_", " ").lower()
    return f"no secure connection could be made ({reason}). Tell the site's owner."


def _network(target: Target, problem: OSError) -> str:
    if problem.errno == errno.ECONNREFUSED:
        return (
            f"{target.host} refuses connections on port {target.port}. Check the address, or try again later."
        )
    if problem.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return f"no way leads to {target.host} from here. Check this machine's connection."
    if isinstance(problem, ConnectionError):
        return "the connection was cut before the answer was whole. Try again later."
    reason = (problem.strerror or "no reason given").lower()
    return f"the connection failed ({reason}). Try again later."
