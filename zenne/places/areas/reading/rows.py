"""What every kind of file comes out as: rows, their coordinates in degrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from zenne.core.errors import Invalid


class Unreadable(Invalid):
    """The file is none of the kinds we read, or is broken."""

    code = "areas-unreadable"


@dataclass(frozen=True)
class Row:
    """One feature as the file has it: where it stands in the file, its properties, its geometry in degrees or a fault."""

    number: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None
    fault: str = ""


def to_degrees(crs: str | int) -> Transformer | None:
    """The way from a named system to degrees; None when it measures in WGS 84 already. Belgium: 31370 (Lambert 72), 3812 (Lambert 2008)."""
    if not crs or "CRS84" in str(crs):
        return None
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise Unreadable(_("This file measures in a system we do not know: %(system)s.") % {"system": crs}) from error
    return None if system.to_epsg() == 4326 else Transformer.from_crs(system, 4326, always_xy=True)


def in_degrees(geometry: BaseGeometry, to_degrees: Transformer | None) -> BaseGeometry:
    if to_degrees is None or geometry.is_empty:
        return geometry
    return shapely.transform(shapely.force_2d(geometry), to_degrees.transform, interleaved=False)
