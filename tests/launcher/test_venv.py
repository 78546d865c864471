"""The virtual environment is installed again exactly when its lock changed."""

import json
import re
import tomllib

import pytest

from scripts.launcher import venv


@pytest.fixture
def root(tmp_path):
    for lock in venv.LOCKS:
        (tmp_path / lock).write_text(f"one of {lock}\n")
    return tmp_path


def stamped(root, lock):
    stamp = root / "installed.json"
    stamp.write_text(json.dumps({lock: venv.fingerprint(root / lock)}))
    return stamp


def test_no_stamp_means_not_installed(root):
    assert not venv.is_current(venv.LOCKS[0], stamp=root / "none.json", root=root)


def test_a_broken_stamp_means_not_installed(root):
    stamp = root / "installed.json"
    stamp.write_text("{")

    assert not venv.is_current(venv.LOCKS[0], stamp=stamp, root=root)


def test_an_installed_lock_is_current(root):
    stamp = stamped(root, "requirements-trial.txt")

    assert venv.is_current("requirements-trial.txt", stamp=stamp, root=root)


def test_a_lock_that_changed_since_is_not_current(root):
    stamp = stamped(root, "requirements-trial.txt")
    (root / "requirements-trial.txt").write_text("another\n")

    assert not venv.is_current("requirements-trial.txt", stamp=stamp, root=root)


def test_a_larger_lock_holds_the_smaller(root):
    stamp = stamped(root, "requirements-dev.txt")

    assert venv.is_current("requirements-trial.txt", stamp=stamp, root=root)


def test_a_smaller_lock_does_not_hold_the_larger(root):
    stamp = stamped(root, "requirements-trial.txt")

    assert not venv.is_current("requirements-dev.txt", stamp=stamp, root=root)


def test_every_lock_is_kept_in_the_repository():
    assert [lock for lock in venv.LOCKS if not (venv.ROOT / lock).is_file()] == []


def test_each_lock_holds_those_before_it_at_the_same_versions():
    pins = [
        {line.split()[0] for line in (venv.ROOT / lock).read_text().splitlines() if "==" in line}
        for lock in venv.LOCKS
    ]

    assert (pins[0] - pins[1], pins[1] - pins[2]) == (set(), set())


def test_no_lock_names_a_machine_or_an_index():
    locks = [(venv.ROOT / lock).read_text() for lock in venv.LOCKS]

    assert [word for word in ("://", "--index", "--find-links") if word in "".join(locks)] == []


def test_every_dependency_is_locked():
    project = tomllib.loads((venv.ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    asked = [*project["dependencies"], *optional["trial"], *optional["dev"]]
    locked = (venv.ROOT / "requirements-dev.txt").read_text()

    names = [re.match(r"[A-Za-z0-9-]+", dependency).group().lower() for dependency in asked]
    assert [name for name in names if f"\n{name}==" not in locked.replace("[", "==")] == []
