"""The evenings in the neighbourhoods of Jette: one that was held, with who came and its minutes; others to come, one of them nearly full."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.meetings import actions, queries
from zenne.participation.meetings.actions import Tick, Wishes
from zenne.participation.meetings.enums import Need
from zenne.participation.meetings.models import Meeting
from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person

from .calendar import Calendar
from .processes import Staging

PROCESS, PHASE, ACTIVITY = "jette-en-transition-2030", "ideas", "evenings"
TITLE = {"fr": "Soirée climat : {place}", "nl": "Klimaatavond: {place}", "en": "Climate evening: {place}"}
TEXT = {
    "fr": "Les propositions du quartier sont affichées au mur. Par tables de huit, on les regroupe et on en défend trois. Une soupe est servie à 18h30.",
    "nl": "De voorstellen van de wijk hangen aan de muur. Aan tafels van acht worden ze gegroepeerd en worden er drie verdedigd. Om 18.30 uur is er soep.",
    "en": "The proposals of the neighbourhood hang on the wall. At tables of eight they are grouped, and three are argued for. Soup is served at 18:30.",
}
AGENDA = (
    (15, {"fr": "Accueil et mode d’emploi", "nl": "Onthaal en hoe het werkt", "en": "Welcome, and how it works"}),
    (
        60,
        {
            "fr": "Par tables : regrouper, choisir",
            "nl": "Aan tafel: groeperen, kiezen",
            "en": "At the tables: group, choose",
        },
    ),
    (
        30,
        {
            "fr": "Chaque table défend trois priorités",
            "nl": "Elke tafel verdedigt drie prioriteiten",
            "en": "Each table argues for three priorities",
        },
    ),
)
MINUTES = {
    "fr": "Six tables ont travaillé. Reviennent le plus souvent : l’ombre sur les places, des rues d’école sans voitures, et l’isolation des logements loués.\n\nLa commune répond à chaque proposition sur sa page.",
    "nl": "Zes tafels hebben gewerkt. Wat het vaakst terugkomt: schaduw op de pleinen, schoolstraten zonder auto’s, en isolatie van huurwoningen.\n\nDe gemeente antwoordt op elk voorstel op zijn pagina.",
}
DATES = (
    # days from the day of loading, where, address, longitude, latitude, places, who registers
    (-6, "Miroir", "Place du Miroir, 1090 Jette", 4.32838, 50.87924, 40, 24),
    (8, "Essegem", "Place Reine Astrid, 1090 Jette", 4.32741, 50.87738, 40, 11),
    (15, "Dieleghem", "Rue Tiebackx 14, 1090 Jette", 4.32180, 50.88590, 12, 14),
    (22, "Heymbosch", "Avenue du Heymbosch 33, 1090 Jette", 4.31420, 50.88210, None, 5),
)


def plan(staging: Staging, calendar: Calendar, until: datetime) -> None:
    """Put the evenings on the timeline, each announced three days after the activity opens; who registers does so in the days before `until`."""
    activity = staging.activities.get((PHASE, ACTIVITY))
    if staging.described.slug != PROCESS or activity is None:
        return
    chance = Random(1090)  # noqa: S311 - the same city each time
    by = staging.person(staging.described.published_by)
    announced = calendar.moment("-17 09:00")
    for days, place, address, lon, lat, capacity, number in DATES:
        values: dict[str, Any] = {
            **{attribute("title", code): TITLE[code].format(place=place) for code in LANGUAGES},
            **{attribute("text", code): TEXT[code] for code in LANGUAGES},
            "starts_at": calendar.moment(f"{days} 19:00"),
            "ends_at": calendar.moment(f"{days} 21:00"),
            "address": address,
            "lon": lon,
            "lat": lat,
            "capacity": capacity,
            "needs_offered": [Need.CHILDCARE, Need.INTERPRETATION, Need.WHEELCHAIR],
            "languages": ["fr", "nl"],
        }
        people = chance.sample(_residents(staging), number)
        staging.timeline.add(announced, partial(_announce, activity, values, by))
        for at, person in enumerate(people):
            moment = announced + timedelta(hours=3 + 7 * at)
            wishes = Wishes(needs=[chance.choice(list(Need))] if chance.random() < 0.2 else [])
            staging.timeline.add(moment, partial(_register, activity, values, person, wishes))
        if values["ends_at"] < until:
            staging.timeline.add(values["ends_at"], partial(_hold, activity, values, by))


def _residents(staging: Staging) -> list[Person]:
    return [staging.person(each.key) for each in staging.residents]


def _announce(activity: Activity, values: dict[str, Any], by: Person, now: datetime) -> None:
    agenda = [
        {"minutes": minutes, **{attribute("title", code): words[code] for code in LANGUAGES}}
        for minutes, words in AGENDA
    ]
    activity = Activity.objects.select_related("phase__process__organisation").get(pk=activity.pk)
    actions.announce(actions.write_meeting(activity, values=values, agenda=agenda, by=by, now=now), by=by, now=now)


def _evening(activity: Activity, values: dict[str, Any]) -> Meeting:
    return queries.with_place().get(activity=activity.pk, starts_at=values["starts_at"])


def _register(activity: Activity, values: dict[str, Any], person: Person, wishes: Wishes, now: datetime) -> None:
    actions.register(_evening(activity, values), person=person, wishes=wishes, now=now)


def _hold(activity: Activity, values: dict[str, Any], by: Person, now: datetime) -> None:
    """Three in four came; others came without registering; the minutes follow at once."""
    meeting = _evening(activity, values)
    codes = list(queries.at_the_door(meeting).values_list("code", flat=True))
    ticks = [Tick(code, True, now - timedelta(hours=2)) for at, code in enumerate(codes) if at % 4]
    actions.tick(meeting, ticks=ticks, by=by, now=now)
    actions.count_walk_ins(meeting, number=7, by=by, now=now)
    actions.write_minutes(meeting, text=MINUTES, by=by, now=now)
    actions.publish_minutes(meeting, by=by, now=now)
