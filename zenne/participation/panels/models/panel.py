from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import DEFAULT, shown
from zenne.participation.processes.models import Process
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person

from ..enums import EXPLAINED, End, PanelState, SeatState

MOST_SEATS = 1000
MOST_CENTS = 100_000


class Panel(models.Model):
    """People who were drawn to work together for a time: what they are asked, how many seats there are, what a meeting pays.

    `group` holds whoever sits now: the seats fill it, so that an activity may be opened to the panel alone. `allowance` is in cents.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="panels", verbose_name=_("process"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    mandate = models.TextField(_("mandate"), max_length=6000, blank=True)
    size = models.PositiveSmallIntegerField(
        _("seats"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )
    allowance = models.PositiveIntegerField(
        _("allowance per meeting, in cents"), default=0, validators=[MaxValueValidator(MOST_CENTS)]
    )
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="panel", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=PanelState, default=PanelState.AT_WORK)
    formed_at = models.DateTimeField(_("formed"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reason = models.TextField(_("why it ended"), max_length=2000, blank=True)
    i18n = TranslationField(fields=("name", "mandate"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["-formed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(size__range=(1, MOST_SEATS)), name="panel_has_seats"),
            models.CheckConstraint(condition=Q(allowance__lte=MOST_CENTS), name="panel_allowance_has_measure"),
            models.CheckConstraint(
                condition=Q(state=PanelState.AT_WORK, ended_at__isnull=True)
                | Q(state=PanelState.ENDED, ended_at__isnull=False) & ~Q(reason=""),
                name="panel_ended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or gettext("Panel")

    def get_absolute_url(self) -> str:
        return reverse("panels:page", args=[self.process.slug, self.pk])

    @property
    def room_url(self) -> str:
        """The private workspace."""
        return reverse("panels:room", args=[self.process.slug, self.pk])

    @property
    def ended(self) -> bool:
        return self.state == PanelState.ENDED


class Term(models.Model):
    """The days for which seats were given, both included. A panel renewed by halves has two terms side by side that end apart."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["panel_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_term_number_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="panel_term_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return gettext("Term %(number)s") % {"number": self.number}

    def covers(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


class Seat(models.Model):
    """One place in a panel and who has it for one term. Its number is public and is never given again.

    Who was drawn may have no account: then the secretariat knows how to reach them, and their personal code turns the seat into their
    account's once (`code_round` counts the codes made; the code itself is nowhere). `public_name` and `public_district` are what they let
    everybody read; empty, they are known by their number.
    """

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="seats", verbose_name=_("term"))
    number = models.PositiveSmallIntegerField(_("number"))
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="panel_seats", verbose_name=_("person")
    )
    contact_name = models.CharField(_("name"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.TextField(_("postal address"), max_length=400, blank=True)
    language = models.CharField(_("language"), max_length=5, default=DEFAULT)
    sealed_account = models.BinaryField(_("bank account (IBAN), sealed"), max_length=120, null=True)
    public_name = models.CharField(_("name that everyone reads"), max_length=80, blank=True)
    public_district = models.CharField(_("district that everyone reads"), max_length=80, blank=True)
    code_round = models.PositiveSmallIntegerField(default=1)
    claimed_at = models.DateTimeField(_("joined with an account"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SeatState, default=SeatState.SEATED)
    seated_at = models.DateTimeField(_("seated"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=End, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    follows = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=_("takes the place of"),
    )

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["panel_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_seat_number_once"),
            models.UniqueConstraint(
                fields=["panel", "person", "term"],
                condition=Q(state=SeatState.SEATED, person__isnull=False),
                name="panel_one_seat_each",
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.SEATED, ended_at__isnull=True, end="", reason="")
                | Q(state=SeatState.ENDED, ended_at__isnull=False) & ~Q(end=""),
                name="panel_seat_ended_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(end__in=[end.value for end in EXPLAINED]) | ~Q(reason=""), name="panel_seat_end_explained"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="panel_seat_follows_another"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="panel_seat_of_person")]

    def __str__(self) -> str:
        return gettext("Seat %(number)s") % {"number": self.number}

    @property
    def public_words(self) -> str:
        """How everybody may know whoever sits here."""
        return ", ".join(part for part in (self.public_name or str(self), self.public_district) if part)

    @property
    def known_as(self) -> str:
        """How members and the secretariat know whoever sits here: among themselves they have names."""
        return self.contact_name or (self.person.name if self.person else "") or self.public_name or str(self)
