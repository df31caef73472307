"""Documents that a page makes on the spot."""

from datetime import timedelta

import pytest

from tests.participation.ideas.factories import NOW, process
from zenne.participation.reporting import paper, press

pytestmark = pytest.mark.django_db
WORDS = {
    "kind": "Minutes",
    "as_of": "Today",
    "contents": "Contents",
    "intro": "Introduction",
    "what": "What",
    "bar": "Chart",
}
WORDS |= {"colophon": "About", "frozen": "It stands.", "address": "At:", "fingerprint": "SHA-256:"}


def composed(title="Bancs"):
    names = {"process_title": "Des bancs", "organisation": "Jette", "language": "en", "address": "https://example.org/"}
    texts = {name: {"text": title, "language": "fr"} for name in ("title", "intro")}
    return names | texts | {"chapters": [{"title": "The result", "blocks": []}]}


def set_(where, title="Bancs", moment=NOW):
    house = where.organisation
    return paper.printed(
        composed(title), organisation=house, seed=where.slug, words=WORDS, moment=moment, meanwhile="Read the page."
    )


def test_the_same_data_gives_the_same_file_and_others_another():
    where = process()
    once = set_(where)
    assert once.startswith(b"%PDF") and set_(where) == once
    assert set_(where, title="Arbres") != once and set_(where, moment=NOW + timedelta(days=1)) != once


def test_what_cannot_be_set_is_said_to_who_waits_with_what_to_do_meanwhile(monkeypatch):
    def refuses(data, **given):
        raise press.PressFault("no such font")

    monkeypatch.setattr("zenne.participation.reporting.press.pdf", refuses)
    with pytest.raises(paper.NotPrinted) as refused:
        set_(process())
    assert (refused.value.status, refused.value.message) == (503, "Read the page.")
