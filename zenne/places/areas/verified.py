from datetime import datetime

from zenne.people.accounts.models import Person
from zenne.people.accounts.verified import Facts, listeners

from .actions import set_residence
from .naming import searchable
from .queries import communes, outside, residence_of, with_postcode


def keep_residence(person: Person, facts: Facts, now: datetime) -> None:
    """The official address says in which commune somebody lives. Its street isn't kept; a district they told stays if it fits."""
    if not facts.postcode:
        return
    found = list(with_postcode(facts.postcode.strip()))
    if len(found) != 1 and facts.locality:
        named = [
            area
            for area in found or communes()
            if searchable(facts.locality) in (searchable(area.name_fr), searchable(area.name_nl))
        ]
        found = named or found
    commune = found[0] if found else outside()
    if commune is None:
        return
    known = residence_of(person.pk)
    district = known.district if known and known.commune_id == commune.pk else None
    set_residence(person=person, commune=commune, district=district, by=None, now=now, verified=True)


listeners.register("residence", keep_residence)
