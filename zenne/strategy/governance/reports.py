"""The report for the body, on a page and on paper: the same blocks, from the data that was kept (`rounds`)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.languages import DEFAULT, LANGUAGES, current, shown
from zenne.participation.reporting import paper
from zenne.participation.reporting.kinds import Block, bars, entry, facts, heading, note, paragraph, table
from zenne.strategy.indicators import phrasing
from zenne.strategy.indicators.enums import Evidence, Light
from zenne.strategy.portfolio.enums import PUBLIC, Funding, Health, ProjectState
from zenne.web.tags.words import NBSP, day, full_amount, moment

from .models import Review

Data = Mapping[str, Any]
MONEY = ("planned_cents", "committed_cents", "spent_cents")


def chapters(review: Review) -> list[dict[str, Any]]:
    """What was kept, in the language of the moment."""
    data = review.report
    found = [
        {"key": "projects", "title": _("Projects"), "blocks": _projects(data)},
        {"key": "indicators", "title": _("Indicators"), "blocks": _indicators(data)},
        {"key": "money", "title": _("Money"), "blocks": _money(data)},
        {"key": "milestones", "title": _("Milestones"), "blocks": _milestones(data)},
        {"key": "decisions", "title": _("Decisions of the period"), "blocks": _decisions(data)},
    ]
    return [chapter for chapter in found if chapter["blocks"]]


def printed(review: Review) -> bytes:
    """The report as a PDF in the language of the moment, set by the press that sets the reports of projects. The same data give the same file."""
    assert review.reported_at is not None  # a report was made
    house = review.plan.organisation
    conclusion, language = shown(review, "conclusion")
    data = {
        "process_title": str(review.plan),
        "organisation": str(house),
        "language": current(),
        "title": {"text": str(review), "language": current()},
        "intro": {"text": conclusion, "language": language},
        "address": settings.BASE_URL.rstrip("/") + review.get_absolute_url(),
        "chapters": [{"title": each["title"], "blocks": each["blocks"]} for each in chapters(review)],
    }
    meanwhile = _("Read the page meanwhile, or try again in a minute.")
    words = _frame(review)
    return paper.printed(
        data, organisation=house, seed=review.plan.slug, words=words, moment=review.reported_at, meanwhile=meanwhile
    )


def _frame(review: Review) -> dict[str, str]:
    at = moment(review.reported_at)
    return {
        "kind": _("Report for %(body)s") % {"body": review.body},
        "as_of": _("As it stood on %(moment)s") % {"moment": at},
        "contents": _("Contents"),
        "intro": _("What stands out"),
        "what": _("What"),
        "bar": _("Chart"),
        "colophon": _("About this report"),
        "frozen": _("Made once, on %(moment)s, and kept as it is: nothing of it is counted again when it is read.")
        % {"moment": at},
        "address": _("Its page, with what was decided since:"),
        "fingerprint": _("The fingerprint (SHA-256) of what is printed here:"),
    }


def said(words: Mapping[str, str] | None) -> str:
    """A text of the data in the language of the moment, else in any."""
    words = words or {}
    return next((words[code] for code in (current(), DEFAULT, *LANGUAGES) if words.get(code)), "")


def compared(data: Data) -> str:
    """Which two periods stand beside each other."""
    (first, last), (before, until) = data["period"], data["compared_with"]
    return _("%(first)s to %(last)s, beside %(before)s to %(until)s") % {
        "first": _day(first),
        "last": _day(last),
        "before": _day(before),
        "until": _day(until),
    }


def _day(iso: str | None) -> str:
    return day(date.fromisoformat(iso)) if iso else ""


def _projects(data: Data) -> list[Block]:
    after, before = data["states"]["after"], data["states"]["before"]
    rows = [
        [
            str(ProjectState(state).label),
            _count(before.get(state), data),
            str(after.get(state, 0)),
            _more(before, after, state, data),
        ]
        for state in (each.value for each in PUBLIC)
    ]
    heads = [_("State"), _("At the beginning"), _("At the end"), pgettext("between two moments", "Change")]
    blocks: list[Block] = [
        facts(
            [
                (_("Projects"), str(sum(after.values()))),
                (str(ProjectState.ONGOING.label), str(after.get("ongoing", 0))),
                (str(ProjectState.ACHIEVED.label), str(after.get("achieved", 0))),
                (_("At risk or off track"), str(len(data["worrying"]))),
            ]
        ),
        note(compared(data)),
        table(_("Projects by state"), heads, rows, numbers=(1, 2, 3)),
    ]
    if not data["has_before"]:
        blocks.append(
            note(_("The plan was not kept here at the beginning of the period: there is nothing to compare with."))
        )
    if data["moved"]:
        blocks.append(heading(_("What moved")))
        blocks += [_moved(each) for each in data["moved"]]
    if data["worrying"]:
        blocks.append(heading(_("At risk or off track")))
        blocks += [_worry(each) for each in data["worrying"]]
    return blocks


def _count(number: int | None, data: Data) -> str:
    return str(number or 0) if data["has_before"] else "–"


def _more(before: Data, after: Data, state: str, data: Data) -> str:
    if not data["has_before"]:
        return "–"
    difference = after.get(state, 0) - before.get(state, 0)
    return f"{difference:+d}" if difference else "0"


def _moved(each: Data) -> Block:
    before = str(ProjectState(each["before"]).label) if each["before"] else pgettext("project of a plan", "New here")
    after = str(ProjectState(each["after"]).label)
    return entry(said(each["title"]), facts=[], status=f"{before} → {after}", text=said(each["reason"]))


def _worry(each: Data) -> Block:
    told = [_day(each["health_on"])] if each["health_on"] else []
    return entry(
        said(each["title"]), facts=told, status=str(Health(each["health"]).label), text=said(each["health_reason"])
    )


def _indicators(data: Data) -> list[Block]:
    if not data["indicators"]:
        return [paragraph(_("The plan is not measured by any indicator yet."))]
    rows = [
        [
            said(each["name"]),
            _value(each["before"], each),
            _value(each["after"], each),
            _direction(each["better"]),
            str(Light(each["light"]).label),
        ]
        for each in data["indicators"]
    ]
    heads = [_("Indicator"), _("Before"), _("Now"), _("Moved"), pgettext("indicators", "Where it stands")]
    better = sum(each["better"] is True for each in data["indicators"])
    worse = sum(each["better"] is False for each in data["indicators"])
    missing = sum(each["after"] is None for each in data["indicators"])
    return [
        facts(
            [
                (pgettext("indicators", "Better"), str(better)),
                (pgettext("indicators", "Worse"), str(worse)),
                (_("Without a value"), str(missing)),
            ]
        ),
        table(_("Each indicator, this period beside the one before"), heads, rows, numbers=(1, 2)),
        note(
            _(
                "Values are the latest whose period had ended by then, as they were public when the report was made. What is late stands grey."
            )
        ),
    ]


def _value(value: Data | None, indicator: Data) -> str:
    if value is None:
        return "–"
    exact, evidence = Decimal(value["value"]), Evidence(value["evidence"])
    level = indicator.get("levels", {}).get(value["value"])  # a report of a day when they were not kept has none
    words = said(level) if level else phrasing.number(exact, indicator["decimals"])
    if indicator["unit"] and not level:
        words += f"{NBSP}{phrasing.unit(indicator['unit'], exact)}"
    return words if evidence == Evidence.MEASURED else f"{words} ({str(evidence.label).lower()})"


def _direction(better: bool | None) -> str:
    if better is None:
        return pgettext("indicators", "Same, or not to be said")
    return pgettext("indicators", "Better") if better else pgettext("indicators", "Worse")


def _money(data: Data) -> list[Block]:
    labels = {
        "planned_cents": pgettext("money", "Planned"),
        "committed_cents": pgettext("money", "Committed"),
        "spent_cents": pgettext("money", "Spent"),
    }
    after, before = data["money"]["after"], data["money"]["before"]
    rows = [
        [labels[name], full_amount(before[name]) if data["has_before"] else "–", full_amount(after[name])]
        for name in MONEY
    ]
    blocks = [table(_("All money of the plan"), [_("Money"), _("Before"), _("Now")], rows, numbers=(1, 2))]
    if data["sources"]:
        heads = [_("Source"), labels["planned_cents"], labels["committed_cents"], labels["spent_cents"]]
        by_source = [
            [str(Funding(each["source"]).label), *(full_amount(each["after"][name]) for name in MONEY)]
            for each in data["sources"]
        ]
        blocks.append(table(_("By source, now"), heads, by_source, numbers=(1, 2, 3)))
    shares = [(labels[name], after[name] // 100, full_amount(after[name])) for name in MONEY]
    if any(after.values()):
        blocks.append(bars(_("From planned to spent"), _("euros"), shares))
    return blocks


def _milestones(data: Data) -> list[Block]:
    blocks: list[Block] = []
    for key, caption in (("done", _("Done in the period")), ("late", _("Late at its end"))):
        rows = data["milestones"][key]
        if rows:
            heads = [_("Milestone"), _("Project"), _("Due"), pgettext("milestone", "Done")]
            cells = [
                [said(row["title"]), said(row["project"]), _day(row["due_on"]), _day(row["done_on"]) or "–"]
                for row in rows
            ]
            blocks.append(table(caption, heads, cells))
    return blocks


def _decisions(data: Data) -> list[Block]:
    if not data["decisions"]:
        return []
    heads = [_("Decision"), _("Decided"), _("Reference")]
    rows = [[said(each["title"]), _day(each["decided_on"]), each["reference"]] for each in data["decisions"]]
    return [table(_("What its body decided about the plan in the period"), heads, rows)]
