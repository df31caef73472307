"""What the moderators of the city look for, and two authors who did not agree with them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from zenne.people.accounts.models import Person
from zenne.people.moderation import actions
from zenne.people.moderation.enums import Outcome, Verdict
from zenne.people.moderation.models import APPEAL_TERM, Decision, FlaggedWord, FlagRule
from zenne.people.moderation.queries import judges
from zenne.people.organisations.models import Organisation

WORDS = {
    "fr": ("scandale*", "hont*", "menteur*"),
    "nl": ("schand*", "leugenaar*"),
    "en": ("shame*", "liar*"),
}
KNOWN = ["brussels", "brussels.be", "jette.irisnet.be", "stib-mivb.be", "wikipedia.org"]
WHY = {
    "fr": "Je critiquais le projet, pas une personne. Relisez la phrase entière.",
    "nl": "Ik had kritiek op het project, niet op een persoon. Lees de hele zin opnieuw.",
    "en": "I criticised the project, not a person. Please read the whole sentence again.",
}
STANDS = "La phrase vise une personne nommée. La critique du projet peut être dite à nouveau, sans le nom."


def look_out(organisations: Iterable[Organisation], *, by: Person, now: datetime) -> None:
    """A short list of words and a few known sites for each organisation that has none yet."""
    for organisation in organisations:
        if FlagRule.objects.filter(organisation=organisation).exists():
            continue
        actions.save_rule(FlagRule(organisation=organisation, known_hosts=KNOWN), by=by, now=now)
        for language, words in WORDS.items():
            for word in words:
                actions.save_rule(FlaggedWord(organisation=organisation, language=language, word=word), by=by, now=now)


def disagree(organisation: Organisation, *, now: datetime) -> None:
    """Two authors appeal: the first hears that the decision stands, the second still waits."""
    hidden = Decision.objects.filter(
        case__organisation=organisation,
        verdict=Verdict.HIDDEN,
        case__author__is_active=True,
        decided_at__gt=now - APPEAL_TERM + timedelta(days=3),
        appeal=None,
    ).exclude(case__decisions__verdict=Verdict.RESTORED)
    for number, decision in enumerate(hidden.select_related("case__organisation", "case__author", "moderator")[:2]):
        author = decision.case.author
        if author is None:
            continue
        at = min(decision.decided_at + timedelta(days=1), now)
        made = actions.appeal(decision, text=WHY.get(author.language, WHY["fr"]), by=author, now=at)
        if number or made.handled_by is None:
            continue
        if second := judges(made.handled_by, besides=[made.first_id, author.pk]).first():
            actions.judge(made, Outcome.UPHELD, reason=STANDS, by=second, now=min(at + timedelta(days=2), now))
