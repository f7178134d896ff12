"""demo: one command from nothing to a served site, on SQLite, with the sample sources in it."""

from __future__ import annotations

import os
import subprocess
import sys

from deploy.local.environment import KEPT, local_environment
from deploy.local.programs import ROOT, LocalError, listens

SAMPLES = ROOT / "importer" / "samples"
EDITOR = "demo"


def wanted_port() -> int:
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise LocalError(f"PORT: “{text}” is not a port; write a number from 1 to 65535.")
    return int(text)


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run a command of the site in the open; its own sentence is enough where it fails."""
    done = subprocess.run([sys.executable, str(ROOT / "manage.py"), *arguments], env=environment, check=False)
    if done.returncode:
        raise LocalError(f"“manage.py {' '.join(arguments)}” ended with status {done.returncode}.")


def fill(environment: dict[str, str]) -> None:
    """Migrate, make the demo editor and import the samples; safe to repeat. Static files are served as they lie."""
    manage(environment, "migrate", "--verbosity", "0")
    manage(
        environment, "create_user", EDITOR, "--role", "editor", "--author", "Demo Editor", "--new-password"
    )
    manage(environment, "import_feed", *samples())


def samples() -> list[str]:
    found = sorted(str(path) for path in SAMPLES.glob("*") if path.is_file())
    if not found:
        raise LocalError(f"There are no sample sources in {SAMPLES}; is the work tree whole?")
    return found


def serve(environment: dict[str, str]) -> None:
    os.chdir(ROOT)
    configuration = str(ROOT / "deploy" / "gunicorn.conf.py")
    os.execve(sys.executable, [sys.executable, "-m", "gunicorn", "--config", configuration], environment)


def main() -> None:
    try:
        port = wanted_port()
        serving = os.environ.get("SERVE", "").strip() != "0"
        if serving and listens(port):
            raise LocalError(
                f"Port {port} is in use. Stop what listens there, or choose another: make demo PORT={port + 1}"
            )
        environment = local_environment(KEPT / "demo", port=port)
        fill(environment)
        print(f"\nThe demo is ready: {environment['SITE_URL']}  (its data: {KEPT / 'demo'})", flush=True)
        if serving:
            print("Ctrl-C stops it.", flush=True)
            serve(environment)
    except LocalError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
