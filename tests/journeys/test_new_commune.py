"""A commune opens in the back office without a developer: from an invitation to the answer to its first idea.

What a person fills in on the way: 14 pages and some 35 fields. The rest has an answer already.
"""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.people.organisations import factories as organisations
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 5, 19, 10, 0, tzinfo=UTC)
CLERK = "odile@ganshoren.example"


class Desk:
    """Somebody at a computer."""

    def __init__(self, page, root: str) -> None:
        self.page, self.root = page, root
        self.faults: list[str] = []
        page.set_default_timeout(15_000)
        page.on(
            "console",
            lambda said: (
                self.faults.append(f"{said.text} {said.location}") if "Content Security" in said.text else None
            ),
        )
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("response", lambda answer: self.faults.append(answer.url) if answer.status >= 500 else None)

    def goes(self, path: str) -> None:
        self.page.goto(self.root + path)

    def follows(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def fills(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"main [name={name}]").fill(text)

    def dates(self, **days: str) -> None:
        """Typed by hand, as people do; a click beside it closes the picker."""
        for name, day in days.items():
            field, picker = (
                self.page.locator(f"main [name={name}]"),
                self.page.locator(".xdsoft_datetimepicker:visible"),
            )
            field.click()
            picker.first.wait_for()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(day)
            self.page.mouse.click(1265, 880)
            expect(picker).to_have_count(0)
            assert field.input_value() == day

    def presses(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).last.click()
        self.page.wait_for_load_state()

    def reads(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()


@pytest.fixture
def desk(live_server, context, sign_in):
    """`desk(person)`: their browser; of nobody without a person."""
    made: list[Desk] = []

    def sit(person: Person | None = None, browser_context=None) -> Desk:
        page = (browser_context or context).new_page()
        if person:
            sign_in(page, person)
        made.append(Desk(page, live_server.url))
        return made[-1]

    yield sit
    assert not [fault for one in made for fault in one.faults]


def test_a_commune_opens_by_itself(desk, browser, clock_shows, mailbox, screenshot, settings, live_server):
    clock_shows(NOW)
    settings.BASE_URL = live_server.url  # the links in mails lead here
    organisations.organisation("Bruxelles participe", slug="region")
    root = organisations.platform_admin()
    Person.objects.filter(pk=root.pk).update(language="fr")

    admin = desk(root)
    admin.goes("/manage/")
    admin.follows("Nouvelle organisation")
    admin.page.select_option("[name=kind]", "commune")
    for language in ("fr", "nl"):
        admin.page.check(f"[name=languages][value={language}]")
    admin.fills(slug="ganshoren", name_fr="Ganshoren participe", name_nl="Ganshoren doet mee")
    admin.presses("Créer")
    ganshoren = Organisation.objects.get(slug="ganshoren")
    admin.goes(f"/manage/invitation/new/?organisation={ganshoren.pk}")
    admin.fills(email=CLERK)
    admin.page.select_option("[name=role]", "admin")
    admin.presses("Créer")

    odile = desk(browser_context=browser.new_context(locale="fr-BE", viewport=DESKTOP))
    accept(odile, mailbox)
    opens(odile, ganshoren)
    process = publishes(odile)
    proposes(desk, browser, process)
    answers(odile, process, screenshot)
    changes(odile, process, screenshot)


def accept(odile: Desk, mailbox) -> None:
    odile.page.goto(next(link for link in mailbox.links() if "/invitation/" in link))
    odile.follows("Se connecter ou créer un compte")
    odile.fills(email=CLERK)
    odile.page.locator("main form button[type=submit]").first.click()
    odile.page.locator("main [name=code]").wait_for()
    odile.fills(code=re.search(r"\d{4}-\d{4}", mailbox.text())[0])
    odile.page.locator("main form button[type=submit]").first.click()
    odile.fills(name="Odile Claes")
    odile.page.locator("main form button[type=submit]").first.click()
    odile.presses("Accepter l'invitation")
    odile.reads("Bonjour Odile Claes")


def opens(odile: Desk, ganshoren: Organisation) -> None:
    """The checklist says what is missing, field by field, and then it is live."""
    start = f"/manage/organisation/start/{ganshoren.pk}/"
    odile.goes(start)
    odile.page.locator("main form button[type=submit]").last.click()
    odile.reads("Il manque encore")
    odile.goes(f"/manage/organisation/edit/{ganshoren.pk}/")
    odile.fills(about_fr="La commune vous écoute.", about_nl="De gemeente luistert.")
    odile.fills(email="participation@ganshoren.example", privacy_email="dpo@ganshoren.example")
    odile.presses("Enregistrer")
    odile.goes(start)
    odile.page.locator("main form button[type=submit]").last.click()
    odile.reads("Ganshoren participe est en ligne.")


def publishes(odile: Desk) -> Process:
    odile.goes("/manage/process/new/")
    odile.fills(title_fr="Des bancs", title_nl="Banken", summary_fr="Où manque un banc ?")
    odile.presses("Créer")
    process = Process.objects.get(slug="des-bancs")
    overview = f"/manage/process/overview/{process.pk}/"
    odile.reads("résumé en néerlandais")
    assert odile.page.get_by_role("button", name="Publier").first.is_disabled()

    odile.follows("Ajouter une phase")
    odile.fills(title_fr="Idées", title_nl="Ideeën")
    odile.dates(opens_day="01/05/2026", closes_day="31/05/2026")
    odile.presses("Créer")
    odile.follows("Ajouter une activité")
    odile.page.check("[name=kind][value=ideation]")
    odile.fills(title_fr="Vos idées", title_nl="Uw ideeën")
    odile.presses("Créer")
    odile.follows("Ajouter un thème")
    odile.fills(title_fr="Ombre", title_nl="Schaduw")
    odile.presses("Créer")
    odile.goes(overview)
    odile.follows("Ajouter une question")
    odile.fills(
        question_fr="Qui décide ?", answer_fr="Le collège.", question_nl="Wie beslist?", answer_nl="Het college."
    )
    odile.presses("Créer")
    for language, words in (("fr", "Dites-nous où vous asseoir."), ("nl", "Zeg ons waar u wilt zitten.")):
        odile.goes(f"/manage/process/text/{process.pk}/?language={language}")
        odile.page.locator("main button[title='Insérer un bloc']").first.click()
        odile.page.get_by_role("option", name="Texte").click()
        odile.page.locator("main [contenteditable=true]").first.click()
        odile.page.keyboard.type(words)
        odile.page.wait_for_timeout(400)  # the editor writes its field a moment after the last key
        odile.presses("Enregistrer")
    odile.goes(overview)
    odile.page.locator(".zenne-missing a").first.click()
    odile.fills(summary_nl="Waar ontbreekt een bank?")
    odile.presses("Enregistrer")
    odile.presses("Publier")
    odile.reads("Le projet est public.")
    for language, words in (("fr", "Dites-nous où vous asseoir."), ("nl", "Zeg ons waar u wilt zitten.")):
        odile.goes(f"/{language}/processes/des-bancs/")
        odile.reads(words)
    return process


def proposes(desk, browser, process: Process) -> None:
    from tests.participation.ideas.factories import resident

    phone = desk(resident("Amina"), browser_context=browser.new_context(locale="fr-BE", viewport=PHONE))
    phone.goes("/fr/processes/des-bancs/ideas/new/")
    phone.page.locator("main [name=theme]").first.check(force=True)
    phone.fills(title="Un banc sous le tilleul", text="Devant l’école, les grands-parents attendent debout.")
    for _step in range(5):
        if "/new/" not in phone.page.url:
            break
        here = phone.page.url
        phone.page.locator("main .form-end button").last.click()
        phone.page.wait_for_function("here => location.href !== here", arg=here)
        phone.page.wait_for_load_state()
    phone.reads("Un banc sous le tilleul")
    assert Idea.objects.get().process == process


def answers(odile: Desk, process: Process, screenshot) -> None:
    """The idea stands on the desk; its answer is public in each language, and its history is told in words."""
    idea = Idea.objects.get()
    odile.goes(reverse("idea:index"))
    odile.reads("Un banc sous le tilleul")
    odile.goes(reverse("idea:edit", args=[idea.pk]))
    form = odile.page.locator("form").filter(has=odile.page.locator("[name=verb][value=answer]"))
    odile.page.locator("details").filter(has=form).first.evaluate_all("all => all.forEach(one => one.open = true)")
    form.locator("[name=answer-body_fr]").fill("Nous le posons au printemps.")
    form.locator("[name=answer-body_nl]").fill("We plaatsen hem in de lente.")
    form.locator("button.button").last.click()
    odile.page.wait_for_load_state()
    odile.page.set_viewport_size(PHONE)
    screenshot(odile.page, "new-commune-idea")
    odile.page.set_viewport_size(DESKTOP)
    for language, words in (("fr", "Nous le posons au printemps."), ("nl", "We plaatsen hem in de lente.")):
        odile.goes(f"/{language}/processes/{process.slug}/ideas/{idea.pk}/")
        odile.reads(words)
    odile.goes(reverse("idea:history", args=[idea.pk]))
    odile.reads("Idée envoyée")


def changes(odile: Desk, process: Process, screenshot) -> None:
    """More time with a public reason; a copy for another year; the archive."""
    overview = f"/manage/process/overview/{process.pk}/"
    odile.goes(overview)
    odile.follows("Donner plus de temps")
    odile.dates(closes_day="15/06/2026")
    odile.fills(reason_fr="Il a plu.", reason_nl="Het heeft geregend.")
    odile.presses("Prolonger, publiquement")
    odile.goes("/fr/processes/des-bancs/changes/")
    odile.reads("Il a plu.")
    odile.goes(overview)
    screenshot(odile.page, "new-commune-overview")
    odile.page.set_viewport_size(PHONE)
    screenshot(odile.page, "new-commune-overview")
    odile.page.set_viewport_size(DESKTOP)
    odile.follows("Copier")
    odile.dates(begins="01/03/2027")
    odile.presses("Créer la copie")
    assert Process.objects.filter(slug="des-bancs-2", state="draft").exists()
    odile.goes(overview)
    odile.presses("Archiver")
    odile.reads("Archivé")
