import random

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.people.accounts.models import Person
from zenne.places.areas.models import Area

from ..enums import LISTED, Channel, IdeaState

TITLE_LENGTH = 120
TEXT_LENGTH = 10_000
CIRCLE = 2**31 - 1


def anywhere_on_the_circle() -> int:
    """Where an idea sits on the circle that the random order walks round; each visitor enters it at a point of their own."""
    return random.randrange(CIRCLE)  # noqa: S311 - an order, not a secret


def words(configuration: str) -> SearchVector:
    """The stemmed words of an idea. A title weighs more than a text."""
    return SearchVector("title", config=f"zenne_{configuration}", weight="A") + SearchVector(
        "text", config=f"zenne_{configuration}", weight="C"
    )


SEARCHED = Case(
    *(When(language=language, then=words(language) + words("any")) for language in LANGUAGES),
    default=words("any"),
    output_field=SearchVectorField(),
)


class Idea(models.Model):
    """What somebody proposes, in their own language, from the call to what became of it.

    `process` repeats the activity's, so that lists need no join; the actions keep them together. `author_name` is set for what came in on
    paper, at a counter or by telephone from somebody without an account; `entered_by` keyed it in. The three counters are exact: whoever
    writes a support or a comment moves them in the same transaction. `listed` and `search` are computed by the database.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("activity"))
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("process"))
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("theme")
    )
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas", verbose_name=_("author")
    )
    author_name = models.CharField(_("name of the author"), max_length=80, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.ONLINE)
    entered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("keyed in by")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH, validators=[MaxLengthValidator(TEXT_LENGTH)])
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(_("state"), max_length=16, choices=IdeaState, default=IdeaState.SUBMITTED)
    created_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("sent"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    commune = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    district = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("district")
    )
    support_count = models.PositiveIntegerField(_("supports"), default=0)
    oppose_count = models.PositiveIntegerField(_("oppositions"), default=0)
    comment_count = models.PositiveIntegerField(_("comments"), default=0)
    shuffle = models.PositiveIntegerField(default=anywhere_on_the_circle, editable=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here")
    assigned_to = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("assigned to")
    )
    tags = models.ManyToManyField("ideas.Tag", blank=True, related_name="ideas", verbose_name=_("tags"))
    listed = models.GeneratedField(expression=Q(state__in=LISTED), output_field=models.BooleanField(), db_persist=True)
    search = models.GeneratedField(expression=SEARCHED, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="idea_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=IdeaState.values), name="idea_state_exists"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(2.0, 7.0), lat__range=(49.0, 52.0)),
                name="idea_lies_in_belgium",
            ),
            models.CheckConstraint(
                condition=Q(state=IdeaState.MERGED, merged_into__isnull=False)
                | ~Q(state=IdeaState.MERGED) & Q(merged_into__isnull=True),
                name="idea_merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="idea_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(state__in=[IdeaState.SUBMITTED, IdeaState.REJECTED, IdeaState.WITHDRAWN])
                | Q(published_at__isnull=False),
                name="idea_public_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.ONLINE) | Q(author__isnull=False) | ~Q(author_name=""),
                name="idea_on_behalf_of_somebody",
            ),
        ]
        indexes = [
            models.Index(
                "process", F("published_at").desc(), F("id").desc(), name="idea_newest", condition=Q(listed=True)
            ),
            models.Index(
                F("published_at").desc(), F("id").desc(), name="idea_newest_anywhere", condition=Q(listed=True)
            ),
            models.Index(
                "process", F("support_count").desc(), F("id").desc(), name="idea_supported", condition=Q(listed=True)
            ),
            models.Index(
                "process", F("comment_count").desc(), F("id").desc(), name="idea_discussed", condition=Q(listed=True)
            ),
            models.Index("process", "shuffle", "id", name="idea_shuffled", condition=Q(listed=True)),
            models.Index(
                "process",
                "theme",
                F("published_at").desc(),
                F("id").desc(),
                name="idea_theme",
                condition=Q(listed=True),
            ),
            models.Index("process", "state", F("submitted_at").desc(), F("id").desc(), name="idea_state"),
            models.Index(F("submitted_at").desc(), F("id").desc(), name="idea_arrived"),
            models.Index("process", F("submitted_at").desc(), F("id").desc(), name="idea_arrived_here"),
            models.Index(
                "process",
                "commune",
                F("published_at").desc(),
                F("id").desc(),
                name="idea_commune",
                condition=Q(listed=True),
            ),
            models.Index("process", "lon", "lat", name="idea_place", condition=Q(listed=True, lon__isnull=False)),
            models.Index(
                "process", "published_at", name="idea_unanswered", condition=Q(listed=True, answered_at__isnull=True)
            ),
            models.Index("author", F("submitted_at").desc(), name="idea_author"),
            GinIndex("search", name="idea_words"),
            GinIndex(
                OpClass(Func(F("title"), function="sort_key", output_field=models.TextField()), name="gin_trgm_ops"),
                name="idea_title_letters",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:page", args=[self.process.slug, self.pk])

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: listed, or merged, whose page leads on."""
        return self.state in LISTED or self.state == IdeaState.MERGED

    @property
    def byline(self) -> str:
        """The name that others see."""
        return self.author_name or (str(self.author) if self.author else str(_("Somebody")))
