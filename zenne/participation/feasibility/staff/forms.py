"""Forms of the back office: what the overview filters by, how ideas are sent, how a service answers, how the list is published."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Process
from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import organisations_of
from zenne.web.fields import DayField, EuroField, Worded

from .. import queries
from ..actions import Finding
from ..enums import Obstacle, StudyState
from ..models import Feasibility, Service, Study

MOST_EUROS = 100_000_000


class FilterForm(forms.Form):
    """The bar above the overview. Nothing in it can be wrong: what means nothing is left out."""

    q = forms.CharField(
        label=gettext_lazy("Words of the title"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    process = forms.ModelChoiceField(Process.objects.none(), label=gettext_lazy("Process"), required=False)
    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    due = forms.ChoiceField(label=gettext_lazy("Due"), required=False)
    mine = forms.ChoiceField(label=gettext_lazy("Whose"), required=False)

    def __init__(self, data: Mapping[str, str], *, person: Person) -> None:
        super().__init__(data)
        every = ("", _("All"))
        mine = organisations_of(person)
        processes = Process.objects.filter(organisation__in=mine, phases__activities__feasibility__isnull=False)
        self.fields["process"].queryset = processes.distinct().order_by("-pk")  # type: ignore[attr-defined]
        self.fields["service"].queryset = queries.services(mine)  # type: ignore[attr-defined]
        for name in ("process", "service"):
            self.fields[name].empty_label = _("All")  # type: ignore[attr-defined]
        self.fields["state"].choices = [every, *StudyState.choices]  # type: ignore[attr-defined]
        self.fields["due"].choices = [every, ("open", _("Waiting for an answer")), ("late", _("Late"))]  # type: ignore[attr-defined]
        self.fields["mine"].choices = [every, ("1", _("Of my services"))]  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """To which service, with which question, until when. The ideas are ticked in the list above it."""

    ideas = forms.ModelMultipleChoiceField(
        Idea.objects.none(),
        label=gettext_lazy("Ideas"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one idea.")},
    )
    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"))
    due_on = DayField(label=gettext_lazy("Answer due"))
    question = forms.CharField(
        label=gettext_lazy("Question to the service"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only staff read this."),
    )

    def __init__(self, *args: Any, feasibility: Feasibility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        house = feasibility.activity.process.organisation
        self.fields["ideas"].queryset = queries.candidates(feasibility)  # type: ignore[attr-defined]
        self.fields["service"].queryset = queries.services([house.pk])  # type: ignore[attr-defined]


class AnswerForm(Worded):
    """What a service found. Which boxes count depends on the answer; the action says what is missing."""

    to = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    obstacle = forms.ChoiceField(label=gettext_lazy("What stands in the way"), required=False)
    cost = EuroField(label=gettext_lazy("Cost in euros"), required=False, most=MOST_EUROS)
    delay_months = forms.IntegerField(
        label=gettext_lazy("Months to carry it out"), required=False, min_value=0, max_value=240
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        first = {
            "to": study.state,
            "obstacle": study.obstacle,
            "cost": study.cost_cents,
            "delay_months": study.delay_months,
        }
        super().__init__(*args, initial=first, **kwargs)
        self.languages = study.idea.process.organisation.languages
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (StudyState.FEASIBLE.value, _("Feasible: give its cost and its time")),
            (StudyState.ADAPTATION.value, _("Only if its author adapts it: say how")),
            (StudyState.REFUSED.value, _("Not feasible: say why")),
        ]
        self.fields["obstacle"].choices = [("", "–"), *Obstacle.choices]  # type: ignore[attr-defined]
        said = study if study.answered_at else None  # a new answer begins with words of its own
        self.ask_words("reason", _("Public words"), rows=3, most=REASON_LENGTH, of=said)
        self.ask_words("ground", _("Legal ground"), most=1000, of=study)

    def finding(self) -> Finding:
        data = self.cleaned_data
        return Finding(
            to=StudyState(data["to"]),
            obstacle=Obstacle(data["obstacle"]) if data["obstacle"] else None,
            cost_cents=data["cost"],
            delay_months=data["delay_months"],
            reason=self.words("reason"),
            ground=self.words("ground"),
        )


class ListForm(Worded):
    """Title and statement of the final list."""

    def __init__(self, *args: Any, feasibility: Feasibility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = feasibility.activity.process.organisation.languages
        self.ask_words("title", _("Title of the list"), most=TITLE_LENGTH)
        self.ask_words("statement", _("Public statement"), rows=4, most=4000)
