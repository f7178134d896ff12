"""manage: a command of the site in the environment of the demo, for `make run` and the checks."""

from __future__ import annotations

import os
import sys

from deploy.local.demo import wanted_port
from deploy.local.environment import KEPT, local_environment
from deploy.local.programs import ROOT, LocalError


def main() -> None:
    try:
        port = wanted_port()
    except LocalError as problem:
        sys.exit(str(problem))
    environment = local_environment(KEPT / "demo", port=port)
    # Plain names, so that an edited stylesheet shows at once.
    environment["STATIC_ROOT"] = str(KEPT / "static-not-collected")
    os.makedirs(environment["STATIC_ROOT"], exist_ok=True)
    if sys.argv[1:] == ["runserver"]:
        sys.argv.append(f"127.0.0.1:{port}")
    os.execve(sys.executable, [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
