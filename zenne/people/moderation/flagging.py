"""The one file that talks to `methods.flags` and `methods.likeness`: an organisation's rule and a contribution in, findings out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Model, Q

from zenne.methods import flags as methods
from zenne.methods.likeness import sketch
from zenne.people.organisations.models import Organisation

from .cases import open_case
from .enums import FlagKind, Source
from .kinds import contribution_of
from .models import Flag, FlaggedWord, FlagRule, Trace
from .models.trace import COMPARED

# Two texts are almost the same from here on (share of their letter triples, `similarity` of pg_trgm); shorter ones are not compared.
ALIKE = 0.8
SHORTEST = 40
# Where very many say the same, the latest of them are enough to tell.
COMPARED_WITH = 100


@dataclass(frozen=True)
class Finding:
    kind: FlagKind
    facts: dict[str, Any]


def rule_of(organisation: Organisation) -> FlagRule:
    return FlagRule.objects.filter(organisation=organisation).first() or FlagRule(organisation=organisation)


def at_once(rule: FlagRule, text: str, language: str) -> list[Finding]:
    """What the words alone say: listed words of their language, and links. One query."""
    listed = FlaggedWord.objects.filter(Q(language=language) | Q(language=""), organisation=rule.organisation_id)
    words = methods.listed_words(text, listed.order_by("word", "id").values_list("word", flat=True))
    found = [Finding(FlagKind.WORD, {"words": list(dict.fromkeys(words))})] if words else []
    hosts = methods.links(text, rule.known_hosts)
    if len(hosts) > rule.links_at_most:
        facts = {"count": len(hosts), "most": rule.links_at_most, "hosts": list(dict.fromkeys(hosts))[:5]}
        found.append(Finding(FlagKind.LINKS, facts))
    return found


@transaction.atomic(savepoint=False)
def look(thing: Model, now: datetime) -> list[Finding]:
    """Examine one contribution and put what is found before the moderators. Doing it twice changes nothing."""
    contribution = contribution_of(thing)
    organisation, author = contribution.organisation(thing), contribution.author(thing)
    text = contribution.excerpt(thing)
    rule = rule_of(organisation)
    found = at_once(rule, text, contribution.language(thing))
    words = methods.folded(text)[:COMPARED]
    trace = Trace(
        about_type=ContentType.objects.get_for_model(thing),
        about_id=thing.pk,
        organisation=organisation,
        author=author,
        words=words,
        sketch=list(sketch(words)),
        written_at=contribution.written_at(thing),
    )
    Trace.objects.bulk_create(
        [trace],
        update_conflicts=True,
        unique_fields=["about_type", "about_id"],
        update_fields=["organisation", "author", "words", "sketch", "written_at"],
    )
    found += [finding for finding in (_repeated(rule, trace), _burst(rule, trace)) if finding]
    found = [finding for finding in found if not _settled(trace, finding)]
    if found:
        case = open_case(thing, Source.FLAG, now=now)
        for finding in found:
            Flag.objects.update_or_create(
                case=case, kind=finding.kind, defaults={"facts": finding.facts, "found_at": now}
            )
    return found


def _settled(trace: Trace, finding: Finding) -> bool:
    """Whether the same finding about the same thing waits, or was decided about before: nobody is asked twice."""
    known = Flag.objects.filter(case__about_type=trace.about_type_id, case__about_id=trace.about_id)
    return known.filter(kind=finding.kind, facts=finding.facts).exists()


def _repeated(rule: FlagRule, trace: Trace) -> Finding | None:
    """The earlier contribution in this organisation that is most like this one, if any is almost the same."""
    if not rule.repeated or len(trace.words) < SHORTEST:
        return None
    earlier = Trace.objects.filter(organisation=rule.organisation_id, sketch__overlap=trace.sketch).exclude(pk=trace.pk)
    earlier = earlier.filter(Q(written_at__lt=trace.written_at) | Q(written_at=trace.written_at, pk__lt=trace.pk))
    like = (
        Trace.objects.filter(pk__in=earlier.order_by("-written_at", "-pk").values("pk")[:COMPARED_WITH])
        .annotate(likeness=TrigramSimilarity("words", trace.words))
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "-written_at", "-pk")
        .first()
    )
    if like is None:
        return None
    facts = {
        "about": [like.about_type.app_label + "." + like.about_type.model, like.about_id],
        "likeness": round(like.likeness * 100),
        "same_author": like.author_id is not None and like.author_id == trace.author_id,
        "excerpt": like.words[:120],
    }
    return Finding(FlagKind.REPEATED, facts)


def _burst(rule: FlagRule, trace: Trace) -> Finding | None:
    """How many this author wrote in the last minutes, while the account is new. Told once for each burst that grows past the limit."""
    author = trace.author
    if author is None or trace.written_at - author.joined_at >= timedelta(days=rule.new_days):
        return None
    since = trace.written_at - timedelta(minutes=rule.burst_minutes)
    count = Trace.objects.filter(author=author, written_at__gt=since, written_at__lte=trace.written_at).count()
    if count < rule.burst_count:
        return None
    days = max(0, (trace.written_at - author.joined_at).days)
    return Finding(FlagKind.BURST, {"count": count, "minutes": rule.burst_minutes, "days": days})
