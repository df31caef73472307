"""The call for ideas that is filled: an open one that is there, or a new one of the Region."""

from datetime import datetime, timedelta

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.processes import actions
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import host

OPEN_SINCE = timedelta(days=60)
OPEN_FOR = timedelta(days=300)
TITLES = {
    "fr": ("Grand appel à idées {number}", "Un appel rempli pour mesurer la plateforme.", "Vos idées"),
    "nl": ("Grote oproep voor ideeën {number}", "Een gevulde oproep om het platform te meten.", "Uw ideeën"),
    "en": ("Large call for ideas {number}", "A call filled to measure the platform.", "Your ideas"),
}
THEMES = (
    ("nature", "Nature en ville", "Natuur in de stad", "Nature in the city", "leaf"),
    ("mobility", "Se déplacer", "Verplaatsingen", "Getting around", "bike"),
    ("culture", "Culture", "Cultuur", "Culture", "music"),
    ("sport", "Sport", "Sport", "Sport", "ball-football"),
    ("care", "Entraide", "Zorg voor elkaar", "Care", "heart-handshake"),
    ("school", "École", "School", "School", "school"),
)


def call_to_fill(slug: str | None, now: datetime) -> Activity:
    """The open call for ideas of that process, or of a new one."""
    if not slug:
        return _new_call(now)
    calls = Activity.objects.filter(kind="ideation", phase__process__slug=slug).select_related("phase__process")
    found = (
        calls.exclude(phase__process__state=ProcessState.DRAFT).order_by("phase__position", "position", "id").first()
    )
    if found is None:
        raise Invalid(f"There is no published process “{slug}” with a call for ideas.")
    return found


def _new_call(now: datetime) -> Activity:
    organisation, by = host(), Person.objects.filter(is_superuser=True, is_active=True).order_by("id").first()
    if organisation is None or by is None:
        raise Invalid("Volume needs an organisation and a platform administrator: load the demonstration city first.")
    number = 1 + Process.objects.filter(slug__startswith="volume-").count()
    opens = now - OPEN_SINCE
    before = opens - timedelta(days=1)
    values: dict[str, object] = {"slug": f"volume-{number}"}
    call: dict[str, object] = {}
    for language, (title, summary, activity_title) in TITLES.items():
        values |= {attribute("title", language): title.format(number=number), attribute("summary", language): summary}
        call[attribute("title", language)] = activity_title
    process = actions.create_process(organisation=organisation, values=values, by=by, now=before)
    for language, (_title, summary, _activity_title) in TITLES.items():
        body = [{"type": "paragraph", "value": f"<p>{summary}</p>"}]
        actions.write_description(process, language=language, body=body, by=by, now=before)
    for hue, (slug, *titles, icon) in enumerate(THEMES, 1):
        words: dict[str, object] = {
            attribute("title", language): title for language, title in zip(LANGUAGES, titles, strict=True)
        }
        actions.add_content(process, Theme, values={**words, "slug": slug, "icon": icon, "hue": hue}, by=by, now=before)
    window = {"opens_at": opens, "closes_at": opens + OPEN_FOR}
    phase = actions.add_phase(process, values={**call, **window}, by=by, now=before)
    activity = actions.add_activity(phase, kind="ideation", values=call, by=by, now=before)
    process = actions.publish_process(process, by=by, now=before)
    activity = Activity.objects.select_related("phase__process").get(pk=activity.pk)
    return actions.ensure_frozen(activity, now=opens)
