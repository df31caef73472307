from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES

from .enums import Stance
from .models import Comment

LONGEST = 4000


class CommentForm(forms.Form):
    """A comment as typed. The stance is offered where the process asks for one; a reply has none."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )
    stance = forms.ChoiceField(
        label=_("What do you think of it?"), choices=Stance, required=False, widget=forms.RadioSelect
    )
    parent = forms.ModelChoiceField(Comment.objects.none(), required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=[(code, code) for code in LANGUAGES], required=False, widget=forms.HiddenInput)

    def __init__(self, *args, parents, asks_stance: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents
        if not asks_stance:
            del self.fields["stance"]


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write something first.")},
    )
