"""Looking for listed words, links and likeness in what people write. Pure: text in, findings out.

Words are compared after `folded`: compatibility forms (NFKC), small letters, no accents, no invisible characters, and the commonest disguises of letters
(`@` for a, `0` for o, `1` for i, `3` for e, `5` and `$` for s, `7` for t) undone inside words. A word is found as a whole only: a listed “scun” does not find
“Scunthorpe”. Not seen: letters apart (“s p a m”), look-alike letters of other alphabets, pictures of text.
"""

import re
import unicodedata
from collections.abc import Iterable

# Letters that digits and signs stand in for, where a letter is beside them.
DISGUISES = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t"})
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
WORD = re.compile(r"[\w@$!]+")
LINK = re.compile(r"(?:https?://|www\.)([^\s/?#<>\"'()\[\]{}|\\^`]+)", re.IGNORECASE)


def folded(text: str) -> str:
    """Small letters without accents or invisible characters; words apart by one space. Folding twice changes nothing."""
    plain = unicodedata.normalize("NFKC", text)
    while True:
        visible = "".join(
            letter for letter in plain if unicodedata.category(letter) not in ("Cf", "Cc") or letter.isspace()
        )
        apart = unicodedata.normalize("NFKD", visible.casefold().translate(LIGATURES))
        bare = unicodedata.normalize("NFKC", "".join(letter for letter in apart if not unicodedata.combining(letter)))
        if bare == plain:
            return " ".join(bare.split())
        plain = bare


def undisguised(word: str) -> str:
    """A folded word with the disguises of its letters undone; a number stays a number."""
    return word.translate(DISGUISES) if any(letter.isalpha() for letter in word) else word


def words_of(text: str) -> list[str]:
    """The words of a text, folded and undisguised, in order."""
    return [undisguised(word.rstrip("!")) for word in WORD.findall(folded(text)) if word.rstrip("!")]


def listed_words(text: str, listed: Iterable[str]) -> list[str]:
    """Which of the `listed` words a text holds, as they stand in the list and in its order. `escro*` takes every ending; several words match in a row."""
    said = words_of(text)
    row = f" {' '.join(said)} "
    found = []
    for entry in listed:
        open_end = entry.rstrip().endswith("*")
        wanted = " ".join(words_of(entry.rstrip().rstrip("*")))
        if wanted and f" {wanted}{'' if open_end else ' '}" in row:
            found.append(entry)
    return found


def links(text: str, known: Iterable[str] = ()) -> list[str]:
    """The hosts that a text links to, one for each link, without those that are `known` or lie under one that is."""
    covered = tuple(host.lower().strip().removeprefix("www.").strip(".") for host in known if host.strip())
    hosts = [_host(found) for found in LINK.findall(unicodedata.normalize("NFKC", text))]
    return [host for host in hosts if host and not any(host == one or host.endswith(f".{one}") for one in covered)]


def _host(found: str) -> str:
    host = found.rpartition("@")[2].partition(":")[0].lower()
    return host.strip(".,;!").removeprefix("www.")
