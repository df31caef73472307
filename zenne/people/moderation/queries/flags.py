"""What a flag found, in words of whoever reads them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..enums import FlagKind, Source
from ..models import Case, Flag


def in_words(flag: Flag) -> str:
    """Why the platform asks to look: which word, which links, which earlier contribution, how many in how many minutes."""
    facts = flag.facts
    match flag.kind:
        case FlagKind.WORD:
            said = ", ".join(_("“%(word)s”") % {"word": word} for word in facts.get("words", []))
            return ngettext(
                "It says %(words)s, which is on the list.",
                "It says %(words)s, which are on the list.",
                len(facts.get("words", [])),
            ) % {"words": said}
        case FlagKind.LINKS:
            count = int(facts.get("count", 0))
            words = ngettext(
                "It holds %(count)d link to %(hosts)s; at most %(most)d are expected.",
                "It holds %(count)d links to %(hosts)s; at most %(most)d are expected.",
                count,
            )
            return words % {"count": count, "hosts": ", ".join(facts.get("hosts", [])), "most": facts.get("most", 0)}
        case FlagKind.REPEATED:
            words = (
                _("The same author said almost the same before (%(likeness)d%% alike): “%(words)s”")
                if facts.get("same_author")
                else _("Another account said almost the same before (%(likeness)d%% alike): “%(words)s”")
            )
            return words % {"likeness": facts.get("likeness", 0), "words": facts.get("excerpt", "")}
        case FlagKind.BURST:
            count, minutes, days = (int(facts.get(name, 0)) for name in ("count", "minutes", "days"))
            return _("%(count)d contributions within %(minutes)d minutes, from an account of %(age)s.") % {
                "count": count,
                "minutes": minutes,
                "age": ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
            }
    return str(flag)


def how_it_was_found(case: Case) -> str:
    """For the author: how the moderators came to look, and that a person decided. Names nobody."""
    said = {
        Source.REPORT: _("somebody reported it"),
        Source.FLAG: _("the platform noticed it automatically, by fixed rules"),
        Source.READING: _("contributions are read before they are public here"),
        Source.STAFF: _("a moderator noticed it"),
    }
    ways = ", ".join(words for source, words in said.items() if source in case.sources)
    return _(
        "How it came to the moderators: %(ways)s. A person took the decision; nothing was decided automatically."
    ) % {"ways": ways}
