import pytest
from wagtail.models import Site

from zenne.core.languages import LANGUAGES
from zenne.core.search import findable
from zenne.portal.actions import PageText, set_up_shelves, write_page
from zenne.portal.models import EditorialPage, Shelf

pytestmark = pytest.mark.django_db


def words(text: str) -> PageText:
    return PageText(
        title=text, lead=f"{text}, en bref", body=[{"type": "paragraph", "value": f"<p>Vélos et {text}</p>"}]
    )


def texts(text: str = "Aide") -> dict[str, PageText]:
    return {language: words(f"{text} {language}") for language in LANGUAGES}


def test_shelves_one_a_language_and_translations_of_each_other():
    shelves = set_up_shelves()
    assert set(shelves) == set(LANGUAGES)
    assert len({shelf.translation_key for shelf in shelves.values()}) == 1
    assert not any(shelf.is_previewable() for shelf in shelves.values())
    assert Site.objects.get(is_default_site=True).root_page.specific == shelves["fr"]


def test_shelves_set_up_again_change_nothing():
    before = set_up_shelves()
    assert set_up_shelves() == before
    assert Shelf.objects.count() == len(LANGUAGES)


def test_page_answers_at_the_same_word_in_each_language(client, now):
    write_page("help", texts(), now=now)
    for language in LANGUAGES:
        response = client.get(f"/{language}/help/")
        assert response.status_code == 200
        assert f"Aide {language}" in response.content.decode()


def test_page_that_stands_is_not_overwritten(now):
    write_page("help", texts(), now=now)
    assert write_page("help", texts("Autre chose"), now=now) == []
    assert set(EditorialPage.objects.values_list("title", flat=True)) == {f"Aide {language}" for language in LANGUAGES}


def test_page_in_one_language_gets_the_others_later_as_translations(now):
    write_page("help", {"fr": words("Aide")}, now=now)
    added = write_page("help", texts(), now=now)
    assert [page.locale.language_code for page in added] == ["nl", "en"]
    assert EditorialPage.objects.values("translation_key").distinct().count() == 1


@pytest.mark.parametrize("asked", ["velos", "VÉLOS", "aide velo"])
def test_page_is_found_by_its_words_in_the_language_of_the_page(asked, client, now):
    write_page("help", texts(), now=now)
    hits = findable["portal"].find(asked, None, now, 10)
    assert [(hit.title, hit.url, hit.language) for hit in hits] == [("Aide fr", "/fr/help/", "fr")]


def test_page_with_the_word_in_its_title_comes_first(now):
    write_page("first", {"fr": words("Règles")}, now=now)
    write_page("second", {"fr": words("Vélos")}, now=now)
    assert [hit.title for hit in findable["portal"].find("vélos", None, now, 10)] == ["Vélos", "Règles"]


def test_page_taken_off_line_is_not_found(now):
    [page] = write_page("help", {"fr": words("Aide")}, now=now)
    page.unpublish()
    assert findable["portal"].find("aide", None, now, 10) == []
