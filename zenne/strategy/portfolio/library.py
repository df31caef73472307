"""The documents of projects that everyone may read."""

from zenne.people.organisations.library import library

from .queries import public_projects

library.register("portfolio", lambda file: public_projects().filter(attachments__file=file.pk))
