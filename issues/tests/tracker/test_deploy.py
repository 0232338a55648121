"""The files of ``deploy/`` hold to what the programs of Debian 12 take: each was refused once."""

import re
from pathlib import PurePosixPath

import yaml
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
# What docker-compose 1.29 knows; `name`, for one, it refuses.
KNOWN_ON_TOP = {"services", "volumes", "networks", "configs", "secrets", "version"}


def test_no_two_zones_of_nginx_have_one_name() -> None:
    zones = re.findall(r"(?:keys_zone=|shared:)(\w+)", (DEPLOY / "nginx.conf").read_text())

    assert len(zones) == len(set(zones)) == 2


def test_nginx_makes_the_folder_of_its_cache_in_one_that_debian_has() -> None:
    (place,) = re.findall(r"^proxy_cache_path (\S+)", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)

    assert PurePosixPath(place).parent == PurePosixPath("/var/cache")


def test_compose_says_nothing_that_debians_does_not_know_and_names_what_is_kept() -> None:
    said = yaml.safe_load((DEPLOY / "compose.yaml").read_text())

    assert {key for key in said if not key.startswith("x-")} - KNOWN_ON_TOP == set()
    assert {name: volume["name"] for name, volume in said["volumes"].items()} == {
        "database": "redlines_database",
        "releases": "redlines_releases",
    }


def test_the_account_of_the_database_may_try_a_backup_in_a_database_of_its_own() -> None:
    assert re.search(
        r"^CREATE ROLE redlines .*\bCREATEDB\b", (DEPLOY / "postgres.sh").read_text(), re.MULTILINE
    )
    assert "createuser --createdb redlines" in (settings.BASE_DIR / "docs" / "operating.md").read_text()
