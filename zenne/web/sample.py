"""What the gallery shows: three invented organisations and a few invented ideas. Nothing else uses this."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .art.tiles import MOTIFS
from .tags.courses import Course


@dataclass(frozen=True)
class Organisation:
    name_i18n: str
    subname_i18n: str
    brand: str
    accent: str
    corners: str
    logo: None = None


ORGANISATIONS = {
    "region": Organisation("Bruxelles participe", "Région de Bruxelles-Capitale", "#3d37b0", "#ffc93c", "round"),
    "saint-gilles": Organisation("Saint-Gilles en commun", "Commune de Saint-Gilles", "#9b1b4c", "#7fd6c2", "square"),
    "jette": Organisation("Jette ensemble", "Commune de Jette", "#0b6b4f", "#ff9d7a", "soft"),
}
ROLES = (
    "bg", "surface", "sunken", "hero", "tint", "ink", "ink2", "link", "brand", "brand2", "onbrand", "accent", "onaccent", "line", "line2",
    "focus", "ok", "ok-tint", "warn", "warn-tint", "bad", "bad-tint",
)  # fmt: skip
IDEAS: tuple[dict[str, Any], ...] = (
    {
        "title": "Quatorze arbres pour la place Bockstael",
        "text": "Remplacer une rangée de parking par des tilleuls, des bancs et un revêtement clair qui laisse passer la pluie.",
        "theme": "Nature en ville", "icon": "leaf", "category": 1, "motif": "leaf", "fr": "Laeken", "nl": "Laken", "lat": 50.8790, "lon": 4.3475,
        "supports": 412, "comments": 38, "cost": 85_000_00, "badge": "",
    },
    {
        "title": "Un jardin de pluie rue du Fort",
        "text": "Une noue plantée pour absorber les orages au pied de la rue et rafraîchir les façades voisines.",
        "theme": "Eau", "icon": "droplet", "category": 2, "motif": "wave", "fr": "Saint-Gilles", "nl": "Sint-Gillis", "lat": 50.8262,
        "lon": 4.3440, "supports": 289, "comments": 21, "cost": 62_000_00, "badge": "",
    },
    {
        "title": "Préau d’école ouvert le week-end",
        "text": "Ouvrir la cour arborée de l’école aux familles du quartier, avec un gardien et des jeux d’eau.",
        "theme": "Enfance", "icon": "balloon", "category": 3, "motif": "star", "fr": "Molenbeek-Saint-Jean", "nl": "Sint-Jans-Molenbeek",
        "lat": 50.8545, "lon": 4.3230, "supports": 267, "comments": 30, "cost": 95_000_00, "badge": "",
    },
    {
        "title": "Vélos-boxes à l’ombre, chaussée d’Ixelles",
        "text": "Vingt places sécurisées sous une pergola végétalisée, à deux pas de l’arrêt de tram.",
        "theme": "Mobilité", "icon": "bike", "category": 4, "motif": "wheel", "fr": "Ixelles", "nl": "Elsene", "lat": 50.8325, "lon": 4.3690,
        "supports": 351, "comments": 44, "cost": 48_000_00, "badge": "Nouveau",
    },
    {
        "title": "Tables d’échecs et grands bancs, place Cardinal Mercier",
        "text": "Un salon de plein air sous les platanes, pensé avec les habitants de la maison de repos.",
        "theme": "Vie de quartier", "icon": "armchair", "category": 5, "motif": "steps", "fr": "Jette", "nl": "Jette", "lat": 50.8805,
        "lon": 4.3290, "supports": 176, "comments": 19, "cost": 22_000_00, "badge": "",
    },
)  # fmt: skip
#: A few corners of the Region, to have something under the pins.
OUTLINE = (
    (4.383, 50.912), (4.437, 50.895), (4.424, 50.879), (4.437, 50.862), (4.462, 50.848), (4.478, 50.826), (4.466, 50.816), (4.481, 50.801),
    (4.431, 50.776), (4.386, 50.764), (4.341, 50.777), (4.306, 50.8), (4.27, 50.815), (4.244, 50.83), (4.282, 50.848), (4.276, 50.867),
    (4.3, 50.879), (4.325, 50.895), (4.35, 50.907), (4.383, 50.912),
)  # fmt: skip


def organisation(name: str) -> Organisation:
    return ORGANISATIONS.get(name, ORGANISATIONS["region"])


def choices(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Links that change the colours or the scheme of the gallery."""
    look, scheme = request.GET.get("look", "region"), request.GET.get("scheme", "")
    schemes = {"": _("As the system"), "light": _("Light"), "dark": _("Dark")}
    return {
        "organisations": [
            {"label": one.name_i18n, "url": f"?look={name}&scheme={scheme}", "current": name == look}
            for name, one in ORGANISATIONS.items()
        ],
        "schemes": [
            {"label": label, "url": f"?look={look}&scheme={name}", "current": name == scheme}
            for name, label in schemes.items()
        ],
    }


def everything() -> dict[str, Any]:
    """The context of the gallery."""
    url = "#ideas"
    return {
        "now": datetime(2026, 5, 19, 12, 0, tzinfo=UTC),
        "written": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        "answered": datetime(2026, 3, 3, 13, 30, tzinfo=UTC),
        "ideas": [{**idea, "url": url, "facts": _facts(idea)} for idea in IDEAS],
        "figures": [
            {"value": "500 000 €", "label": "à répartir"},
            {"value": "32", "label": "projets en lice"},
            {"value": "3 872", "label": "votants"},
        ],
        "tiles": [
            {"value": "3 872", "label": "votants"},
            {"value": "3 114", "label": "paniers validés"},
            {"value": "6", "label": "commentaires à modérer"},
            {"value": "12", "label": "jours restants"},
        ],
        "stops": [
            {"title": "Idées", "when": "2 févr. – 15 mars", "state": "done", "note": "214 idées déposées", "url": url},
            {"title": "Jury", "when": "16 mars – 30 avril", "state": "done", "note": "32 projets retenus"},
            {"title": "Vote", "when": "4 – 31 mai", "state": "now", "note": "Encore 12 jours"},
            {"title": "Résultats", "when": "15 juin", "state": "next", "note": "Annonce en public"},
        ],
        "chips": [
            {"label": "Tous", "url": url, "current": True, "count": 32},
            *({"label": idea["theme"], "url": url, "icon": idea["icon"]} for idea in IDEAS),
        ],
        "views": [
            {"label": "Grille", "url": url, "icon": "layout-grid", "current": True},
            {"label": "Liste", "url": url, "icon": "list"},
            {"label": "Carte", "url": "#map", "icon": "map"},
        ],
        "budget": [{"value": 85_000, "category": 1}, {"value": 62_000, "category": 2}],
        "by_theme": [
            {"label": idea["theme"], "value": idea["supports"], "category": idea["category"]}
            for idea in sorted(IDEAS, key=lambda one: -one["supports"])
        ],
        "by_day": [
            (f"{day} mai", value)
            for day, value in enumerate((60, 88, 120, 131, 127, 104, 98, 121, 160, 201, 236, 244, 228), 4)
        ],
        **_charts(),
        "motifs": list(MOTIFS),
        "outline": {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [OUTLINE]}},
        "categories": range(1, 11),
        "roles": ROLES,
    }


def _charts() -> dict[str, Any]:
    """What the charts of parts, pairs and broken lines show."""
    return {
        "answers": [{"label": "Idées", "values": [41, 12, 23, 9]}],
        "answer_parts": [
            {"label": "Réponse à temps", "category": 1},
            {"label": "Réponse en retard", "category": 4},
            {"label": "En attente", "category": 2},
            {"label": "En attente, en retard", "category": 5},
        ],
        "ages": [
            {"label": "20 à 29 ans", "one": 17.4, "other": 6.1, "low": 4.2, "high": 9.0},
            {"label": "30 à 39 ans", "one": 18.9, "other": 27.6, "low": 23.4, "high": 32.1},
            {"label": "70 ans et plus", "one": 10.2, "other": None},
        ],
        "gas": Course(
            label="Gaz consommé",
            summary="Gaz consommé. 2021: 92 GWh. 2025: 74 GWh. Visé pour 2030: 60 GWh.",
            values=[
                (date(year, 12, 31), value)
                for year, value in ((2021, 92), (2022, 88), (2023, 85), (2024, 79), (2025, 74))
            ],
            spreads=[(date(2025, 12, 31), 71, 77)],
            baseline=(date(2020, 12, 31), 100),
            aims=[(date(2020, 12, 31), 100), (date(2030, 12, 31), 60)],
            ahead=[(date(2026, 12, 31), 70.2), (date(2027, 12, 31), 65.7)],
            ahead_spreads=[(date(2026, 12, 31), 65.9, 74.5), (date(2027, 12, 31), 60.9, 70.5)],
            scale=[100, 80, 60],
            ticks=["100", "80", "60"],
            first="Année",
            columns=["Valeur (GWh)", "Cible"],
            rows=[("2025", ["74", "80"]), ("2024", ["79", "84"]), ("2023", ["85", "88"])],
            begins="2020",
            ends="2030",
        ),
        "newcomers": [("semaine 1", 24), ("semaine 2", None), ("semaine 3", 31), ("semaine 4", 12)],
    }


def _facts(idea: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"icon": "heart", "text": idea["supports"], "label": "soutiens"},
        {"icon": "message-circle", "text": idea["comments"], "label": "commentaires"},
    ]
