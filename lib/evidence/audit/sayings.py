"""What checks read besides numbers: the words of findings and figures, and the years of a period."""

from __future__ import annotations

import re
from fractions import Fraction

from evidence.catalog import Figure, Library
from evidence.errors import DataError
from evidence.quantity import Interval
from evidence.recompute import recompute

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def finding_says(library: Library, identifier: str, words: str) -> str:
    """Return where and how a finding says `words`, or an empty text if it does not.

    Raises:
        DataError: If there is no such finding on the library's day.
    """
    row = library.by_id("findings").get(identifier)
    if row is None:
        raise DataError(f'unknown finding "{identifier}".')
    return f'{row["locator"]} says "{words}"' if words in row["quote"] else ""


def places_that_say(library: Library, identifier: str, words: str) -> list[Figure]:
    """Return the places of a figure whose quote holds `words`.

    Raises:
        DataError: If there is no such figure on the library's day.
    """
    return [place for place in library.places(identifier) if words in place.quote]


def years(figure: Figure) -> tuple[int, int] | None:
    """Return the first and the last year of a figure's period, or None if it names no year."""
    found = [int(year) for year in _YEAR.findall(figure.period)]
    return (min(found), max(found)) if found else None


def interval(library: Library, identifier: str) -> Interval:
    """Return all values that a recomputation may give from the printed numbers.

    Raises:
        DataError: If an input is not in the library on its day.
    """
    return recompute(library, identifier).quantity.interval


def rounded(value: Fraction, digits: int = 1) -> str:
    """Return a number for the text of a check, with thousands separators and at most `digits` decimals.

    Example:
        >>> rounded(Fraction(1409395)), rounded(Fraction(752, 10)), rounded(Fraction(2, 3), 2)
        ('1,409,395', '75.2', '0.67')
    """
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.{digits}f}"
