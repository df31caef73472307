"""The scans of continuous integration: a key is found, and what nobody could check is never called checked."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.architecture.layers import ROOT

# put together here, so that this file itself holds none
KEYS = {
    "aws": "access = 'AKIA" + "IOSFODNN7EXAMPLF'",
    "private": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "github": "token = 'ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'",
    "address": "DATABASE = 'postgresql://zenne:" + "hunter2secret@db.example.org/zenne'",
}


@pytest.fixture
def repository(tmp_path):
    """A repository of its own with the scan and one innocent file."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/secrets", tmp_path / ".ci/secrets")
    (tmp_path / "plain.py").write_text("answer = 42\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def scan(place, *words):
    return subprocess.run(
        [sys.executable, ".ci/secrets", *words], cwd=place, capture_output=True, text=True, check=False
    )


def test_planted_keys_are_found_and_accepted_ones_are_known(repository):
    assert scan(repository).returncode == 0
    for name, line in KEYS.items():
        (repository / f"{name}.py").write_text(f"x = 1\n{line}\n")
    found = scan(repository)
    assert found.returncode == 1
    assert all(f"{name}.py:2: looks like a secret" in found.stdout for name in KEYS)
    assert "hunter2" not in found.stdout, "a finding must not spread what it found"
    scan(repository, "--accept")
    assert scan(repository).returncode == 0
    (repository / "moved.py").write_text(f"{KEYS['aws']}\n")
    assert scan(repository).returncode == 1, "what is accepted in one file is not accepted in another"


@pytest.fixture
def tools(tmp_path):
    """A folder of programs in which `pip-audit` and `npm` say what the test wants."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)

    def say(name, text, code=0):
        (folder / name).write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\nexit {code}\n")
        (folder / name).chmod(0o755)

    say("npm", json.dumps({"vulnerabilities": {}}))
    return folder, say


def audit(folder):
    command = [str(folder / "python"), str(ROOT / ".ci/audit")]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": ""})


def packages(**more):
    return json.dumps({"dependencies": [{"name": "django", "version": "5.2", "vulns": [], **more}]})


def test_packages_without_weakness_pass(tools):
    folder, say = tools
    say("pip-audit", packages())
    done = audit(folder)
    assert done.returncode == 0 and done.stdout.count("ok ") == 2 and "NOT CHECKED" not in done.stdout


def test_a_weakness_fails_and_is_named(tools):
    folder, say = tools
    say("pip-audit", packages(vulns=[{"id": "PYSEC-2026-1", "fix_versions": ["5.2.99"]}]), code=1)
    done = audit(folder)
    assert done.returncode == 1 and "django 5.2: PYSEC-2026-1, mended in 5.2.99" in done.stdout


@pytest.mark.parametrize(
    "answer",
    ["", "no route to host", packages(skip_reason="Dependency not found on PyPI")],
    ids=["none", "words", "unknown"],
)
def test_a_list_that_nobody_can_read_is_said_and_is_no_pass(tools, answer):
    folder, say = tools
    say("pip-audit", answer, code=1)
    say("npm", json.dumps({"message": "405 Method Not Allowed"}), code=1)
    done = audit(folder)
    assert done.returncode == 0
    assert done.stdout.count("NOT CHECKED") == 2 and "ok " not in done.stdout
