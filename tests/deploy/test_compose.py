"""test_compose: the containers are described soundly, run without root and are reached from this machine alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from deploy.local.front import BLANK, TEMPLATE, derived
from deploy.local.programs import ROOT

COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def test_the_file_obeys_the_compose_schema() -> None:
    check = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(COMPOSE),
    ]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "ok -- validation done")


def test_there_are_the_four_and_each_says_whether_it_is_well(services: dict[str, Any]) -> None:
    assert sorted(services) == ["db", "nginx", "poll", "site"]
    assert services["db"]["image"].startswith("postgres:17")
    for service in services.values():
        assert service["healthcheck"]["test"]
        assert service["restart"] == "unless-stopped"


def test_none_is_root_or_can_write_its_own_programs(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert {name: service.get("user") for name, service in services.items()} == {
        "db": "postgres",
        "nginx": "nginx",
        "poll": None,
        "site": None,
    }


def test_nginx_alone_is_published_and_on_loopback_unless_told_otherwise(services: dict[str, Any]) -> None:
    assert {name: service.get("ports") for name, service in services.items()} == {
        "db": None,
        "poll": None,
        "site": None,
        "nginx": ["${PUBLISH:-127.0.0.1:8080}:8080"],
    }


def test_each_start_waits_for_what_it_needs(services: dict[str, Any]) -> None:
    assert services["site"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert services["nginx"]["depends_on"] == {"site": {"condition": "service_healthy"}}
    assert services["poll"]["depends_on"] == {"site": {"condition": "service_healthy"}}


def test_the_poller_is_the_sites_own_image_and_stops_after_the_source_in_hand(
    services: dict[str, Any],
) -> None:
    poll, site = services["poll"], services["site"]
    assert poll["image"] == site["image"]
    assert poll["entrypoint"][:3] == ["python", "manage.py", "poll_feeds"]  # the site alone migrates
    alive = poll["entrypoint"][poll["entrypoint"].index("--alive") + 1]
    assert alive in poll["healthcheck"]["test"][-1]
    assert poll["stop_grace_period"] == "2m"
    addresses = [
        service["networks"]["front"]["ipv4_address"]
        for service in services.values()
        if "front" in service["networks"]
    ]
    assert len(set(addresses)) == 3


def test_the_site_trusts_nginx_and_nobody_else(services: dict[str, Any]) -> None:
    nginx = services["nginx"]["networks"]["front"]["ipv4_address"]
    assert services["site"]["environment"]["TRUSTED_PROXIES"] == nginx
    assert (
        services["nginx"]["environment"]["NGINX_UPSTREAM"]
        == services["site"]["networks"]["front"]["ipv4_address"] + ":8000"
    )


def test_nginx_gets_every_blank_filled_in(services: dict[str, Any]) -> None:
    given = services["nginx"]["environment"]
    blanks = set(BLANK.findall(TEMPLATE.read_text()))
    assert blanks <= set(given) | set(derived(allowed_hosts="a"))
    allowed = given["NGINX_ENVSUBST_FILTER"].replace("$$", "$")
    assert all(re.search(allowed, name) for name in blanks)


def test_nginx_and_the_site_mean_the_same_folders(services: dict[str, Any]) -> None:
    for folder, volume in (("MEDIA", "media"), ("STATIC", "static")):
        path = services["site"]["environment"][f"{folder}_ROOT"]
        assert services["nginx"]["environment"][f"NGINX_{folder}"] == path
        assert f"{volume}:{path}" in services["site"]["volumes"]
        assert f"{volume}:{path}:ro" in services["nginx"]["volumes"]


def test_every_file_it_mounts_is_there_and_the_script_may_run(services: dict[str, Any]) -> None:
    mounted = [
        volume.split(":")[0]
        for service in services.values()
        for volume in service["volumes"]
        if volume.startswith(".")
    ]
    assert mounted
    for path in mounted:
        assert (ROOT / path).is_file()
    # The image reads a script that may not be executed as if it were not there.
    assert os.access(ROOT / "deploy" / "nginx.envsh", os.X_OK)


@pytest.mark.parametrize(
    ("hosts", "proxies", "expected"),
    [
        (
            "a.example,.b.example",
            "",
            {"NGINX_HOSTS": " a.example .b.example", "NGINX_REAL_IP": "", "NGINX_TRUSTED": ""},
        ),
        (
            "*",
            "10.0.0.1, 192.168.0.0/16",
            {
                "NGINX_HOSTS": " ~.",
                "NGINX_REAL_IP": " set_real_ip_from 10.0.0.1; set_real_ip_from 192.168.0.0/16;",
                "NGINX_TRUSTED": " 10.0.0.1 1; 192.168.0.0/16 1;",
            },
        ),
    ],
)
def test_nginx_learns_names_and_proxies_from_the_sites_own_variables(
    hosts: str, proxies: str, expected: dict[str, str]
) -> None:
    assert derived(allowed_hosts=hosts, trusted_proxies=proxies) == expected
