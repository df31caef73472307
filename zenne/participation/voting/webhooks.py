"""What other software hears of votes: that a result is public, or that a vote was annulled. Nothing before that, and never of a voter."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from . import queries


def vote_data(key: int, facts: Facts) -> dict[str, Any] | None:
    vote = queries.open_votes().filter(pk=key).first()
    result = queries.public_result(vote) if vote else None
    if vote is None or (result is None and vote.annulled_at is None):
        return None
    with override(DEFAULT):
        address = absolute(vote.get_absolute_url())
    winners = {} if result is None else {name: outcome["winners"] for name, outcome in result.tally.items()}
    return {
        "vote": {
            "id": vote.pk,
            "title": words(vote.activity, "title").model_dump(),
            "state": "annulled" if vote.annulled_at else "counted",
            "published_at": result.published_at.isoformat() if result and result.published_at else None,
            "ballots": result.size if result else None,
            "winners": [int(key) for found in winners.values() for key in found],
            "root": result.root if result else None,
            "annulled_at": vote.annulled_at.isoformat() if vote.annulled_at else None,
            "reason": {language: vote.annulment.get(language) for language in LANGUAGES} if vote.annulled_at else None,
            "url": address,
            "api": at(f"/votes/{vote.pk}"),
            "process": vote.process.slug,
            "organisation": vote.process.organisation.slug,
        }
    }


webhooks.register("vote.counted", Event(_("The result of a vote is published"), vote_data))
webhooks.register("vote.annulled", Event(_("A vote is annulled"), vote_data))
