"""Units of captions: what a chart says its numbers are in is what the figures that it draws are in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.quantity.words import HOW_OFTEN

_BASES = {
    "percentage points": "percentage points",
    "percent": "percent",
    "per cent": "percent",
    "pounds": "GBP",
    "dollars": "USD",
    "euros": "EUR",
    "index points": "index points",
    "index": "index points",
    "times": "times",
    "years": "years",
    "months": "months",
    "days": "days",
    "tonnes": "tonnes",
}
_MANY = r"thousand|million|1,000|10,000|100,000"
_UNIT = re.compile(
    rf"(?:^|[,;:(] ?)(?:in )?(?P<unit>(?P<base>{'|'.join(_BASES)})\b(?: (?:a|an|per) (?P<per>hour|day|week|month|quarter|year))?|per (?P<many>{_MANY})\b)",
    re.IGNORECASE,
)
"""A unit as captions give it: behind a mark, "percent of all firms", "pounds a week", "per 1,000 people"."""
_HOW_OFTEN = re.compile(rf"\b(?:{'|'.join(HOW_OFTEN)})\b", re.IGNORECASE)
_YEARLY = "year"
"""What an amount is of that is said to be of no other time."""


def wrong_units(caption: str, units: Iterable[str]) -> Iterator[str]:
    """Yield each unit that a caption gives its numbers and that none of them is in.

    Args:
        caption: The caption, links blanked out.
        units: Units of the figures that are drawn, such as `GBP per week`.

    Example:
        >>> list(wrong_units("Pay of all jobs, pounds an hour; firms, percent", ["GBP per week"]))
        ['pounds an hour', 'percent']
    """
    known = [unit.partition(" per ")[::2] for unit in units]
    for match in _UNIT.finditer(caption):
        base, per, many = _BASES.get((match["base"] or "").lower()), (match["per"] or "").lower(), match["many"]
        fits = any(many.replace("thousand", "1,000") in of if many else unit == base and _fits(per, of) for unit, of in known)
        if known and not fits:
            yield match["unit"]
    times = {of for _, of in known} & set(HOW_OFTEN.values())
    yield from (match[0] for match in _HOW_OFTEN.finditer(caption) if times and HOW_OFTEN[match[0].lower()] not in times)


def _fits(per: str, of: str) -> bool:
    return not per or per == (of or _YEARLY)
