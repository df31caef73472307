"""How a name is compared: without accents, capitals and punctuation. `Étangs d'Ixelles` and `etangs d ixelles` are one."""

import re
import unicodedata


def searchable(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))
