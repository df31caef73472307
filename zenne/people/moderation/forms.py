from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Ground


class ReportForm(forms.Form):
    ground = forms.ChoiceField(label=_("What is wrong with it?"), choices=Ground, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Explain in a few words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
