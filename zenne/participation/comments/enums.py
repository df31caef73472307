"""What a comment may be, and what stands beside its words. The README draws what becomes of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommentState(TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden by a moderator")
    DELETED = "deleted", _("Deleted by its author")


class Stance(TextChoices):
    FOR = "for", _("For")
    NEUTRAL = "neutral", _("Neutral")
    AGAINST = "against", _("Against")


class ReactionKind(TextChoices):
    HEART = "heart", _("I agree")
    THANKS = "thanks", _("Thank you")


class Sort(TextChoices):
    OLDEST = "oldest", pgettext_lazy("comments", "Oldest first")
    NEWEST = "newest", pgettext_lazy("comments", "Newest first")
    LIKED = "liked", _("Most appreciated")
