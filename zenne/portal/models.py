from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from zenne.participation.processes.blocks import BLOCKS


class Shelf(Page):
    """Where the editorial pages of one language stand. It has no page of its own: the home page is ours."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["portal.EditorialPage"]
    max_count_per_parent = 3
    preview_modes = ()

    class Meta:
        verbose_name = _("shelf of pages")


class EditorialPage(Page):
    """A page of the platform's own: help, privacy, house rules. Its address is the same word in every language."""

    lead = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BLOCKS, verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["portal.Shelf", "portal.EditorialPage"]
    template = "portal/editorial.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
