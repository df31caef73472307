"""A visitor on a phone and at a desk: from the list to a process, what changed, its rules, its poster; following after signing in."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser import DESKTOP, PHONE
from tests.people.organisations.factories import member, organisation, person
from zenne.participation.processes import actions
from zenne.participation.processes.models import FrequentQuestion, Process, TeamMember, Theme

from .factories import manager_of

NOW = datetime(2026, 5, 19, 10, 0, tzinfo=UTC)
MADE = NOW - timedelta(days=120)
PHASES = [
    ("Idées", "Ideeën", "Ideas", (2, 1), (3, 15)),
    ("Jury", "Jury", "Jury", (3, 15), (4, 30)),
    ("Vote", "Stemming", "Vote", (5, 3), (5, 31)),
    ("Résultats", "Resultaten", "Results", (6, 14), (6, 15)),
]
BODY = [
    {
        "type": "paragraph",
        "value": "<p>En juillet, le thermomètre de la place monte à 41 °C. Nous cherchons de l’ombre, de l’eau et des bancs.</p>",
    },
    {"type": "heading", "value": "Comment ça marche ?"},
    {"type": "quote", "value": {"words": "Le marché du lundi garde toute sa place.", "source": "Comité Bockstael"}},
    {
        "type": "callout",
        "value": {
            "title": "Pas en ligne ?",
            "text": "Appelez-nous, nous écrivons pour vous.",
            "link": "https://example.org/",
            "link_text": "Comment participer",
        },
    },
    {"type": "video", "value": {"address": "https://vimeo.com/76979871", "title": "La place en deux minutes"}},
]


def evening(month: int, day: int) -> datetime:
    """Midnight in Brussels between this day of 2026 and the next."""
    return datetime(2026, month, day, 22 if 3 < month < 11 else 23, tzinfo=UTC)


@pytest.fixture
def process(transactional_db, kind) -> Process:
    region = organisation(
        "Bruxelles participe", slug="region", languages=["fr", "nl", "en"], subname="Région de Bruxelles-Capitale"
    )
    by = manager_of(region)
    values = {
        "slug": "rafraichir-nos-places",
        "title_fr": "Rafraîchir nos places",
        "title_nl": "Onze pleinen verfrissen",
        "title_en": "Cooling our squares",
        "summary_fr": "L’été, certaines places de Bruxelles dépassent 40 °C. Choisissez les projets qui apporteront de l’ombre et de l’eau.",
        "summary_nl": "In de zomer wordt het op sommige pleinen meer dan 40 °C. Kies de projecten die schaduw en water brengen.",
        "summary_en": "In summer some squares of Brussels get hotter than 40 °C. Choose the projects that will bring shade and water.",
        "contact_email": "places@example.org",
        "contact_phone": "02 123 45 67",
        "contact_name": "Espaces verts",
    }
    process = actions.create_process(organisation=region, values=values, by=by, now=MADE)
    for language in ("fr", "nl", "en"):
        actions.write_description(process, language=language, body=BODY, by=by, now=MADE)
    for fr, nl, en, opens, closes in PHASES:
        titles = {"title_fr": fr, "title_nl": nl, "title_en": en}
        window = {"opens_at": evening(*opens), "closes_at": evening(*closes)}
        phase = actions.add_phase(process, values={**titles, **window}, by=by, now=MADE)
        words = {f"intro_{code}": "Chaque personne choisit cinq projets au plus." for code in ("fr", "nl", "en")}
        actions.add_activity(
            phase, kind=kind if fr == "Vote" else "information", values={**titles, **words}, by=by, now=MADE
        )
    for number, title in enumerate(("Nature en ville", "Eau", "Enfance"), 1):
        texts = {f"title_{code}": title for code in ("fr", "nl", "en")}
        actions.add_content(process, Theme, values={**texts, "hue": number}, by=by, now=MADE)
    qa = [
        ("Qui peut voter ?", "Chaque personne de seize ans ou plus."),
        ("Puis-je changer d’avis ?", "Oui, jusqu’à la clôture."),
    ]
    for question, answer in qa:
        texts = {
            f"{name}_{code}": text
            for name, text in (("question", question), ("answer", answer))
            for code in ("fr", "nl", "en")
        }
        actions.add_content(process, FrequentQuestion, values=texts, by=by, now=MADE)
    task = {f"task_{code}": "Répond aux questions" for code in ("fr", "nl", "en")}
    actions.add_content(process, TeamMember, values={"name": "Amina Benali", **task}, by=by, now=MADE)
    actions.publish_process(process, by=by, now=MADE)
    news = {
        f"{name}_{code}": text
        for name, text in (("title", "32 projets en lice"), ("body", "Le jury a rendu ses choix.\n\nÀ vous de voter."))
        for code in ("fr", "nl", "en")
    }
    actions.publish_news(
        actions.write_news(process, values=news, by=by, now=NOW - timedelta(days=9)), by=by, now=NOW - timedelta(days=9)
    )
    vote = process.phases.get(title="Vote")
    why = {
        "fr": "Une panne d’une journée nous a fermés : nous la rendons.",
        "nl": "Een dag lang waren we buiten dienst.",
        "en": "We were down for a day and give it back.",
    }
    actions.extend_window(
        vote, closes_at=evening(5, 31) + timedelta(days=1), reason=why, by=by, now=NOW - timedelta(days=3)
    )
    return process


@pytest.fixture
def region(process):
    return process.organisation


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_visitor_reads_a_process(live_server, page, process, clock_shows, screenshot, axe, size):
    clock_shows(NOW)
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}/fr/processes/")
    axe(page)
    screenshot(page, "processes-list")
    page.get_by_role("link", name="Rafraîchir nos places").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Rafraîchir nos places"
    axe(page)
    screenshot(page, "process-page")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for name in ("changes", "rules", "poster", "news"):
        page.goto(f"{live_server.url}/fr/processes/{process.slug}/{name}/")
        axe(page)
        screenshot(page, f"process-{name}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def test_a_person_follows_with_one_press(live_server, page, process, clock_shows, sign_in):
    clock_shows(NOW)
    resident = person()
    sign_in(page, resident)
    page.goto(f"{live_server.url}/fr/processes/{process.slug}/")
    page.locator("#follow button").click()
    page.locator('#follow button[aria-pressed="true"]').wait_for()
    assert process.follows.get().person == resident


def test_staff_see_a_preview_with_its_banner(live_server, page, process, clock_shows, region, screenshot):
    clock_shows(NOW)
    by = member(region)
    copy = actions.duplicate_process(process, slug="encore", begins=NOW.date(), by=by, now=NOW)
    page.goto(live_server.url + copy.get_preview_url())
    assert page.locator(".alert").first.is_visible()
    screenshot(page, "process-draft")


def test_staff_run_a_process_from_its_overview(live_server, page, process, clock_shows, region, screenshot, sign_in):
    clock_shows(NOW)
    manager = manager_of(region)
    manager.language = "fr"
    manager.save()
    sign_in(page, manager)
    page.set_viewport_size(DESKTOP)
    for name, address in (
        ("processes", "/manage/process/"),
        ("overview", f"/manage/process/overview/{process.pk}/"),
        ("edit", f"/manage/process/edit/{process.pk}/"),
        ("text", f"/manage/process/text/{process.pk}/?language=nl"),
        ("theme", f"/manage/process_theme/edit/{process.themes.first().pk}/"),
        ("phase", f"/manage/process_phase/edit/{process.phases.get(title='Vote').pk}/"),
        ("permissions", f"/manage/process_activity/rules/{process.phases.get(title='Vote').activities.get().pk}/"),
    ):
        page.goto(live_server.url + address)
        assert page.locator("form").count(), address
        screenshot(page, f"staff-{name}")
    page.goto(f"{live_server.url}/manage/process/text/{process.pk}/?language=nl")
    page.locator("[data-streamfield-child]").first.wait_for()
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/manage/process/overview/{process.pk}/")
    screenshot(page, "staff-overview")
