"""The real elections of the Pabulib library that the tests read."""

import gzip

from tests.data import real
from zenne.methods.pabulib import Election, read

NAMES = (
    "France_Toulouse_2019.pb",
    "France_Toulouse_2022.pb",
    "France_Toulouse_2022_1_-_Capitole_Arnaud_Bernard_Carmes.pb",
    "Hungary_Budapest_2025_VIII_Jozsefvaros.pb",
    "Netherlands_Amsterdam_166.pb",
    "Netherlands_Amsterdam_289.pb",
    "Netherlands_Amsterdam_309.pb.gz",
    "Netherlands_Amsterdam_588.pb",
    "Netherlands_Amsterdam_643.pb",
    "Netherlands_Assen_2024.pb",
    "Poland_Czestochowa_2025_Grabowka.pb",
    "Poland_Gdansk_2020_Oliwa.pb",
    "Poland_Gdynia_2021_Babie_Doly__large.pb",
    "Poland_Katowice_2021.pb.gz",
    "Poland_Krakow_2022.pb.gz",
    "Poland_Krakow_2024_Bienczyce.pb",
    "Poland_Lodz_2022.pb.gz",
    "Poland_Poznan_2026_large.pb.gz",
    "Poland_Swiecie_2023.pb",
    "Poland_Warszawa_2020_Praga-Poludnie.pb.gz",
    "Poland_Warszawa_2023_Mokotow.pb.gz",
    "Poland_Warszawa_2023_Wesola.pb",
    "Poland_Warszawa_2026_Bemowo.pb",
    "Poland_Wroclaw_2015_150_-_500.pb.gz",
    "Poland_Wroclaw_2017_Rejon_nr_11_750.pb",
    "Switzerland_Zurich_D5.pb",
    "Switzerland_Zurich_S5.pb",
    "Switzerland_Zurich_SN.pb",
    "US_Stanford_Dataset_PB_Cambridge_2017_vote_approvals.pb",
    "US_Stanford_Dataset_PB_Dieppe_2015_vote_rankings.pb",
    "Worldwide_Mechanical_Turk_Ranking_value_7.pb",
    "Worldwide_Mechanical_Turk_Utilities_7.pb",
)


def packed(name: str) -> bytes:
    """The file as it lies there; the test is skipped where it does not."""
    return real(f"elections/{name}").read_bytes()


def election(name: str) -> Election:
    data = packed(name)
    return read(gzip.decompress(data) if name.endswith(".gz") else data)
