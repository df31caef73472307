"""A text of the panel: written paragraph by paragraph, in versions that are only ever added.

Whoever writes says which version they read (`base`). What somebody else wrote meanwhile in another paragraph joins by itself; in the same
paragraph `Overtaken` is raised, with both wordings, and nothing is lost.
"""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES, text_in
from zenne.participation.advices import actions as advices
from zenne.participation.advices.models import Advice
from zenne.participation.decisions.models import Body
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from .. import notifications
from ..enums import DRAFT_TRANSITIONS, AmendmentState, DraftState
from ..errors import Ended, Overtaken
from ..models import Amendment, Draft, Panel, Version
from ..models.draft import MOST_PARAGRAPHS, PARAGRAPH_LENGTH, written
from ..models.talk import TITLE_LENGTH
from ..rules import may_arrange, may_keep, may_word, seat_of
from .holding import note, voice


@transaction.atomic
def begin_draft(panel: Panel, *, title: str, language: str, by: Person, now: datetime) -> Draft:
    """A new text without a paragraph. Whoever begins it keeps it: opens it to amendments, takes and refuses them."""
    seat = voice(panel, by, now)
    title = heading(title)
    if not title:
        raise Invalid(_("Give the text a title."))
    if language not in LANGUAGES:
        raise Invalid(_("Choose the language you write in."))
    made = Draft.objects.create(panel=panel, title=title, language=language, seat=seat, begun_at=now)
    Version.objects.create(draft=made, number=1, seat=seat, written_at=now)
    note("panel.draft_begun", made, panel, by, now)
    transaction.on_commit(lambda: notifications.draft_begun(made, by, now))
    return made


@transaction.atomic
def word_paragraph(
    draft: Draft, *, key: str, base: int, title: str, text: str, asks: bool, by: Person, now: datetime
) -> Version:
    """Write a paragraph again. What is the same already makes no version."""
    draft, last = held(draft)
    require(may_word(by, draft, now))
    mine = worded(key, title, text, asks)
    theirs = unchanged_since(draft, last, key, base, mine)
    if theirs == mine:
        return last
    made = written(last, seat_of(by, draft.panel, now), now)
    made.paragraphs = [mine if each["key"] == key else each for each in made.paragraphs]
    return kept(made, key)


@transaction.atomic
def add_paragraph(draft: Draft, *, after: str, title: str, text: str, asks: bool, by: Person, now: datetime) -> Version:
    """A new paragraph after another one, or at the end when that one is gone (or `after` is empty)."""
    draft, last = held(draft)
    require(may_word(by, draft, now))
    return insert(last, after, worded(new_key(), title, text, asks), written(last, seat_of(by, draft.panel, now), now))


@transaction.atomic
def move_paragraph(draft: Draft, *, key: str, up: bool, by: Person, now: datetime) -> Version:
    """One place up or down; at the edge nothing happens."""
    draft, last = held(draft)
    require(may_word(by, draft, now))
    keys = [each["key"] for each in last.paragraphs]
    if key not in keys:
        raise Ended(_("This paragraph was taken out in the meantime."))
    at = keys.index(key)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(keys):
        return last
    made = written(last, seat_of(by, draft.panel, now), now)
    made.paragraphs[at], made.paragraphs[to] = made.paragraphs[to], made.paragraphs[at]
    return kept(made, key)


@transaction.atomic
def drop_paragraph(draft: Draft, *, key: str, base: int, by: Person, now: datetime) -> Version:
    """Take a paragraph out. Earlier versions keep it. Raises Overtaken when somebody wrote in it since."""
    draft, last = held(draft)
    require(may_word(by, draft, now))
    unchanged_since(draft, last, key, base, None)
    made = written(last, seat_of(by, draft.panel, now), now)
    made.paragraphs = [each for each in made.paragraphs if each["key"] != key]
    return kept(made, key)


@transaction.atomic
def restore_version(draft: Draft, *, number: int, by: Person, now: datetime) -> Version:
    """Go back to an earlier version; what came after it stays readable."""
    draft, last = held(draft)
    require(may_word(by, draft, now))
    old = draft.versions.get(number=number)
    if old.paragraphs == last.paragraphs:
        return last
    made = written(last, seat_of(by, draft.panel, now), now)
    made.paragraphs = old.paragraphs
    return kept(made, "")


@transaction.atomic
def set_draft_state(draft: Draft, *, to: DraftState, by: Person, now: datetime) -> Draft:
    """Open it to amendments, write on, or set it aside. It is issued by `issue_draft` alone."""
    draft, last = held(draft)
    require(may_keep(by, draft, now))
    if to == DraftState.ISSUED or to not in DRAFT_TRANSITIONS[DraftState(draft.state)]:
        raise Ended(_("This text is at another point: that cannot be done now."))
    if to == DraftState.AMENDING and not last.paragraphs:
        raise Invalid(_("Write a paragraph first."))
    if draft.state == DraftState.AMENDING:
        _require_decided(draft)
    draft.state = to
    draft.save(update_fields=["state"])
    note("panel.draft_moved", draft, draft.panel, by, now, to=to.value)
    if to == DraftState.AMENDING:
        transaction.on_commit(lambda: notifications.amendments_opened(draft, by, now))
    return draft


@transaction.atomic
def issue_draft(draft: Draft, *, body: Body, due_on: date, by: Person, now: datetime) -> Advice:
    """The panel's text becomes an advice that its body must answer by a day. Process managers do it, once every amendment is decided."""
    draft, last = held(draft)
    panel = draft.panel
    require(may_arrange(by, panel))
    if draft.state != DraftState.AMENDING:
        raise Ended(_("Open the text to amendments first: members read it once more before it leaves."))
    _require_decided(draft)
    asked = [each for each in last.paragraphs if each["asks"]]
    if not asked:
        raise Invalid(_("Mark at least one paragraph as a recommendation."))
    if not all(each["title"] for each in asked):
        raise Invalid(_("Give every recommendation a heading."))
    says = "\n\n".join(
        "\n".join(part for part in (each["title"], each["text"]) if part)
        for each in last.paragraphs
        if not each["asks"]
    )
    language = draft.language
    draft.advice = advices.issue(
        panel.process,
        issuer={code: text_in(panel, "name", code) for code in LANGUAGES},
        body=body,
        title={language: draft.title},
        text={language: says},
        recommendations=[advices.Asked({language: each["title"]}, {language: each["text"]}) for each in asked],
        due_on=due_on,
        by=by,
        now=now,
    )
    draft.state = DraftState.ISSUED
    draft.save(update_fields=["state", "advice"])
    note("panel.draft_issued", draft, panel, by, now, advice=draft.advice.pk)
    transaction.on_commit(lambda: notifications.draft_issued(draft, by, now))
    return draft.advice


def held(draft: Draft) -> tuple[Draft, Version]:
    """The draft, held until the end of the transaction, and its last version."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related(
        "panel__process__organisation", "panel__group", "advice"
    )
    found = rows.get(pk=draft.pk)
    last = found.versions.order_by("-number").first()
    assert last is not None
    last.draft = found
    return found, last


def unchanged_since(draft: Draft, last: Version, key: str, base: int, mine: dict[str, Any] | None) -> dict[str, Any]:
    """The paragraph as it is now. Raises Overtaken when it is not what it was in version `base`, Ended when it is gone."""
    theirs = last.paragraph(key)
    if theirs is None:
        raise Ended(_("This paragraph was taken out in the meantime."))
    read = draft.versions.filter(number=base).first()
    if theirs != mine and (read is None or read.paragraph(key) != theirs):
        raise Overtaken(theirs=theirs, version=last.number)
    return theirs


def insert(last: Version, after: str, paragraph: dict[str, Any], made: Version) -> Version:
    if len(last.paragraphs) >= MOST_PARAGRAPHS:
        raise Invalid(_("A text has at most %(most)s paragraphs.") % {"most": MOST_PARAGRAPHS})
    keys = [each["key"] for each in last.paragraphs]
    at = keys.index(after) + 1 if after in keys else len(keys)
    made.paragraphs.insert(at, paragraph)
    return kept(made, paragraph["key"])


def new_key() -> str:
    return secrets.token_hex(4)


def worded(key: str, title: str, text: str, asks: bool) -> dict[str, Any]:
    paragraph = {"key": key, "title": heading(title), "text": text.strip().replace("\r\n", "\n"), "asks": bool(asks)}
    if not paragraph["text"] and not paragraph["title"]:
        raise Invalid(_("Write something first."))
    if len(str(paragraph["text"])) > PARAGRAPH_LENGTH:
        raise Invalid(_("A paragraph has at most %(most)s characters.") % {"most": PARAGRAPH_LENGTH})
    return paragraph


def heading(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > TITLE_LENGTH:
        raise Invalid(_("A heading has at most %(most)s characters.") % {"most": TITLE_LENGTH})
    return line


def kept(made: Version, key: str) -> Version:
    made.changed = key
    made.save()
    return made


def _require_decided(draft: Draft) -> None:
    if Amendment.objects.filter(draft=draft, state=AmendmentState.PROPOSED).exists():
        raise Conflict(_("Some amendments are not decided yet."))
