"""The command line as a person meets it: real processes, one clear line per expected fault."""

import os
import socket
import subprocess
import sys

import pytest

from tests.architecture.layers import ROOT
from zenne.config.cli import VERBS


def zenne(*words, **environ):
    kept = {name: value for name, value in os.environ.items() if name not in environ}
    return subprocess.run(
        [sys.executable, "-m", "zenne.config.cli", *words],
        env={**kept, **environ},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_help_lists_every_verb_with_one_line():
    lines = zenne("--help").stdout.splitlines()
    for verb in VERBS:
        (line,) = [line for line in lines if line.split()[:1] == [verb]]
        assert len(line.split()) > 3


def test_an_unsafe_environment_is_told_without_a_traceback():
    done = zenne("run", ALLOWED_HOSTS="*", PORT="none")
    assert done.returncode == 2
    assert all(line.startswith("zenne: ") for line in done.stderr.splitlines())
    assert "ALLOWED_HOSTS may not be" in done.stderr


def test_a_port_in_use_is_told_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = zenne("run", PORT=str(port), ZENNE_DATA=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"127.0.0.1:{port}" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_an_unreachable_database_is_told_without_its_password():
    done = zenne("migrate", DATABASE_URL="postgresql://zenne:hidden@127.0.0.1:1/zenne")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "does not answer" in done.stderr
    assert "hidden" not in done.stderr


@pytest.mark.usefixtures("django_db_setup")
def test_check_environment_hides_what_is_secret():
    done = zenne("check-environment", SECRET_KEY="s3cret" * 12, MAIL_URL="smtp://user:hidden@mail.example.org")
    assert done.returncode == 0
    assert "s3cret" not in done.stdout
    assert "hidden" not in done.stdout


def test_an_argument_that_is_no_number_is_told():
    done = zenne("load-volume", "--ideas", "many")
    assert done.returncode == 2
    assert "'many' is not a whole number" in done.stderr


def test_the_manual_names_every_verb():
    manual = (ROOT / "docs/manual/sysadmin.md").read_text()
    assert not [verb for verb in VERBS if f"`zenne {verb}`" not in manual]


@pytest.mark.django_db(transaction=True)
def test_management_commands_pass_through():
    done = zenne("shell", "-v", "0", "-c", "from django.db import connection; print(connection.vendor)")
    assert done.stdout.strip() == "postgresql", done.stderr


def test_checking_the_environment_shows_no_secret(tmp_path):
    keys = {"SECRET_KEY": "s" * 50, "IDENTITY_KEY": "i" * 50, "MAIL_URL": "smtp://user:hush-hush@mail.example.org:587"}
    done = zenne("check-environment", ZENNE_DATA=str(tmp_path), **keys)
    assert done.returncode == 0
    assert not [key for key in ("s" * 50, "i" * 50, "hush-hush") if key in done.stdout + done.stderr]


def test_a_database_address_that_means_nothing_is_told_in_one_line(tmp_path):
    done = zenne(
        "check-environment", ZENNE_DATA=str(tmp_path), DATABASE_URL="postgresql://u:hush-hush@h:port/x?nonsense=1"
    )
    assert done.returncode != 0 and len(done.stderr.splitlines()) == 1
    assert "hush-hush" not in done.stdout + done.stderr


@pytest.mark.parametrize("words", [["--help"], ["tally", "--help"], ["tally", "FILE", "--rule", "greedy"]])
def test_printing_to_somebody_who_no_longer_reads_ends_quietly(words, tmp_path):
    """`zenne tally FILE | head -1`"""
    file = tmp_path / "vote.pb"
    projects = "".join(f"p{at};1\n" for at in range(3000))
    file.write_text(
        f"META\nkey;value\nbudget;3000\nvote_type;approval\nPROJECTS\nproject_id;cost\n{projects}VOTES\nvoter_id;vote\na;p1\n"
    )
    read, write = os.pipe()
    os.close(read)
    asked = [sys.executable, "-m", "zenne.config.cli", *(str(file) if word == "FILE" else word for word in words)]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(asked, stdout=write, stderr=subprocess.PIPE, env=kept, text=True, timeout=120)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")
