"""Ideas and processes outside our own pages: feeds, sitemaps, oEmbed, widgets, shared links."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.participation.ideas import factories as make
from tests.participation.processes import factories as processes
from tests.people.organisations import factories as organisations
from zenne.participation.comments import actions as comments
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import Moderation
from zenne.participation.processes.enums import ProcessState
from zenne.web import sitemaps

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def jette():
    return organisations.organisation("Jette")


@pytest.fixture
def call(jette):
    return make.call(organisation=jette)


def atom(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


# Feeds


def test_the_ideas_of_a_process_are_a_feed_with_ids_that_stay(client, call):
    idea = make.idea(call, title="Bancs & fontaines", text="<b>De l'eau</b>")
    feed = atom(client, f"/fr/processes/{call.process.slug}/ideas.atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Bancs & fontaines"
    assert entry.findtext(f"{ATOM}id") == f"tag:127.0.0.1,2026:idea/{idea.pk}"
    assert entry.findtext(f"{ATOM}summary") == "<p>&lt;b&gt;De l&#x27;eau&lt;/b&gt;</p>"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{idea.get_absolute_url()}"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    again = atom(client, f"/nl/processes/{call.process.slug}/ideas.atom")
    assert again.find(f"{ATOM}entry").findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")
    assert again.findtext(f"{ATOM}id") != feed.findtext(f"{ATOM}id")


def test_a_feed_holds_nothing_hidden_or_waiting(client, jette, call):
    waiting = make.call(call.process, moderation=Moderation.BEFORE)
    make.idea(waiting, title="Waiting")
    refused = make.idea(call, title="Refused")
    actions.reject_idea(refused, reason=make.NO, by=make.staff(jette), now=make.NOW)
    assert titles(atom(client, f"/fr/processes/{call.process.slug}/ideas.atom")) == []
    assert client.get(f"/fr/processes/{call.process.slug}/ideas/{refused.pk}/voices.atom").status_code == 404


def test_a_draft_has_no_feed_and_no_widget_not_even_for_its_staff(client_for, jette):
    draft = make.process(jette, state=ProcessState.DRAFT, published_at=None)
    client = client_for(make.staff(jette))
    for address in (
        f"/fr/processes/{draft.slug}/ideas.atom",
        f"/fr/processes/{draft.slug}/news.atom",
        f"/fr/processes/{draft.slug}/embed/",
        f"/fr/embed/processes/{draft.slug}/",
    ):
        assert client.get(address).status_code == 404, address


def test_comments_and_answers_of_an_idea_are_one_feed_the_newest_first(client, jette, call):
    idea = make.idea(call)
    said = comments.comment(idea, text="Bravo \x0b!", language="fr", by=make.resident("Karim"), now=make.NOW)
    later = make.NOW + timedelta(hours=1)
    actions.answer_idea(idea, body={"fr": "Oui", "nl": "Ja", "en": "Yes"}, by=make.staff(jette), now=later)
    feed = atom(client, f"/nl/processes/{call.process.slug}/ideas/{idea.pk}/voices.atom")
    assert [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")] == ["<p>Ja</p>", "<p>Bravo !</p>"]
    Comment.objects.filter(pk=said.pk).update(state=CommentState.HIDDEN, ended_at=make.NOW)
    assert len(titles(atom(client, f"/nl/processes/{call.process.slug}/ideas/{idea.pk}/voices.atom"))) == 1


def test_news_are_a_feed_of_their_process_and_of_their_organisation(client, jette):
    process = processes.published(jette)
    processes.news(process, title="We are off")
    assert titles(atom(client, f"/nl/processes/{process.slug}/news.atom")) == ["We are off nl"]
    everything = titles(atom(client, f"/nl/processes/organisations/{jette.slug}/news.atom"))
    assert everything == ["We are off nl", "Our squares nl"]
    other = organisations.organisation("Ixelles")
    assert titles(atom(client, f"/nl/processes/organisations/{other.slug}/news.atom")) == []


def test_a_feed_that_did_not_change_is_not_sent_again(client, call):
    address = f"/fr/processes/{call.process.slug}/ideas.atom"
    tag = client.get(address)["ETag"]
    same = client.get(address, headers={"If-None-Match": tag})
    assert same.status_code == 304 and same.content == b""
    make.idea(call)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_feed_costs_the_same_for_one_idea_and_for_three(client, call, django_assert_num_queries):
    address = f"/fr/processes/{call.process.slug}/ideas.atom"
    make.idea(call)
    client.get(address)
    with django_assert_num_queries(3):
        client.get(address)
    make.idea(call)
    make.idea(call)
    with django_assert_num_queries(3):
        client.get(address)


def test_pages_tell_feed_readers_where_their_feed_is(client, jette, call):
    idea = make.idea(call)
    pages = {
        call.process.get_absolute_url(): {"news.atom", "ideas.atom", "selections.atom", "advices.atom"},
        reverse("ideas:list", args=[call.process.slug]): {"ideas.atom"},
        idea.get_absolute_url(): {"voices.atom"},
        jette.get_absolute_url(): {"news.atom"},
    }
    for address, feeds in pages.items():
        page = client.get(address).text
        linked = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"', page)
        assert {link.rpartition("/")[2] for link in linked} == feeds, address
        for link in linked:
            atom(client, link.removeprefix("http://testserver"))


# Sitemaps


def listed(client, address, **more):
    return ElementTree.fromstring(client.get(address, **more).content)  # noqa: S314 - our own answer


def test_the_sitemap_leads_to_every_public_thing_in_three_languages(client, jette, call):
    idea = make.idea(call)
    news = processes.news(processes.published(jette))
    index = [row.text for row in listed(client, "/sitemap.xml").iter(f"{MAP}loc")]
    found = {}
    for file in index:
        for line in listed(client, file.removeprefix("http://testserver")).iter(f"{MAP}url"):
            found[line.findtext(f"{MAP}loc")] = [link.get("hreflang") for link in line.iter(f"{XHTML}link")]
    for thing in (idea, news, call.process, jette):
        with override("nl"):
            address = f"http://testserver{thing.get_absolute_url()}"
        assert found[address] == ["fr", "nl", "en"]
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    assert "http://testserver/fr/" in found and "http://testserver/nl/" in found


def test_numbers_that_are_all_gone_leave_an_empty_file_and_those_to_come_none(client, jette, call, monkeypatch):
    monkeypatch.setattr(sitemaps, "STEP", 1)
    gone, last = make.idea(call), make.idea(call)
    actions.reject_idea(gone, reason=make.NO, by=make.staff(jette), now=make.NOW)
    lines = {
        number: len(list(listed(client, reverse("sitemap-section", args=["ideas", number])).iter(f"{MAP}url")))
        for number in (gone.pk, last.pk)
    }
    assert lines == {gone.pk: 0, last.pk: 3}
    assert client.get(reverse("sitemap-section", args=["ideas", last.pk + 1])).status_code == 404


def test_a_sitemap_holds_nothing_hidden(client, jette, call):
    refused = make.idea(call)
    actions.reject_idea(refused, reason=make.NO, by=make.staff(jette), now=make.NOW)
    make.process(jette, slug="secret", state=ProcessState.DRAFT, published_at=None)
    closed = organisations.organisation("Closed", opened_at=None)
    index = [row.text for row in listed(client, "/sitemap.xml").iter(f"{MAP}loc")]
    text = "".join(client.get(file.removeprefix("http://testserver")).text for file in index)
    assert call.process.slug in text
    assert f"/ideas/{refused.pk}/" not in text and "secret" not in text and closed.slug not in text


def test_on_its_own_host_name_an_organisation_lists_its_own(client, settings, jette, call):
    settings.ALLOWED_HOSTS = ["testserver", "participer.example.org"]
    organisations.organisation("Region", host=None, parent=None)
    own = organisations.organisation("Ixelles", parent=jette, host="participer.example.org")
    mine, theirs = make.idea(make.call(organisation=own)), make.idea(call)
    host = {"headers": {"host": "participer.example.org"}}
    index = [row.text for row in listed(client, "/sitemap.xml", **host).iter(f"{MAP}loc")]
    assert all(file.startswith("http://participer.example.org/") for file in index)
    text = "".join(client.get(file.removeprefix("http://participer.example.org"), **host).text for file in index)
    assert f"http://participer.example.org{mine.get_absolute_url()}" in text
    assert theirs.get_absolute_url() not in text


def test_many_ideas_are_many_files_each_read_by_a_range_of_numbers(
    client, call, monkeypatch, django_assert_num_queries
):
    ideas = [make.idea(call) for _number in range(5)]
    monkeypatch.setattr(sitemaps, "STEP", ideas[-1].pk - 1)  # the last begins a file of its own
    index = [row.text for row in listed(client, "/sitemap.xml").iter(f"{MAP}loc") if "ideas-" in row.text]
    assert len(index) == 2
    with django_assert_num_queries(2):
        last = client.get(index[-1].removeprefix("http://testserver"))
    assert ideas[-1].get_absolute_url() in last.text and ideas[0].get_absolute_url() not in last.text
    assert client.get("/sitemaps/ideas-9999999.xml").status_code == 404
    assert client.get("/sitemaps/nothing-1.xml").status_code == 404


def test_robots_are_told_the_sitemap_and_what_is_not_for_them(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /manage/" in lines and "Disallow: /nl/account/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


# oEmbed


def asked(client, address, **more):
    return client.get(f"/oembed?{urlencode({'url': address, **more})}")


def test_an_idea_and_a_process_answer_as_oembed(client, call):
    idea = make.idea(call, title='Un "banc" & plus')
    told = asked(client, f"http://testserver{idea.get_absolute_url()}")
    said = told.json()
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", 'Un "banc" & plus')
    assert said["author_name"] == str(call.process.organisation)
    assert told["Access-Control-Allow-Origin"] == "*"
    assert f'src="http://testserver/fr/embed/ideas/{idea.pk}/"' in said["html"]
    assert 'title="Un &quot;banc&quot; &amp; plus"' in said["html"]
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in said["html"]
    process = asked(client, f"http://testserver/nl/processes/{call.process.slug}/").json()
    assert f"/nl/embed/processes/{call.process.slug}/" in process["html"]
    assert client.get(process["thumbnail_url"].removeprefix("http://testserver"))["Content-Type"] == "image/png"


def test_oembed_speaks_xml_and_refuses_other_forms(client, call):
    idea = make.idea(call, title="Un banc \x0b & plus")
    address = f"http://testserver{idea.get_absolute_url()}"
    answer = asked(client, address, format="xml")
    assert answer["Content-Type"].startswith("text/xml")
    told = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    assert told.findtext("title") == "Un banc & plus" and told.findtext("html").startswith("<iframe ")
    assert asked(client, address, format="yaml").status_code == 501


def test_oembed_keeps_within_the_room_it_is_given(client, call):
    address = f"http://testserver{make.idea(call).get_absolute_url()}"
    said = asked(client, address, maxwidth="320", maxheight="200").json()
    assert (said["width"], said["height"]) == (320, 200)
    assert 'width="320" height="200"' in said["html"] and "thumbnail_url" not in said
    assert asked(client, address, maxwidth="-1", maxheight="ten").json()["width"] == 480


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://elsewhere.example/fr/processes/x/",
        "http://testserver/fr/processes/there-is-none/",
        "http://testserver/fr/account/login/",
        "http://testserver/manage/",
        "http://testserver/de/processes/x/",
        "javascript:alert(1)",
        "http://[bad",
        "http://testserver/fr/processes/" + "x" * 3000,
        "http://testserver/fr/ideas/99999999999999999999999/",
    ],
)
def test_what_cannot_be_embedded_is_404(client, address):
    assert asked(client, address).status_code == 404


def test_a_hidden_idea_is_not_embedded(client, jette, call):
    idea = make.idea(call)
    actions.reject_idea(idea, reason=make.NO, by=make.staff(jette), now=make.NOW)
    assert asked(client, f"http://testserver{idea.get_absolute_url()}").status_code == 404
    assert client.get(f"/fr/embed/ideas/{idea.pk}/").status_code == 404


def test_pages_say_where_their_oembed_is(client, call):
    idea = make.idea(call)
    for address in (idea.get_absolute_url(), call.process.get_absolute_url()):
        page = client.get(address).text
        linked = re.findall(r'<link rel="alternate" type="([a-z/]+)\+oembed" href="([^"]+)"', page)
        assert [kind for kind, _link in linked] == ["application/json", "text/xml"]
        for _kind, link in linked:
            assert client.get(unescape(link).removeprefix("http://testserver")).status_code == 200


# Widgets


def test_a_widget_may_be_framed_by_any_site_and_only_a_widget(client, call):
    idea = make.idea(call)
    for address in (f"/fr/embed/processes/{call.process.slug}/", f"/nl/embed/ideas/{idea.pk}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert not answer.cookies
        assert "<form" not in answer.text and "<script" not in answer.text
    page = client.get(idea.get_absolute_url())
    assert page["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in page["Content-Security-Policy"]


def test_a_widget_is_the_same_for_whoever_is_signed_in(client, client_for, call):
    person = make.resident("Amina")
    make.idea(call, author=person)
    address = f"/fr/embed/processes/{call.process.slug}/"
    mine = client_for(person).get(address)
    assert mine.content == client.get(address).content and "Set-Cookie" not in mine
    assert mine["Cache-Control"] == "public, max-age=60"


def test_the_widget_of_a_process_shows_what_its_address_asks_for(client, call):
    first, *_rest, newest = [
        make.idea(call, title=f"Idea {number}", now=make.NOW + timedelta(minutes=number)) for number in range(4)
    ]
    actions.support(first, by=make.resident(), now=make.NOW)
    address = f"/en/embed/processes/{call.process.slug}/"
    latest, supported = client.get(address).text, client.get(f"{address}?ideas=supported&colours=dark").text
    assert newest.title in latest and first.title not in latest
    assert first.title in supported and 'data-scheme="dark"' in supported
    assert "data-scheme" not in client.get(f"{address}?colours=pink").text


def test_a_widget_is_light(client, call, django_assert_num_queries):
    for _number in range(3):
        make.idea(call)
    address = f"/fr/embed/processes/{call.process.slug}/"
    page = client.get(address)
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    assert len(sheets) == 2
    theme = next(client.get(sheet) for sheet in sheets if "/theme/" in sheet)
    from zenne.config.environment import ROOT

    own = (ROOT / "zenne/web/static/web/widget.css").stat().st_size
    assert len(page.content) + len(theme.content) + own < 30_000
    with django_assert_num_queries(4):
        client.get(address)


def test_the_page_with_the_code_gives_what_was_chosen(client, call):
    address = f"/fr/processes/{call.process.slug}/embed/"
    plain = unescape(client.get(address).text)
    assert f'<iframe src="http://testserver/fr/embed/processes/{call.process.slug}/"' in plain
    chosen = unescape(client.get(f"{address}?language=nl&colours=dark&ideas=supported&height=700").text)
    wanted = f"http://testserver/nl/embed/processes/{call.process.slug}/?colours=dark&ideas=supported"
    assert f'<iframe src="{wanted}"' in unescape(chosen) and 'height="700"' in chosen
    assert f'<a href="http://testserver/nl/processes/{call.process.slug}/">' in chosen
    assert client.get(f"{address}?height=9&language=de&colours=pink").status_code == 200


# Shared links


def meta(page):
    pairs = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page)
    return {name: unescape(content) for name, content in pairs}


def test_every_public_page_says_what_a_shared_link_shows(client, jette, call):
    idea = make.idea(call, title="Un banc", text="Devant <b>la poste</b>.")
    news = processes.news(processes.published(jette))
    for thing, title in ((idea, "Un banc"), (call.process, str(call.process)), (news, str(news)), (jette, "Jette")):
        page = client.get(thing.get_absolute_url()).text
        found = meta(page)
        assert found["og:title"] == title
        assert found["og:locale"] == "fr_BE"
        assert re.findall(r'og:locale:alternate" content="(\w+)"', page) == ["nl_BE", "en_BE"]
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert found["og:image:alt"] and found["twitter:card"] == "summary_large_image"
        assert "<" not in found["og:description"].replace("<b>", "").replace("</b>", "")
        assert f'<link rel="canonical" href="http://testserver{thing.get_absolute_url()}">' in page
        picture = client.get(found["og:image"].removeprefix("http://testserver"))
        assert picture["Content-Type"] == "image/png" and picture.content[16:24] == bytes.fromhex("000004b000000276")
