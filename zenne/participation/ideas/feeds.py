"""Ideas as Atom: those of a process, and what is said and answered about one."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.core.languages import current, shown
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.feeds import ProcessFeed
from zenne.participation.processes.models import Process
from zenne.web.feeds import MOST, AtomFeed, Entry, tag

from .models import Idea, OfficialAnswer


def idea_entry(idea: Idea) -> Entry:
    assert idea.published_at is not None  # of listed ideas only
    return Entry(
        key=f"idea/{idea.pk}",
        title=idea.title,
        link=idea.get_absolute_url(),
        text=idea.text,
        published=idea.published_at,
        updated=max(idea.published_at, idea.answered_at or idea.published_at),
        language=idea.language,
        author=idea.byline,
    )


def comment_entry(comment: Comment) -> Entry:
    author = str(comment.author) if comment.author else _("Somebody")
    return Entry(
        key=f"comment/{comment.pk}",
        title=_("Comment by %(who)s") % {"who": author},
        link=comment.get_absolute_url(),
        text=comment.text,
        published=comment.created_at,
        updated=comment.edited_at or comment.created_at,
        language=comment.language,
        author=author,
    )


def answer_entry(answer: OfficialAnswer, idea: Idea) -> Entry:
    words, language = shown(answer, "body")
    organisation = str(idea.process.organisation)
    return Entry(
        key=f"idea/{idea.pk}/answer/{answer.number}/{language}",
        title=_("Official answer of %(organisation)s") % {"organisation": organisation},
        link=f"{idea.get_absolute_url()}#answer",
        text=words,
        published=answer.published_at,
        updated=answer.published_at,
        language=language,
        author=organisation,
    )


class ProcessIdeas(ProcessFeed):
    def title(self, process: Process) -> str:
        return _("Ideas of %(title)s") % {"title": shown(process, "title")[0]}

    def link(self, process: Process) -> str:
        return reverse("ideas:list", args=[process.slug])

    def feed_guid(self, process: Process) -> str:
        return tag(f"process/{process.pk}/ideas/{current()}")

    def items(self, process: Process) -> list[Entry]:
        ideas = Idea.objects.filter(process=process, listed=True).select_related("process", "author").defer("search")
        return [idea_entry(idea) for idea in ideas.order_by("-published_at", "-id")[:MOST]]


class IdeaVoices(AtomFeed):
    """Comments and official answers about one idea, the newest first."""

    def get_object(self, request: HttpRequest, process: str, pk: int) -> Idea:
        rows = Idea.objects.filter(listed=True).exclude(process__state=ProcessState.DRAFT)
        idea = rows.select_related("process__organisation").defer("search").filter(pk=pk).first()
        if idea is None:
            raise NotFound(_("There is no idea at this address."))
        return idea

    def title(self, idea: Idea) -> str:
        return _("Comments and answers: %(title)s") % {"title": idea.title}

    def link(self, idea: Idea) -> str:
        return idea.get_absolute_url()

    def feed_guid(self, idea: Idea) -> str:
        return tag(f"idea/{idea.pk}/voices/{current()}")

    def author_name(self, idea: Idea) -> str:
        return str(idea.process.organisation)

    def since(self, idea: Idea) -> datetime:
        assert idea.published_at is not None
        return idea.published_at

    def items(self, idea: Idea) -> list[Entry]:
        kind = ContentType.objects.get_for_model(Idea)
        said = Comment.objects.filter(about_type=kind, about_id=idea.pk, state=CommentState.PUBLISHED)
        comments = said.select_related("author").order_by("-created_at", "-id")[:MOST]
        answers = idea.answers.order_by("-number")[:MOST]
        entries = [comment_entry(comment) for comment in comments]
        entries += [answer_entry(answer, idea) for answer in answers]
        return sorted(entries, key=lambda entry: (entry.published, entry.key), reverse=True)[:MOST]
