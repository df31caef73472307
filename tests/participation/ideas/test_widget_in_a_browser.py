"""The widget of a process inside a page of another site, in a real browser."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas import factories as make
from tests.people.organisations import factories as organisations
from zenne.participation.ideas import actions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def foreign_site():
    """`foreign_site(body)`: the address of a page of another origin with this in it."""
    pages = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[-1].encode())

        def log_message(self, *_words):
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def put(body):
        pages.append(f"<!doctype html><html lang=fr><title>Site</title><h1>Notre commune</h1>{body}</html>")
        return f"http://127.0.0.1:{server.server_port}/"

    yield put
    server.shutdown()
    server.server_close()


def test_the_widget_shows_itself_inside_another_site_and_knows_nobody(
    page, live_server, foreign_site, sign_in, screenshot, axe, client
):
    jette = organisations.organisation("Jette")
    call = make.call(organisation=jette)
    for number in range(3):
        idea = make.idea(call, title=f"Une idée avec un titre assez long pour deux lignes, la {number + 1}e")
    actions.support(idea, by=make.resident("Karim"), now=make.NOW)
    person = make.resident("Amina")
    sign_in(page, person)
    told = client.get(
        "/oembed", {"url": f"http://testserver/fr/processes/{call.process.slug}/", "maxwidth": "300"}
    ).json()
    site = foreign_site(told["html"].replace("http://testserver", live_server.url))
    asked = []
    page.on("request", lambda request: asked.append((request.url, request.all_headers())))
    page.on("console", lambda message: asked.append((message.text, {})) if message.type == "error" else None)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.goto(site)
        frame = page.frame_locator("iframe")
        frame.get_by_role("link", name="Voir le projet").wait_for()
        assert frame.get_by_role("listitem").count() == 3
        assert frame.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
        screenshot(page, "widget-in-another-site")
    ours = [headers for url, headers in asked if url.startswith(live_server.url)]
    assert ours and not any("cookie" in headers for headers in ours)
    assert not [text for text, _headers in asked if "Refused" in text or "blocked" in text.lower()]
    inside = page.frames[1]
    assert "Amina" not in inside.content()
    assert (
        frame.locator("body").evaluate("() => self.origin") == "null"
    )  # the sandbox: no cookie or storage of ours is in reach
    with pytest.raises(Exception, match=r"cookie|sandbox"):
        inside.evaluate("document.cookie")
    page.goto(f"{live_server.url}/fr/embed/processes/{call.process.slug}/")
    axe(page)


def test_a_page_of_ours_that_is_no_widget_is_not_shown_inside_another_site(page, live_server, foreign_site):
    call = make.call()
    address = f"{live_server.url}/fr/processes/{call.process.slug}/"
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(foreign_site(f'<iframe src="{address}" title="x"></iframe>'))
    page.wait_for_timeout(300)
    assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in refused)


def test_the_page_with_the_code_shows_a_preview(page, live_server, screenshot, axe):
    idea = make.idea(make.call())
    for address in (f"/fr/processes/{idea.process.slug}/embed/", f"{idea.get_absolute_url()}embed/"):
        page.set_viewport_size(DESKTOP)
        page.goto(live_server.url + address)
        page.get_by_label("Couleurs").select_option("dark")
        page.get_by_role("button", name="Montrer ainsi").click()
        page.frame_locator("iframe").locator("html[data-scheme=dark]").wait_for()
        assert "colours=dark" in page.locator("textarea").first.input_value()
        screenshot(page, "embed-code")
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page, without=("frame-tested",))
