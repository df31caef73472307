"""The sections of a project, by their names in the address."""

from .base import Line, Section, Verb
from .delivery import Dependencies, Milestones, Risks
from .linking import Measures, Origins, Pilots, WhoSection
from .money import Lines
from .publishing import Attachments, Posts

SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        WhoSection(),
        Lines(),
        Milestones(),
        Risks(),
        Dependencies(),
        Attachments(),
        Origins(),
        Measures(),
        Pilots(),
        Posts(),
    )
}

__all__ = ["SECTIONS", "Line", "Section", "Verb"]
