"""`{% load numbers %}{% numbers board base %}`: all figures of a board as a page shows them."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import showing
from ..boards import Board

register = template.Library()


@register.simple_tag
def numbers(board: Board, base: str) -> SafeString:
    """`base` is the address of the page; the files of its tables lie under it."""
    return render_to_string("opendata/statistics/board.html", showing.page(board, base))
