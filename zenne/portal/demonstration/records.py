"""The content files as frozen records, one class a table; `content/README.md` explains every key.

A field without a default must be there. Keys that Python reserves carry an underscore behind (`from_`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NewType

Texts = Mapping[str, str]
Opening = NewType("Opening", datetime)
Closing = NewType("Closing", datetime)


@dataclass(frozen=True, kw_only=True)
class Worded:
    """Something said in several languages beside its other keys."""

    fr: str = ""
    nl: str = ""
    en: str = ""

    @property
    def words(self) -> Texts:
        return {language: text for language in ("fr", "nl", "en") if (text := getattr(self, language))}


@dataclass(frozen=True)
class Staff:
    key: str
    name: str
    email: str
    language: str
    role: str


@dataclass(frozen=True)
class Organisation:
    key: str
    slug: str
    kind: str
    parent: str
    commune: str
    languages: tuple[str, ...]
    name: Texts
    sub_name: Texts
    about: Texts
    address: Texts
    privacy_contact: Texts
    brand: str
    accent: str
    corners: str
    facades: tuple[str, ...]
    email: str
    privacy_email: str
    staff: tuple[Staff, ...]


@dataclass(frozen=True)
class Resident:
    key: str
    name: str
    email: str
    language: str
    commune: str
    birth_year: int
    gender: str = ""


@dataclass(frozen=True)
class Block:
    """`fr`, `nl` and `en` are strings, or lists of strings where `kind` is `list`."""

    kind: str
    fr: str | list[str] = ""
    nl: str | list[str] = ""
    en: str | list[str] = ""
    ordered: bool = False
    title: Texts = field(default_factory=dict)
    source: Texts = field(default_factory=dict)
    link: str = ""
    link_label: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    slug: str
    order: int
    menu: str
    updated: date
    title: Texts
    summary: Texts
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Settings:
    moderation: str
    stance: bool
    oppose: bool
    place: str
    photos: int
    files: int
    answer_days: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Access:
    level: str
    commune: str = ""
    minimum_age: int | None = None


@dataclass(frozen=True)
class AccessByAction:
    propose: Access
    comment: Access
    support: Access


@dataclass(frozen=True)
class Theme:
    key: str
    title: Texts
    description: Texts
    icon: str
    motif: str
    hue: int


@dataclass(frozen=True)
class Activity:
    key: str
    kind: str
    title: Texts
    text: Texts
    opens: Opening
    closes: Closing | None = None
    becomes: str = ""


@dataclass(frozen=True)
class Phase:
    key: str
    title: Texts
    summary: Texts
    opens: Opening
    activities: tuple[Activity, ...]
    closes: Closing | None = None


@dataclass(frozen=True)
class Extension:
    phase: str
    from_: Closing
    to: Closing
    at: datetime
    by: str
    reason: Texts
    activity: str = ""


@dataclass(frozen=True)
class Question:
    question: Texts
    answer: Texts


@dataclass(frozen=True)
class News:
    key: str
    at: datetime
    by: str
    title: Texts
    text: Texts


@dataclass(frozen=True)
class Document:
    file: str
    at: datetime
    by: str
    title: Texts
    text: Texts


@dataclass(frozen=True)
class TeamMember:
    person: str
    role: Texts


@dataclass(frozen=True)
class Contact:
    email: str
    text: Texts


@dataclass(frozen=True, kw_only=True)
class Process:
    slug: str
    organisation: str
    state: str
    created_at: datetime
    created_by: str
    published_at: datetime | None = None
    published_by: str = ""
    archived_at: datetime | None = None
    archived_by: str = ""
    folder: Texts = field(default_factory=dict)
    expected_missing: tuple[str, ...] = ()
    title: Texts
    summary: Texts
    description: tuple[Block, ...]
    settings: Settings
    access: AccessByAction
    themes: tuple[Theme, ...]
    phases: tuple[Phase, ...]
    extensions: tuple[Extension, ...] = ()
    faq: tuple[Question, ...] = ()
    news: tuple[News, ...] = ()
    documents: tuple[Document, ...] = ()
    team: tuple[TeamMember, ...] = ()
    contact: Contact
    followers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    lon: float
    lat: float
    address: str
    commune: str


@dataclass(frozen=True)
class Accepted:
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Refused(Worded):
    by: str
    at: datetime


@dataclass(frozen=True)
class Withdrawn:
    at: datetime
    reason: str


@dataclass(frozen=True)
class Consent:
    person: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Merged(Worded):
    into: str
    by: str
    at: datetime
    asked_at: datetime
    consents: tuple[Consent, ...]


@dataclass(frozen=True, kw_only=True)
class Change(Worded):
    to: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Assigned:
    to: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Note:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Answer(Worded):
    by: str
    at: datetime


@dataclass(frozen=True)
class Deleted:
    by: str
    at: datetime


@dataclass(frozen=True)
class Report:
    by: str
    at: datetime
    category: str
    text: str
    decision: str
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    by: str
    at: datetime
    language: str
    text: str
    key: str = ""
    reply_to: str = ""
    stance: str = ""
    reactions: Mapping[str, list[str]] = field(default_factory=dict)
    deleted: Deleted | None = None
    report: Report | None = None


@dataclass(frozen=True, kw_only=True)
class Idea:
    key: str
    title: str
    text: str
    language: str
    theme: str
    at: datetime
    channel: str
    author: str = ""
    author_name: str = ""
    entered_by: str = ""
    place: Place | None = None
    tags: tuple[str, ...] = ()
    jury_favourite: bool = False
    accepted: Accepted | None = None
    refused: Refused | None = None
    withdrawn: Withdrawn | None = None
    merged: Merged | None = None
    changes: tuple[Change, ...] = ()
    assigned: Assigned | None = None
    notes: tuple[Note, ...] = ()
    supporters: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()
    answer: Answer | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contributions:
    """What happened in one activity of one process."""

    process: str
    phase: str
    activity: str
    reasons: Mapping[str, Texts] = field(default_factory=dict)
    ideas: tuple[Idea, ...]
