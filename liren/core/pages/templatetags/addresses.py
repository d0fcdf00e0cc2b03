"""``{% url %}`` for every template, with addresses that are put together once."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from ..addresses import address, escaped_address

register = template.Library()


class AddressNode(URLNode):
    """As Django's own, which it leaves what has names for its parts."""

    view_name: FilterExpression
    args: list[FilterExpression]
    kwargs: dict[str, FilterExpression]
    asvar: str | None

    def render(self, context: Context) -> SafeString:
        """The address, or nothing where it is asked for by ``as`` and there is none."""
        if self.kwargs:
            return SafeString(super().render(context))
        name: Any = self.view_name.resolve(context)
        args = [each.resolve(context) for each in self.args]
        if self.asvar is None:
            return escaped_address(name, *args) if context.autoescape else SafeString(address(name, *args))
        try:
            context[self.asvar] = address(name, *args)
        except NoReverseMatch:
            context[self.asvar] = ""
        return SafeString("")


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """``{% url "desk:matter" matter.pk %}``."""
    read = parsed(parser, token)
    return AddressNode(read.view_name, read.args, read.kwargs, read.asvar)
