"""The rule of a vote, and what is voted on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.numbers import key_of
from zenne.participation.ideas.enums import LISTED
from zenne.participation.processes.rules import stands_in_public
from zenne.participation.selections.queries import sources

from .. import actions, queries, showing
from ..enums import COUNTS, Count, Districts, Method
from ..models import Contributor, District, Exclusion, Option
from ..rules import gaps
from .forms import ContributorForm, DistrictForm, OptionForm, PairForm, SourceForm, VoteForm, WayForm
from .screens import FormPage, OneVote, board_url, url


class SettingsView(FormPage):
    """First the ballot and the way of counting; then what these two need, and nothing else."""

    template_name = "participation/voting/staff/settings.html"
    page_title = gettext_lazy("Way of voting and counting")
    header_icon = "cog"

    @property
    def opened(self) -> bool:
        return stands_in_public(self.vote.activity, self.request.now)  # type: ignore[attr-defined]

    @property
    def way(self) -> tuple[Method, Count]:
        vote, asked = self.vote, self.request.GET
        method = asked.get("method", "")
        chosen = Method(method) if method in Method.values and not self.opened else Method(vote.method)
        counts = COUNTS[chosen]
        count = asked.get("count", "") if not self.opened else ""
        found = next((each for each in counts if each == count), None)
        return chosen, found or next((each for each in counts if each == vote.count), counts[0])

    def form(self, data: Any = None) -> VoteForm:
        method, count = self.way
        return VoteForm(data, vote=self.vote, method=method, count=count, opened=self.opened)

    def save(self, form: VoteForm) -> str:
        reason = form.reason() if form.opened else None
        actions.change_vote(self.vote, values=form.values(), reason=reason, **self.who)
        return board_url(self.vote)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        method, count = self.way
        context = {"way": WayForm(method=method, count=count), "opened": self.opened}
        return {**super().get_context_data(**kwargs), **context, "method": method, "count": count}


class OptionsView(OneVote):
    """The ballot's list: order, groups, pairs that exclude one another; from a selection or of free words."""

    any_permission_required = ["change"]
    template_name = "participation/voting/staff/options.html"
    page_title = gettext_lazy("Options on the ballot")
    header_icon = "list-ol"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, vote = request.POST.get("verb", ""), self.vote
        if verb == "begin":
            return self._formed("source", SourceForm(request.POST, vote=vote), self._begin)
        if verb == "exclude":
            return self._formed("pair", PairForm(request.POST, vote=vote), self._exclude)
        if verb in ("up", "down"):
            self.tried(actions.move_option, self._one(Option), up=verb == "up")
        elif verb == "remove":
            self.tried(actions.remove_option, self._one(Option), done=_("It is off the ballot."))
        elif verb == "remove-district":
            self.tried(actions.remove_district, self._one(District), done=_("The group is gone; its options stay."))
        elif verb == "remove-contributor":
            self.tried(actions.remove_contributor, self._one(Contributor), done=_("It pays nothing any more."))
        elif verb == "allow":
            self.tried(actions.allow_together, self._one(Exclusion))
        return redirect(url("options", vote))

    def _one(self, model: Any) -> Any:
        return get_object_or_404(model, vote=self.vote, pk=key_of(self.request.POST.get("item")))

    def _begin(self, given: dict[str, Any]) -> object:
        return self.tried(
            actions.begin_with, self.vote, given["source"], done=_("What it kept is on the ballot, with its costs.")
        )

    def _exclude(self, given: dict[str, Any]) -> object:
        return self.tried(actions.exclude, given["first"], given["second"], done=_("The two exclude one another."))

    def _formed(self, name: str, form: Any, verb: Any) -> HttpResponse:
        if form.is_valid() and verb(form.cleaned_data) is None:
            return redirect(url("options", self.vote))
        return self.page(status=422, **{name: form})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vote, districts, contributors = self.vote, queries.districts_of(self.vote), queries.contributors_of(self.vote)
        ended = vote.options.filter(idea__isnull=False).exclude(idea__state__in=LISTED)
        context = {
            "options": queries.options_of(vote),
            "ended": set(ended.values_list("pk", flat=True)),
            "districts": districts,
            "contributors": contributors,
            "paying": showing.paying(vote, districts, contributors),
            "closes": "contributors" not in gaps(vote, districts=districts, contributors=contributors),
            "grouped": vote.districts_mode != Districts.NONE,
            "pairs": vote.exclusions.select_related("first", "second").order_by("first__number", "second__number"),
            "opened": stands_in_public(vote.activity, self.request.now),  # type: ignore[attr-defined]
            "source": SourceForm(vote=vote) if sources(vote.process).exists() else None,
            "pair": PairForm(vote=vote),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class OptionView(FormPage):
    """One option; number 0 is a new one."""

    page_title = gettext_lazy("Option")
    header_icon = "edit"

    @property
    def option(self) -> Option | None:
        number = self.kwargs["number"]
        return get_object_or_404(Option, vote=self.vote, number=number) if number else None

    def form(self, data: Any = None) -> OptionForm:
        return OptionForm(data, vote=self.vote, option=self.option)

    def save(self, form: OptionForm) -> str:
        if option := self.option:
            actions.change_option(option, values=form.cleaned_data, **self.who)
        else:
            actions.add_option(self.vote, values=form.cleaned_data, **self.who)
        return url("options", self.vote)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back": url("options", self.vote)}


class DistrictView(FormPage):
    """One group of options; number 0 is a new one."""

    page_title = gettext_lazy("Group of options")
    header_icon = "edit"

    @property
    def district(self) -> District | None:
        number = self.kwargs["number"]
        return get_object_or_404(District, vote=self.vote, number=number) if number else None

    def form(self, data: Any = None) -> DistrictForm:
        return DistrictForm(data, vote=self.vote, district=self.district)

    def save(self, form: DistrictForm) -> str:
        if district := self.district:
            actions.change_district(district, values=form.cleaned_data, **self.who)
        else:
            actions.add_district(self.vote, values=form.cleaned_data, **self.who)
        return url("options", self.vote)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back": url("options", self.vote)}


class ContributorView(FormPage):
    """One institution that pays; number 0 is a new one."""

    page_title = gettext_lazy("Contributor to the budget")
    header_icon = "edit"

    @property
    def contributor(self) -> Contributor | None:
        number = self.kwargs["number"]
        return get_object_or_404(Contributor, vote=self.vote, number=number) if number else None

    def form(self, data: Any = None) -> ContributorForm:
        return ContributorForm(data, vote=self.vote, contributor=self.contributor)

    def save(self, form: ContributorForm) -> str:
        values, brings = form.values(), form.brings()
        if contributor := self.contributor:
            actions.change_contributor(contributor, values=values, brings=brings, **self.who)
        else:
            actions.add_contributor(self.vote, values=values, brings=brings, **self.who)
        return url("options", self.vote)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back": url("options", self.vote)}
