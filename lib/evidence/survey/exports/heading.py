"""Where the names of columns stand in a table of text or a sheet: below a title, or in several rows, as exports of web surveys and agencies have them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

LOOKED_AT = 14
"""Rows at the top in which the names are looked for."""
_BELOW = 6
"""Rows below a row of names that are looked at, so that answers that do not come again are not taken for names."""
_JOINED = " - "
_IMPORT = '{"ImportId"'
"""What the third row of an export of Qualtrics begins its cells with; the second has the questions."""

Cells = Sequence[str]


def names_of(rows: Sequence[Cells]) -> list[str]:
    """Return the names that rows give together: what stands above several columns is said of each, before what stands below it.

    Example:
        >>> names_of([["Respondent", "Bread", "", "Age"], ["", "White", "Rye", ""]])
        ['Respondent', 'Bread - White', 'Bread - Rye', 'Age']
    """
    if len(rows) == 1:
        return [cell.strip() for cell in rows[0]]
    above, *below = rows
    made, last = [], ""
    for top, bottom in zip_longest(map(str.strip, above), names_of(below), fillvalue=""):
        last = top or last
        made.append(_JOINED.join(filter(None, [last if bottom else top, bottom])))
    return made


def heading(rows: Sequence[Cells]) -> dict[str, Any]:
    """Return how names stand in the first rows of a file, as entries of `Written`; nothing when they are all in the first row.

    Args:
        rows: The first rows, cells as text.

    Example:
        >>> heading([["Bread survey", "", ""], ["id", "q1", "q2"], *[["1", "Yes", "No"]] * 6])
        {'header': (2, 2)}
        >>> heading([["id", "q1", "q2"], ["1", "Yes", "No"]])
        {}
    """
    if len(rows) > 2 and any(cell.startswith(_IMPORT) for cell in rows[2]):
        return {"wording": 2, "answers": 4}
    filled, width = [sum(bool(cell.strip()) for cell in row) for row in rows], max(map(len, rows), default=0)
    wide = (place for place, count in enumerate(filled) if 1 < count >= max(filled) / 2 and len(rows[place]) > width * 0.8)
    first = next((place for place in wide if not place or _are_names(rows[place], rows[place + 1 :])), 0)
    last = first + (first + 1 < len(rows) and _goes_on(rows[first], rows[first + 1]))
    return {"header": (first + 1, last + 1)} if last else {}


def _are_names(row: Cells, below: Sequence[Cells]) -> bool:
    """Return whether the cells of a row are names: no numbers, and none comes again in the rows below."""
    numbers = any(cell.strip().replace(".", "", 1).isdigit() for cell in row)
    again = any(cell.strip() and cell == other for later in below for cell, other in zip(row, later, strict=False))
    return len(below) >= _BELOW and not numbers and not again


def _goes_on(upper: Cells, lower: Cells) -> bool:
    """Return whether a row gives the names that the row above it lacks: different words under each empty cell, and gaps of its own or one word under others."""
    cells = [(top.strip(), bottom.strip()) for top, bottom in zip_longest(upper, lower, fillvalue="")]
    if not cells[0][0]:
        return False
    under = [bottom for top, bottom in cells if not top]
    beside = {bottom for top, bottom in cells if top}
    words = all(under) and not any(bottom.replace(".", "").isdigit() for _, bottom in cells)
    return bool(under) and words and "" in beside and _apart(cells)


def _apart(cells: list[tuple[str, str]]) -> bool:
    """Return whether the words under each name differ."""
    seen: set[str] = set()
    for top, bottom in cells:
        if top:
            seen.clear()
        if bottom and bottom in seen:
            return False
        seen.add(bottom)
    return True
