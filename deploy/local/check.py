"""check: `manage.py check --deploy` with the settings of production, where a warning is a failure."""

from __future__ import annotations

import os
import sys

from deploy.local.environment import KEPT, local_environment
from deploy.local.programs import ROOT


def main() -> None:
    environment = local_environment(KEPT / "demo", port=443)
    # As behind TLS: this is what the checks are about.
    environment |= {
        "SITE_URL": "https://masthead.example",
        "ALLOWED_HOSTS": "masthead.example",
        "SECURE": "1",
    }
    manage = [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"]
    os.execve(sys.executable, manage, environment)


if __name__ == "__main__":
    main()
