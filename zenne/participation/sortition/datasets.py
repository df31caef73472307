"""The draws by lot of one process for everyone, numbers only: every quota with what the pool holds of it, and every number of a pool with its odds and what became of it.

`asked["process"]` is the process's number; whoever offers these has seen to it that the process is public.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets

from . import queries, showing
from .enums import PUBLIC, DrawState
from .models import Draw, Feature, Lottery

LOTTERY = Column("lottery", _("Draw by lot"), _("The number of the draw by lot, as in its address."))
QUOTAS = (
    LOTTERY,
    Column("title", _("Title of the draw by lot")),
    Column("category", _("Category"), _("Its key, as in the files of a draw.")),
    Column("group", _("Group"), _("Its key, as in the files of a draw.")),
    Column("name", _("Name of the group")),
    Column("share", _("Share of the inhabitants (%)")),
    Column("minimum", _("Seats at least")),
    Column("maximum", _("Seats at most")),
    Column("pool", _("In the pool"), _("Empty before there is a pool, and where fewer than ten could be recognised.")),
)
NUMBERS = (
    LOTTERY,
    Column("draw", _("Draw"), _("1 for the first; a higher one after an annulment.")),
    Column("state", _("State of the draw"), _("committed, drawn or annulled.")),
    Column("number", _("Number in the pool")),
    Column("tickets", _("Tickets"), _("Of a million: the odds of this number.")),
    Column("drawn", _("Drawn"), _("1 for the panel, 0 for the others; empty before the draw.")),
    Column("reserve", _("Place in the reserve"), _("Empty for the panel, and before the draw.")),
)


def _lotteries(wish: Wish) -> QuerySet[Lottery]:
    return queries.open_lotteries().filter(activity__phase__process=wish.key("process")).order_by("-pk")


def _quota_count(wish: Wish) -> int:
    return Feature.objects.filter(category__lottery__in=_lotteries(wish).values("pk")).count()


def _quota_rows(wish: Wish) -> Iterator[Row]:
    for lottery in _lotteries(wish):
        pool = queries.shown_pool(lottery)
        categories = queries.categories(lottery)
        shares = {(each.key, one.key): one.share for each in categories for one in each.features.all()}
        title = shown(lottery.activity, "title")[0]
        for quota in showing.quotas(lottery, categories, pool):
            for group in quota.groups:
                share = shares[quota.key, group.key]
                yield (
                    lottery.pk,
                    title,
                    quota.key,
                    group.key,
                    group.name,
                    None if share is None else str(share.normalize()),
                    group.minimum,
                    group.maximum,
                    group.pool,
                )


def _draws(wish: Wish) -> QuerySet[Draw]:
    found = Draw.objects.filter(lottery__in=_lotteries(wish).values("pk"), state__in=PUBLIC)
    return found.order_by("-lottery_id", "number")


def _number_count(wish: Wish) -> int:
    return sum(len(odds) for odds in _draws(wish).values_list("odds", flat=True))


def _number_rows(wish: Wish) -> Iterator[Row]:
    for draw in _draws(wish):
        panel, reserve = set(draw.panel), {number: place for place, number in enumerate(draw.reserve, start=1)}
        happened = bool(draw.panel)
        for number in sorted(int(each) for each in draw.odds):
            drawn = int(number in panel) if happened else None
            state = DrawState(draw.state).value
            yield (
                draw.lottery_id,
                draw.number,
                state,
                number,
                draw.odds[str(number)],
                drawn,
                reserve.get(number),
            )


datasets.register(
    "lottery-quotas",
    Dataset(
        label=_("Quotas of draws by lot"),
        about=_("One row per group of every draw by lot, with its quota and what the pool holds."),
        columns=QUOTAS,
        count=_quota_count,
        rows=_quota_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Groups of fewer than ten people of a pool are left out, and others where they could be computed."),
        named="lottery-quotas",
        order=18,
    ),
)
datasets.register(
    "lottery-numbers",
    Dataset(
        label=_("Numbers of draws by lot"),
        about=_("One row per number of the pool of every public draw, with its odds and what became of it."),
        columns=NUMBERS,
        count=_number_count,
        rows=_number_rows,
        audience=Audience.EVERYONE,
        anonymity=_("A number is given in random order when the pool closes. Nothing here ties it to a person."),
        named="lottery-numbers",
        order=19,
    ),
)
