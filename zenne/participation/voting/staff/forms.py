"""Forms of the back office of votes. Money is typed in euros and kept in cents."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import language_name
from zenne.participation.processes.staff.forms import Reasons
from zenne.participation.selections.models import Selection
from zenne.participation.selections.queries import sources
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area
from zenne.web.fields import EuroField, Worded

from ..actions.funding import Brings
from ..actions.setting import TITLE_LENGTH, WHILE_OPEN
from ..enums import BUDGET_COUNTS, COUNTS, Completion, Count, Districts, Method, TieRule
from ..models import Contributor, District, Option, Vote

CHOICES: dict[str, Any] = {
    "completion": Completion.choices,
    "tie_rule": TieRule.choices,
    "districts_mode": Districts.choices,
}
LOWEST = {"min_choices": 1, "max_choices": 1, "points": 1, "points_per_option": 1, "top_score": 1, "winners": 1}
HIGHEST = {
    "min_choices": 500,
    "max_choices": 500,
    "points": 1000,
    "top_score": 20,
    "threshold_percent": 100,
    "min_spent_percent": 100,
}
OPTIONAL = ("max_choices", "points_per_option")


class WayForm(forms.Form):
    """The ballot and the way of counting: what decides which other settings there are. Sent by GET, changes nothing."""

    method = forms.ChoiceField(label=gettext_lazy("Ballot"), choices=Method.choices)
    count = forms.ChoiceField(label=gettext_lazy("Way of counting"), choices=Count.choices)

    def __init__(self, *, method: str, count: str) -> None:
        super().__init__(initial={"method": method, "count": count})
        self.fields["count"].choices = [(each.value, each.label) for each in COUNTS[Method(method)]]  # type: ignore[attr-defined]


def fields_of(method: Method, count: Count) -> list[tuple[Any, list[str]]]:
    """The settings that this ballot and this count need, under their headings."""
    ballot = {
        Method.APPROVAL: ["min_choices", "max_choices"],
        Method.POINTS: ["points", "points_per_option", "min_choices", "max_choices"],
        Method.SCORE: ["top_score"],
        Method.RANKING: ["min_choices", "max_choices"],
    }.get(method, [])
    budget = count in BUDGET_COUNTS
    money = ["budget_cents", "basket", "min_spent_percent"] if budget else []
    winning = [] if budget or count == Count.MAJORITY else ["winners"]
    completion = ["completion", "comparison"] if count == Count.EQUAL_SHARES else []
    least = [] if method == Method.RANKING else ["min_votes"]
    least += ["threshold_percent"] if count == Count.MOST else []
    return [
        (_("On the ballot"), [*ballot, "blank_allowed", "random_order"]),
        (_("Groups of options"), ["districts_mode"]),
        *([(_("Money"), money)] if money else []),
        (_("Who wins"), [*winning, *completion, "quorum", *least, "tie_rule", "lot_seed"]),
    ]


class VoteForm(Reasons):
    """The settings of a vote: only those its ballot and count need; once it has opened, only what may still change."""

    def __init__(self, data: Any = None, *, vote: Vote, method: str, count: str, opened: bool) -> None:
        super().__init__(data, initial={name: getattr(vote, name) for name in _all_fields()})
        self.vote, self.opened = vote, opened
        self.way = {"method": method, "count": count}
        self.headings = fields_of(Method(method), Count(count))
        for name in (name for _heading, names in self.headings for name in names):
            self.fields[name] = _field(name)
            self.fields[name].disabled = opened and name not in WHILE_OPEN
        self.fields["tie_rule"].choices = [each for each in TieRule.choices if _breaks(each[0], count)]  # type: ignore[attr-defined]
        self.offer(vote.process.organisation, needed=opened)

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.headings]

    @property
    def reasons(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("reason_")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        least, most = given.get("min_choices"), given.get("max_choices")
        if least and most and most < least:
            self.add_error("max_choices", _("Not below the number of choices at least."))
        if given.get("tie_rule") == TieRule.LOT and not given.get("lot_seed", "").strip():
            self.add_error("lot_seed", _("A lot needs a seed: say what it will be drawn from."))
        return given

    def values(self) -> dict[str, Any]:
        """What to save. What this ballot and this count do not have goes back to what it is by default."""
        kept = {name for _heading, names in self.headings for name in names}
        if self.opened:
            return {name: self.cleaned_data[name] for name in kept if name in WHILE_OPEN}
        unused = {name: Vote._meta.get_field(name).get_default() for name in _all_fields() - kept}
        return {**unused, **{name: self.cleaned_data[name] for name in kept}, **self.way}


def _breaks(rule: str, count: str) -> bool:
    """Whether this rule for equals fits the count: costs decide between options that cost something."""
    return count in BUDGET_COUNTS or rule not in (TieRule.MIN_COST, TieRule.MAX_VOTES)


def _all_fields() -> set[str]:
    return {
        name
        for method, counts in COUNTS.items()
        for count in counts
        for _heading, names in fields_of(method, count)
        for name in names
    }


def _field(name: str) -> forms.Field:
    column = Vote._meta.get_field(name)
    given: dict[str, Any] = {"label": str(column.verbose_name).capitalize(), "help_text": column.help_text}
    if name == "budget_cents":
        return EuroField(required=False, **{**given, "label": _("Budget (euros)")})
    if name in CHOICES:
        return forms.ChoiceField(choices=CHOICES[name], **given)
    if name in ("basket", "comparison", "blank_allowed", "random_order"):
        return forms.BooleanField(required=False, **given)
    if name == "lot_seed":
        return forms.CharField(required=False, max_length=120, **given)
    return forms.IntegerField(
        required=name not in OPTIONAL, min_value=LOWEST.get(name, 0), max_value=HIGHEST.get(name, 32_000), **given
    )


class OptionForm(Worded):
    def __init__(self, data: Any = None, *, vote: Vote, option: Option | None) -> None:
        super().__init__(data)
        self.languages = vote.process.organisation.languages
        self.ask_words("title", _("Title"), most=TITLE_LENGTH, of=option, required=True)
        self.ask_words("summary", _("Summary"), rows=4, most=1500, of=option)
        if vote.is_budget or vote.basket:
            self.fields["cost_cents"] = EuroField(
                label=_("Cost (euros)"), required=False, initial=option.cost_cents if option else None
            )
        if vote.districts_mode != Districts.NONE:
            self.fields["district"] = forms.ModelChoiceField(
                vote.districts.order_by("number"),
                label=_("Group of options"),
                required=False,
                initial=option.district if option else None,
            )
        self.fields["min_votes"] = forms.IntegerField(
            label=_("Votes that it needs"),
            help_text=_("Empty: as for all options."),
            required=False,
            min_value=0,
            max_value=2_000_000,
            initial=option.min_votes if option else None,
        )


class DistrictForm(Worded):
    def __init__(self, data: Any = None, *, vote: Vote, district: District | None) -> None:
        super().__init__(data)
        self.languages = vote.process.organisation.languages
        self.ask_words("title", _("Title"), most=120, of=district, required=True)
        if vote.districts_mode == Districts.OWN:
            self.fields["area"] = forms.ModelChoiceField(
                Area.objects.defer("outline").order_by("kind", "code"),
                label=_("Area"),
                help_text=_("Who lives here votes in this group."),
                initial=district.area if district else None,
            )
        if vote.is_budget:
            self.fields["budget_cents"] = EuroField(
                label=_("Budget (euros)"), required=False, initial=district.budget_cents if district else None
            )


class ContributorForm(Worded):
    """An institution and what it brings to each budget: an amount, or parts of what the amounts of the others leave."""

    def __init__(self, data: Any = None, *, vote: Vote, contributor: Contributor | None) -> None:
        super().__init__(data)
        self.languages = vote.process.organisation.languages
        self.ask_words("title", _("Name"), most=TITLE_LENGTH, of=contributor, required=True)
        self.fields["organisation"] = forms.ModelChoiceField(
            Organisation.objects.exclude(opened_at=None).order_by("name"),
            label=_("Its organisation on this platform"),
            required=False,
            initial=contributor.organisation if contributor else None,
        )
        grouped = vote.districts_mode != Districts.NONE
        self.purses: list[District | None] = list(vote.districts.order_by("number")) if grouped else [None]
        now = {each.district_id: each for each in contributor.contributions.all()} if contributor else {}
        for purse in self.purses:
            brings = now.get(purse.pk if purse else None)
            of = f" · {purse}" if purse else ""
            self.fields[self._name("cents", purse)] = EuroField(
                label=_("Amount (euros)") + of, required=False, initial=brings.cents if brings else None
            )
            self.fields[self._name("parts", purse)] = forms.IntegerField(
                label=_("Or parts") + of,
                help_text=_("Of what the amounts of the others leave: with 5, 3 and 2 parts one pays half of it."),
                required=False,
                min_value=1,
                max_value=1_000_000,
                initial=brings.parts if brings else None,
            )

    @staticmethod
    def _name(field: str, purse: District | None) -> str:
        return f"{field}_{purse.number if purse else 0}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for purse in self.purses:
            if given.get(self._name("cents", purse)) and given.get(self._name("parts", purse)):
                self.add_error(self._name("parts", purse), _("Either an amount or parts."))
        if not self.errors and not self.brings():
            raise forms.ValidationError(_("Say what it brings: an amount or parts."))
        return given

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name.startswith(("title_", "organisation"))}

    def brings(self) -> dict[District | None, Brings]:
        found: dict[District | None, Brings] = {}
        for purse in self.purses:
            cents, parts = (self.cleaned_data.get(self._name(field, purse)) for field in ("cents", "parts"))
            if cents or parts:
                found[purse] = Brings(cents or None, parts)
        return found


class SourceForm(forms.Form):
    """Begin with what another activity kept."""

    source = forms.ModelChoiceField(Selection.objects.none(), label=gettext_lazy("Selection"), empty_label=None)

    def __init__(self, data: Any = None, *, vote: Vote) -> None:
        super().__init__(data)
        self.fields["source"].queryset = sources(vote.process)  # type: ignore[attr-defined]


class PairForm(forms.Form):
    first = forms.ModelChoiceField(Option.objects.none(), label=gettext_lazy("This option"))
    second = forms.ModelChoiceField(Option.objects.none(), label=gettext_lazy("cannot win together with"))

    def __init__(self, data: Any = None, *, vote: Vote) -> None:
        super().__init__(data)
        for name in ("first", "second"):
            self.fields[name].queryset = vote.options.order_by("number")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("first") and given["first"] == given.get("second"):
            raise forms.ValidationError(_("Choose two different options."))
        return given


class BatchForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language of the ballots"))
    district = forms.ModelChoiceField(District.objects.none(), label=gettext_lazy("Group of options"), empty_label=None)
    printed = forms.IntegerField(label=gettext_lazy("Number of sheets"), min_value=1, max_value=20_000, initial=100)

    def __init__(self, data: Any = None, *, vote: Vote) -> None:
        super().__init__(data)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in vote.process.organisation.languages
        ]
        if vote.splits_voters:
            self.fields["district"].queryset = vote.districts.order_by("number")  # type: ignore[attr-defined]
        else:
            del self.fields["district"]


class LookForm(forms.Form):
    """Who stands at the counter."""

    who = forms.CharField(
        label=gettext_lazy("National number, or e-mail address of their account"),
        help_text=gettext_lazy("The number as on the identity card: 85.07.30-033.28. It is not kept."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, waits: bool = True, **kwargs: Any) -> None:
        """Without anybody before the counter it `waits` for the next one; else the page begins with whoever stands there."""
        super().__init__(*args, **kwargs)
        if not waits:
            del self.fields["who"].widget.attrs["autofocus"]
