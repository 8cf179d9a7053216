"""Write the cells of a wave as records of the data library: the number in its columns, with its interval beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from evidence.catalog import Figure, Library, plain
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.validation import further_problems
from evidence.errors import QuantityError, SurveyError
from evidence.quantity import parse
from evidence.survey.codebook import WantedFigure
from evidence.survey.estimates import Estimate
from evidence.survey.introducing import first_record
from evidence.survey.tabulation import Cell


@dataclass(frozen=True, slots=True)
class WaveName:
    """What a wave is called in its records.

    Attributes:
        as_of: Day it was published, ISO.
        period: When respondents were asked, as readers are told.
        raked: Whether weights were raked.
        source: Key of the source that states what is new.
        weighted: Whether the export has weights of its own.
    """

    as_of: str
    period: str
    raked: bool
    source: str = ""
    weighted: bool = False


def records(cells: list[Cell], library: Library, named: WaveName) -> list[dict[str, str]]:
    """Return the records of the cells that are shown, each share or mean of the population followed by the two ends of its interval.

    A record keeps what the library says of its figure (population, place, series, category) and gets the wave's number, date and quote; the
    quote is a sentence of the wave's report, so that `evidence verify` can prove it there.

    Args:
        cells: The figures' cells.
        library: The library they renew.
        named: What the wave is called.

    Raises:
        SurveyError: If the wave is not newer than what the library has, or a record would not fit the library.
    """
    made = [row for cell in cells if not cell.withheld for row in _rows(cell, library, named)]
    for row in made:
        place: dict[str, Any] = row | {FILE: f"figures/{row['source']}.csv", ROW: 0}
        if problems := further_problems(row | place, library):
            raise SurveyError(f"the record made from the wave does not fit the library. {' '.join(map(str, problems))}")
    return made


def _rows(cell: Cell, library: Library, named: WaveName) -> Iterator[dict[str, str]]:
    wanted = cell.wanted
    old = _record(library, wanted.id)
    if old and named.as_of <= old.as_of:
        raise SurveyError(
            f"{wanted.id}: the library has it as of {old.as_of}; this wave is dated {named.as_of}. Give the later date with --as-of."
        )
    if cell.estimate is None:
        yield _row(old, wanted, named, f"{cell.respondents:,}", f"{cell.respondents:,} respondents were asked.", "exact")
        return
    yield _row(old, wanted, named, stated(cell), quote(cell, named), "")
    if has_interval(cell):
        for end, number in (("low", cell.estimate.low), ("high", cell.estimate.high)):
            yield _end(old, named, cell, end, number)


def _record(library: Library, identifier: str) -> Figure | None:
    """Return the newest record of a figure, the charted one where there are several, so that charts keep drawing it; None of a new one."""
    if identifier not in library.figures:
        return None
    places = library.places(identifier)
    return next((figure for figure in places if figure.series), places[0])


def _row(old: Figure | None, wanted: WantedFigure, named: WaveName, number: str, words: str, precision: str) -> dict[str, str]:
    try:
        read = parse(number)
    except QuantityError as error:
        raise SurveyError(f'{wanted.id}: "{number}" does not read as a number: {error}. Correct stated in the codebook.') from None
    told = {"locator": f"Report of the wave of {named.as_of}", "note": "Computed from the answers of the respondents"}
    told |= {"quote": words, "stated": number, "value": plain(read), "precision": precision, "period": named.period, "as_of": named.as_of}
    return old.renewed(**told) if old else first_record(wanted, named.source, read.unit) | told


def _end(old: Figure | None, named: WaveName, cell: Cell, end: str, number: float) -> dict[str, str]:
    """Return one end of an interval, with one decimal more than the number itself."""
    text = cell.wanted.stated.replace("{}", _digits(number, cell, more=1))
    row = _row(old, cell.wanted, named, text, end_quote(cell, end, text), "")
    return row | {"id": f"{cell.wanted.id}.interval.{end}", "series": "", "category": ""}


def has_interval(cell: Cell) -> bool:
    """Return whether a cell has an interval: an estimate of the population has, the make-up of the sample and an extreme have none."""
    return cell.estimate is not None and cell.wanted.weighted and cell.wanted.kind in ("share", "mean", "nps")


def stated(cell: Cell) -> str:
    """Return the number of a cell with an estimate as the wave states it, such as 61%."""
    estimate = _estimate(cell)
    return cell.wanted.stated.replace("{}", _digits(estimate.value, cell))


def ends(cell: Cell) -> tuple[str, str]:
    """Return the ends of a cell's interval as the wave states them."""
    estimate = _estimate(cell)
    return tuple(cell.wanted.stated.replace("{}", _digits(number, cell, more=1)) for number in (estimate.low, estimate.high))  # type: ignore[return-value]


def quote(cell: Cell, named: WaveName) -> str:
    """Return the sentence of the report that states a figure."""
    weights = "unweighted" if not cell.wanted.weighted else "raked" if named.raked else "weighted" if named.weighted else "unweighted"
    told = f"{cell.wanted.id}: {stated(cell)} ({weights}; respondents: {cell.respondents:,}{f', {cell.caution}' if cell.caution else ''}"
    return f"{told}; effective: {_estimate(cell).effective:,.0f})." if cell.wanted.weighted else f"{told})."


def end_quote(cell: Cell, end: str, number: str) -> str:
    """Return the sentence of the report that states an end of an interval."""
    return f"{cell.wanted.id}: the {'lower' if end == 'low' else 'upper'} end of the interval is {number}."


def _estimate(cell: Cell) -> Estimate:
    if cell.estimate is None:
        raise SurveyError(f"{cell.wanted.id}: has no estimate; it {cell.withheld or 'is a number of respondents'}.")
    return cell.estimate


def _digits(number: float, cell: Cell, more: int = 0) -> str:
    """Return a number with the decimals of its figure, and `more`, halves rounded up."""
    scaled = number if cell.wanted.kind == "mean" else 100 * number
    digits = Decimal(f"{scaled:.9f}").quantize(Decimal(1).scaleb(-cell.wanted.decimals - more), ROUND_HALF_UP)
    return f"{digits + 0:,}"
