"""Extra attributes of a component: `hx_post=url` in a tag becomes `hx-post="…"`."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString


def attributes(values: dict[str, object]) -> SafeString:
    """` name="value"` for each; True stands alone, False and None are left out. Names end without their helper underscore."""
    shown = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in values.items()
        if value is not None and value is not False
    }
    pairs = ((name, "" if value is True else value) for name, value in shown.items())
    return format_html_join("", ' {}="{}"', pairs)


def classes(*names: str) -> str:
    """The names that are not empty, with spaces."""
    return " ".join(name for name in names if name)
