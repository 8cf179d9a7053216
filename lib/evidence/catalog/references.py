"""Prove that what one table of the library names in another is there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterator
from typing import Any

from evidence.catalog import gazetteer, schema
from evidence.catalog.declaration import Column
from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.patterns import pattern_fault
from evidence.catalog.wordings import wrong_wordings
from evidence.errors import QuantityError, UnpublishedError
from evidence.extension import contributed
from evidence.problems import Problem
from evidence.quantity import Quantity, find_numbers, read_condition, read_formula


def wrong_references(library: Library) -> Iterator[Problem]:
    """Yield a problem for each cell that names something the library does not have, with the nearest that it has."""
    ids = {table.name: {row["id"] for row in library.all_rows(table.name)} for table in schema.tables() if "id" in table.names}
    for table in schema.tables():
        for column in table.columns:
            for row in library.all_rows(table.name) if column.reference else []:
                for named in row[column.name].split(" ") if column.several else [row[column.name]]:
                    if named and named not in ids[column.reference]:
                        yield unknown(row, column.name, named, ids[column.reference])
    for row in library.rows("corrections"):
        if not row["figures"] and not row["findings"]:
            yield Problem(where(row, "figures, findings"), "both empty.", "Name what the correction is about.")
    yield from _wrong_lines(library, ids["figures"], ids["findings"])
    yield from _settlements(library)
    yield from _valued_ids(library)
    yield from _claims(library)
    yield from wrong_wordings(library)
    yield from _aliases(library, ids)
    for row in library.rows("connectors"):
        told, remedy = pattern_fault(row["period_pattern"])
        if told:
            yield Problem(where(row, "period_pattern").at(name=row["source"]), told, remedy)
    for check in contributed("tables", "CHECKS", ()):
        yield from check(library)


READERS = {"formula": read_formula, "condition": read_condition}
"""What reads the line of a cell, by the grammar of its column."""
_NAMED = re.compile(r"\{([^{}:]*)(?::(\w+))?\}")
_SIDES = ("left", "right")
_TOLD = {
    "side": ("low", "high"),
    "finding": ("locator", "quote", "statement", "population"),
    "figure": ("", "stated", "shown", "locator", "quote", "population", "place", "period", "origin"),
}
"""What the text of a check may name of a side of its condition, of a finding and of a figure."""


def line_problem(column: Column, cell: str, known: Container[str]) -> tuple[str, str]:
    """Return what is wrong with a formula or condition, and the first id in it that is unknown; both empty where it is in order.

    Args:
        column: Its column, which has a grammar that is read.
        cell: The line.
        known: Ids it may name.
    """
    try:
        return "", next((name for name in READERS[column.grammar](cell).names if name not in known), "")
    except QuantityError as error:
        return f"{error}. Correct the line.", ""


def _lines(library: Library, *grammars: str) -> Iterator[tuple[Column, dict[str, Any]]]:
    """Yield each cell that names ids in braces, by its column and row."""
    for table in schema.tables():
        for column in (column for column in table.columns if column.grammar in grammars):
            yield from ((column, row) for row in library.all_rows(table.name) if row[column.name])


def _wrong_lines(library: Library, figures: set[str], findings: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with cells that name ids in braces: a line that cannot be read, or an id or a column of it that is unknown."""
    for column, row in _lines(library, *READERS):
        known = figures | findings if "asks" in row else figures
        told, missing = line_problem(column, row[column.name], known)
        if told:
            yield Problem(where(row, column.name), told)
        if missing:
            yield unknown(row, column.name, missing, known)
    for column, row in _lines(library, "text"):
        for name, part in _NAMED.findall(row[column.name]):
            allowed = _TOLD["side" if name in _SIDES else "finding" if name in findings else "figure"]
            if name not in figures | findings and name not in _SIDES:
                yield unknown(row, column.name, name, figures | findings)
            elif part not in allowed:
                told = f'found "{{{name}:{part}}}"; after the colon may stand {", ".join(filter(None, allowed))}.'
                yield Problem(where(row, column.name), told)


_COUNTED = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _valued_ids(library: Library) -> Iterator[Problem]:
    """Yield the ids of figures that hold a year or their own value: an id outlives both; its digits may name a class alone."""
    for row in library.rows("figures"):
        for digits in _COUNTED.findall(row["id"]):
            held = f"the year {digits}" if _YEAR.fullmatch(digits) else f"its own value, {digits}" if digits == row["value"] else ""
            if held:
                remedy = (
                    "Name what is measured; digits may name a class, such as level-3. An earlier year of the same measure ends in .before."
                )
                yield Problem(where(row, "id"), f"the id holds {held}.", remedy)


def _aliases(library: Library, ids: dict[str, set[str]]) -> Iterator[Problem]:
    """Yield the aliases that lead nowhere, or that stand for a record which still bears the name."""
    for row in library.rows("aliases"):
        kind = row["kind"] or "figure"
        known = ids.get(f"{kind}s")
        if known is None:  # chapters and their sections are no records
            continue
        stems = {name.removesuffix(end) for name in known for end in (".low", ".high") if name.endswith(end)}
        if row["new"] and row["new"] not in known | stems:
            yield unknown(row, "new", row["new"], known)
        if row["old"] in known:
            yield Problem(where(row, "old"), f"{row['old']} is still the id of a {kind}.", f"Rename the {kind} first, or remove the row.")


def _unlike_words(library: Library) -> Iterator[Problem]:
    """Yield each doubt and each check that tells readers of other records than it rests on."""
    for row in library.rows("doubts"):
        if f"(figure:{row['against']})" not in row["says"]:
            yield Problem(where(row, "says"), f"does not state {row['against']}.", "Link the figure that puts it in doubt.")
    for row in library.rows("checks"):
        named, meant = ({name for name, _ in _NAMED.findall(row[column])} for column in ("says", "condition"))
        if not named & {*meant, *_SIDES}:
            yield Problem(where(row, "says"), "names nothing that the condition compares.", f"Name one of {', '.join(sorted(meant))}.")


def _unlike_lines(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with formulas and conditions on the printed numbers: units that do not fit, or a divisor that may be zero."""
    for column, row in _lines(library, "formula", "condition"):
        try:
            told = _tried(library, column.grammar, row[column.name], row.get("figure", ""))
        except QuantityError as error:
            told = f"{error}. Correct the line."
        except UnpublishedError:
            told = ""
        if told:
            yield Problem(where(row, column.name), told)


def _tried(library: Library, grammar: str, line: str, figure: str) -> str:
    """Return what a line that can be reckoned gives in another unit than its figure, or an empty text."""

    def printed(identifier: str) -> Quantity:
        return library.figure(identifier).quantity

    if grammar == "condition":
        read_condition(line).holds(printed, lambda *_: True)
        return ""
    given, wanted = read_formula(line).reckon(printed).quantity.unit, printed(figure).unit
    return "" if given == wanted else f"gives {given}, but {figure} is in {wanted}. Correct the line, or end it with: as {wanted}"


def _settlements(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the settlements of a table that has them, which give a row its place on a map."""
    for table in schema.tables():
        if "settlement" in table.names:
            for row in library.rows(table.name):
                if problem := gazetteer.unknown(row["settlement"], row.get("country", "")):
                    yield problem.of(where(row, "settlement"))


def _claims(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the words of claims: a number that is bound to nothing."""
    for row in library.rows("claims"):
        if numbers := find_numbers(row["statement"]):
            remedy = "Say it in words; the figures are named beside it."
            yield Problem(where(row, "statement"), f'"{numbers[0].text}" is bound to nothing.', remedy)


def unlike_figures(library: Library) -> Iterator[Problem]:
    """Yield a problem for each line whose figures do not fit each other, and for words that tell of others; ask this of figures in order."""
    yield from _unlike_lines(library)
    yield from _unlike_words(library)


def unknown(row: dict[str, Any], column: str, found: str, known: set[str]) -> Problem:
    """Return the problem of a cell that names something the library does not have, with the nearest of what it has."""
    near = tuple(difflib.get_close_matches(found, sorted(known), n=3, cutoff=0.5))
    return Problem(where(row, column), f'unknown id "{found}".', "" if near else "Add it, or correct the id.", nearest=near)
