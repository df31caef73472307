"""What every view begins with: the jury at an address, in its organisation's look, and the seat of whoever looks."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.participation.processes.rules import may_see
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import wear

from ..models import Candidate, Jury, Member
from ..queries import candidates, juries, known
from ..rules import seat_of


def jury_at(request: HttpRequest, slug: str, pk: int) -> Jury:
    """The jury at this address. Raises NotFound when it isn't there, or its process not for this visitor."""
    found = juries().filter(pk=pk, activity__phase__process__slug=slug).first()
    if found is None or not may_see(request.user, found.process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no jury at this address."))
    wear(request, found.process.organisation)
    return found


def candidate_of(jury: Jury, pk: int) -> Candidate:
    found = known(jury, candidates(jury).filter(pk=pk))
    if not found:
        raise NotFound(_("This is not before the jury."))
    return found[0]


def my_seat(request: HttpRequest, jury: Jury) -> Member:
    """The seat of whoever is signed in. Raises NotAllowed for everybody else."""
    seat = seat_of(request.user, jury)
    if seat is None:
        require(Refused(Reason.NOT_A_MEMBER))
    assert seat is not None
    seat.jury = jury
    return seat


def sign_in_first(request: HttpRequest) -> HttpResponseRedirect | None:
    """The way to sign in and come back, for who is not signed in."""
    if isinstance(request.user, Person):
        return None
    return redirect_to_login(request.path, reverse("account_login"))
