"""The official report of a vote on paper: what the page of the result says, in plain blocks that the press sets."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.languages import current, shown
from zenne.participation.reporting import paper
from zenne.participation.reporting.kinds import Block, bars, entry, facts, heading, note, paragraph, table
from zenne.web.tags.words import amount, full_amount, grouped, moment

from . import comparing, explaining, queries, showing
from .enums import Channel
from .telling import Told


def printed(told: Told) -> bytes:
    """The report as a PDF in the language of the moment. The same result gives the same file."""
    published_at, process = told.result.published_at, told.vote.process
    assert published_at is not None
    meanwhile = _("Read the page of the result meanwhile, or try again in a minute.")
    return paper.printed(
        composed(told),
        organisation=process.organisation,
        seed=process.slug,
        words=_frame(told),
        moment=published_at,
        meanwhile=meanwhile,
    )


def _frame(told: Told) -> dict[str, str]:
    at = moment(told.result.published_at)
    return {
        "kind": _("Official report of the vote"),
        "as_of": _("Published on %(moment)s") % {"moment": at},
        "contents": _("Contents"),
        "intro": _("Introduction"),
        "what": _("What"),
        "bar": _("Chart"),
        "colophon": _("About this report"),
        "frozen": _(
            "Everything in it follows from the frozen rule and the sealed ballots. Anybody can count again with the file on the page of the result."
        ),
        "address": _("The page of the result:"),
        "fingerprint": _("The fingerprint (SHA-256) of what is printed here:"),
    }


def composed(told: Told) -> dict[str, Any]:
    """What the press is given."""
    vote, process = told.vote, told.vote.process
    title, language = shown(vote.activity, "title")
    intro, intro_language = shown(vote.activity, "intro")
    return {
        "process_title": shown(process, "title")[0],
        "organisation": str(process.organisation),
        "language": current(),
        "flowing": True,
        "title": {"text": title, "language": language},
        "intro": {"text": intro, "language": intro_language},
        "address": settings.BASE_URL.rstrip("/") + reverse("voting:result", args=[process.slug, vote.pk]),
        "chapters": [{"title": name, "blocks": blocks} for name, blocks in chapters(told)],
    }


def chapters(told: Told) -> list[tuple[str, list[Block]]]:
    """Title and blocks of each part; for the report of a process too (`report.py`)."""
    paying, firm = _payments(told), _firmness(told)
    return [
        (_("The result"), _outcome(told)),
        (_("Who voted"), _turnout(told)),
        (_("The rule"), [paragraph(sentence) for sentence in explaining.counting(told.vote)]),
        (_("Every option, and why"), _options(told)),
        *([(_("Who pays"), paying)] if paying else []),
        *([(_("How firm the result is"), firm)] if firm else []),
        (_("Counting again"), _proof(told)),
    ]


def _outcome(told: Told) -> list[Block]:
    annulled = [note(_("This vote was annulled: %(reason)s") % {"reason": showing.annulment(told.vote)})]
    headlines = [paragraph(sentence) for sentence in told.headlines()]
    elsewhere = [note(" ".join(said))] if (said := comparing.official(told)) else []
    compared = [paragraph(sentence) for sentence in told.comparisons()]
    return [*(annulled if told.vote.annulled_at else []), *headlines, *compared, *elsewhere]


def _turnout(told: Told) -> list[Block]:
    counted = queries.turnout(told.vote)
    rows = [
        (str(channel.label), counted.by_channel[channel], grouped(counted.by_channel[channel])) for channel in Channel
    ]
    drawn: list[Block] = [
        facts(
            [
                (_("Ballots counted"), grouped(told.result.size)),
                *((label, grouped(count)) for label, count in told.void()),
            ]
        ),
        bars(_("Voters by channel"), _("Voters"), rows, first=_("Channel")),
    ]
    districts = queries.districts_of(told.vote)
    if told.vote.splits_voters:
        by_district = [[str(each), grouped(counted.by_district.get(each.number, 0))] for each in districts]
        drawn.append(table(_("Voters by group of options"), [_("Group"), _("Voters")], by_district, numbers=[1]))
    return drawn + _paper(told)


def _paper(told: Told) -> list[Block]:
    """Batch by batch, what became of the ballots on paper."""
    batches = showing.paper(told.vote)
    rows = [[str(each.number), *map(grouped, each.figures)] for each in batches]
    heads = [pgettext("of ballots", "Batch"), *showing.PAPER_HEADS]
    drawn = [table(_("Ballots on paper"), heads, rows, numbers=[1, 2, 3, 4])] if rows else []
    said = [
        paragraph(_("Batch %(number)d: %(remark)s") % {"number": each.number, "remark": each.remark})
        for each in batches
        if each.remark
    ]
    return [*drawn, *said]


def _options(told: Told) -> list[Block]:
    blocks: list[Block] = []
    for group in showing.lists(told):
        blocks.append(heading(group.title or _("In the order of the result")))
        for row in group.rows:
            said = [_("Votes: %(votes)s") % {"votes": grouped(row.support)}]
            if row.option.cost_cents is not None:
                said.append(amount(row.option.cost_cents))
            status = _("Won") if row.won else _("Did not win")
            why = [{"label": _("Why"), "text": " ".join(row.why), "language": current()}]
            blocks.append(entry(row.title, language=row.language or current(), facts=said, status=status, said=why))
        blocks += [note(other) for other in group.also]
    return blocks


def _payments(told: Told) -> list[Block]:
    """What each institution pays, list by list; nothing where one pays alone."""
    blocks: list[Block] = []
    for group in showing.lists(told):
        if (paid := group.payments) is None:
            continue
        names = [column.who.title for column in paid.columns]
        rows = [[title, full_amount(cost), *map(full_amount, cells)] for title, cost, cells in paid.rows]
        rows.append([_("Together"), full_amount(paid.total), *(full_amount(column.total) for column in paid.columns)])
        rows.append([_("Brought"), full_amount(paid.budget), *(full_amount(column.brought) for column in paid.columns)])
        rows.append(
            [pgettext("money", "Left"), full_amount(paid.left), *(full_amount(column.left) for column in paid.columns)]
        )
        heads = [_("Funded"), _("Cost"), *names]
        caption = group.title or _("What each institution pays")
        blocks.append(table(caption, heads, rows, numbers=list(range(1, len(heads)))))
    return [*blocks, *(note(sentence) for sentence in explaining.paying())] if blocks else []


def _firmness(told: Told) -> list[Block]:
    """What it would take for another result; nothing where it is not known, as after equal shares with one channel and one list."""
    if not told.result.size:
        return [note(_("Nothing can be said about it: nobody voted."))]
    return [paragraph(sentence) for group in showing.lists(told) for sentence in group.firmness]


def _proof(told: Told) -> list[Block]:
    result = told.result
    rows = [
        [_("Fingerprint of the frozen rule"), result.rule_digest],
        [_("Root of the tree over all ballots"), result.root],
        [_("Fingerprint of the file"), result.bundle_sha256],
    ]
    return [
        paragraph(
            _(
                "The file on the page of the result holds the rule, every ballot without a name, the tree and a script of less than eighty lines that counts again."
            )
        ),
        table(_("What to compare it with"), [_("What"), "SHA-256"], rows),
    ]
