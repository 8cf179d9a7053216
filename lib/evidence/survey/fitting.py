"""Whether a codebook fits a data library: its source, the units of its figures, the sizes it is raked to, and its rules for answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evidence.catalog import Figure, Library
from evidence.catalog.library import unknown_id
from evidence.errors import DataError
from evidence.problems import NOWHERE, Place, Problem
from evidence.recompute import find
from evidence.survey.codebook import Codebook, Margin, WantedFigure, read_codebook

UNANSWERED = "?"
"""Answer of a question of a draft that nobody has answered."""


def check_codebook(codebook: Codebook, library: Library, name: str) -> list[Problem]:
    """Return what of a codebook does not fit a data library, one problem a place: unknown ids, wrong units, questions without an answer.

    Args:
        codebook: The codebook.
        library: The library its figures belong to.
        name: What to call its file.
    """
    return [problem.of(Place(name)) for problem in _problems(codebook, library)]


def _problems(codebook: Codebook, library: Library) -> Iterator[Problem]:
    for key in (codebook.source, *codebook.also):
        if key not in library.by_id("sources") and (key != codebook.source or not codebook.about):
            yield _at("source", f'there is no source "{key}".', "Use a key of data/sources.csv.")
    yield from _own_problems(codebook)
    yield from (_at(f"asked {one.question}", "is not answered.", "Answer it.") for one in codebook.asked if one.answer == UNANSWERED)
    ids = [figure.id for figure in codebook.figures]
    yield from (_at(one, "listed twice.", "Remove one.") for one in sorted({one for one in ids if ids.count(one) > 1}))
    for figure in codebook.figures:
        yield from (problem.of(Place(name=figure.id)) for problem in _figure_problems(figure, codebook, library))
    for one in codebook.derived:
        if one not in library.figures:
            yield unknown_id(one, library.figures).of(Place(name="derived"))
        if not find(library, one):
            yield _at("derived", f"nothing recomputes {one}.", "Remove it.")
    for margin in codebook.margins:
        yield from (problem.of(Place(name=f"margin {margin.column}")) for problem in _margin_problems(margin, library))
    told = codebook.disclosure
    if told and told.first_day > told.last_day:
        yield _at("disclosure", f"fieldwork ends on {told.last_day}, before it begins on {told.first_day}.", "Exchange the days.")
    if codebook.weights.rake and not codebook.margins:
        yield _at("weights", "raked, but there is no margin.", "Add one, or set rake to false.")


def _at(entry: str, message: str, remedy: str) -> Problem:
    return Problem(Place(name=entry), message, remedy)


def _figure_problems(figure: WantedFigure, codebook: Codebook, library: Library) -> Iterator[Problem]:
    if figure.id in library.figures:
        yield from _known_problems(figure, library.figures[figure.id], codebook)
    elif not figure.new:
        yield unknown_id(figure.id, library.figures)
        return
    if figure.kind != "respondents" and not figure.columns:
        yield Problem(NOWHERE, "names no column.", "Add the columns it is read from.")
    if figure.kind in ("share", "lowest", "highest") and not figure.codes:
        yield Problem(NOWHERE, "names no codes.", "Add the answers that count.")
    if figure.kind in ("mean", "nps") and (len(figure.columns) != 1 or figure.codes):
        yield Problem(NOWHERE, f"is a {figure.kind}, which has one column and no codes.", "Correct the entry.")
    if figure.kind == "nps" and figure.columns and _reach(codebook, figure.columns[0]) != (0, 10):
        told = f"is a net promoter score, and {figure.columns[0]} is no scale from 0 to 10."
        yield Problem(NOWHERE, told, f'Declare it: [scales."{figure.columns[0]}"] with low = 0 and high = 10.')
    if figure.among and (outside := sorted(set(figure.columns) - set(figure.among))):
        yield Problem(NOWHERE, f"{outside[0]} is none of the columns of among.", "Name all columns of its question there.")
    if stray := sorted(set(figure.absent) - {*figure.codes, *(answer for answers in figure.where.values() for answer in answers)}):
        yield Problem(NOWHERE, f'declares "{stray[0]}" absent, which it does not ask for.', "Remove it, or spell it as the code is.")
    if "{}" not in figure.stated and figure.kind != "respondents":
        yield Problem(NOWHERE, f'stated "{figure.stated}" has no place for the number.', "Write {} where it stands.")


def _known_problems(figure: WantedFigure, known: Figure, codebook: Codebook) -> Iterator[Problem]:
    if known.source not in (codebook.source, *codebook.also):
        told = f"belongs to source {known.source}, the codebook is about {codebook.source}."
        yield Problem(NOWHERE, told, "Remove it, or add the source to also.")
    expected = {"respondents": "count", "mean": known.unit, "nps": known.unit}.get(figure.kind, "percent")
    if known.unit != expected:
        yield Problem(NOWHERE, f"is in {known.unit}, a {figure.kind} is in {expected}.", "Correct the kind.")


def _reach(codebook: Codebook, column: str) -> tuple[float, float] | None:
    scale = codebook.scales.get(column)
    return (scale.low, scale.high) if scale else None


def _own_problems(codebook: Codebook) -> Iterator[Problem]:
    """Yield what of the rules for answers contradicts itself."""
    if stray := sorted(set(codebook.absent) - {*codebook.missing, *(one for own in codebook.missing_in.values() for one in own)}):
        yield _at("absent", f'"{stray[0]}" is no missing answer.', "Remove it, or spell it as in missing.")
    for column, scale in codebook.scales.items():
        if scale.low >= scale.high:
            yield _at(f"scales.{column}", f"runs from {scale.low:g} to {scale.high:g}.", "Put the smaller number at low.")
        for answer, value in scale.values.items():
            if not scale.low <= value <= scale.high:
                yield _at(f"scales.{column}", f'"{answer}" is {value:g}, outside {scale.low:g} to {scale.high:g}.', "Correct one of them.")


def _margin_problems(margin: Margin, library: Library) -> Iterator[Problem]:
    for category, size in margin.population.items():
        if isinstance(size, str) and size not in library.figures:
            told = unknown_id(size, library.figures)
            yield replace(told, message=f"{category}: {told.message}")
        elif not isinstance(size, str) and size <= 0:
            yield Problem(NOWHERE, f"{category}: size {size} of a population; expected a number above nought.", "Correct it.")


def checked_codebook(path: Path, library: Library) -> Codebook:
    """Return a codebook that fits a data library.

    Raises:
        SurveyError: If it cannot be read.
        DataError: If it does not fit the library: one message a place.
    """
    codebook = read_codebook(path)
    if problems := check_codebook(codebook, library, path.name):
        raise DataError(problems)
    return codebook
