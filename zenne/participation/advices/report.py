"""The chapter of advices: what was asked, by when, and what was answered, as it stood at the moment of the report."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.participation.reporting.kinds import Block, Chapter, Frozen, chapters, heading, note, paragraph, table
from zenne.web.tags.words import day

from . import queries, showing
from .enums import AdviceState
from .models import Advice


def write(frozen: Frozen) -> list[Block]:
    today = in_brussels(frozen.moment).date()
    found = queries.of_process(frozen.process).filter(issued_at__lte=frozen.moment).order_by("number")
    blocks: list[Block] = []
    for advice in queries.with_recommendations(found):
        _as_it_stood(advice, frozen)
        blocks.append(
            heading(_("Advice no. %(number)s") % {"number": advice.number} + f": {shown(advice, 'title')[0]}")
        )
        asked = {"issuer": shown(advice, "issuer")[0], "body": str(advice.body), "due": day(advice.due_on)}
        blocks.append(note(_("%(issuer)s asked %(body)s for an answer by %(due)s.") % asked))
        blocks.append(note(showing.standing(advice, today).text))
        text, language = shown(advice, "withdrawal" if advice.state == AdviceState.WITHDRAWN else "statement")
        if text and advice.state != AdviceState.ISSUED:
            blocks.append(paragraph(text, language=language))
        blocks.append(table(_("Recommendations"), _heads(), _rows(advice)))
    return blocks


def _heads() -> list[str]:
    return [_("Recommendation"), _("Answer"), _("Public reason")]


def _rows(advice: Advice) -> list[list[str]]:
    rows = []
    for each in advice.recommendations.all():
        said = each.answer if advice.state == AdviceState.ANSWERED else None
        verdict = (str(said.get_verdict_display()), shown(said, "reason")[0]) if said else ("–", "")
        rows.append([f"{each.position}. {shown(each, 'title')[0]}", *verdict])
    return rows


def _as_it_stood(advice: Advice, frozen: Frozen) -> None:
    if (advice.answered_at and advice.answered_at > frozen.moment) or (
        advice.withdrawn_at and advice.withdrawn_at > frozen.moment
    ):
        advice.state, advice.answered_at, advice.withdrawn_at = AdviceState.ISSUED, None, None


chapters.register("advices", Chapter(gettext_lazy("Advices and their answers"), write=write, order=65))
