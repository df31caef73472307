"""What forms of many apps ask: a day, an amount of money, a text in several languages."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from zenne.people.organisations.models import Organisation
from zenne.web.fields import DayField, EuroField, Worded


@pytest.mark.parametrize("typed", ["2026-12-03", "03/12/2026", "3-12-2026", "3.12.2026"])
def test_day_is_read_as_the_picker_sends_it_and_as_people_type_it(typed):
    assert DayField().clean(typed) == date(2026, 12, 3)


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "12/31/2026", "soon"])
def test_day_that_no_calendar_of_ours_holds_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("language", "typed", "cents"),
    [
        ("fr", "1 234,56 €", 123456),
        ("fr", "1\u202f234,56\u00a0€", 123456),
        ("fr", "1.234,5", 123450),
        ("nl", "€ 1.234.567", 123456700),
        ("en", "€1,234.56", 123456),
        ("fr", "12500.50", 1250050),
        ("en", "12500,50", 1250050),
        ("nl", "0", 0),
        ("nl", " ", None),
    ],
)
def test_amount_is_read_as_people_write_it_and_kept_in_cents(language, typed, cents):
    with override(language):
        assert EuroField(required=False).clean(typed) == cents


@pytest.mark.parametrize(
    ("language", "typed"),
    [("fr", "1,234.56"), ("en", "1.234,56"), ("fr", "1,234"), ("en", "1.234"), ("nl", "12.34.567"), ("nl", "1,2,3")]
    + [("fr", bad) for bad in ("-5", "+5", "1e5", "NaN", "\u0661", "dix", "12 $", ",50", "5,", "9" * 30)],
)
def test_amount_that_could_mean_something_else_is_refused(language, typed):
    with override(language), pytest.raises(forms.ValidationError) as refused:
        EuroField().clean(typed)
    assert refused.value.code == "invalid"


def test_amount_has_a_measure():
    field = EuroField(most=1000)
    assert field.clean("1000") == 1000_00
    with override("en"), pytest.raises(forms.ValidationError) as refused:
        field.clean("1000.01")
    with override("en"):
        assert refused.value.messages == ["At most 1,000 euros."]


@pytest.mark.parametrize(("language", "shown"), [("fr", "1\u202f234\u202f567,05"), ("nl", "1.234.567,05")])
def test_amount_that_is_kept_is_shown_as_it_may_be_typed_again(language, shown):
    with override(language):
        assert EuroField().prepare_value(123456705) == shown
        assert EuroField().clean(shown) == 123456705
        assert not EuroField().has_changed(123456705, shown)
        assert EuroField().has_changed(123456705, "12")


class NamesForm(Worded):
    def __init__(self, *args, of=None):
        super().__init__(*args)
        self.languages = ["fr", "nl"]
        self.ask_words("name", "Name", most=20, of=of, required=True)
        self.ask_words("about", "About", rows=3, most=200, of=of)


def test_worded_form_asks_a_text_in_each_of_its_languages():
    with override("nl"):
        form = NamesForm()
    assert list(form.fields) == ["name_fr", "name_nl", "about_fr", "about_nl"]
    assert form.fields["name_fr"].label == "Name · Frans"
    assert form["name_nl"].as_widget() == (
        '<input type="text" name="name_nl" lang="nl" maxlength="20" required id="id_name_nl">'
    )
    assert '<textarea name="about_fr" cols="40" rows="3" lang="fr" maxlength="200"' in form["about_fr"].as_widget()


def test_worded_form_begins_with_what_is_said_already():
    form = NamesForm(of=Organisation(name_fr="Ville", about_nl="Een stad"))
    assert [form[name].initial for name in form.fields] == ["Ville", "", "", "Een stad"]


def test_words_are_read_by_language_with_what_was_left_empty():
    form = NamesForm({"name_fr": "Ville", "name_nl": "Stad", "about_fr": "Une ville"})
    assert form.is_valid()
    assert form.words("name") == {"fr": "Ville", "nl": "Stad"}
    assert form.words("about") == {"fr": "Une ville", "nl": ""}
