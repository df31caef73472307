"""What desks of every app share: one form, or buttons that each send a verb, and where a refusal is said."""

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.functional import cached_property

from zenne.core.errors import Invalid
from zenne.people.access.answers import NotAllowed, Reason, Refused
from zenne.people.organisations.staff import WithForm, WithVerbs, blame


class SeatForm(forms.Form):
    day = forms.CharField()


class AboutTheEnd(Invalid):
    field = "ends_at"


class Board(WithVerbs):
    """A desk with a button that asks nothing and one that asks a day."""

    refusal = None

    def __init__(self, **sent):
        self.request = RequestFactory().post("/board/", sent)
        self.request._messages = CookieStorage(self.request)

    @cached_property
    def forms(self):
        return {"end": SeatForm(self.typed("end"))}

    def verbs(self):
        return {"open": lambda: "It is open.", "end": self.end}

    def end(self, form):
        if self.refusal:
            raise self.refusal
        return f"It ends on {form.cleaned_data['day']}."

    def back(self):
        return "/board/"

    def page(self, *, status=200, **context):
        return HttpResponse(status=status)

    def pressed(self):
        """The status of the answer, and what is said on the next page."""
        answer = self.post(self.request)
        return answer.status_code, [str(said) for said in get_messages(self.request)]


def test_button_does_its_verb_and_says_so():
    assert Board(verb="open").pressed() == (302, ["It is open."])
    assert Board(verb="end", day="Monday").pressed() == (302, ["It ends on Monday."])


def test_button_that_is_not_on_the_desk_does_nothing():
    assert Board(verb="burn").pressed() == (302, [])


def test_form_that_is_not_filled_in_comes_back_with_its_faults_and_no_other_form_has_any():
    board = Board(verb="end", day="")
    assert board.pressed() == (422, [])
    assert board.forms["end"].errors["day"] and not Board(verb="open").forms["end"].is_bound


def test_refusal_stands_beside_the_form_of_its_verb():
    board = Board(verb="end", day="Monday")
    board.refusal = Invalid("Too early.")
    assert board.pressed() == (422, [])
    assert board.forms["end"].non_field_errors() == ["Too early."]


def test_who_may_not_is_told_on_the_page_for_the_form_is_not_there():
    board = Board(verb="end", day="Monday")
    board.refusal = NotAllowed(Refused(Reason.NOT_STAFF))
    status, said = board.pressed()
    assert status == 302 and len(said) == 1


def test_refusal_stands_beside_the_field_it_names_under_the_name_the_form_has_for_it():
    one, other = SeatForm({"day": "Monday"}), SeatForm({"day": "Monday"})
    blame(one, AboutTheEnd("It ends before it begins."), {"ends_at": "day"})
    blame(other, AboutTheEnd("It ends before it begins."))
    assert one.errors == {"day": ["It ends before it begins."]}
    assert other.non_field_errors() == ["It ends before it begins."]


def test_desk_with_one_form_says_that_it_is_saved_and_goes_on():
    class Page(WithForm, Board):
        done = "Saved."

        def form(self, data=None):
            return SeatForm(data)

        def save(self, form):
            return f"/{form.cleaned_data['day']}/"

    page = Page(day="Monday")
    assert page.post(page.request).url == "/Monday/"
    assert [str(said) for said in get_messages(page.request)] == ["Saved."]
    assert Page(day="").post(RequestFactory().post("/")).status_code == 422
