from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import DEFAULT
from zenne.people.accounts.models import Person
from zenne.people.uploads.models import private_storage

from ..enums import Channel, ImportState, Says
from .lottery import Lottery


class Import(models.Model):
    """A file of drawn letters: read by the worker, shown before anything is written, then written as a whole or not at all.

    `faults` are {line, column, code, value}, phrased when shown; `preview` what would be written, in numbers. `file` is deleted as soon as it has served.
    """

    lottery = models.ForeignKey(Lottery, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(_("state"), max_length=9, choices=ImportState, default=ImportState.READING)
    file = models.FileField(_("file"), storage=private_storage, max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)
    fault_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("given"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of letters")
        verbose_name_plural = _("files of letters")
        ordering = ["lottery_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_exists"),
            models.UniqueConstraint(
                fields=["lottery"],
                condition=Q(state__in=(ImportState.READING, ImportState.READ, ImportState.WRITING)),
                name="import_one_under_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A letter to one person drawn from the register. `number` stands on it, as does its code, which is kept only as a keyed hash (`codes.py`).

    `features` are {category: group} as far as the register knows. `household` is a keyed hash of the address: the same for people who live together. Everything
    personal is emptied when the letters are destroyed (`destroyed_at`); the code of who is in the pool keeps working.
    """

    lottery = models.ForeignKey(Lottery, on_delete=models.CASCADE, related_name="invitations")
    number = models.PositiveIntegerField(_("number"))
    code_digest = models.CharField(max_length=64, null=True, unique=True)
    salt = models.BinaryField(max_length=16, null=True)
    language = models.CharField(_("language"), max_length=5, default=DEFAULT)
    name = models.CharField(_("name"), max_length=160, blank=True)
    address = models.TextField(_("address"), max_length=400, blank=True)
    household = models.CharField(max_length=64, blank=True)
    features = models.JSONField(_("groups"), default=dict, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)
    destroyed_at = models.DateTimeField(_("destroyed"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["lottery_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lottery", "number"], name="invitation_number_once"),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True)
                | Q(name="", address="", household="", features={}, salt__isnull=True),
                name="invitation_destroyed_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Answer(models.Model):
    """What came back for one letter. A yes is an entry of the pool: `number` is its public number, given in random order when the pool closes.

    `features` are {category: group}, complete for a yes. Nothing but the number and the features is ever public, and the features only once
    the pool is committed. `withdrawn_at`: the person took their yes back, or their data was erased (`erased_at`).
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="answer")
    lottery = models.ForeignKey(Lottery, on_delete=models.CASCADE, related_name="answers")
    says = models.CharField(_("answer"), max_length=3, choices=Says)
    number = models.PositiveIntegerField(_("number in the pool"), null=True, blank=True)
    features = models.JSONField(_("groups"), default=dict, blank=True)
    household = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="lottery_answers")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, default=DEFAULT)
    channel = models.CharField(_("answered"), max_length=6, choices=Channel)
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(_("answered at"))
    consented_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a letter")
        verbose_name_plural = _("answers to letters")
        ordering = ["lottery_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lottery", "number"], name="answer_number_once"),
            models.UniqueConstraint(
                fields=["lottery", "person"],
                condition=Q(person__isnull=False, withdrawn_at__isnull=True),
                name="answer_person_once",
            ),
            models.CheckConstraint(condition=Q(says__in=Says.values), name="answer_says_yes_or_no"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="answer_channel_exists"),
            models.CheckConstraint(
                condition=~Q(says=Says.YES) | Q(consented_at__isnull=False), name="answer_yes_by_consent"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", email="", phone="", household="", person__isnull=True, withdrawn_at__isnull=False),
                name="answer_erased_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["lottery", "says", "withdrawn_at"], name="answer_pool")]

    def __str__(self) -> str:
        return f"{self.number}" if self.number is not None else "–"

    @property
    def in_pool(self) -> bool:
        return self.says == Says.YES and self.withdrawn_at is None
