"""What is measured (indicator.py), what came of it (measurement.py), and files of values (imports.py)."""

from .imports import Import
from .indicator import Definition, Indicator, Level, Target
from .measurement import Latest, Measurement, Touched

__all__ = ["Definition", "Import", "Indicator", "Latest", "Level", "Measurement", "Target", "Touched"]
