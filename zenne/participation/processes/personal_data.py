"""What processes know of a person: what they follow, and what they wrote as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Change, Follow, News


def _export(person: Person) -> dict[str, Any]:
    follows = Follow.objects.filter(person=person).select_related("process").order_by("id")
    news = News.objects.filter(author=person).order_by("id")
    return {
        "follows": [{"process": str(follow.process), "since": follow.since} for follow in follows],
        "news_written_as_staff": [{"title": str(post), "published": post.published_at} for post in news],
        "changes_made_as_staff": list(
            Change.objects.filter(changed_by=person).order_by("id").values("id", "changed_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    Follow.objects.filter(person=person).delete()
    News.objects.filter(author=person).update(author=None)
    Change.objects.filter(changed_by=person).update(changed_by=None)


personal_data.register(
    "processes",
    PersonalData(
        _("Processes I follow or worked on"),
        covers=("processes.Follow", "processes.News", "processes.Change"),
        export=_export,
        erase=_erase,
        keeps=_("News and changes you published as staff stay, without your name."),
    ),
)
