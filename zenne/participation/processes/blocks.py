"""The kinds of block that editors build long texts from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

# An address elsewhere, or one of ours written from its first slash on.
ADDRESS = r"^(https?://\S+|/\S*)$"
WORDS = ["bold", "italic", "link", "ol", "ul"]

BLOCKS = [
    ("heading", blocks.CharBlock(label=_("Heading"), icon="title", max_length=120)),
    ("paragraph", blocks.RichTextBlock(label=_("Text"), features=WORDS)),
    ("image", ImageBlock(label=_("Picture"))),
    (
        "quote",
        blocks.StructBlock(
            [
                ("words", blocks.TextBlock(label=_("Words"))),
                ("source", blocks.CharBlock(label=_("Who says it"), required=False)),
            ],
            label=_("Quote"),
            icon="openquote",
        ),
    ),
    (
        "callout",
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Title"))),
                ("text", blocks.TextBlock(label=_("Text"), required=False)),
                ("link", blocks.RegexBlock(label=_("Address"), regex=ADDRESS, required=False)),
                ("link_text", blocks.CharBlock(label=_("Words on the link"), required=False)),
            ],
            label=_("Callout"),
            icon="info-circle",
        ),
    ),
    (
        "video",
        blocks.StructBlock(
            [
                (
                    "address",
                    blocks.RegexBlock(
                        label=_("YouTube or Vimeo address"),
                        regex=r"^https://(www\.youtube\.com/watch\?v=[\w-]{6,20}|youtu\.be/[\w-]{6,20}|vimeo\.com/\d{4,12})$",
                    ),
                ),
                ("title", blocks.CharBlock(label=_("What it shows"))),
            ],
            label=_("Video"),
            icon="media",
        ),
    ),
    ("file", DocumentChooserBlock(label=_("File"))),
]
