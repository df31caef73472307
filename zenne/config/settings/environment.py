"""The one reading of the environment that all settings share."""

from zenne.config.environment import ROOT, read

ENVIRONMENT = read()

__all__ = ["ENVIRONMENT", "ROOT"]
