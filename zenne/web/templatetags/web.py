"""`{% load web %}`: every tag and filter of the house. Settings make it built in, so loading it is only needed outside."""

from django import template

from ..tags import charts, courses, drawings, fields, figures, labels, mail, page, parts, words

register = template.Library()
for subject in (charts, courses, drawings, fields, figures, labels, mail, page, parts, words):
    register.tags |= subject.register.tags
    register.filters |= subject.register.filters
