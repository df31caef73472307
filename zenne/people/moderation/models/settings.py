from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES
from zenne.people.organisations.models import Organisation


class FlagRule(models.Model):
    """What the platform looks for in the contributions of one organisation. Without a row the defaults hold."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="flag_rule", verbose_name=_("organisation")
    )
    hold = models.BooleanField(
        _("hold back what has a listed word or many links"),
        default=False,
        help_text=_(
            "It is read by a moderator before it is public. Otherwise it is public at once, and only asks to be looked at."
        ),
    )
    links_at_most = models.PositiveSmallIntegerField(
        _("links at most"),
        default=2,
        validators=[MaxValueValidator(50)],
        help_text=_("More links than this to other sites make a flag."),
    )
    known_hosts = ArrayField(
        models.CharField(max_length=253),
        verbose_name=_("known sites"),
        default=list,
        blank=True,
        help_text=_(
            "Links to these sites never count: brussels.be covers www.brussels.be too. Separate them with commas."
        ),
    )
    repeated = models.BooleanField(_("look for the same text again"), default=True)
    burst_count = models.PositiveSmallIntegerField(
        _("contributions"), default=5, validators=[MinValueValidator(2), MaxValueValidator(500)]
    )
    burst_minutes = models.PositiveSmallIntegerField(
        _("within so many minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    new_days = models.PositiveSmallIntegerField(
        _("days that an account is new"),
        default=7,
        validators=[MaxValueValidator(365)],
        help_text=_("So many contributions in so short a time from an account younger than this make a flag."),
    )

    class Meta:
        verbose_name = _("what the platform looks for")
        verbose_name_plural = _("what the platform looks for")
        ordering = ["organisation_id"]

    def __str__(self) -> str:
        return str(self.organisation)


class FlaggedWord(models.Model):
    """A word, or a few, that a moderator wants to see. Read without accents and capitals, and only as whole words."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="flagged_words", verbose_name=_("organisation")
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[(code, code.upper()) for code in LANGUAGES],
        blank=True,
        help_text=_("Looked for in contributions in this language only. Empty: in all."),
    )
    word = models.CharField(
        _("word"),
        max_length=60,
        help_text=_("A star at the end takes every ending: “escro*” finds “escroc” and “escroquerie”."),
    )

    class Meta:
        verbose_name = _("word to look for")
        verbose_name_plural = _("words to look for")
        ordering = ["word", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language", "word"], name="flagged_word_once"),
            models.CheckConstraint(condition=~models.Q(word=""), name="flagged_word_says_something"),
        ]

    def __str__(self) -> str:
        return self.word
