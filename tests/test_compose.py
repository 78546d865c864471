"""docker-compose.yml is valid, and each setting in it is one we explain."""

import re
import subprocess
import sys

import pytest
from django.conf import settings
from ruamel.yaml import YAML

ROOT = settings.BASE_DIR
NAME = re.compile(r"^([A-Z][A-Z0-9_]*)=", re.MULTILINE)
READ_BY_SETTINGS = re.compile(r'\b(?:text|flag|number|words)\(\s*"([A-Z0-9_]+)"')
# The server reads this one under its own name.
NAMED_BY_THE_SERVER = {"REDISCLI_AUTH"}


@pytest.fixture(scope="module")
def compose():
    return YAML(typ="safe").load(ROOT / "docker-compose.yml")


@pytest.fixture(scope="module")
def explained():
    return NAME.findall((ROOT / ".env.example").read_text())


@pytest.mark.parametrize(
    ("schema", "document"),
    [
        ("vendor.compose-spec", "docker-compose.yml"),
        ("vendor.github-workflows", ".github/workflows/check.yml"),
    ],
)
def test_the_document_fits_its_schema(schema, document):
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, ROOT / document],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout.strip()) == (0, "ok -- validation done")


def test_the_services_are_those_the_guide_names(compose):
    assert list(compose["services"]) == [
        "web",
        "worker",
        "beat",
        "migrate",
        "postgres",
        "redis",
        "clamav",
    ]


def test_every_lasting_service_says_whether_it_is_well(compose):
    silent = [name for name, it in compose["services"].items() if "healthcheck" not in it]

    assert silent == ["migrate"]


def test_only_named_volumes_are_used(compose):
    mounted = {
        mount.split(":")[0]
        for service in compose["services"].values()
        for mount in service.get("volumes", [])
    }

    assert mounted == set(compose["volumes"])


def test_the_owners_password_reaches_only_those_that_need_it(compose):
    holders = [
        name
        for name, service in compose["services"].items()
        if "TENTH_OWNER_PASSWORD" in str(service.get("environment"))
    ]

    assert holders == ["migrate", "postgres"]


def test_the_keys_of_bids_reach_only_those_that_need_them(compose):
    mounts = {
        name: mount.removeprefix("keys:/var/lib/tenth-keys")
        for name, service in compose["services"].items()
        for mount in [*service.get("volumes", [])]
        if mount.startswith("keys:")
    }

    assert mounts == {"web": ":ro", "worker": ":ro", "migrate": ""}


def test_every_setting_in_compose_is_explained(compose, explained):
    services = compose["services"].values()
    named = {name for service in services for name in service.get("environment", {})}
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert (named | asked) - set(explained) == NAMED_BY_THE_SERVER


def test_every_setting_the_application_reads_is_explained(explained):
    read = READ_BY_SETTINGS.findall((ROOT / "config/settings.py").read_text())

    assert sorted(set(read) - set(explained)) == []


def test_every_explained_setting_is_read_by_something(explained):
    readers = [ROOT / "config/settings.py", ROOT / "docker-compose.yml"]
    readers += sorted((ROOT / "scripts/launcher").glob("*.py"))
    words = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", " ".join(map(lambda f: f.read_text(), readers))))

    assert [name for name in explained if name not in words] == []


def test_the_image_copies_only_what_exists():
    lines = (ROOT / "config/Dockerfile").read_text().splitlines()
    sources = [
        source for line in lines if line.startswith("COPY ") for source in line.split()[1:-1]
    ]

    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_keeps_secrets_and_history_out():
    left_out = (ROOT / "config/Dockerfile.dockerignore").read_text().splitlines()

    assert {".*", "var", "tests", "staticfiles"} <= set(left_out)
