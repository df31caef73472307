"""A letter code as an organisation's staff issued it."""

from datetime import UTC, datetime, timedelta

from zenne.people.access.models import LetterCode
from zenne.people.organisations.models import Organisation

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def make_for(organisation: Organisation) -> list[LetterCode]:
    """A letter on its way, for the test that tries to reach it from another organisation."""
    return [
        LetterCode.objects.create(
            organisation=organisation,
            mark=f"mark-{organisation.pk}",
            digest=f"digest-{organisation.pk}",
            issued_at=NOW,
            expires_at=NOW + timedelta(days=60),
        )
    ]
