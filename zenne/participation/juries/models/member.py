import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from zenne.core.languages import DEFAULT
from zenne.people.accounts.models import Person

from ..enums import MemberState
from .jury import Jury


class Member(models.Model):
    """Somebody invited to a jury by the address they sign in with; a person once they accepted the charter.

    `key` stands in the invitation's link. It opens the page that says who invites whom to what, and nothing else: answering takes an
    account with this very address. `name` and `capacity` are what the public reads.
    """

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="jury_seats", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    capacity = models.CharField(
        _("capacity"),
        max_length=120,
        blank=True,
        help_text=_("As everyone reads it beside the name: profession, organisation."),
    )
    i18n = TranslationField(fields=("capacity",))
    language = models.CharField(_("language of the invitation"), max_length=5, default=DEFAULT)
    is_chair = models.BooleanField(_("chairs the jury"), default=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=MemberState, default=MemberState.INVITED)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the jury")
        verbose_name_plural = _("members of the jury")
        ordering = ["jury_id", "-is_chair", "id"]
        constraints = [
            models.UniqueConstraint("jury", Lower("email"), name="jury_member_once", condition=~Q(email="")),
            models.UniqueConstraint(
                fields=["jury", "person"], name="jury_person_once", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["jury"],
                condition=Q(is_chair=True, state__in=[MemberState.INVITED, MemberState.ACCEPTED]),
                name="jury_one_chair",
            ),
            models.CheckConstraint(
                condition=Q(state=MemberState.INVITED) | Q(answered_at__isnull=False), name="jury_member_answered_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="jury_member_seats")]

    def __str__(self) -> str:
        return self.name or (str(self.person) if self.person else str(_("Somebody")))
