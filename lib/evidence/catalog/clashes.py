"""What a reader or a chart could not tell apart, or must not be told twice: two ids of one number, two marks of one label, an exact guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.rows import FILE, ROW
from evidence.errors import QuantityError
from evidence.problems import Place, Problem
from evidence.quantity import Found, find_numbers, parse

_ABOUT = ("population", "place", "period")
"""What tells two numbers of one passage apart."""
_ENOUGH = 12
"""Characters around a number, equal in two quotes, that make them the same passage."""
_ENDS = re.compile(r"\.(?:low|high)$")
_CLOSE = re.compile(r"(?:almost|nearly|just under|just over)\b.*", re.IGNORECASE)
_GUESSED_BEFORE = re.compile(r"(?:\bestimate[ds]?(?: (?:of|at))?|\bapprox\.?|\bc(?:a|irca)?\.)\W{0,2}$", re.IGNORECASE)
_GUESSED_AFTER = re.compile(r"\W{0,2}(?:or so|or thereabouts|approximately|approx|roughly|odd|estimated|est)\b", re.IGNORECASE)


def clashing(library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure that clashes with another one."""
    rows = library.all_rows("figures")
    yield from _same_passage(rows)
    yield from _same_label(rows)


def inexact(row: dict[str, Any]) -> Iterator[Problem]:
    """Yield why a number that is declared exact is none, by its own words or by those around it in the quote."""
    if row["precision"] == "exact" and (words := _approximate(row["stated"]) or _guessed(row)):
        remedy = "Leave the precision empty, or correct what is stated."
        yield Problem(where(row, "precision"), f'found "exact", but the words are "{words}".', remedy)


def _approximate(stated: str) -> str:
    """Return a stated text that calls itself approximate; empty where it does not, for a threshold may well be "over" or "under" a number."""
    try:
        return stated if parse(stated).hedge == "about" or _CLOSE.fullmatch(stated) else ""
    except QuantityError:
        return ""


def _guessed(row: dict[str, Any]) -> str:
    """Return the words around the number in the quote that make it a guess, or are a hedge that the stated text leaves out; else nothing."""
    quote, found = row["quote"], _number(row)
    if found is None:
        return ""
    before, after = _GUESSED_BEFORE.search(quote[: found.start]), _GUESSED_AFTER.match(quote[found.end :])
    if before or after:
        return str(quote[before.start() if before else found.start : found.end + (after.end() if after else 0)])
    return found.text if parse(found.text).hedge and not parse(row["stated"]).hedge else ""


def _number(row: dict[str, Any]) -> Found | None:
    """Return the number that the quote of a record holds where its stated text stands, with all that belongs to it."""
    start = row["quote"].find(row["stated"])
    end = start + len(row["stated"])
    return next((found for found in find_numbers(row["quote"]) if found.start < end and start < found.end), None) if start >= 0 else None


def _same_passage(rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield the later of two ids that name one number of one passage, and say the same of whom, where and when."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["quote"]:
            alike[row["source"], row["value"], row["unit"], *(row[name] for name in _ABOUT)].append(row)
    for found in alike.values():
        for first, second in combinations(found, 2):
            if _ENDS.sub("", first["id"]) != _ENDS.sub("", second["id"]) and _one_passage(first, second):
                told = f"{second['id']} names the number that {first['id']} names, in the same passage:"
                remedy = "Keep one id; or say in population, place or period how they differ."
                yield Problem(where(second, "id, quote"), told, remedy, other=Place(f"data/{first[FILE]}", first[ROW]))


def _one_passage(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Return whether two quotes are of one place: the words on both sides of the number are the same as far as both go."""
    sides = [(row["quote"].partition(row["stated"])[0], row["quote"].partition(row["stated"])[2]) for row in (first, second)]
    (before, after), (earlier, later) = sides
    left, right = min(len(before), len(earlier)), min(len(after), len(later))
    same = before[len(before) - left :] == earlier[len(earlier) - left :] and after[:right] == later[:right]
    return same and left + right >= _ENOUGH


def _same_label(rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield the later of two figures of a series whose newest vintages bear one label, so that a chart would draw both at one place."""
    labelled: dict[tuple[str, str], dict[str, Any]] = {}
    newest = {row["id"]: row["as_of"] for row in sorted(rows, key=lambda row: str(row["as_of"]))}
    for row in rows:
        if row["series"] and row["as_of"] == newest[row["id"]]:
            first = labelled.setdefault((row["series"], " ".join(row["category"].casefold().split())), row)
            if _ENDS.sub("", first["id"]) != _ENDS.sub("", row["id"]):
                told = f'"{row["category"]}" is the label of {first["id"]} in series {row["series"]} already:'
                yield Problem(where(row, "category"), told, "Give each its own.", other=Place(f"data/{first[FILE]}", first[ROW]))
