"""Who may see a picture or file of an idea that is not public: whoever may see the idea."""

from zenne.people.uploads.models import Upload
from zenne.people.uploads.visible import Visitor, visible

from .models import IdeaUpload
from .rules import may_see


def may_see_upload(upload: Upload, visitor: Visitor) -> bool:
    carried = IdeaUpload.objects.filter(upload=upload).select_related("idea__process__organisation").first()
    return carried is not None and may_see(visitor, carried.idea)


visible.register("ideas", may_see_upload)
