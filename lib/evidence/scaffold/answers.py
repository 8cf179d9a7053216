"""The answers a new row needs: which are missing, what may be proposed, and whether one is right before the next is asked for."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from evidence.catalog import COMPUTED, Library, double_entry, plain
from evidence.catalog.declaration import FILLED_IN, Column, Table
from evidence.catalog.library import unknown_id
from evidence.catalog.references import READERS, line_problem
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.typed import CellTypes
from evidence.catalog.validation import cell_problem, data_products, record_problems
from evidence.errors import DataError, QuantityError
from evidence.problems import NOWHERE, Problem
from evidence.quantity import parse, read_formula, readable
from evidence.recompute import LINE, unrounded


@dataclass(frozen=True, slots=True)
class Asked:
    """A new row as far as it has been answered.

    Attributes:
        table: Table it is for.
        row: Its cells by column.
        library: The data library it will join.
    """

    table: Table
    row: dict[str, str]
    library: Library


def required_columns(asked: Asked) -> list[Column]:
    """Return the columns that must be answered and are not: those declared so, and of a figure the quote where its source is a document."""
    products = data_products(asked.library)
    source = asked.row.get("source", "")
    quoted = asked.table.name == "figures" and source and source not in products
    return [
        column
        for column in asked.table.columns
        if column.name not in asked.row and (column.required or (quoted and column.name == "quote")) and column.name not in FILLED_IN
    ]


def proposed(asked: Asked, column: str) -> str:
    """Return what may be proposed for a column, or an empty text; never the value of a figure, which is typed so that slips are noticed."""
    row = asked.row
    if asked.table.name == "figures" and column == "unit":
        return _unit(row.get("stated", ""))
    if column == "as_of" and row.get("source"):
        return str(asked.library.by_id("sources").get(row["source"], {}).get("as_of", ""))
    return {"cadence": "one-off", "order": "listed"}.get(column, "")


def _unit(stated: str) -> str:
    try:
        return parse(stated).unit
    except QuantityError:
        return ""


def computed_cells(figure: str, formula: str, stated: str, library: Library) -> dict[str, str]:
    """Return the cells of a new figure that a formula derives, of the day of its newest input.

    Args:
        figure: Its id.
        formula: The formula.
        stated: How it is printed; where empty, as the result reads with three digits.
        library: The data library it will join.

    Raises:
        QuantityError: If units do not fit, or `stated` is no number.
        DataError: If the formula reads what is not there.
    """
    line = read_formula(formula)
    result = line.reckon(lambda identifier: unrounded(library, identifier)).quantity
    printed = stated or readable(result.anchor, result.unit)
    value, newest = parse(printed), max((library.figure(name).as_of for name in line.names), default="")
    fixed = {"id": figure, "source": COMPUTED, "locator": LINE.capitalize(), "origin": LINE, "quote": "", "precision": ""}
    return {**fixed, "stated": printed, "value": plain(value), "unit": value.unit, "as_of": newest}


def answer_problem(asked: Asked, column: Column) -> str:
    """Return what is wrong with the answer to a column, as far as the answers before it tell, or an empty text.

    Args:
        asked: The row, this answer in it.
        column: The column.
    """
    told = cell_problem(asked.table, column.name, asked.row) or _reference(asked, column) or _taken(asked, column) or _line(asked, column)
    return told or _typed(asked, column) or (_figure(asked, column.name) if asked.table.name == "figures" else "")


def _typed(asked: Asked, column: Column) -> str:
    """Return what is wrong with a period, a place or a day of publication."""
    row: dict[str, Any] = {name: asked.row.get(name, "") for name in asked.table.names} | {FILE: "", ROW: 0}
    found = CellTypes(asked.library).problems(asked.table, row) if asked.row.get(column.name) else ()
    return next((problem.told for problem in found if column.name in problem.place.column.split(", ")), "")


def _reference(asked: Asked, column: Column) -> str:
    answer = asked.row.get(column.name, "")
    if not column.reference or not answer or answer in (known := asked.library.by_id(column.reference)):
        return ""
    near = tuple(difflib.get_close_matches(answer, list(known), n=3, cutoff=0.5))
    remedy = "" if near else f"Add it first with: evidence new {column.reference.rstrip('s')}"
    return Problem(NOWHERE, f'unknown id "{answer}".', remedy, nearest=near).told


def _line(asked: Asked, column: Column) -> str:
    answer, known = asked.row.get(column.name, ""), asked.library.figures
    told, unknown = line_problem(column, answer, known) if column.grammar in READERS and answer else ("", "")
    return told or (unknown_id(unknown, known).told if unknown else "")


def _taken(asked: Asked, column: Column) -> str:
    identifier = asked.row.get("id", "")
    if column.name != "id" or asked.table.key != ("id",) or identifier not in asked.library.by_id(asked.table.name):
        return ""
    return f'"{identifier}" is in data/{asked.table.path} already. Choose another id.'


def _figure(asked: Asked, column: str) -> str:
    """Return what is wrong between quote, stated text, value and unit, as soon as enough of them are known."""
    row: dict[str, Any] = {name: asked.row.get(name, "") for name in asked.table.names} | {FILE: "", ROW: 0}
    try:
        if column == "stated":
            parse(row["stated"])
            found = record_problems(row, data_products(asked.library)) if row["quote"] else []
            return next((problem.told for problem in found if problem.place.column == "quote"), "")
        if column in ("value", "unit"):
            double_entry(row | {"unit": row["unit"] or _unit(row["stated"])})
    except DataError as error:
        return error.problems[0].told
    except QuantityError as error:
        return f"{error}."
    return ""
