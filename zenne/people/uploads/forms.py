"""Documents of staff, in the back office: the same kinds of files that residents may attach, told by their content."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from zenne.people.organisations.library import stays

from . import papers
from .errors import NotTaken
from .limits import DOCUMENT_BYTES, MEGABYTE


class DocumentForm(BaseDocumentForm):  # type: ignore[misc]
    """Named by WAGTAILDOCS_DOCUMENT_FORM_BASE: a decision, minutes, a document of a process. Everybody may download it once it is linked."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if self.instance.pk and stays(self.instance):
            raise ValidationError(
                _("What was published with this file does not change any more. Add the other one as a new file.")
            )
        if (file.size or 0) > DOCUMENT_BYTES:
            raise ValidationError(_("Files may be up to %(limit)d MB.") % {"limit": DOCUMENT_BYTES // MEGABYTE})
        content = file.read()
        file.seek(0)
        try:
            known = papers.recognise(content, file.name or "")
        except NotTaken as refusal:
            raise ValidationError(str(refusal.message or refusal.headline)) from refusal
        ending = (file.name or "").rpartition(".")[2].lower()
        if ending != known.extension.lstrip("."):
            raise ValidationError(
                _("The name ends in “%(ending)s”, but it is a file of another kind: %(known)s."),
                params={"ending": ending, "known": known.extension.lstrip(".")},
            )
        return file
