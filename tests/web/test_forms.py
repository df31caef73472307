import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from zenne.web.forms import ManyFiles, SampleForm, faults, most_characters


def test_a_form_with_errors_opens_with_a_summary_that_leads_to_each_field():
    form = SampleForm({"title": "", "email": "nele"})
    html = form.render()
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_title", "id_theme_0", "id_email"]
    for target in targets:
        assert f'id="{target}"' in html
    assert "data-error-summary" in html
    assert html.count('aria-invalid="true"') >= 2


def test_hint_and_error_are_tied_to_their_field():
    html = SampleForm({"title": ""})["title"].as_field_group()
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    for name in described[1].split():
        assert f'id="{name}"' in html


def test_a_form_without_errors_has_no_summary():
    assert "data-error-summary" not in SampleForm().render()


def test_optional_fields_say_so_and_required_ones_do_not():
    form = SampleForm()
    assert 'class="optional"' in form["text"].as_field_group()
    assert 'class="optional"' not in form["title"].as_field_group()


def test_an_error_of_the_whole_form_has_no_link():
    class Pair(forms.Form):
        one = forms.CharField()

        def clean(self):
            raise forms.ValidationError("Both or none.")

    assert faults(Pair({"one": "x"}))[0] == {"target": "", "text": "Both or none."}


def test_long_texts_are_counted_and_short_ones_only_when_asked():
    form = SampleForm()
    assert most_characters(form["text"]) == 1500
    assert most_characters(form["title"]) is None


@pytest.mark.parametrize("count", [0, 1, 3])
def test_many_files_come_as_a_list(count):
    class Photos(forms.Form):
        photos = ManyFiles(required=False)

    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(count)]
    form = Photos({}, {"photos": files})
    form.files = type("Files", (dict,), {"getlist": dict.get})({"photos": files}) if count else {}
    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["photos"]) == count
