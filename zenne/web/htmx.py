"""An HTMX answer is one named block of the page it belongs to, so that a fragment and its page can never differ.

return render(request, "ideas/list.html", context, partial="list")      # {% block list %}…{% endblock %}
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Template, loader
from django.template.base import Node
from django.template.context import make_context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The page; or, when HTMX asked and a `partial` is named, only that block. A boosted request wants the whole page."""
    if partial and wants_fragment(request):
        html = render_block(template, partial, context or {}, request)
    else:
        html = loader.render_to_string(template, context, request)
    response = HttpResponse(html, status=status)
    if partial:
        patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request: HttpRequest) -> bool:
    asked = getattr(request, "htmx", None)
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def render_block(template: str, name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
    """One block of `template`, as it would look inside the page: overrides of child templates included."""
    found: Template = loader.get_template(template).template
    full = make_context(context, request)
    with full.render_context.push_state(found), full.bind_template(found):
        blocks = BlockContext()
        for level in _family(found, full):
            blocks.add_blocks({node.name: node for node in level.nodelist.get_nodes_by_type(BlockNode)})
        if name not in blocks.blocks:
            raise ValueError(f"{template} has no block {name!r}")
        full.render_context[BLOCK_CONTEXT_KEY] = blocks
        rendered: str = blocks.get_block(name).render(full)
        return rendered


def _family(template: Template, context: Any) -> list[Template]:
    """The template and its parents, youngest first."""
    line = [template]
    while parent := _extends(line[-1]):
        line.append(parent.get_parent(context))
    return line


def _extends(template: Template) -> ExtendsNode | None:
    nodes: list[Node] = list(template.nodelist)
    return next((node for node in nodes if isinstance(node, ExtendsNode)), None)
