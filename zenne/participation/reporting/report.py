"""The chapters of this app: what the process is, and its figures."""

from django.utils.translation import gettext_lazy as _

from .chapters import figures, process
from .kinds import Chapter, chapters

chapters.register("process", Chapter(_("The project"), write=process.write, order=10))
chapters.register("figures", Chapter(_("Figures"), write=figures.write, order=20))
