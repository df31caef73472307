"""Who may see a picture of a meeting that is not public: whoever may see a private meeting, as long as the picture is not hidden; and staff."""

from zenne.people.uploads.models import Upload
from zenne.people.uploads.visible import Visitor, visible

from .models import Picture
from .rules import may_arrange, may_see


def may_see_upload(upload: Upload, visitor: Visitor) -> bool:
    rows = Picture.objects.select_related("meeting__process__organisation", "meeting__activity__phase__process")
    found = rows.filter(upload=upload).first()
    if found is None:
        return False
    if found.hidden_at is not None:
        return bool(may_arrange(visitor, found.meeting.activity))
    return found.meeting.private and may_see(visitor, found.meeting)


visible.register("meetings", may_see_upload)
