"""Every public address, by a visitor and by a resident, with what a hostile one sends: nothing breaks, nothing leads elsewhere, and
nothing of others shows."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import quote
from uuid import UUID

import pytest
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.participation.comments import factories as comments
from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.participation.ideas.enums import Moderation
from zenne.participation.processes.enums import ProcessState

pytestmark = pytest.mark.django_db

SECRET = "Un mot que personne ne lit encore"
BACK_OFFICE = ("manage/", "documents/", "media/")  # Wagtail's; tests/people/organisations/test_isolation.py tries ours
VALUES = {  # all are sent in all parameters, in turn
    "markup and template": "\"'><script>alert(1)</script>{{7*7}}zenne{% load x %}' OR 1=1; --",
    "nothing": "\x00",
    "huge": "9" * 60,
    "infinity": "-1e999",
    "a list": "[1,2,{}]",
    "elsewhere": "//evil.example\\@x",
    "two lines": "a\r\nSet-Cookie: x=1\r\nBcc: victim@example.org",
    "letters that are none": "\u202egnp.exe\u0336\u0337\ufeff😀%n%s%x",
}
VALUE = list(VALUES.values())
IN_QUERIES = {"markup and template", "nothing", "huge", "elsewhere"}
MARK = "<script>alert(1)</script>"
LONG = "é" * 1_000_000
# every parameter that some page reads, from its address or from a form
NAMES = """
    action address after again agreed alt answered ask birth_year box cancel code comment commune credential district
    email from gender given ground id kind language lat lon login look mine name next order
    organisation page parent password password1 password2 place preview process q reason remember residence scheme sort stance
    state status step stop text theme title token typed view year
""".split()  # noqa: SIM905 - a list of words is read as words
IN_ADDRESSES = {
    "IntConverter": ("0", "9" * 30),
    "UUIDConverter": ("00000000-0000-0000-0000-000000000000",),
    "StringConverter": ("%00", "%ED%A0%80", "%FF", "x" * 400, "..%2F..%2Fetc%2Fpasswd"),
    "SlugConverter": ("%00", "x" * 400),
}
MARKS = {"IntConverter": 987654321, "UUIDConverter": UUID(int=987654321)}


@dataclass(frozen=True, order=True)
class Route:
    """One address of the public site: its name, and the kinds of what stands in it."""

    name: str
    parts: tuple[tuple[str, str], ...]


def routes(resolver: URLResolver, namespace: str = "", above: tuple[tuple[str, str], ...] = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        parts = above + tuple((name, type(kind).__name__) for name, kind in entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            if not str(entry.pattern).startswith(BACK_OFFICE):
                yield from routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, parts)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Route(f"{namespace}{entry.name}", parts)


def addresses(route: Route, city: SimpleNamespace) -> list[str]:
    """The address as it is meant, then with each part forged. Empty for those that only a regular expression describes."""
    known = {
        "process": city.process.slug,
        "slug": city.process.slug,
        "kind": "idea",
        "step": "idea",
        "pk": city.idea.pk,
    }
    if route.name.startswith("comments:") and route.name != "comments:discussion":
        known["pk"] = city.comment.pk
    if route.name == "moderation:report":
        known |= {"kind": "comments.comment", "pk": city.answer.pk}
    meant = {name: known.get(name, MARKS.get(kind, "word")) for name, kind in route.parts}
    if ("pk", "UUIDConverter") in route.parts:
        meant["pk"] = UUID(int=1)
    with override("fr"):
        try:
            found = [reverse(route.name, kwargs=meant)]
        except NoReverseMatch:
            return []
        for name, kind in route.parts:
            mark = MARKS.get(kind, "zz-mark-zz")
            forged = reverse(route.name, kwargs={**meant, name: mark})
            found += [forged.replace(str(mark), value) for value in IN_ADDRESSES[kind]]
    return found


@pytest.fixture
def city(now, settings):
    """A public process with a call, an idea and a discussion; elsewhere a draft, and an idea that nobody has read yet."""
    settings.THROTTLES = {}  # every request is to reach its view
    jette, ixelles = organisations.organisation("Jette"), organisations.organisation("Ixelles")
    call = ideas.call(organisation=jette, moderation=Moderation.AFTER)
    author = ideas.resident("Amina")
    idea = ideas.idea(call, author=author)
    hidden = ideas.idea(ideas.call(organisation=ixelles, moderation=Moderation.BEFORE), title=SECRET)
    draft = ideas.process(ixelles, title=SECRET, state=ProcessState.DRAFT, published_at=None)
    return SimpleNamespace(
        process=call.process,
        idea=idea,
        comment=comments.comment(idea, by=author),
        answer=comments.comment(idea),
        author=author,
        hidden=hidden,
        draft=draft,
    )


def asked(client: Client, method: str, address: str, data: object = None, kind: str = "") -> HttpResponse:
    """One request whose traces in the database are taken back."""
    with transaction.atomic():
        if kind:
            answer = client.generic("POST", address, data, content_type=kind)
        else:
            answer = getattr(client, method)(address, *([data] if data else []))
        transaction.set_rollback(True)
    return answer


def is_page(answer: HttpResponse) -> bool:
    return answer.get("Content-Type", "").startswith("text/html") and not answer.streaming


def trials(address: str, *, meant: bool, thorough: bool) -> Iterator[tuple[str, str, object, str]]:
    """What is sent to one address. A visitor tries every way of sending; a resident, who comes further, more in each."""
    yield "get", address, None, ""
    if not meant:
        return
    for name, value in VALUES.items() if thorough else ():
        if name in IN_QUERIES:
            yield "get", f"{address}?{'&'.join(f'{each}={quote(value)}' for each in NAMES)}", None, ""
    yield "post", address, {"text": "x"}, ""
    for turn in range(0, len(VALUES), 4 if thorough else 2):
        yield "post", address, {name: VALUE[(turn + place) % len(VALUE)] for place, name in enumerate(NAMES)}, ""
    if not thorough:
        return
    yield "get", f"{address}?{'&'.join(f'{name}=%ED%A0%80%FF' for name in NAMES)}", None, ""
    yield "post", address, b"text=%ED%A0%80&title=\xff\xfe&\x00=%00&code=%00", "application/x-www-form-urlencoded"
    yield "post", address, '{"credential": "\\u0000\\ud800", "a": [[[', "application/json"
    yield "post", address, b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"
    for method in ("head", "put", "trace"):
        yield method, address, None, ""


@pytest.mark.parametrize("who", ["visitor", "resident"])
def test_no_address_breaks_whatever_is_sent(city, client_for, who):
    last: list[str] = []

    def note(sender: object, **_more: object) -> None:
        last.append(repr(sys.exc_info()[1])[:200])

    got_request_exception.connect(note)
    faults, tried = [], 0
    client = client_for(city.author if who == "resident" else None, raise_request_exception=False)
    kept = client.cookies.output(header="")
    for route in sorted(set(routes(get_resolver()))):
        forged = (
            None if who == "resident" else 2
        )  # a visitor is stopped at the door of most; one forged address shows it
        for number, address in enumerate(addresses(route, city)[:forged]):
            unread = False
            for method, place, data, kind in trials(address, meant=number == 0, thorough=who == "visitor"):
                if method == "post" and unread:
                    continue
                client.cookies = SimpleCookie(kept)  # a page may have signed out, or begun something
                answer, tried = asked(client, method, place, data, kind), tried + 1
                # nothing is there, or nothing to be sent: what is sent is not read
                unread |= method == "post" and answer.status_code in (404, 405)
                faults += [f"{route.name}: {method} {place[:80]} {fault}" for fault in faults_of(answer, last)]
    got_request_exception.disconnect(note)
    assert tried > 1000
    assert not faults, "\n".join(faults[:20])


def faults_of(answer: HttpResponse, last: list[str]) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answers {answer.status_code}, {last[-1:]}"
    elif answer.status_code < 300 and SECRET.encode() in getattr(answer, "content", b""):
        yield "shows what is not public"
    elif is_page(answer) and (MARK in answer.text or "49zenne" in answer.text):
        yield "shows what was sent as markup, or evaluates it"
    elif "evil.example" in answer.headers.get("Location", "").partition("?")[0]:
        yield f"leads to {answer['Location'][:80]}"


FORMS = {
    "ideas:step": ({"title": LONG, "text": "x" * 30}, ("idea",)),
    "comments:discussion": ({"text": LONG[:100_000]}, ()),
    "moderation:report": ({"ground": "nothing of the kind", "text": "Voici pourquoi"}, ()),
    "accounts:profile": ({"name": "x" * 5000}, ()),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_refused_form_says_so_and_keeps_what_was_typed(city, client_for, name):
    typed, more = FORMS[name]
    places = {
        "ideas:step": [city.process.slug, *more],
        "comments:discussion": ["ideas.idea", city.idea.pk],
        "moderation:report": ["comments.comment", comments.comment(city.idea).pk],
        "accounts:profile": [],
    }
    with override("fr"):
        answer = client_for(city.author).post(reverse(name, args=places[name]), typed)
    assert answer.status_code == 422
    assert typed.get("text", typed.get("name"))[:200] in answer.text
    assert 'lang="fr"' in answer.text and "Ensure this value" not in answer.text


def test_too_many_fields_and_a_body_too_large_are_refused_in_words(client_for, db):
    client = client_for(None, raise_request_exception=False)
    many = client.post(
        "/fr/account/login/", {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    )
    large = client.post("/fr/account/login/", {"email": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert many.status_code == 400 and large.status_code == 400
    assert "Nous ne comprenons pas cette demande" in many.text


def test_a_form_without_its_token_is_refused_in_the_language_of_the_page(db):
    strict = Client(enforce_csrf_checks=True)
    for language in ("fr", "nl", "en"):
        answer = strict.post(f"/{language}/account/login/", {"email": "an@example.org"})
        assert answer.status_code == 403 and f'lang="{language}"' in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver@evil.example", "evil.example:80#testserver", "a b", "testserver:x"]
)
def test_a_host_name_that_is_not_ours_gets_nothing(client_for, db, host):
    answer = client_for(None, raise_request_exception=False).get("/fr/", headers={"host": host})
    assert answer.status_code == 400 and "evil" not in answer.text


def test_a_forwarded_host_name_makes_no_link(client_for, db):
    answer = client_for(None).get("/fr/", headers={"x-forwarded-host": "evil.example"})
    assert answer.status_code == 200 and "evil.example" not in answer.text


def test_what_is_not_public_is_not_there(city, client_for):
    with override("fr"):
        draft = reverse("processes:page", args=[city.draft.slug])
        idea = reverse("ideas:page", args=[city.hidden.process.slug, city.hidden.pk])
    for person in (None, city.author):
        client = client_for(person)
        for key in ("", "x", "00000000-0000-0000-0000-000000000000", "None", str(city.draft.pk)):
            assert client.get(draft, {"preview": key}).status_code == 404
        assert client.get(idea).status_code == 404
        assert client.post(f"{idea}support/").status_code in (302, 404)
    city.hidden.refresh_from_db()
    assert city.hidden.support_count == 0
    assert client_for(None).get(draft, {"preview": str(city.draft.preview_key)}).status_code == 200


def test_nobody_touches_what_others_wrote(city, client_for):
    other = client_for(ideas.resident("Bob"))
    with override("fr"):
        places = [
            reverse("comments:edit", args=[city.comment.pk]),
            reverse("comments:delete", args=[city.comment.pk]),
            reverse("ideas:edit", args=[city.process.slug, city.idea.pk]),
            reverse("ideas:withdraw", args=[city.process.slug, city.idea.pk]),
        ]
    given = {
        "text": "Un autre texte, bien assez long.",
        "title": "Autre",
        "language": "fr",
        "theme": "green",
        "reason": "x",
    }
    for place in places:
        assert other.post(place, given).status_code in (403, 404, 409)
    city.comment.refresh_from_db()
    city.idea.refresh_from_db()
    assert city.comment.text == "Bonne idée pour la place." and city.idea.state == "published"


def test_residents_and_managers_stay_out_of_the_platform(city, client_for):
    admin = organisations.member(city.process.organisation)
    for person, place in (
        (city.author, "/manage/"),
        (city.author, "/manage/organisation/"),
        (admin, "/manage/pages/"),
        (admin, "/manage/sites/"),
        (admin, "/manage/organisation/new/"),
        (admin, "/manage/users/"),
        (admin, "/manage/settings/"),
    ):
        answer = client_for(person).get(place)
        assert answer.status_code in (302, 403, 404), place
