"""The links beneath a picture: what it may be taken away as."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse

from issues.templatetags.redlines import and_known

register = template.Library()

FORMS = (("svg", "SVG"), ("png", "PNG"), ("json", "JSON"), ("vl.json", "Vega-Lite"))


@register.inclusion_tag("components/picture_links.html", takes_context=True)
def picture_links(context: Context, name: str, *where: str, of: str, embed: str = "") -> dict[str, Any]:
    """The files of a picture at the address of this name, as of the page's summit and time.

    ``where`` are the slugs between the process and the file, ``of`` says of what it is; ``embed`` is the name
    of the page for other sites, which is linked where strangers may read it.
    """
    process = context["process"]
    query = f"?summit={context['summit'].slug}{and_known(context['reading'])}"
    is_public = process.is_public and settings.PUBLIC_READ
    return {
        "of": of,
        "files": [(label, reverse(name, args=[process.slug, *where, form]) + query) for form, label in FORMS],
        "embedded": reverse(embed, args=[process.slug, *where]) + query if embed and is_public else "",
    }
