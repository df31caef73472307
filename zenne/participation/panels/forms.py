"""Clean values in; nothing is saved here."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zenne.core.clock import FIRST_DAY, LAST_DAY, in_brussels
from zenne.core.languages import LANGUAGES, language_name
from zenne.participation.meetings.models import Meeting
from zenne.web.forms import Moment

from .actions import Contact
from .enums import Change
from .models import Draft, Panel, Seat, StrawPoll
from .models.draft import PARAGRAPH_LENGTH
from .models.poll import FEWEST_OPTIONS, MOST_OPTIONS
from .models.talk import POST_LENGTH, TITLE_LENGTH
from .queries import meetings


def languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in LANGUAGES]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PostForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Your words"), max_length=POST_LENGTH, widget=area(4))


class ThreadForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Topic"),
        max_length=TITLE_LENGTH,
        help_text=gettext_lazy("What it is about, in a few words."),
    )
    text = forms.CharField(label=gettext_lazy("Your words"), max_length=POST_LENGTH, widget=area(6))


class PaperForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, ODT, DOCX, XLSX, TXT or CSV up to 10 MB, or a picture."),
    )
    title = forms.CharField(
        label=pgettext_lazy("document", "Title"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=gettext_lazy("Empty: the name of the file."),
    )
    meeting = forms.ModelChoiceField(
        label=gettext_lazy("For the meeting"), queryset=Meeting.objects.none(), required=False
    )

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings(panel)  # type: ignore[attr-defined]


class PollForm(forms.Form):
    question = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    options = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        max_length=2000,
        widget=area(5),
        help_text=gettext_lazy("One on each line."),
    )
    several = forms.BooleanField(label=gettext_lazy("Several answers may be chosen"), required=False)
    secret = forms.BooleanField(
        label=gettext_lazy("Secret: nobody learns who answered what"),
        required=False,
        help_text=gettext_lazy(
            "The result is shown once the poll is closed, and an answer cannot be changed: which one is whose is not kept."
        ),
    )
    closes_at = forms.DateTimeField(label=gettext_lazy("Open until"), widget=Moment())

    def __init__(self, *args: Any, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = in_brussels(now + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
        self.fields["closes_at"].initial = later

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if not FEWEST_OPTIONS <= len(lines) <= MOST_OPTIONS or len(set(lines)) != len(lines):
            raise forms.ValidationError(
                _("Give between %(fewest)s and %(most)s different answers.")
                % {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}
            )
        if any(len(line) > TITLE_LENGTH for line in lines):
            raise forms.ValidationError(_("At most %(most)s characters for each answer.") % {"most": TITLE_LENGTH})
        return lines

    def clean_closes_at(self) -> Any:
        given = self.cleaned_data["closes_at"]
        if not FIRST_DAY <= given.date() <= LAST_DAY:
            raise forms.ValidationError(_("Choose another day."))
        return given


class AnswerForm(forms.Form):
    """One answer or several, as the poll allows."""

    def __init__(self, *args: Any, poll: StrawPoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(option.pk, option.words) for option in poll.options.all()]
        if poll.several:
            self.fields["options"] = forms.TypedMultipleChoiceField(
                label=poll.question, choices=choices, coerce=int, widget=forms.CheckboxSelectMultiple
            )
        else:
            self.fields["options"] = forms.TypedChoiceField(
                label=poll.question, choices=choices, coerce=int, widget=forms.RadioSelect
            )
        self.fields["options"].error_messages["required"] = _("Choose an answer.")

    def chosen(self) -> list[int]:
        given = self.cleaned_data["options"]
        return given if isinstance(given, list) else [given]


class DraftForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("draft", "Title"), max_length=TITLE_LENGTH)
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"), choices=languages)


class ParagraphForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("paragraph", "Heading"), max_length=TITLE_LENGTH, required=False)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=PARAGRAPH_LENGTH, required=False, widget=area(10))
    asks = forms.BooleanField(
        label=gettext_lazy("This is a recommendation"),
        required=False,
        help_text=gettext_lazy("The authority answers every recommendation by itself. It needs a heading."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("title") and not given.get("text"):
            raise forms.ValidationError(_("Write something first."))
        return given


class AmendmentForm(forms.Form):
    change = forms.ChoiceField(label=gettext_lazy("What you propose"), choices=Change.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=pgettext_lazy("paragraph", "Heading"), max_length=TITLE_LENGTH, required=False)
    text = forms.CharField(
        label=gettext_lazy("Text as you would have it"), max_length=PARAGRAPH_LENGTH, required=False, widget=area(8)
    )
    motive = forms.CharField(label=gettext_lazy("Why"), max_length=1000, widget=area(3))

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "text"):
            self.fields[name].widget.attrs["lang"] = draft.language


class TakeForm(ParagraphForm):
    """The words that go into the text: as proposed, or fitted in."""

    def __init__(self, *args: Any, change: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change = change
        if change == Change.REMOVE:
            del self.fields["title"], self.fields["text"]
        if change != Change.ADD:
            del self.fields["asks"]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.change == Change.REMOVE else super().clean()


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=area(3))


class IntroduceForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name that everyone reads"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Your first name, for instance. Empty: the number of your seat alone."),
    )
    district = forms.CharField(
        label=gettext_lazy("District that everyone reads"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Empty: none."),
    )


class ContactForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=gettext_lazy("Postal address"), max_length=400, required=False, widget=area(3))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    account = forms.CharField(
        label=gettext_lazy("Bank account (IBAN)"),
        max_length=42,
        required=False,
        help_text=gettext_lazy("Where the allowance is paid. It is kept sealed: only the list to pay shows it."),
    )

    @staticmethod
    def known(seat: Seat) -> dict[str, str]:
        return {
            "name": seat.contact_name or (seat.person.name if seat.person else ""),
            "email": seat.contact_email,
            "phone": seat.contact_phone,
            "address": seat.contact_address,
            "language": seat.language,
        }

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "phone", "address", "language")})


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=60,
        help_text=gettext_lazy("As it stands in the letter of the panel: 123-ABCD-EFGH-JKLM."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
