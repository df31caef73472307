"""What a study of an idea may become, as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StudyState(TextChoices):
    REQUESTED = "requested", pgettext_lazy("study", "Sent to the service")
    IN_PROGRESS = "in_progress", pgettext_lazy("study", "Being studied")
    ADAPTATION = "adaptation", pgettext_lazy("study", "Adaptation asked")
    FEASIBLE = "feasible", pgettext_lazy("study", "Feasible")
    REFUSED = "refused", pgettext_lazy("study", "Not feasible")


S = StudyState
# An answer can be revised until the final list is published.
TRANSITIONS: dict[StudyState, tuple[StudyState, ...]] = {
    S.REQUESTED: (S.IN_PROGRESS, S.ADAPTATION, S.FEASIBLE, S.REFUSED),
    S.IN_PROGRESS: (S.ADAPTATION, S.FEASIBLE, S.REFUSED),
    S.ADAPTATION: (S.IN_PROGRESS, S.FEASIBLE, S.REFUSED),
    S.FEASIBLE: (S.IN_PROGRESS, S.REFUSED),
    S.REFUSED: (S.IN_PROGRESS, S.FEASIBLE),
}
OPEN: tuple[StudyState, ...] = (S.REQUESTED, S.IN_PROGRESS, S.ADAPTATION)
ANSWERS: tuple[StudyState, ...] = (S.ADAPTATION, S.FEASIBLE, S.REFUSED)
# What nobody is told without public words that say why.
NEEDS_WORDS: tuple[StudyState, ...] = (S.ADAPTATION, S.REFUSED)


class Obstacle(TextChoices):
    """What stands in the way of an idea that is not feasible. The words say the rest."""

    LAW = "law", _("A law or a regulation does not allow it")
    COMPETENCE = "competence", _("It is for another authority to decide")
    TECHNIQUE = "technique", _("It is not possible technically")
    PLACE = "place", _("The place does not allow it")
    COST = "cost", _("It costs more than the budget allows")
    PLANNED = "planned", _("It is planned or under way already")
    OTHER = "other", _("Another reason")
