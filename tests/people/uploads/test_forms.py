"""Documents of staff: what the back office takes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.models import Collection

from tests.people.uploads.given import pdf
from zenne.people.uploads.forms import DocumentForm
from zenne.people.uploads.limits import DOCUMENT_BYTES

pytestmark = pytest.mark.django_db


def faults(name, content):
    file = SimpleUploadedFile(name, content)
    typed = {"title": "Decision", "tags": "", "collection": Collection.get_first_root_node().pk}
    form = get_document_form(Document)(typed, {"file": file})
    assert isinstance(form, DocumentForm)
    with override("en"):
        form.is_valid()
    return [str(each) for each in form.errors.get("file", [])]


def test_a_real_pdf_is_taken():
    assert faults("decision.pdf", pdf()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("decision.pdf", b"MZ\x90\x00junk", "We take pictures as"),
        ("decision.html", b"<script>alert(1)</script>", "holds web page code"),
        ("decision.exe", b"MZ\x90\x00", "We take pictures as"),
        ("decision.txt", None, "The name ends in"),
        ("decision.pdf", b"%PDF-" + b"0" * DOCUMENT_BYTES, "Files may be up to 25 MB."),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(name, content, said):
    [fault] = faults(name, pdf() if content is None else content)
    assert said in fault
