"""What the API's answers are made of, whatever they are about."""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Model
from django.utils.translation import override
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from zenne.core.languages import LANGUAGES, text_in
from zenne.core.numbers import whole_number

BIGGEST = 2**63 - 1


def _digits(value: object) -> object:
    """Numbers in an address are written in the digits 0 to 9 and nothing else; pydantic alone would take more."""
    if isinstance(value, str) and whole_number(value, 19) is None:
        raise ValueError("not a whole number")
    return value


Number = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=BIGGEST, examples=[12])]
"""The number of a thing, in an address."""
Slug = Annotated[str, Field(min_length=1, max_length=80, pattern="^[-a-zA-Z0-9_]+$")]
"""The name of a thing, in an address."""


class Given(BaseModel):
    """A body that a caller sends: nothing is guessed, and a field that does not exist is an error."""

    model_config = ConfigDict(extra="forbid", strict=True)


Words = create_model(
    "Words",
    __doc__="A text that staff write, in each language of the platform; null where it was not written.",
    **{language: (str | None, Field(None, json_schema_extra={"default": None})) for language in LANGUAGES},
)


def words(thing: Model, field: str) -> BaseModel:
    """A field that staff translate, in all languages, with no fallback."""
    return Words(**{language: text_in(thing, field, language) or None for language in LANGUAGES})


def said(lazy: Any) -> BaseModel:
    """A text of the interface, in all languages."""
    spoken = {}
    for language in LANGUAGES:
        with override(language):
            spoken[language] = str(lazy)
    return Words(**spoken)


def absolute(path: str) -> str:
    """The whole address of a page or file of ours."""
    return f"{settings.BASE_URL}{path}"


def at(path: str) -> str:
    """The whole address of something in this API: `at("/ideas/12")`."""
    return absolute(f"/api/v1{path}")


Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """One page of a list. Follow `next` until it is null; nothing is skipped or shown twice when things are added meanwhile."""

    items: list[Item]
    next: str | None = Field(description="The address of the next page, or null at the end.")

    @classmethod
    def model_parametrized_name(cls, params: tuple[type[Any], ...]) -> str:
        return f"{params[0].__name__}Page"


class AreaKey(BaseModel):
    """How an area is named in this API: its kind, and its official code within that kind."""

    kind: str = Field(examples=["commune"])
    code: str = Field(examples=["21010"])


class FieldFault(BaseModel):
    """One thing that is wrong: `pointer` (RFC 6901) says where in the body, `parameter` which part of the address or which header."""

    detail: str
    pointer: str | None = Field(None, examples=["/title"])
    parameter: str | None = Field(None, examples=["limit"])


class NextStep(BaseModel):
    """What would turn the refusal into a yes, and the page where it is done."""

    kind: str = Field(examples=["confirm-email"])
    label: str
    url: str | None = None


class Problem(BaseModel):
    """Why something was not done (RFC 9457). `reason`, `facts` and `remedy` come with refusals, `errors` with values that cannot be taken."""

    type: str = Field(examples=["urn:zenne:not-found"])
    title: str
    status: int
    detail: str
    instance: str
    reason: str | None = Field(None, examples=["closed"])
    facts: dict[str, Any] | None = Field(None, examples=[{"closes_at": "2026-06-21T22:00:00Z"}])
    remedy: NextStep | None = None
    errors: list[FieldFault] | None = None


def moment(value: datetime | None) -> datetime | None:
    """A moment to the second: what is finer is of no use to anybody."""
    return value.replace(microsecond=0) if value else None
