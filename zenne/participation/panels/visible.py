"""Files of the room that are not public are for whoever may enter it today, and are asked for each time."""

from zenne.core import clock
from zenne.people.uploads.models import Upload
from zenne.people.uploads.visible import Visitor, visible

from .models import Paper
from .rules import may_enter


def may_fetch(upload: Upload, visitor: Visitor) -> bool:
    paper = Paper.objects.filter(upload=upload).select_related("panel__process__organisation").first()
    return paper is not None and bool(may_enter(visitor, paper.panel, clock.now()))


visible.register("panels", may_fetch)
