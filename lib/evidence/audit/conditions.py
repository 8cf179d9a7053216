"""Checks that the data library declares: a condition over figures and over the words of sources, and what it says where it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from evidence.audit.sayings import rounded
from evidence.catalog import Figure, Library, where
from evidence.errors import DataError, QuantityError
from evidence.problems import Problem
from evidence.quantity import Line, Quantity, read_condition
from evidence.recompute import unrounded

_NAMED = re.compile(r"\{([^{}:]*)(?::(\w+))?\}")


def declared(row: dict[str, Any]) -> Callable[[Library], str]:
    """Return the check of a row of `data/checks.csv`: what it finds on a library, or an empty text.

    Raises:
        DataError: When it is tried, if its condition cannot be read or compares numbers of different units.
    """

    def run(library: Library) -> str:
        try:
            line, told = read_condition(row["condition"]), _Told(library)
            return told.written(row["says"], line) if line.holds(told.quantity, told.says) else ""
        except QuantityError as error:
            raise DataError(Problem(where(row, "condition"), f"{error}.", "Correct the condition.")) from None

    return run


class _Told:
    """The figures and findings of a library as one check reads them; it remembers where the words it asked for were found."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.found: dict[str, Figure] = {}

    def quantity(self, identifier: str) -> Quantity:
        return unrounded(self.library, identifier)

    def says(self, identifier: str, words: str) -> bool:
        """Return whether the quote of a finding, or of a figure at one of its places, holds words; what has no quote is asked for its locator."""
        if identifier in self.library.by_id("findings"):
            return words in self.library.by_id("findings")[identifier]["quote"]
        places = [place for place in self.library.places(identifier) if words in (place.quote or place.locator)]
        if places:
            self.found[identifier] = places[0]
        return bool(places)

    def written(self, text: str, line: Line) -> str:
        sides = line.sides(self.quantity)

        def cell(match: re.Match[str]) -> str:
            name, column = match[1], match[2] or "stated"
            if name in ("left", "right"):
                if not sides:
                    raise QuantityError("compares no numbers, so that the text can tell no side of it")
                return rounded(getattr(sides[name == "right"].interval, column))
            row = self.library.by_id("findings").get(name)
            return str(row[column]) if row else str(getattr(self.found.get(name) or self.library.figure(name), column))

        return _NAMED.sub(cell, text)
