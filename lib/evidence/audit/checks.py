"""Checks of a source that are no recomputation, rows of `data/checks.csv` or functions: each says what it finds, or nothing once it is mended."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from evidence.audit.conditions import declared
from evidence.catalog import Library
from evidence.errors import DataError
from evidence.extension import contributed

Check = Callable[[Library], str]


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """A check: its name, its function, and what it asks."""

    name: str
    run: Check
    about: str


class Register(dict[str, NamedCheck]):
    """Checks that are functions, where a row of `data/checks.csv` cannot say them, by the name corrections use as their guard."""

    def check(self, name: str) -> Callable[[Check], Check]:
        """Return a decorator that registers a check under a name.

        The function takes a library and returns what is wrong, in words and figures, or an empty text.
        """

        def register(function: Check) -> Check:
            self[name] = NamedCheck(name, function, (inspect.getdoc(function) or "").partition("\n")[0])
            return function

        return register


def known(library: Library) -> dict[str, NamedCheck]:
    """Return every check by its name: the functions, then those that a library declares.

    Raises:
        DataError: If a check that is declared has the name of a function.
    """
    rows = {row["id"]: NamedCheck(row["id"], declared(row), row["asks"]) for row in library.rows("checks")}
    functions: dict[str, NamedCheck] = contributed("checks", "REGISTER", {})
    if twice := sorted(set(rows) & set(functions)):
        raise DataError(f"data/checks.csv, column id: {', '.join(twice)} is a function already. Keep one of the two.")
    return functions | rows


def findings(library: Library) -> dict[str, str]:
    """Return what each check finds on a library, by name; empty texts for what is in order.

    A check whose figures are not published yet on the library's day finds nothing.
    """
    found = {}
    for name, entry in known(library).items():
        try:
            found[name] = entry.run(library)
        except DataError:
            if not library.as_of:
                raise
            found[name] = ""
    return found
