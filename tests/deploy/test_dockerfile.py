"""test_dockerfile: the image is built in one stage, runs in another, as nobody in particular, from what is written down."""

from __future__ import annotations

import re
import shlex

from deploy.local.programs import ROOT

TEXT = (ROOT / "deploy" / "Dockerfile").read_text()
LINES = [line for line in TEXT.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]


def stages() -> dict[str, list[str]]:
    """The instructions of each stage, by its name."""
    found: dict[str, list[str]] = {}
    for line in LINES:
        if start := re.match(r"FROM \S+ AS (\S+)", line):
            found[start[1]] = [line]
        else:
            found[list(found)[-1]].append(line)
    return found


def instruction(stage: str, name: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in stages()[stage] if line.startswith(name + " ")]


def copied() -> list[str]:
    return [
        path
        for line in instruction("site", "COPY")
        if not line.startswith("--from")
        for path in shlex.split(line)[:-1]
    ]


def test_it_is_built_in_one_slim_stage_and_runs_in_another() -> None:
    assert list(stages()) == ["build", "site"]
    assert all(re.match(r"FROM python:3\.\d+-slim-\w+ AS", stage[0]) for stage in stages().values())


def test_it_runs_as_an_ordinary_user_from_the_last_word_on() -> None:
    assert instruction("site", "USER") == ["masthead"]
    after = stages()["site"][stages()["site"].index("USER masthead") :]
    assert [line.split()[0] for line in after] == ["USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"]


def test_only_known_wheels_are_installed() -> None:
    (install,) = (line for line in instruction("build", "RUN") if " install " in line)
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install


def test_nothing_that_builds_or_installs_is_left() -> None:
    assert not re.search(r"\b(apt-get|apk|gcc|build-essential|curl|wget|git)\b", "\n".join(LINES))
    assert any("pip uninstall" in line for line in instruction("site", "RUN"))
    assert all("requirements" not in path for path in copied())


def test_every_file_it_copies_is_there_and_is_sent_to_the_builder() -> None:
    sent = (ROOT / ".dockerignore").read_text().split()
    for path in [*copied(), "requirements.txt"]:
        assert (ROOT / path).exists(), path
        assert f"!{path}" in sent, path


def test_neither_tests_nor_secrets_are_sent_to_the_builder() -> None:
    lines = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert lines[0] == "*"
    assert not any(line.startswith(("!.", "!tests", "!deploy/local")) for line in lines)


def test_every_package_of_the_site_is_in_it() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "deploy"}
    assert packages <= set(copied())
