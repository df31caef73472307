"""The chapter of votes: every result that was public at the moment of the report, as its own official report says it."""

from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.participation.reporting.kinds import Block, Chapter, Frozen, chapters, heading

from . import minutes, queries
from .telling import Told


def write(frozen: Frozen) -> list[Block]:
    blocks: list[Block] = []
    for result in queries.public_results(frozen.process, frozen.moment):
        vote = result.vote
        if vote.annulled_at and vote.annulled_at > frozen.moment:
            vote.annulled_at = None  # as it stood
        title = shown(vote.activity, "title")[0] or str(_("Vote"))
        for part, said in minutes.chapters(Told(vote, result)):
            blocks += [heading(f"{title} – {part}"), *said]
    return blocks


chapters.register("voting", Chapter(_("Votes and their results"), write=write, order=60))
