"""What an author writes when a service asks for an adaptation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.participation.ideas.models import TEXT_LENGTH, TITLE_LENGTH


class AdaptForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(label=_("Your idea"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 10}))
