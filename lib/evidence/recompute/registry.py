"""The register of recomputations: which function derives which figure, and what it read."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from evidence.catalog import Figure, Library
from evidence.errors import RecomputeError
from evidence.quantity import Quantity

Formula = Callable[["Inputs"], Quantity]


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A registered formula.

    Attributes:
        figure: Id of the figure it derives.
        formula: Function of the inputs.
        about: What it does in words, for readers: the first line of its docstring.
    """

    figure: str
    formula: Formula
    about: str

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.formula.__name__


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


REGISTER: dict[str, Recomputation] = {}
"""Every recomputation by the id of its figure."""


_KNOWN: WeakKeyDictionary[Library, dict[Recomputation, Result]] = WeakKeyDictionary()
"""What recomputations gave for each library that is still in use: many read the same derived figures, and no library changes."""


def recomputes(figure: str) -> Callable[[Formula], Formula]:
    """Return a decorator that registers a function as the recomputation of a figure.

    The function takes `Inputs` and returns a quantity; its docstring's first line tells a reader what it does.

    Raises:
        RecomputeError: If the figure has a recomputation already, or the function has no docstring.
    """

    def register(formula: Formula) -> Formula:
        if figure in REGISTER:
            raise RecomputeError(f"{figure} is recomputed by {REGISTER[figure].name} already; keep one.")
        about = (inspect.getdoc(formula) or "").partition("\n")[0]
        if not about:
            raise RecomputeError(f"{formula.__name__} needs a docstring that tells readers what it does.")
        REGISTER[figure] = Recomputation(figure, formula, about)
        return formula

    return register


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
            raise RecomputeError(f"the recomputation of {identifier} leads back to itself: {' > '.join([*self._open, identifier])}")
        figure = self.library.figure(identifier)
        self.read[identifier] = figure
        if figure.computed:
            return recompute(self.library, identifier, self._open).quantity
        return figure.quantity


def recompute(library: Library, identifier: str, _open: tuple[str, ...] = ()) -> Result:
    """Return what the registered recomputation of a figure gives from the library's printed numbers; each is done once for a library.

    Raises:
        RecomputeError: If none is registered, it is circular, or its result is in another unit than the figure.
        DataError: If an input is not in the library on this day.
    """
    if identifier not in REGISTER:
        raise RecomputeError(f"no recomputation is registered for {identifier}.")
    entry, known = REGISTER[identifier], _KNOWN.setdefault(library, {})
    if entry in known:
        return known[entry]
    inputs = Inputs(library, (*_open, identifier))
    quantity = entry.formula(inputs)
    unit = library.figure(identifier).unit
    if quantity.unit != unit:
        raise RecomputeError(f"{entry.name} gives {quantity.unit}, but {identifier} is in {unit}.")
    known[entry] = Result(quantity, tuple(inputs.read.values()), entry)
    return known[entry]
