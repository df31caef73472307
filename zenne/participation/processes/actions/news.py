from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import ProcessState
from ..errors import WrongState
from ..models import News, Process
from ..notifications import news_published
from ..rules import may_edit
from .writing import Values, apply, in_languages, locked, owe

FIELDS = in_languages(("title", "body"))


@transaction.atomic
def write_news(process: Process, *, values: Values, by: Person, now: datetime) -> News:
    """Begin a news post. Nobody but staff sees it until it is published."""
    process = locked(process)
    require(may_edit(by, process.organisation))
    news = News(process=process, author=by)
    apply(news, values, FIELDS)
    news.save()
    record("news.written", by=by, now=now, about=news, organisation=process.organisation)
    return news


@transaction.atomic
def publish_news(news: News, *, by: Person, now: datetime) -> News:
    """Show a post to everyone and tell the followers. Every promised language must be there."""
    process = locked(news.process)
    require(may_edit(by, process.organisation))
    news = News.objects.select_related("process__organisation").get(pk=news.pk)
    if process.state == ProcessState.DRAFT or (news.published_at and not news.withdrawn_at):
        raise WrongState()
    owe(news, process.organisation)
    first = news.published_at is None
    news.published_at = news.published_at or now
    news.withdrawn_at = None
    news.save(update_fields=["published_at", "withdrawn_at"])
    if first:
        transaction.on_commit(lambda: news_published(news, now))
    record(
        "news.published" if first else "news.restored", by=by, now=now, about=news, organisation=process.organisation
    )
    return news


@transaction.atomic
def edit_news(news: News, *, values: Values, by: Person, now: datetime) -> News:
    """Change a post. A published one shows the day it was corrected, and stays complete."""
    process = locked(news.process)
    require(may_edit(by, process.organisation))
    news = News.objects.get(pk=news.pk)
    changed = apply(news, values, FIELDS)
    if not changed:
        return news
    if news.published_at:
        owe(news, process.organisation)
        news.edited_at = now
    news.save()
    record("news.edited", by=by, now=now, about=news, organisation=process.organisation, details={"fields": changed})
    return news


@transaction.atomic
def withdraw_news(news: News, *, by: Person, now: datetime) -> News:
    """Take a published post off the page. Staff keep it and may publish it again."""
    process = locked(news.process)
    require(may_edit(by, process.organisation))
    news = News.objects.get(pk=news.pk)
    if news.published_at is None or news.withdrawn_at:
        raise WrongState()
    news.withdrawn_at = now
    news.save(update_fields=["withdrawn_at"])
    record("news.withdrawn", by=by, now=now, about=news, organisation=process.organisation)
    return news


@transaction.atomic
def delete_news(news: News, *, by: Person, now: datetime) -> None:
    """Throw away a post that was never published."""
    process = locked(news.process)
    require(may_edit(by, process.organisation))
    news = News.objects.get(pk=news.pk)
    if news.published_at:
        raise WrongState()
    record("news.deleted", by=by, now=now, about=news, organisation=process.organisation)
    news.delete()
