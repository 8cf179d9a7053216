"""Recomputations: which formula derives which figure, as a line of the data library or as a function, and what it read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from evidence.catalog import Figure, Library, where
from evidence.errors import DataError, QuantityError, RecomputeError
from evidence.extension import contributed
from evidence.problems import NOWHERE, Place, Problem
from evidence.quantity import Line, Quantity, read_formula, readable

Formula = Callable[["Inputs"], Quantity]

LINE = "formula"
"""Name of every recomputation that is a line of `data/formulas.csv`; a function goes by its own."""


@dataclass(frozen=True, slots=True)
class Recomputation:
    """How a figure is derived.

    Attributes:
        figure: Id of the figure it derives.
        formula: Function of the inputs.
        about: What it does in words, for readers.
        name: Name of the function, or `LINE`.
        line: The line of the data library, where it is one.
        place: Where it stands, for a message: the row and column of the line, or the name of the function.
    """

    figure: str
    formula: Formula
    about: str
    name: str
    place: Place
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a recomputation gave.

    Attributes:
        quantity: Derived point and interval, in the figure's unit.
        inputs: Figures it read, in order, each once.
        recomputation: The formula.
    """

    quantity: Quantity
    inputs: tuple[Figure, ...]
    recomputation: Recomputation


_LINES: WeakKeyDictionary[Library, Mapping[str, Recomputation]] = WeakKeyDictionary()
_KNOWN: WeakKeyDictionary[Library, dict[Recomputation, Result]] = WeakKeyDictionary()
"""What recomputations gave for each library that is still in use: many read the same derived figures, and no library changes."""


class Register(dict[str, Recomputation]):
    """Recomputations that are functions, where a line of `data/formulas.csv` cannot say them, by the id of their figure."""

    def recomputes(self, figure: str) -> Callable[[Formula], Formula]:
        """Return a decorator that registers a function as the recomputation of a figure.

        The function takes `Inputs` and returns a quantity; its docstring's first line tells a reader what it does.

        Raises:
            RecomputeError: If the figure has a recomputation already, or the function has no docstring.
        """

        def register(formula: Formula) -> Formula:
            if figure in self:
                raise RecomputeError(f"{figure} is recomputed by {self[figure].name} already; keep one.")
            about = (inspect.getdoc(formula) or "").partition("\n")[0]
            if not about:
                raise RecomputeError(f"{formula.__name__} needs a docstring that tells readers what it does.")
            self[figure] = Recomputation(figure, formula, about, formula.__name__, Place(formula.__name__))
            return formula

        return register


def functions() -> Mapping[str, Recomputation]:
    """Return the recomputations of the book that are functions, by the id of their figure."""
    found: Mapping[str, Recomputation] = contributed("formulas", "REGISTER", {})
    return found


def known(library: Library) -> dict[str, Recomputation]:
    """Return every recomputation by the id of its figure: the lines of a library, then the functions.

    Raises:
        DataError: If a line cannot be read, or a figure has a line and a function.
    """
    return {**_lines(library), **functions()}


def find(library: Library, identifier: str) -> Recomputation | None:
    """Return the recomputation of a figure, or None where it has none.

    Raises:
        DataError: As `known` does.
    """
    return _lines(library).get(identifier) or functions().get(identifier)


def _lines(library: Library) -> Mapping[str, Recomputation]:
    if library not in _LINES:
        taken = functions()
        _LINES[library] = {row["figure"]: _declared(row, taken) for row in library.rows("formulas")}
    return _LINES[library]


def _declared(row: dict[str, Any], taken: Mapping[str, Recomputation]) -> Recomputation:
    figure, place = row["figure"], where(row, "formula")
    if figure in taken:
        raise DataError(Problem(place, f"{figure} is recomputed by {taken[figure].name} already.", "Keep one of the two."))
    try:
        line = read_formula(row["formula"])
    except QuantityError as error:
        raise DataError(Problem(place, f"{error}.")) from None
    return Recomputation(figure, lambda figures: line.reckon(figures).quantity, row["why"], LINE, place, line)


def written_out(library: Library, figure: Figure) -> str:
    """Return a formula with the numbers it reads and its result, such as `34% of 5.68 million × £8,900 = £17.2 billion`.

    What only a function can say has no such line; for it the text is empty.

    Raises:
        RecomputeError: If units do not fit, or it is circular.
        DataError: If an input is not in the library on its day.
    """
    entry = find(library, figure.id)
    if entry is None or entry.line is None:
        return ""
    reckoned = entry.line.reckon(Inputs(library, (figure.id,)), lambda identifier: library.figure(identifier).shown)
    printed = len(re.sub(r"\D", "", figure.shown).strip("0"))
    return f"{reckoned.written} = {readable(reckoned.quantity.anchor, figure.unit, max(3, printed))}"


class Inputs:
    """What a formula may read: the printed figures of a library, and derived ones in their exact form.

    Args:
        library: Data library as known on a day.
    """

    def __init__(self, library: Library, _open: tuple[str, ...] = ()) -> None:
        self.library = library
        self.read: dict[str, Figure] = {}
        self._open = _open

    def __call__(self, identifier: str) -> Quantity:
        """Return the quantity of a figure; of one we compute, the unrounded result.

        Raises:
            RecomputeError: If the formula reads the same figure twice (intervals would widen) or leads back to itself.
            DataError: If there is no such figure.
        """
        if identifier in self.read:
            raise RecomputeError(f"the formula reads {identifier} twice; write it so that each input occurs once.")
        if identifier in self._open:
            chain = " > ".join([*self._open, identifier])
            raise RecomputeError(Problem(self._place(), f"the recomputation of {identifier} leads back to itself: {chain}."))
        self.read[identifier] = self.library.figure(identifier)
        return unrounded(self.library, identifier, self._open)

    def _place(self) -> Place:
        entry = find(self.library, self._open[-1])
        return entry.place if entry else NOWHERE


def unrounded(library: Library, identifier: str, _open: tuple[str, ...] = ()) -> Quantity:
    """Return the quantity of a figure; of one we compute, the result before it was rounded.

    Raises:
        RecomputeError: If its recomputation is circular, or gives another unit.
        DataError: If there is no such figure on this day.
    """
    figure = library.figure(identifier)
    return recompute(library, identifier, _open).quantity if figure.computed else figure.quantity


def recompute(library: Library, identifier: str, _open: tuple[str, ...] = ()) -> Result:
    """Return what the recomputation of a figure gives from the library's printed numbers; each is done once for a library.

    Raises:
        RecomputeError: If there is none, it is circular, units do not fit, or its result is in another unit than the figure.
        DataError: If an input is not in the library on this day.
    """
    entry, given = find(library, identifier), _KNOWN.setdefault(library, {})
    if entry is None:
        raise RecomputeError(f"no recomputation is registered for {identifier}. Add a row to data/formulas.csv.")
    if entry not in given:
        given[entry] = _result(library, entry, Inputs(library, (*_open, identifier)))
    return given[entry]


def _result(library: Library, entry: Recomputation, inputs: Inputs) -> Result:
    try:
        quantity = entry.formula(inputs)
    except QuantityError as error:
        raise RecomputeError(Problem(entry.place, f"{error}.", "Correct the formula.")) from None
    unit = library.figure(entry.figure).unit
    if quantity.unit != unit:
        told = f"gives {quantity.unit}, but {entry.figure} is in {unit}."
        raise RecomputeError(Problem(entry.place, told, "Correct the formula."))
    return Result(quantity, tuple(inputs.read.values()), entry)
