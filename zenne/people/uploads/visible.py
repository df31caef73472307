"""Who else may see what is not public: each app that carries uploads answers for its own things.

visible.register("ideas", may_see_upload)     # in ideas/visible.py: (upload, visitor) -> bool, True for staff who handle the idea
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from zenne.core.registry import Registry
from zenne.people.accounts.models import Person

from .models import Upload

Visitor = Person | AnonymousUser | None
visible: Registry[Callable[[Upload, Visitor], bool]] = Registry("visible")
