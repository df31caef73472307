"""The diagram of who does what for whom until a plan has force, drawn from the bodies that an organisation really has.

Arrows are numbered; the list beside the drawing says each in words, so that nobody needs to see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body

from .enums import FLOW, RESIDENTS

WIDTH, HEIGHT = 216, 68
COLUMNS, ROWS = (12, 282, 552), (16, 152, 288, 424)
PAGE = (780, 508)
PLACES: Mapping[str, tuple[int, int]] = {
    BodyRole.COLLEGE: (1, 0),
    BodyRole.COUNCIL: (2, 0),
    BodyRole.DIRECTORS: (1, 1),
    BodyRole.STEERING: (2, 1),
    BodyRole.THINK_TANK: (0, 2),
    BodyRole.CELL: (1, 2),
    RESIDENTS: (0, 3),
    BodyRole.DEPARTMENT: (1, 3),
    BodyRole.PARTNER: (2, 3),
}
VERBS: Mapping[str, str | Promise] = {
    "describe_needs": gettext_lazy("%(who)s say what they need: %(whom)s"),
    "inspires": gettext_lazy("%(who)s inspires: %(whom)s"),
    "supports": gettext_lazy("%(who)s informs, trains and supports: %(whom)s"),
    "work_together": gettext_lazy("%(who)s work together with: %(whom)s"),
    "prepares": gettext_lazy("%(who)s prepares the work of: %(whom)s"),
    "steers": gettext_lazy("%(who)s gives direction, with: %(whom)s"),
    "reports": gettext_lazy("%(who)s reports and proposes revisions to: %(whom)s"),
    "follow_up": gettext_lazy("%(who)s follow up: %(whom)s"),
    "put_before": gettext_lazy("%(who)s put revisions before: %(whom)s"),
    "validates": gettext_lazy("%(who)s decides, and with that gives force to the work of: %(whom)s"),
    "answers_to": gettext_lazy("%(who)s answers to: %(whom)s"),
}
RADIUS = 11
APART = 11


@dataclass(frozen=True)
class Node:
    """A box: a kind of body, and which there are. Every number of the drawing is whole, or a text with a point: no language writes it otherwise."""

    key: str
    title: str
    bodies: Sequence[Body]
    x: int
    y: int

    @property
    def name(self) -> str:
        if not self.bodies:
            return ""
        if len(self.bodies) == 1:
            return str(self.bodies[0])
        return ngettext("%(number)s body", "%(number)s bodies", len(self.bodies)) % {"number": len(self.bodies)}

    @property
    def called(self) -> str:
        return str(self.bodies[0]) if len(self.bodies) == 1 else self.title

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + WIDTH / 2, self.y + HEIGHT / 2

    @property
    def title_y(self) -> int:
        return self.y + (29 if self.name else 39)

    @property
    def name_y(self) -> int:
        return self.y + 49

    @property
    def middle_x(self) -> int:
        return self.x + WIDTH // 2

    @property
    def short(self) -> str:
        """As much of the name as a box holds."""
        return self.name if len(self.name) <= 27 else f"{self.name[:26]}…"


@dataclass(frozen=True)
class Arrow:
    number: int
    said: str
    path: str
    x: str
    y: str


@dataclass(frozen=True)
class Flow:
    nodes: list[Node]
    arrows: list[Arrow]
    width: int = PAGE[0]
    height: int = PAGE[1]
    box_width: int = WIDTH
    box_height: int = HEIGHT
    radius: int = RADIUS


def drawn(bodies: Sequence[Body]) -> Flow | None:
    """Of the bodies of one organisation; None where there are too few to speak of a flow."""
    found: dict[str, list[Body]] = {}
    for body in bodies:
        if body.role in PLACES:
            found.setdefault(body.role, []).append(body)
    if len(found) < 2:
        return None
    keys = [key for key in PLACES if key in found or (key == RESIDENTS and BodyRole.CELL in found)]
    nodes = {key: _node(key, found.get(key, [])) for key in keys}
    ways = [(a, b, verb) for a, b, verb in FLOW if a in nodes and b in nodes]
    both = {(a, b) for a, b, _verb in ways}
    arrows = []
    for number, (a, b, verb) in enumerate(ways, 1):
        words = VERBS[verb] % {"who": nodes[a].called, "whom": nodes[b].called}
        arrows.append(_arrow(number, words, nodes[a], nodes[b], double=(b, a) in both))
    return Flow(list(nodes.values()), arrows)


def _node(key: str, bodies: list[Body]) -> Node:
    column, row = PLACES[key]
    title = _("Residents") if key == RESIDENTS else str(BodyRole(key).label)
    return Node(key, title, bodies, COLUMNS[column], ROWS[row])


def _arrow(number: int, words: str, start: Node, end: Node, *, double: bool) -> Arrow:
    (ax, ay), (bx, by) = start.middle, end.middle
    if ax == bx and abs(ay - by) > ROWS[1] - ROWS[0] + 1:  # past the box between them, on its left
        left, top, bottom = start.x, ay, by - 14
        path = f"M{left} {top:g} Q{left - 62} {(top + bottom) / 2:g} {left} {bottom:g}"
        return Arrow(number, words, path, f"{left - 31}", f"{(top + bottom) / 2:g}")
    length = hypot(bx - ax, by - ay)
    dx, dy = (bx - ax) / length, (by - ay) / length
    aside = APART if double else 0
    ax, ay, bx, by = ax - dy * aside, ay + dx * aside, bx - dy * aside, by + dx * aside
    out, back = _inside(dx, dy, aside), _inside(dx, dy, aside) + 3
    x1, y1 = ax + dx * out, ay + dy * out
    x2, y2 = bx - dx * back, by - dy * back
    path = f"M{x1:.1f} {y1:.1f} L{x2:.1f} {y2:.1f}"
    return Arrow(number, words, path, f"{(x1 + x2) / 2:.1f}", f"{(y1 + y2) / 2:.1f}")


def _inside(dx: float, dy: float, aside: float) -> float:
    """How far it is from the middle of a box to its border, that way."""
    across = (WIDTH / 2 - aside * abs(dy)) / abs(dx) if dx else float("inf")
    down = (HEIGHT / 2 - aside * abs(dx)) / abs(dy) if dy else float("inf")
    return min(across, down)
