"""The gallery in a real browser: no accessibility fault, no overflow, no refused script, in every look."""

import pytest

LOOKS = ["region", "saint-gilles", "jette"]
WIDTHS = [320, 390, 1280]


def opened(page, live_server, look: str, scheme: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/fr/styleguide/?look={look}&scheme={scheme}")
    page.evaluate("document.fonts.ready")
    return said


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("look", "scheme"), [("region", "light"), ("saint-gilles", "dark"), ("jette", "light")])
def test_every_component_is_accessible_and_fits(page, live_server, axe, look, scheme, width):
    said = opened(page, live_server, look, scheme, width)
    axe(page)
    assert overflow(page) <= 0
    assert said == []


@pytest.mark.parametrize("width", [320, 390])
def test_text_at_twice_its_size_still_fits(page, live_server, width):
    opened(page, live_server, "region", "light", width)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) <= 0


def test_what_one_presses_is_large_enough(page, live_server):
    opened(page, live_server, "region", "light", 390)
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width && getComputedStyle(element).display !== 'inline' && (box.width < 24 || box.height < 24)
                && !element.closest('.choice, .check, .visually-hidden');
        }).map(element => element.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_map_is_drawn_when_it_comes_near(page, live_server):
    opened(page, live_server, "region", "light", 1280)
    page.locator("zenne-map").scroll_into_view_if_needed()
    page.wait_for_selector(".pin svg")
    assert page.locator(".pin svg").count() == 5
    page.locator(".pin").first.click()
    assert page.locator(".leaflet-popup-content a").inner_text().startswith("Quatorze arbres")


def test_the_menu_opens_by_keyboard_and_escape_closes_it(page, live_server):
    opened(page, live_server, "region", "light", 390)
    menu = page.locator(".site zenne-menu.below-desktop details")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.evaluate("element => element.open")
    page.keyboard.press("Escape")
    assert not menu.evaluate("element => element.open")


def test_a_dialog_asks_and_a_confirmation_holds_the_form(page, live_server, axe):
    opened(page, live_server, "region", "light", 1280)
    page.get_by_role("button", name="Retirer mon idée").click()
    axe(page, within="#withdraw")
    page.locator("#withdraw").get_by_role("button", name="Garder").click()
    assert not page.locator("#withdraw").is_visible()
    page.get_by_role("button", name="Archiver").click()
    page.get_by_role("heading", name="Vraiment archiver ?").wait_for()
    page.locator("dialog[open] .is-line").click()
    assert page.locator("dialog[open]").count() == 0


def test_a_wrong_form_comes_back_in_place_with_the_reader_at_the_summary(page, live_server):
    page.goto(f"{live_server.url}/fr/styleguide/form/")
    page.get_by_label("Description").fill("Des tilleuls")
    page.locator("form#form button.is-main").click()
    summary = page.locator("[data-error-summary]")
    summary.wait_for()
    assert summary.evaluate("element => element === document.activeElement")
    assert page.get_by_label("Description").input_value() == "Des tilleuls"


def test_characters_are_counted_and_files_can_be_taken_out(page, live_server):
    page.goto(f"{live_server.url}/fr/styleguide/form/")
    page.get_by_label("Description").fill("x" * 1400)
    assert "100" in page.locator("[data-count]").inner_text()
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"},
            {"name": "b.txt", "mimeType": "text/plain", "buffer": b"b"},
        ]
    )
    page.get_by_role("button", name="Retirer a.txt").click()
    assert page.locator("input[type=file]").evaluate("input => [...input.files].map(file => file.name)") == ["b.txt"]


def test_the_page_works_without_a_script(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/fr/styleguide/form/")
    page.locator("form#form button.is-main").click()
    assert page.locator("[data-error-summary] a").count() == 3
    context.close()
