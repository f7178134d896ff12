"""measuring: the command as a program whose memory and time are taken."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.importer.processes import ROOT, environment

# A small program between us and the command: a child begins with the memory of whoever started it, and we are large.
BETWEEN = """
import json, resource, subprocess, sys, time
began = time.monotonic()
status = subprocess.run(sys.argv[2:]).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
figures = {"status": status, "kilobytes": usage.ru_maxrss, "seconds": time.monotonic() - began,
           "cpu": usage.ru_utime + usage.ru_stime}
open(sys.argv[1], "w").write(json.dumps(figures))
"""


@dataclass(frozen=True)
class Measured:
    """How a program ended and what it cost."""

    returncode: int
    stdout: str
    stderr: str
    megabytes: float  # at most at one moment
    seconds: float
    cpu: float  # seconds of the processor: what is left where others use the machine too


def measured(url: str, *words: str, longest: float = 240, **variables: str) -> Measured:
    """manage.py to its end on this database; after `longest` seconds it is ended and the test fails."""
    return run_measured("manage.py", *words, longest=longest, environment=environment(url) | variables)


def run_measured(*words: str, longest: float, environment: dict[str, str]) -> Measured:
    """Python with these words, to its end."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", BETWEEN, figures, sys.executable, *words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            out, err = process.communicate(timeout=longest)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise
        found = json.loads(figures.read_text())
    return Measured(found["status"], out, err, found["kilobytes"] / 1024, found["seconds"], found["cpu"])
