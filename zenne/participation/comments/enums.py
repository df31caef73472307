"""What a comment may be and become; the README's diagram is printed from TRANSITIONS."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommentState(TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden by a moderator")
    DELETED = "deleted", _("Deleted by its author")


TRANSITIONS: dict[CommentState, tuple[CommentState, ...]] = {
    CommentState.WAITING: (CommentState.PUBLISHED, CommentState.HIDDEN, CommentState.DELETED),
    CommentState.PUBLISHED: (CommentState.HIDDEN, CommentState.DELETED),
    CommentState.HIDDEN: (CommentState.PUBLISHED, CommentState.DELETED),
    CommentState.DELETED: (),
}


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
