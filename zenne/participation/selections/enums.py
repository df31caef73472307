"""What a selection may be, and what it may say of an idea; the README's diagram is printed from the table."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SelectionState(TextChoices):
    DRAFT = "draft", pgettext_lazy("selection", "Being prepared")
    PUBLISHED = "published", pgettext_lazy("selection", "Published")
    ANNULLED = "annulled", pgettext_lazy("selection", "Annulled")


TRANSITIONS: dict[SelectionState, tuple[SelectionState, ...]] = {
    SelectionState.DRAFT: (SelectionState.PUBLISHED,),
    SelectionState.PUBLISHED: (SelectionState.ANNULLED,),
    SelectionState.ANNULLED: (),
}

# What everyone can read, for ever.
PUBLIC: tuple[SelectionState, ...] = (SelectionState.PUBLISHED, SelectionState.ANNULLED)


class Outcome(TextChoices):
    """What was decided about one idea. Set aside: it was in the pile and nothing was decided, for a reason (withdrawn, joined another, not to be judged)."""

    KEPT = "kept", pgettext_lazy("idea", "Kept")
    NOT_KEPT = "not_kept", pgettext_lazy("idea", "Not kept")
    SET_ASIDE = "set_aside", pgettext_lazy("idea", "Set aside")
