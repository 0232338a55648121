"""Finding a source by what a researcher types: its number on the shelf, its address, its key or its title."""

from issues.domain.address import normalised, variants
from issues.models import Sheet, Source
from issues.queries.sheet import shelf


def looks_like_address(typed: str) -> bool:
    """Whether what was typed is a web address."""
    return normalised(typed).startswith(("http://", "https://"))


def find_source(typed: str, sheet: Sheet) -> Source | None:
    """The one source that is meant, or None. At most three queries."""
    typed = typed.strip()
    if typed.isdecimal():
        return dict(shelf(sheet)).get(int(typed))
    if looks_like_address(typed):
        return Source.objects.filter(url__in=variants(typed)).first()
    by_key = Source.objects.filter(key__iexact=typed).first()
    if by_key is not None:
        return by_key
    titled = list(Source.objects.filter(title__iexact=typed)[:2])
    return titled[0] if len(titled) == 1 else None
