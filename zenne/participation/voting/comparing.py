"""What the organiser of a vote that was held elsewhere says won, beside what was counted here."""

from django.utils.translation import gettext as _

from .telling import Told


def official(told: Told) -> list[str]:
    """In sentences; nothing for a vote of our own."""
    imported = told.vote.imported
    if not imported:
        return []
    said = [
        _("This vote was held elsewhere. It was imported from the file %(file)s and counted again here.")
        % {"file": imported["file"]}
    ]
    if not imported["exact"]:
        said.append(
            _("The file names the rule “%(rule)s”, which is not one of ours: it was counted by the rule below.")
            % {"rule": imported["rule"] or "–"}
        )
    if imported["official"] is None:
        return [*said, _("The file does not say what the organiser decided.")]
    won = [key for outcome in told.result.tally.values() for key in outcome["winners"]]
    if set(won) == set(imported["official"]):
        return [*said, _("The organiser’s own outcome is the same.")]
    said.append(_("The organiser’s own outcome differs."))
    if more := [key for key in imported["official"] if key not in won]:
        said.append(_("Also: %(options)s.") % {"options": told.names(more)})
    if fewer := [key for key in won if key not in imported["official"]]:
        said.append(_("Not: %(options)s.") % {"options": told.names(fewer)})
    return said
