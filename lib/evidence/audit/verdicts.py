"""The verdict of every figure: does what the source prints follow from what it prints elsewhere?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from evidence.catalog import Figure, Library
from evidence.errors import DataError
from evidence.quantity import Quantity, readable
from evidence.recompute import Result, known, recompute

Word = Literal["quoted", "assumed", "ours", "reproduced", "compatible", "disputed", "differs"]

SEVERITY: tuple[Word, ...] = get_args(Word)
"""Verdicts from mildest to gravest; of several findings about one figure the gravest is its verdict."""

SHOWN_AS: dict[str, str] = {word: {"reproduced": "adds up", "compatible": "adds up"}.get(word, word) for word in SEVERITY}
"""What a reader is shown for each verdict. Data files keep the words apart; to a reader both say that a source's numbers fit each other."""

SHOWN = tuple(dict.fromkeys(SHOWN_AS.values()))
"""What readers are shown, each word once, from mildest to gravest."""

DOUBTED = ("disputed", "differs")
"""Verdicts that say that a number does not fit."""

_COMPARED = ("reproduced", "compatible", *DOUBTED)
"""Verdicts of figures that something was held against: other numbers of their source, or another source."""

MEANING = {
    "reproduced": "The sum checks: other numbers of its source, or another source, give it at its printed precision.",
    "compatible": "The sum checks within rounding: some unrounded inputs give it, though the printed ones just miss.",
    "ours": "No source prints it. We made it from other figures by the formula shown.",
    "differs": "No reading of the printed inputs gives the printed number. A correction says by how much.",
    "disputed": "Sources, or two places of one source, contradict each other.",
    "assumed": "Nobody measured it. It is an end of a range that a model tries, set by us and said to be so.",
    "quoted": "The number is what its source states, as far as we could read it; we hold nothing to recompute it from.",
}
"""What each verdict tells a reader."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about one figure.

    Attributes:
        figure: The figure, as most precisely stated.
        word: One of `SEVERITY`.
        reasons: What was compared, in words and figures; empty when only quoted.
        result: The recomputation's result, if there is one.
        corrections: Ids of the declared corrections that name the figure as doubtful.
        doubt: What a computation of ours says against it though its sum checks, in prose with links; empty where nothing does.
    """

    figure: Figure
    word: str
    reasons: tuple[str, ...] = ()
    result: Result | None = None
    corrections: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def shown(self) -> str:
        """The verdict as a reader is shown it."""
        return SHOWN_AS[self.word]


def verdicts(library: Library) -> dict[str, Verdict]:
    """Return the verdict of every figure of a library, by id.

    Raises:
        RecomputeError: If a recomputation is circular or gives another unit than its figure.
    """
    return dict(Verdicts(library))


class Verdicts(Mapping[str, Verdict]):
    """The verdict of every figure of a library, by id, each found when it is first asked for: few of them stand on one page.

    Args:
        library: The data library; not to be changed.

    Raises:
        RecomputeError: When asked for a figure whose recomputation is circular or gives another unit.
    """

    def __init__(self, library: Library) -> None:
        self._library, self._known = library, dict[str, Verdict]()
        self._derived = known(library).keys()
        self._against, self._named = _pairs(library), _named(library)
        self._doubted = {row["figure"]: row["says"] for row in library.rows("doubts") if row["against"] in library.figures}

    def __getitem__(self, identifier: str) -> Verdict:
        if identifier not in self._known:
            self._known[identifier] = replace(
                _verdict(self._library, identifier, self._against.get(identifier, []), derived=identifier in self._derived),
                corrections=self._named.get(identifier, ()),
                doubt=self._doubted.get(identifier, ""),
            )
        return self._known[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._library.figures)

    def __len__(self) -> int:
        return len(self._library.figures)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._library.figures


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures there are of each kind, counted so that a computation of ours never counts as a check of a source.

    Attributes:
        stated: Figures that sources state.
        compared: Those of them that were recomputed from other numbers or compared with another source.
        ours: Figures we compute from others.
        assumed: Ends of ranges that nobody measured.
    """

    stated: int
    compared: int
    ours: int
    assumed: int


def tally(verdict_of: Mapping[str, Verdict]) -> Tally:
    """Return how many figures are stated, checked, computed by us and assumed."""
    ours = sum(verdict.figure.computed for verdict in verdict_of.values())
    assumed = sum(verdict.word == "assumed" for verdict in verdict_of.values())
    compared = sum(verdict.word in _COMPARED and not verdict.figure.computed for verdict in verdict_of.values())
    return Tally(len(verdict_of) - ours - assumed, compared, ours, assumed)


def compare(printed: Quantity, derived: Quantity) -> str:
    """Return `reproduced`, `compatible` or `differs` for a printed number and what was derived.

    Example:
        >>> from evidence.quantity import parse
        >>> compare(parse("6%"), parse("5.9%")), compare(parse("£10.8 billion"), parse("£10.9 billion"))
        ('reproduced', 'differs')
    """
    if printed.interval.contains(derived.anchor):
        return "reproduced"
    return "compatible" if printed.interval.meets(derived.interval) else "differs"


def _verdict(library: Library, identifier: str, others: list[str], *, derived: bool) -> Verdict:
    figure = library.figures[identifier]
    found: list[tuple[str, str]] = []
    result = _recomputed(library, identifier) if derived else None
    if result:
        found.append((compare(figure.quantity, result.quantity), explain(figure, result)))
    found += _repeats(library.places(identifier), figure)
    found += [_paired(figure, library.figures[other]) for other in others if other in library.figures]
    if not found:
        source = library.by_id("sources").get(figure.source)
        return Verdict(figure, "assumed" if source and source["kind"] == "assumption" else "quoted")
    word = max((word for word, _ in found), key=SEVERITY.index)
    if figure.computed and word == "reproduced":
        word = "ours"  # agreeing with our own formula is no agreement
    return Verdict(figure, word, tuple(reason for _, reason in found if reason), result)


def _recomputed(library: Library, identifier: str) -> Result | None:
    try:
        return recompute(library, identifier)
    except DataError:
        if library.as_of:
            return None  # an input was not published yet on that day
        raise


def _repeats(places: list[Figure], main: Figure) -> list[tuple[str, str]]:
    """Return a dispute for each place whose statement cannot be true together with the most precise one."""
    return [
        ("disputed", f"{main.locator} states {main.stated}, but {place.locator} states {place.stated}.")
        for place in places
        if not place.quantity.interval.meets(main.quantity.interval)
    ]


def _paired(figure: Figure, other: Figure) -> tuple[str, str]:
    word = compare(figure.quantity, other.quantity)
    reason = f"{other.source} states {other.stated} for {other.locator}; this source prints {figure.stated}."
    return ("disputed" if word == "differs" else word), reason


def _pairs(library: Library) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in library.rows("pairs"):
        found.setdefault(row["figure"], []).append(row["against"])
    return found


def _named(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the corrections by figure: those of the source that is corrected, not the figures it is held against."""
    found: dict[str, tuple[str, ...]] = {}
    for row in library.rows("corrections"):
        named = [identifier for identifier in row["figures"].split() if identifier in library.figures]
        source = library.figures[named[0]].source if named else ""
        for identifier in named:
            if library.figures[identifier].source == source:
                found[identifier] = (*found.get(identifier, ()), row["id"])
    return found


def explain(figure: Figure, result: Result) -> str:
    """Return a recomputation in words and figures: formula, inputs, result, and what is printed."""
    inputs = "; ".join(f"{entry.id} = {entry.stated}" for entry in result.inputs)
    derived = readable(result.quantity.anchor, result.quantity.unit)
    return f"{result.recomputation.about} From {inputs}: {derived}. Printed: {figure.stated}."
