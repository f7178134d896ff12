"""bench_preview: how long it takes from a key to the preview that shows it, in Chromium, before a post of 20 kB.

Run it with `.venv/bin/python -m tests.bench.bench_preview [--size BYTES] [--keys N] [--most MS]`. It serves a throw-away site
with gunicorn, types in the middle of the text, and prints what passes between `keydown` and the frame that is drawn after the
preview changed (the wait for the next key included). It ends with 1 if half of the keys take longer than `--most`.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.local import programs
from tests.bench.bench_import import ROOT, SETTINGS, manage

MOST = 150.0  # milliseconds
CHROMIUM_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
PART = """## Part {n}

Some *words* in a paragraph with a [link](https://example.org/{n}) and `code` in it, which goes on for a while so that it is
like one of those that people write, neither short nor long.

- one
- two
- three

```python
def part(number: int) -> list[int]:
    return [other for other in range(number) if other % 2]
```

> And something quoted.

"""
ACCOUNT = """
from accounts.models import User
from blog import publishing
from blog.content import Content
user = User.objects.create_superuser("bench", "bench@bench.example", "bench")
post = publishing.create(Content(title="Bench", body=open({path!r}).read()), user)
from django.test import Client
client = Client()
client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
print(post.pk, client.cookies["sessionid"].value)
"""
# What is measured is set up before a key is pressed, and answers when its change was drawn.
WATCH = """() => {
  const area = document.querySelector("#id_body");
  const body = document.querySelector(".preview-frame").contentDocument.querySelector(".body");
  window.drawn = new Promise((tell) => {
    let pressed = 0;
    area.addEventListener("keydown", () => { pressed = performance.now(); }, { once: true, capture: true });
    const watcher = new MutationObserver(() => {
      watcher.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => tell(performance.now() - pressed)));
    });
    watcher.observe(body, { childList: true, subtree: true, characterData: true });
  });
}"""


def text(size: int) -> str:
    parts = (PART.replace("{n}", str(number)) for number in range(size))
    made = ""
    while len(made) < size:
        made += next(parts)
    return made


@contextmanager
def served(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    port = programs.free_port()
    command = ["-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    place = folder / "server.log"
    with place.open("wb") as log:
        server = programs.start(
            [sys.executable, *command, "--workers", "2", "--threads", "4", "--no-control-socket"],
            log=log,
            cwd=ROOT,
            environment=environment,
        )
        try:
            programs.wait_until(lambda: programs.listens(port), server, place, what="The server")
            yield f"http://127.0.0.1:{port}"
        finally:
            programs.stop(server, signal.SIGTERM)


def measured(page: Any, keys: int) -> list[float]:
    page.focus("#id_body")
    page.evaluate(
        "(() => { const a = document.activeElement; const at = a.value.indexOf('words', a.value.length / 2); a.setSelectionRange(at, at); })()"
    )
    times = []
    for number in range(keys + 3):
        page.evaluate(WATCH)
        page.keyboard.press("abcdefgh"[number % 8])
        times.append(float(page.evaluate("window.drawn")))
        page.wait_for_timeout(60)
    return times[3:]  # the first ones warm the caches


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the way from a key to its preview.")
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--most", type=float, default=MOST)
    given = parser.parse_args()
    chromium = programs.chromium_program()
    if chromium is None:
        sys.exit(programs.MISSING["chromium"])
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as name:
        folder = Path(name)
        (folder / "body.md").write_text(text(given.size))
        own = {
            **SETTINGS,
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        environment = {**os.environ, **own, "MEDIA_ROOT": str(folder), "STATIC_ROOT": str(folder / "static")}
        (folder / "static").mkdir()
        manage(own["DATABASE_URL"], "migrate", "--verbosity", "0")
        told = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", ACCOUNT.format(path=str(folder / "body.md"))],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        post, session = told.stdout.split()[-2:]
        with served(folder, environment) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(chromium), args=CHROMIUM_ARGUMENTS)
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
            page = context.new_page()
            page.goto(f"{site}/admin/blog/post/{post}/change/", wait_until="networkidle")
            times = sorted(measured(page, given.keys))
            browser.close()
    half, most = statistics.median(times), times[int(len(times) * 0.9)]
    print(
        f"{given.size / 1000:g} kB: from a key to its preview {half:.0f} ms in half of {len(times)} cases, {most:.0f} ms in nine of ten, {times[-1]:.0f} ms at most"
    )
    sys.exit(1 if half > given.most else 0)


if __name__ == "__main__":
    main()
