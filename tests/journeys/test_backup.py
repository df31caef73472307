"""The whole way of a backup: a city full of real things, backed up while people go on, wrecked, restored, compared."""

import hashlib
import os
import threading
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from psycopg import sql

from tests.participation.comments import factories as comments
from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from tests.people.uploads.given import pdf, picture
from zenne.config import archive
from zenne.config.environment import read
from zenne.participation.ideas import actions
from zenne.participation.ideas.models import Idea
from zenne.people.uploads.actions import store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def state(values):
    """A digest of the rows of every table, and one of every file."""
    with psycopg.connect(values.database_url) as connection:
        tables = [name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")]
        rows = {
            name: connection.execute(
                sql.SQL(
                    "select count(*), md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {} t"
                ).format(sql.Identifier(name))
            ).fetchone()
            for name in sorted(tables)
        }
    folder = values.data / "files"
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return rows, files


def wreck(values):
    with psycopg.connect(values.database_url) as connection:
        connection.execute("drop table ideas_support cascade")
        connection.execute("truncate accounts_person cascade")
        connection.execute("create table stray (id int)")
    for path in list((values.data / "files").rglob("*")):
        if path.is_file():
            path.unlink()
    (values.data / "files/stray").write_text("x")


def test_a_wrecked_city_comes_back_row_by_row_and_file_by_file(tmp_path, now):
    values = read(os.environ)
    assert values.data == Path(os.environ["ZENNE_DATA"])
    organisations.member(organisations.organisation("Jette"))
    author = ideas.resident("Amina")
    one = ideas.idea(ideas.call(), author=author)
    comments.comment(one, by=ideas.resident("Bob"))
    for name, content in (("banc.jpg", picture()), ("plan.pdf", pdf())):
        store(SimpleUploadedFile(name, content), by=author, claim=None, now=now)
    connections.close_all()

    quiet = tmp_path / "quiet.tar"
    archive.write(values, quiet)
    before = state(values)
    assert len(before[0]) > 100 and len(before[1]) >= 3
    wreck(values)
    archive.restore(values, quiet, replace=True)
    assert state(values) == before

    # once more, while people press buttons
    people = [ideas.resident(f"R{number}") for number in range(60)]
    acknowledged, begun, stop = [], threading.Event(), threading.Event()

    def press():
        for person in people:
            if stop.is_set():
                break
            actions.support(one, by=person, now=now)
            acknowledged.append(person.pk)
            if len(acknowledged) == 10:
                begun.set()
        connections.close_all()

    busy = threading.Thread(target=press)
    busy.start()
    begun.wait(60)
    surely = list(acknowledged)
    archive.write(values, tmp_path / "busy.tar")
    stop.set()
    busy.join()
    connections.close_all()
    wreck(values)
    archive.restore(values, tmp_path / "busy.tar", replace=True)
    kept = set(one.supports.values_list("person_id", flat=True))
    assert set(surely) <= kept <= set(acknowledged)
    assert Idea.objects.get(pk=one.pk).support_count == len(kept)
    for model in apps.get_models():  # nothing points to what is not there
        if model._meta.managed and not model._meta.proxy:
            model._default_manager.order_by("pk").first()
    assert state(values)[1] == before[1]
    connections.close_all()
