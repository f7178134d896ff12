"""test_requirements: what is installed is written down exactly, with hashes, and from no particular host."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.local.programs import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")


def locked(name: str) -> dict[str, str]:
    """Each package and its version; one with several versions (by Python version) keeps the last."""
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [Requirement(line) for line in project["project"]["dependencies"]]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_one_version_and_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())[1:]
    assert len(blocks) > 20
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==\S+", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_is_named(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


def test_the_locks_hold_what_is_declared() -> None:
    found = locked("requirements.txt")
    for wanted in declared():
        name = canonicalize_name(wanted.name)
        assert name in found, f"{name} is declared but not locked; run make lock"
        assert wanted.specifier.contains(found[name]), (
            f"{name} is locked at {found[name]}, outside {wanted.specifier}"
        )


def test_both_locks_agree() -> None:
    site, tools = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: tools.get(name) for name in site} == site
