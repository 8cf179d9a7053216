"""Read a file of delimited text: which character parts its columns, in which encoding, and its columns by where they stand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pandas as pd

from evidence.survey.exports.heading import LOOKED_AT

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 50
"""Rows that must agree with the header on how many columns there are."""
_LONGEST = 1_000_000
"""Longest cell in characters; answers in free text are far shorter, and a quotation mark that is never closed is far longer."""


def encoding_of(path: Path, declared: str = "") -> str:
    """Return the encoding of a file: the declared one, what its byte order mark says, or UTF-8."""
    if declared:
        return declared
    with path.open("rb") as stream:
        return "utf-16" if stream.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def delimiter_of(path: Path, encoding: str) -> str:
    """Return what parts the columns: of those that give the first rows as many cells as the header, the one that gives the most; or a comma."""
    for titles in (0, LOOKED_AT):
        widths = {mark: _width(path, encoding, mark, titles) for mark in DELIMITERS}
        best = max(DELIMITERS, key=lambda mark: widths[mark])
        if widths[best] > 1:
            return best
    return ","


def _width(path: Path, encoding: str, delimiter: str, titles: int) -> int:
    """Return how many columns the first rows have, 0 when they differ below so many titles, cannot be read, or there are none."""
    try:
        counts = [len(row) for row in islice(_rows(path, encoding, delimiter), _LOOKED_AT) if row]
    except UnicodeError:
        raise
    except ValueError:
        return 0
    start = next((place for place, count in enumerate(counts) if count == counts[-1]), 0)
    below = set(counts[start:]) if start <= titles else set(counts)
    return below.pop() if len(below) == 1 else 0


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    with path.open(encoding=encoding, newline="") as stream:
        try:
            yield from csv.reader(stream, delimiter=delimiter)
        except csv.Error as error:
            raise ValueError(f"with the delimiter {NAMES[delimiter]}: {error}") from None


def top(path: Path, encoding: str, delimiter: str, count: int) -> list[list[str]]:
    """Return the cells of the first rows, or fewer when there are no more.

    Raises:
        ValueError: If there is none, or it cannot be read.
    """
    if rows := list(islice(_rows(path, encoding, delimiter), count)):
        return rows
    raise ValueError("it is empty")


def columns(path: Path, encoding: str, delimiter: str, places: list[int], width: int, first: int = 2) -> pd.DataFrame:
    """Return columns by where they stand, as categories of text, named by their place, rows counted from 0 below the first of the file.

    Args:
        path: The file.
        encoding: How its characters are written.
        delimiter: What parts its columns.
        places: Columns to read, from 0.
        width: How many there are.
        first: First row of answers, from 1.

    Raises:
        ValueError: If it cannot be read, or a row has more cells than the header.
    """
    found = pd.read_csv(
        path,
        sep=delimiter,
        encoding=encoding,
        header=0,
        skiprows=first - 2,
        names=list(range(width)),
        usecols=places,
        dtype="category",
        keep_default_na=False,
        na_values=[""],
        index_col=False,
        on_bad_lines="error",
        low_memory=False,
    )
    found.index += first - 2
    return found
