"""Every form of the back office, found by opening every screen, filled with what a hostile or careless member of staff may send.

Nothing breaks, nothing that was typed is run or evaluated, by the form or by the page that shows it afterwards.
"""

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.people.organisations import factories as make
from tests.people.organisations.test_isolation import addresses, ours, samples, signed_in
from zenne.people.organisations.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MARK = "<script>alert(1)</script>"
VALUES = {
    "markup": f"\"'>{MARK}{{{{7*7}}}}zenne{{% load x %}}${{7*7}}' OR 1=1; -- %n%s",
    "letters that are none": "a\x00b\u202ec\u0336\u0337\u0335\ufeff😀\r\nBcc: victim@example.org" + "9" * 400,
}
# what no form sends by itself, in every second field each, also where something is chosen or hidden
FORGED = ("%ED%A0%80%FF", "-9223372036854775809")
FREE = {"text", "search", "email", "url", "tel", "number", "date", "datetime-local", "time", "color", "password", ""}


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: for each, (name, what stands in it, whether one may type it)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[tuple[str, str, bool]]] = []
        self._form: list[tuple[str, str, bool]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._form = [] if given.get("method", "").lower() == "post" else None
            if self._form is not None:
                self.found.append(self._form)
        if self._form is None or given.get("type") == "submit":
            return
        if tag == "input" and name and given.get("type") not in ("file", "checkbox", "radio"):
            self._form.append((name, given.get("value", ""), given.get("type", "") in FREE))
        elif tag == "textarea" and name:
            self._form.append((name, "", True))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value"):
            self._form.append((self._select, given["value"], False))
            self._select = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""


def bodies(form: list[tuple[str, str, bool]]) -> Iterator[tuple[str, str]]:
    """The form filled with each hostile value where one types, then with what is no text and no number in every field."""
    for title, value in VALUES.items():
        yield title, urlencode([(name, value if free else kept) for name, kept, free in form])
    names = dict.fromkeys(name for name, _kept, _free in form)
    yield "forged", "&".join(f"{quote(name)}={FORGED[number % 2]}" for number, name in enumerate(names))


def screens(made: dict) -> Iterator[str]:
    for viewset in ours():
        for name, parts in addresses(viewset):
            if parts and viewset.model not in made:
                continue
            try:
                yield reverse(
                    viewset.get_url_name(name), kwargs=dict.fromkeys(parts, made[viewset.model].pk) if parts else {}
                )
            except NoReverseMatch:
                continue


def test_no_form_of_the_back_office_breaks_or_runs_what_was_typed(now):
    house = make.organisation("Jette")
    made = samples(house)
    person = make.member(house, Role.ADMIN)
    client = signed_in(person)
    client.raise_request_exception = False
    last: list[str] = []

    def note(sender: object, **_more: object) -> None:
        last.append(repr(sys.exc_info()[1])[:200])

    got_request_exception.connect(note)
    faults, forms, tried = [], set(), 0  # a form to create and one to edit the same thing are one
    try:
        for address in dict.fromkeys(screens(made)):
            page = Forms()
            answer = client.get(address)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            page.feed(answer.text)
            for form in page.found:
                names = frozenset(name for name, _kept, _free in form)
                if not form or names in forms or not any(free for _name, _kept, free in form):
                    continue
                forms.add(names)
                for title, body in bodies(form):
                    tried += 1
                    faults += [f"{address}: {title}: {fault}" for fault in attempt(client, address, body, last)]
    finally:
        got_request_exception.disconnect(note)
    assert len(forms) > 8 and tried > 30
    assert not faults, "\n".join(dict.fromkeys(faults))


def attempt(client: Client, address: str, body: str, last: list[str]) -> Iterator[str]:
    """One form sent, and the page looked at that it leads to; its traces are taken back."""
    with transaction.atomic():
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
        seen = [answer]
        if answer.status_code in (301, 302) and answer.url.startswith("/"):
            seen.append(client.get(answer.url))
        transaction.set_rollback(True)
    for one in seen:
        if one.status_code >= 500:
            yield f"{one.status_code} {last[-1:]}"
        elif one.get("Content-Type", "").startswith("text/html") and not one.streaming:
            if MARK in one.text:
                yield "what was typed stands in the page as markup"
            if "49zenne" in one.text:
                yield "what was typed was evaluated"
    if "evil" in answer.headers.get("Location", "") or "victim" in str(answer.headers):
        yield "what was typed reached a header"
