"""What every verb here does alike: lock the process, check, set the values it was given, and tell what changed."""

from collections.abc import Iterable, Mapping

from django.db.models import Field, Model
from modeltrans.fields import TranslatedVirtualField

from zenne.core.languages import LANGUAGES, attribute
from zenne.people.organisations.models import Organisation

from ..enums import ProcessState
from ..errors import Incomplete
from ..gaps import gaps_in
from ..models import Process

Values = Mapping[str, object]
Texts = Mapping[str, str]


def locked(process: Process) -> Process:
    """The process as it stands in the database, held until the transaction ends: verbs on one process wait for each other."""
    return Process.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=process.pk)


def in_languages(fields: Iterable[str]) -> set[str]:
    """The attributes that hold these fields in every language: title_fr, title_nl, title_en."""
    return {attribute(field, language) for field in fields for language in LANGUAGES}


def apply(thing: Model, values: Values, fields: Iterable[str]) -> list[str]:
    """Set what `values` says on `thing` and return the names that changed. A name outside `fields` is a mistake of the caller."""
    if unknown := set(values) - set(fields):
        raise TypeError(f"{type(thing).__name__} is not given {', '.join(sorted(unknown))} here")
    changed = []
    for name, value in values.items():
        text = _is_text(thing, name)
        before = getattr(thing, name, None)
        after = (value or "") if text else value
        if (before or "") != after if text else before != after:
            setattr(thing, name, after)
            changed.append(name)
    return sorted(changed)


def _is_text(thing: Model, name: str) -> bool:
    field = thing._meta.get_field(name)
    original = field.original_field if isinstance(field, TranslatedVirtualField) else field
    return isinstance(original, Field) and original.get_internal_type() in (
        "CharField",
        "TextField",
        "SlugField",
        "EmailField",
    )


def keep_promise(process: Process, thing: Model) -> None:
    """What is public stays complete in every promised language. Drafts may have gaps. Raises Incomplete."""
    if process.state != ProcessState.DRAFT:
        owe(thing, process.organisation)


def owe(thing: Model, organisation: Organisation) -> None:
    """Raises Incomplete unless `thing` speaks every language the organisation promised."""
    if found := gaps_in(thing, organisation.languages):
        raise Incomplete(found)
