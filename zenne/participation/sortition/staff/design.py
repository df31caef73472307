"""The design of a draw: its settings, and the assistant that proposes categories and quotas and says what is likely to go wrong."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.core.numbers import key_of

from .. import actions, plans, queries, wording
from ..enums import Known, LotteryState
from ..models import Category, Feature
from .forms import CategoryForm, GroupForm, QuotasForm, SettingsForm, WordsForm
from .screens import FormPage, OneLottery, blame, url


class SettingsView(FormPage):
    template_name = "participation/sortition/staff/settings.html"
    page_title = gettext_lazy("Settings and letter")
    page_name = "settings"
    header_icon = "cog"

    def form(self, data: Any = None) -> SettingsForm:
        return SettingsForm(data, lottery=self.lottery, public=self.public_reason)

    def save(self, form: SettingsForm) -> str:
        actions.change_lottery(self.lottery, values=form.values(), words=form.words(), reason=form.reason(), **self.who)
        return url("edit", self.lottery)


class QuotasView(OneLottery):
    """The assistant: proposes categories with their groups, quotas from the real shares, and says what they will meet."""

    template_name = "participation/sortition/staff/quotas.html"
    page_title = gettext_lazy("Categories and quotas")
    page_name = "quotas"
    header_icon = "list-ul"

    @cached_property
    def categories(self) -> list[Category]:
        return queries.categories(self.lottery)

    @property
    def designing(self) -> bool:
        return self.lottery.state == LotteryState.DESIGNED

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "add":
            return self._added(CategoryForm(request.POST))
        if verb == "group":
            return self._grouped()
        if verb == "save":
            return self._saved(self._table(request.POST))
        reason = self._table(request.POST)
        reason.is_valid()  # the reason alone is read; what else was typed in the table is not saved by these verbs
        said = {"reason": reason.reason()}
        if verb == "propose":
            self.tried(actions.propose_quotas, self.lottery, done=_("Quotas are proposed anew."), **said)
        elif verb.startswith("remove-"):
            self.tried(actions.remove_category, self._one(Category, verb), **said)
        elif verb.startswith("drop-"):
            self.tried(actions.remove_group, self._one(Feature, verb), **said)
        return redirect(url("quotas", self.lottery))

    def _one(self, model: Any, verb: str) -> Any:
        pk = key_of(verb.rpartition("-")[2])
        if model is Category:
            return get_object_or_404(Category.objects.select_related("lottery"), pk=pk, lottery=self.lottery)
        rows = Feature.objects.select_related("category__lottery")
        return get_object_or_404(rows, pk=pk, category__lottery=self.lottery)

    def _table(self, data: Any = None) -> QuotasForm:
        return QuotasForm(data, lottery=self.lottery, categories=self.categories, public=self.public_reason)

    def _added(self, form: CategoryForm) -> HttpResponse:
        if not form.is_valid():
            return self.page(add=form, status=422)
        try:
            actions.add_category(self.lottery, form.proposal(self.lottery), reason=self._said(), **self.who)
        except Spoken as refusal:
            blame(form, refusal)
            return self.page(add=form, status=refusal.status)
        return redirect(url("quotas", self.lottery))

    def _grouped(self) -> HttpResponse:
        category = self._one(Category, self.request.POST.get("category", ""))
        form = GroupForm(self.request.POST, lottery=self.lottery, prefix=f"g{category.pk}")
        if form.is_valid():
            try:
                actions.add_group(
                    category, key=form.cleaned_data["key"], name=form.words(), reason=self._said(), **self.who
                )
                return redirect(url("quotas", self.lottery))
            except Spoken as refusal:
                blame(form, refusal)
        return self.page(group=(category.pk, form), status=422)

    def _saved(self, form: QuotasForm) -> HttpResponse:
        if form.is_valid():
            try:
                actions.set_quotas(self.lottery, form.values(), reason=form.reason(), **self.who)
                return redirect(url("quotas", self.lottery))
            except Spoken as refusal:
                blame(form, refusal)
        return self.page(table=form, status=422)

    def _said(self) -> dict[str, str]:
        reasons = self._table(self.request.POST)
        reasons.is_valid()
        return reasons.reason()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery, categories = self.lottery, self.categories
        plan = plans.plan_of(lottery, categories)
        table = kwargs.pop("table", None) or self._table()
        bad_group = kwargs.pop("group", (0, None))
        context = {
            "designing": self.designing and self.manages,
            "table": table,
            "add": kwargs.pop("add", None) or CategoryForm(),
            "blocks": [
                {
                    "category": category,
                    "known": Known(category.known).label,
                    "rows": [
                        {
                            "row": row,
                            "cells": [
                                table[f"{row.feature.pk}-{name}"]
                                for name in ("share", "response_percent", "minimum", "maximum")
                            ],
                        }
                        for row in plans.rows(plan, category)
                    ],
                    "least": sum(feature.minimum for feature in category.features.all()),
                    "most": sum(feature.maximum for feature in category.features.all()),
                    "group": bad_group[1]
                    if bad_group[0] == category.pk
                    else GroupForm(lottery=lottery, prefix=f"g{category.pk}"),
                    "open": bad_group[0] == category.pk,
                    "words_url": url("category", lottery, category.pk),
                }
                for category in categories
            ],
            "advice": plans.advice(plan, categories) if categories else None,
            "settings_url": url("settings", lottery),
            "letters_url": url("letters", lottery),
        }
        if categories:
            advice = context["advice"]
            context["mailing"] = wording.mailing(lottery.letters or advice.letters, advice.pool)
        return {**super().get_context_data(**kwargs), **context}


class WordsView(FormPage):
    """The words of one category."""

    page_title = gettext_lazy("Words of a category")
    header_icon = "edit"

    @cached_property
    def category(self) -> Category:
        found = get_object_or_404(Category, pk=self.kwargs["category"], lottery=self.lottery)
        found.lottery = self.lottery
        return found

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("quotas", self.lottery), _("Categories and quotas"))]

    def form(self, data: Any = None) -> WordsForm:
        return WordsForm(data, category=self.category, public=self.public_reason)

    def save(self, form: WordsForm) -> str:
        actions.change_category(
            self.category,
            known=Known(form.cleaned_data["known"]),
            words=form.words(),
            reason=form.reason(),
            **self.who,
        )
        return url("quotas", self.lottery)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=url("quotas", self.lottery), **kwargs)
