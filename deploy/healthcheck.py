"""healthcheck: asks the site, from inside its container, whether it answers (/livez) or can work (/readyz)."""

from __future__ import annotations

import http.client
import os
import sys


def own_name(allowed_hosts: str) -> str:
    """A name that the site will answer to: the first it knows itself by."""
    names = allowed_hosts.replace(",", " ").split()
    first = names[0].lstrip(".") if names else "localhost"
    return "localhost" if first == "*" else first


def status(path: str, *, port: int, host: str) -> int:
    """The answer's status; 0 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else "/livez"
    port = int(os.environ.get("GUNICORN_BIND", "").rpartition(":")[2] or 8000)
    found = status(path, port=port, host=own_name(os.environ.get("ALLOWED_HOSTS", "")))
    sys.exit(0 if found == 200 else f"{path} answered {found or 'nothing'}")


if __name__ == "__main__":
    main()
