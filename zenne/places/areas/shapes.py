"""Outlines made ready for many questions, kept per process. `outlined_at` tells an old outline from a new one."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from .models import Area

KEPT = 1500


class _Kept:
    def __init__(self) -> None:
        self._shapes: OrderedDict[tuple[int, object], BaseGeometry] = OrderedDict()
        self._lock = Lock()

    def of(self, stamps: Iterable[tuple[int, object]]) -> dict[int, BaseGeometry]:
        """Area id -> prepared outline, for (id, outlined_at) pairs. Only those not met before are read from the database."""
        wanted = list(stamps)
        with self._lock:
            found = {key: self._shapes[key] for key in wanted if key in self._shapes}
            for key in found:
                self._shapes.move_to_end(key)
        missing = {pk: stamp for pk, stamp in wanted if (pk, stamp) not in found}
        if missing:
            for pk, outline in (
                Area.objects.filter(pk__in=missing, outline__isnull=False).order_by("pk").values_list("pk", "outline")
            ):
                outline = shape(outline)
                shapely.prepare(outline)
                found[pk, missing[pk]] = outline
                with self._lock:
                    self._shapes[pk, missing[pk]] = outline
                    while len(self._shapes) > KEPT:
                        self._shapes.popitem(last=False)
        return {pk: outline for (pk, _stamp), outline in found.items()}


kept = _Kept()
