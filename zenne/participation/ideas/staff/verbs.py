"""What staff do with ideas, each thing once: the same for one idea and for many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Spoken
from zenne.people.accounts.models import Person
from zenne.people.moderation import actions as moderation
from zenne.people.moderation.enums import Ground, Verdict

from .. import actions
from ..actions import Outcome
from ..enums import LISTED, TRANSITIONS, IdeaState
from ..models import Idea
from ..rules import may_answer, may_handle, may_lead, may_moderate
from .forms import AnswerForm, AssignForm, HideForm, MoveForm, NoteForm, PlainForm, StatusForm, TagForm, VerbForm


@dataclass(frozen=True)
class Verb:
    """`may` says whether to offer it for one idea; the action's own rule decides. `many` and `one` say where it is offered."""

    label: str | Promise
    button: str | Promise
    said: str | Promise
    form: type[VerbForm]
    may: Callable[[Person, Idea], bool]
    do: Callable[..., object]
    icon: str = "edit"
    many: bool = True
    one: bool = True


def _handles(person: Person, idea: Idea) -> bool:
    return bool(may_handle(person, idea.process.organisation))


def _moderates(person: Person, idea: Idea) -> bool:
    return bool(may_moderate(person, idea.process.organisation))


def _leads(person: Person, idea: Idea) -> bool:
    return any(may_lead(person, idea, after) for after in TRANSITIONS[IdeaState(idea.state)])


def _answers(person: Person, idea: Idea) -> bool:
    return idea.is_public and bool(may_answer(person, idea.process.organisation))


def _hides(person: Person, idea: Idea) -> bool:
    state = IdeaState(idea.state)
    return state in LISTED and IdeaState.REJECTED in TRANSITIONS[state] and _moderates(person, idea)


def _publishes(person: Person, idea: Idea) -> bool:
    return bool(may_lead(person, idea, IdeaState.PUBLISHED))


def _status(idea: Idea, form: Any, **who: Any) -> object:
    return actions.change_status(idea, to=IdeaState(form.cleaned_data["to"]), reason=form.words("reason"), **who)


def _tag(idea: Idea, form: Any, **who: Any) -> object:
    return actions.tag(idea, add=form.added(), remove=form.cleaned_data.get("remove", ()), **who)


def _move(idea: Idea, form: Any, **who: Any) -> object:
    given = form.cleaned_data
    return actions.move(idea, activity=given["activity"], theme=given["theme"], **who)


def _hide(idea: Idea, form: Any, **who: Any) -> object:
    given = form.cleaned_data
    return moderation.decide(idea, Verdict.HIDDEN, ground=Ground(given["ground"]), text=given["text"], **who)


VERBS: dict[str, Verb] = {
    "status": Verb(
        _("Next step"),
        _("Take this step"),
        _("The step is taken; the author is told."),
        StatusForm,
        _leads,
        _status,
        "arrow-right",
    ),
    "publish": Verb(
        _("Publish"),
        _("Publish"),
        _("It is public; the author is told."),
        PlainForm,
        _publishes,
        lambda idea, form, **who: actions.publish_idea(idea, **who),
        "view",
        one=False,
    ),
    "answer": Verb(
        _("Official answer"),
        _("Publish the answer"),
        _("The answer is public; the author and the supporters are told."),
        AnswerForm,
        _answers,
        lambda idea, form, **who: actions.answer_idea(idea, body=form.words("body"), **who),
        "mail",
    ),
    "assign": Verb(
        _("Assign"),
        _("Assign"),
        _("Assigned."),
        AssignForm,
        _handles,
        lambda idea, form, **who: actions.assign(idea, to=form.cleaned_data["to"], **who),
        "user",
    ),
    "tag": Verb(_("Tags"), _("Save the tags"), _("The tags are saved."), TagForm, _handles, _tag, "tag"),
    "note": Verb(
        _("Internal note"),
        _("Keep the note"),
        _("The note is kept; only colleagues read it."),
        NoteForm,
        _handles,
        lambda idea, form, **who: actions.add_note(idea, text=form.cleaned_data["text"], **who),
        "comment",
        many=False,
    ),
    "move": Verb(
        _("Move"), _("Move"), _("It has moved; its old address leads on."), MoveForm, _moderates, _move, "cut"
    ),
    "hide": Verb(
        _("Hide, as a moderator"),
        _("Hide it"),
        _("It is hidden; the author is told which rule it is about."),
        HideForm,
        _hides,
        _hide,
        "no-view",
        many=False,
    ),
}


def for_each(verb: Verb, ideas: Iterable[Idea], form: VerbForm, **who: Any) -> Outcome:
    """Do it with each. Every one succeeds or fails on its own; the outcome names those that failed, and why."""
    outcome = Outcome()
    for idea in sorted(ideas, key=lambda idea: idea.pk):
        try:
            verb.do(idea, form, **who)
        except Spoken as refusal:
            outcome.refused.append((idea, refusal))
        else:
            outcome.changed.append(idea)
    return outcome
