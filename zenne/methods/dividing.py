"""Money that several pay together, divided to the cent.

`largest_remainder` divides one sum by weights (Hamilton's method): everybody gets the whole cents of the exact part, and the cents that are left go one each to the
largest remainders, the earlier of equals first.

`divided` divides several costs, one after the other, among who put in fixed amounts: each cost in proportion to these, counting what each still owes or is owed from the
costs before. So every cost is paid to the cent; nobody is ever more than a cent away from the exact part of all costs together, or pays more than they put in;
and when the whole budget is spent, everybody has paid exactly what they put in. Dividing each cost by itself would not keep the last two.
"""

from collections.abc import Sequence
from fractions import Fraction


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in parts that add up to it, proportional to `weights` (none below 0, not all 0)."""
    whole = sum(weights)
    return _rounded(total, [Fraction(total * weight, whole) for weight in weights])


def divided(costs: Sequence[int], amounts: Sequence[int]) -> list[list[int]]:
    """For each cost, in its order, what each of those who put in `amounts` pays. The costs together are not above the amounts together, which are above 0."""
    whole, spent, paid = sum(amounts), 0, [0] * len(amounts)
    rows: list[list[int]] = []
    for cost in costs:
        spent += cost
        owed = [Fraction(spent * amount, whole) - so_far for amount, so_far in zip(amounts, paid, strict=True)]
        rows.append(_rounded(cost, owed))
        paid = [so_far + now for so_far, now in zip(paid, rows[-1], strict=True)]
    return rows


def _rounded(total: int, exact: Sequence[Fraction]) -> list[int]:
    """`exact`, which add up to `total`, as whole numbers that do; none below 0, though something exact may be, by less than 1."""
    parts = [int(part // 1) for part in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] >= 0, parts[at] - exact[at], at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    while min(parts, default=0) < 0:  # a cost of a few cents, and many to pay it
        below = parts.index(-1)
        richest = max((at for at in order if parts[at] > 0), key=lambda at: (parts[at] - exact[at], -at))
        parts[below], parts[richest] = 0, parts[richest] - 1
    return parts
