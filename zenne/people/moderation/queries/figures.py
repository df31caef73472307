"""How the moderators work, in numbers: of one process for everyone, of an organisation for its staff. About texts, never about people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.web.tags.words import grouped

from ..enums import CaseState, FlagKind, Ground, Outcome, Source, Verdict
from ..models import Appeal, Case, Decision, Flag


class Median(Aggregate):
    """The middle value; of an even number the one between the two in the middle."""

    function = "PERCENTILE_CONT"
    name = "median"
    output_field = DurationField()
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Figures:
    """Each dictionary holds every value of its list in its order, nought included. `median` is from the first reason to the decision."""

    cases: int
    waiting: int
    gone: int
    sources: dict[Source, int]
    reported: dict[Ground, int]
    flags: dict[FlagKind, int]
    kept: int
    hidden: dict[Ground, int]
    restored: int
    appeals: int
    appeals_waiting: int
    outcomes: dict[Outcome, int]
    median: timedelta | None
    median_appeal: timedelta | None = field(default=None)

    @property
    def decided(self) -> int:
        return self.kept + self.hidden_count

    @property
    def hidden_count(self) -> int:
        return sum(self.hidden.values())

    @property
    def ways(self) -> list[tuple[str, int]]:
        """How things came before the moderators: each source, and under the flags what they noticed."""
        rows = []
        for source, count in self.sources.items():
            rows.append((str(source.label), count))
            if source == Source.FLAG and count:
                rows += [(f"– {kind.label}", number) for kind, number in self.flags.items()]
        return rows

    @property
    def by_ground(self) -> list[tuple[str, int, int]]:
        """Each ground of the published list: how many cases were reported for it, and how many things were hidden for it."""
        return [(str(ground.label), self.reported[ground], self.hidden[ground]) for ground in Ground]

    def plain(self) -> list[tuple[str, str, int | str]]:
        """The same for a table: part, key, number; durations in seconds."""
        times = {"decision": self.median, "appeal": self.median_appeal}
        counts = {"all": self.cases, "waiting": self.waiting, "gone": self.gone}
        decisions = {"kept": self.kept, "hidden": self.hidden_count, "restored": self.restored}
        return [
            *(("cases", key, number) for key, number in counts.items()),
            *(("source", str(key.value), number) for key, number in self.sources.items()),
            *(("flag", str(key.value), number) for key, number in self.flags.items()),
            *(("reported", str(key.value), number) for key, number in self.reported.items()),
            *(("decision", key, number) for key, number in decisions.items()),
            *(("hidden", str(key.value), number) for key, number in self.hidden.items()),
            ("appeal", "all", self.appeals),
            ("appeal", "waiting", self.appeals_waiting),
            *(("appeal", str(key.value), number) for key, number in self.outcomes.items()),
            *(
                ("median_seconds", key, round(time.total_seconds()) if time is not None else "")
                for key, time in times.items()
            ),
        ]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The rows of the first table, in words of the reader."""
        rows: list[tuple[str, int]] = [
            (_("Contributions before the moderators"), self.cases),
            (_("Wait for a decision"), self.waiting),
            (_("Stay visible"), self.kept),
            (_("Hidden or refused"), self.hidden_count),
            (_("Made visible again"), self.restored),
            (_("Taken away by their author first"), self.gone),
            (_("Appeals"), self.appeals),
            (_("Appeals that wait"), self.appeals_waiting),
            (_("Appeals: the decision stands"), self.outcomes[Outcome.UPHELD]),
            (_("Appeals: the decision is taken back"), self.outcomes[Outcome.REVERSED]),
        ]
        return [
            *((words, grouped(number)) for words, number in rows),
            (_("Time to a decision (half take less)"), lasting(self.median)),
            (_("Time to the outcome of an appeal (half take less)"), lasting(self.median_appeal)),
        ]


def lasting(time: timedelta | None) -> str:
    """A length of time in words, to the largest unit that tells it: minutes, hours or days."""
    if time is None:
        return "–"
    minutes = round(time.total_seconds() / 60)
    if minutes < 2 * 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 2 * 24:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def figures_of(*, process: int | None = None, organisations: Iterable[int] | None = None) -> Figures:
    """The figures of one process, of some organisations, or of all. Four queries, whatever the size."""
    cases: QuerySet[Case] = Case.objects.all()
    if process is not None:
        cases = cases.filter(process=process)
    if organisations is not None:
        cases = cases.filter(organisation__in=list(organisations))
    ours = cases.order_by().values("pk")
    counted = cases.order_by().aggregate(
        cases=Count("pk"),
        waiting=Count("pk", filter=Q(state=CaseState.OPEN)),
        gone=Count("pk", filter=Q(state=CaseState.GONE)),
        median=Median(F("closed_at") - F("opened_at"), filter=Q(state=CaseState.DECIDED)),
        **{f"source_{source}": Count("pk", filter=Q(sources__contains=[source])) for source in Source.values},
        **{
            f"ground_{number}": Count("pk", filter=Q(grounds__contains=[ground]))
            for number, ground in enumerate(Ground)
        },
    )
    flags = dict(Flag.objects.filter(case__in=ours).order_by().values_list("kind").annotate(Count("pk")))
    decisions = {
        (verdict, ground): count
        for verdict, ground, count in Decision.objects.filter(case__in=ours)
        .order_by()
        .values_list("verdict", "ground")
        .annotate(Count("pk"))
    }
    appeals = Appeal.objects.filter(decision__case__in=ours).order_by()
    looked = appeals.aggregate(
        appeals=Count("pk"),
        waiting=Count("pk", filter=Q(outcome="")),
        median=Median(F("decided_at") - F("appealed_at"), filter=~Q(outcome="")),
        **{outcome: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome.values},
    )
    return Figures(
        cases=counted["cases"],
        waiting=counted["waiting"],
        gone=counted["gone"],
        sources={source: counted[f"source_{source}"] for source in Source},
        reported={ground: counted[f"ground_{number}"] for number, ground in enumerate(Ground)},
        flags={kind: flags.get(kind, 0) for kind in FlagKind},
        kept=sum(count for (verdict, _ground), count in decisions.items() if verdict == Verdict.KEPT),
        hidden={ground: decisions.get((Verdict.HIDDEN, ground), 0) for ground in Ground},
        restored=sum(count for (verdict, _ground), count in decisions.items() if verdict == Verdict.RESTORED),
        appeals=looked["appeals"],
        appeals_waiting=looked["waiting"],
        outcomes={outcome: looked[outcome] for outcome in Outcome},
        median=counted["median"],
        median_appeal=looked["median"],
    )
