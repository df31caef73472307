"""A page as a visitor's program reads it: its head, its links, and each piece of text with the language it is said to be in."""

import gettext
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "svg"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings = 0
        self.title = ""
        self.meta: dict[str, str] = {}
        self.alternates: dict[str, str] = {}
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    @property
    def language(self) -> str:
        return self.said_language

    @property
    def indexed(self) -> bool:
        return "noindex" not in self.meta.get("robots", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.said_language = given.get("lang", "")
        if tag not in VOID:
            around = self._open[-1][1] if self._open else ""
            self._open.append((tag, given.get("lang", around)))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings += 1
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "meta":
            self.meta[given.get("name") or given.get("property", "")] = given.get("content", "")
        elif tag == "link" and given.get("hreflang"):
            self.alternates[given["hreflang"]] = given["href"]

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(name == tag for name, _language in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "title" and not any(tag in SILENT for tag, _language in self._open):
            self.title += data
        elif self._open and data.strip() and not any(tag in SILENT for tag, _language in self._open):
            self.texts.append((" ".join(data.split()), self._open[-1][1]))


def untranslated(language: str) -> set[str]:
    """Our English words that the language says otherwise: standing alone on its pages, they were forgotten."""
    words: set[str] = set()
    for catalogue in ROOT.glob(f"zenne/**/locale/{language}/LC_MESSAGES/django.mo"):
        with catalogue.open("rb") as file:
            known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        words |= {source for source, said in known.items() if isinstance(source, str) and said != source}
    return {each for each in words if any(letter.isalpha() for letter in each)}  # a colon is no word
