"""Clean values in; nothing is saved here. Whether an answer is whole is for `actions.answer` to say: it says the same on every channel."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import shown

from .actions import Contact, Reply
from .enums import Says
from .models import Category


class AnswerForm(forms.Form):
    """Yes or no; if yes, a group for each category that is asked, how one is reached, and agreement."""

    use_required_attribute = False

    says = forms.ChoiceField(
        label=gettext_lazy("Do you want to be in the draw?"),
        choices=[(Says.YES, gettext_lazy("Yes, I want to be in the draw")), (Says.NO, gettext_lazy("No, thank you"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say yes or no.")},
    )

    def __init__(self, data: Any = None, *, categories: Sequence[Category], staff: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.categories = categories
        if staff:
            self.fields["says"].widget = forms.Select(
                choices=[("", "–"), *self.fields["says"].choices],  # type: ignore[attr-defined]
                attrs={"autofocus": True},
            )
        for category in categories:
            self.fields[self.name_of(category)] = forms.ChoiceField(
                label=shown(category, "question")[0] or shown(category, "name")[0] or category.key,
                choices=[
                    *([("", "–")] if staff else []),
                    *((feature.key, shown(feature, "name")[0] or feature.key) for feature in category.features.all()),
                ],
                widget=forms.Select if staff else forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the groups.")},
            )
        self.fields["name"] = forms.CharField(
            label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
        )
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )
        self.fields["phone"] = forms.CharField(
            label=_("Phone number"),
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        )
        self.fields["consent"] = forms.BooleanField(label=self._consent(staff))
        self.label_suffix = ""

    def full_clean(self) -> None:
        """What a yes needs and a no does not is asked by the action: here nothing but yes or no is insisted on."""
        super().full_clean()
        for name in [name for name, errors in self.errors.as_data().items() if errors[0].code == "required"]:
            if name != "says":
                del self.errors[name]
                self.cleaned_data[name] = False if name == "consent" else ""

    @staticmethod
    def _consent(staff: bool) -> str:
        if staff:
            return _("The person agrees: signed on the slip, or said so on the phone or at the desk")
        return _("I agree that these answers are kept for this draw until the panel has ended, and are then deleted.")

    @staticmethod
    def name_of(category: Category) -> str:
        return f"group-{category.key}"

    def groups(self) -> list[Any]:
        return [self[self.name_of(category)] for category in self.categories]

    def reply(self, language: str) -> Reply:
        clean = self.cleaned_data
        return Reply(
            says=Says(clean["says"]),
            features={category.key: clean.get(self.name_of(category), "") for category in self.categories},
            contact=Contact(clean["name"], clean["email"], clean["phone"]),
            consent=clean["consent"],
            language=language,
        )

    def take(self, faults: Mapping[str, str]) -> None:
        """What the action found wrong, beside the field it is about."""
        known = {category.key: self.name_of(category) for category in self.categories}
        for name, words in faults.items():
            self.add_error(known.get(name, name if name in self.fields else None), words)
