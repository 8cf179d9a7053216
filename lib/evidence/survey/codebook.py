"""The codebook of a survey: which columns of an export give which figures, for whom, and with which weights."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evidence.catalog import Library
from evidence.catalog.library import unknown_id
from evidence.catalog.packaging import CODEBOOKS
from evidence.errors import DataError, SurveyError
from evidence.problems import NOWHERE, Place, Problem
from evidence.recompute import find

FOLDER = CODEBOOKS
"""Where codebooks stand in the data library."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Rule = Literal["refuse", "leave out"]
"""What becomes of respondents who cannot be weighted."""


class Written(_Part):
    """How the file of an export is written, where it does not say so itself.

    Attributes:
        delimiter: What parts the columns of a text file; empty to find out.
        decimal: What stands before decimals.
        encoding: How characters of a text file are written; empty for UTF-8, or as its byte order mark says.
        sheet: Sheet of a workbook; may be empty when there is one.
    """

    delimiter: Literal["", ",", ";", "\t", "|"] = ""
    decimal: Literal[".", ","] = "."
    encoding: str = ""
    sheet: str = ""


class Weights(_Part):
    """How respondents count.

    Attributes:
        column: Column of design weights; empty when each respondent counts the same before raking.
        strata: Column of the strata or quotas that were sampled separately; empty for none.
        clusters: Column of the units that were sampled first, such as districts; empty when respondents were sampled themselves.
        nested: Whether numbers of clusters begin anew in each stratum, so that the same number in two strata is two clusters.
        rake: Whether weights are raked to the margins unless the command says otherwise.
        trim: Smallest and largest weight, in means of the weights; empty for no bounds.
        zero: What becomes of respondents of weight nought.
        empty: What becomes of respondents without a weight.
        why: Why so, for the report.
    """

    column: str = ""
    strata: str = ""
    clusters: str = ""
    nested: bool = False
    rake: bool = False
    trim: tuple[Annotated[float, Field(ge=0, lt=1)], Annotated[float, Field(gt=1)]] | None = None
    zero: Rule = "refuse"
    empty: Rule = "refuse"
    why: str = Field(min_length=1)


class LeftOut(_Part):
    """Respondents who do not count, such as those who were screened out or tried the questionnaire.

    Attributes:
        column: Column of the export.
        answers: Answers of those who are left out.
        why: Why, for the report.
    """

    column: str = Field(min_length=1)
    answers: tuple[str, ...] = Field(min_length=1)
    why: str = Field(min_length=1)


class Scale(_Part):
    """The numbers of a scale.

    Attributes:
        low: Smallest number an answer may be.
        high: Largest.
        values: Number of each answer, by code or label; empty when the answers, or the file's own codes, are the numbers.
        numbers: Whether `codes` or `labels` are the numbers, where a file has both and they disagree.
    """

    low: float
    high: float
    values: dict[str, float] = {}
    numbers: Literal["", "codes", "labels"] = ""


class Margin(_Part):
    """What is known of the population by one column.

    Attributes:
        column: Column of the export.
        population: Size of each category: a number in any unit, or the id of a figure of the library.
        unknown: What becomes of respondents without an answer: refused, left out, or kept as a category of their own that keeps its share.
    """

    column: str = Field(min_length=1)
    population: dict[str, str | float] = Field(min_length=2)
    unknown: Literal["refuse", "leave out", "keep"] = "refuse"


class WantedFigure(_Part):
    """A figure that a wave renews.

    Attributes:
        id: Its id in the data library.
        kind: `share` of respondents with one of the codes in any of the columns; `mean` of a column of numbers; `nps`, the share of 9 and 10
            less that of 0 to 6 on a scale from 0 to 10; `respondents`, how many there are; `lowest` or `highest` share among the columns.
        columns: Columns of the export.
        codes: Answers that count, each by its text, or by the code or the label that the file gives it.
        absent: Those of the codes and of `where` that this export may lack.
        where: Who is asked: for each column the answers that let a respondent in. Who has no answer in any of the columns is left out as well.
        weighted: Whether weights apply; not for figures about the sample itself.
        stated: How the number is written, with {} where it stands.
        decimals: Decimals it is written with.
        wording: The question as the document prints it, or `not printed`.
    """

    id: str
    kind: Literal["share", "mean", "nps", "respondents", "lowest", "highest"] = "share"
    columns: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    weighted: bool = True
    stated: str = "{}%"
    decimals: int = Field(0, ge=0, le=3)
    wording: str = "not printed"


class Codebook(_Part):
    """A codebook.

    Attributes:
        source: Key of the source whose figures the survey renews.
        also: Keys of further sources that state figures of the same survey.
        title: What the survey is.
        respondent: Column that names each respondent once; empty when the export has none.
        export: How its file is written.
        leave_out: Who does not count.
        missing: Answers that are none, besides an empty cell, in whatever column.
        missing_in: Answers that are none in one column, by column.
        absent: Those of the missing answers that an export may lack.
        scales: Numbers of scales, by column.
        delimited: What parts the answers in one cell, by column; an empty text where a cell is one answer whatever it looks like.
        minimum_cell: Fewest respondents a number may rest on.
        correction: How tests of change allow for their number: Holm, or Benjamini and Hochberg.
        groups: Columns by which the report breaks every share down.
        weights: How respondents count.
        margins: What is known of the population.
        figures: What a wave renews.
        derived: Figures that are computed from those, by the registered recomputations; what others are computed from stands first.
    """

    source: str
    also: tuple[str, ...] = ()
    title: str
    respondent: str = ""
    export: Written = Written()
    leave_out: tuple[LeftOut, ...] = ()
    missing: tuple[str, ...] = ()
    missing_in: dict[str, tuple[str, ...]] = {}
    absent: tuple[str, ...] = ()
    scales: dict[str, Scale] = {}
    delimited: dict[str, str] = {}
    minimum_cell: int = Field(10, ge=2)
    correction: Literal["holm", "fdr_bh"] = "holm"
    groups: tuple[str, ...] = ()
    weights: Weights
    margins: tuple[Margin, ...] = ()
    figures: tuple[WantedFigure, ...] = Field(min_length=1)
    derived: tuple[str, ...] = ()

    def columns(self, raked: bool) -> dict[str, list[str]]:
        """Return every column an export must have, each with what it is needed for.

        Args:
            raked: Whether the margins' columns are needed.
        """
        needed: dict[str, list[str]] = {}
        for column, use in self._uses(raked):
            needed.setdefault(column, []).append(use)
        return needed

    def _uses(self, raked: bool) -> Iterator[tuple[str, str]]:
        own = self.weights
        named = ((self.respondent, "respondents"), (own.column, "weights"), (own.strata, "strata"), (own.clusters, "clusters"))
        yield from ((column, use) for column, use in named if column)
        yield from ((rule.column, "leaving out") for rule in self.leave_out)
        yield from ((column, "breakdown") for column in self.groups)
        if raked:
            yield from ((margin.column, "raking") for margin in self.margins)
        for figure in self.figures:
            yield from ((column, figure.id) for column in (*figure.columns, *figure.where))


def read_codebook(path: Path) -> Codebook:
    """Return the codebook of a TOML file.

    Args:
        path: The file.

    Raises:
        SurveyError: If there is none, it is not TOML, or it does not hold what a codebook holds: names each place.
    """
    try:
        return Codebook.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise SurveyError(Problem(Place(str(path)), "no such codebook.", f"Those of the library stand in data/{FOLDER}/.")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        told = f"not a TOML file in UTF-8: {error}."
        raise SurveyError(Problem(Place(path.name), told, "Correct the line.")) from None
    except ValidationError as error:
        raise SurveyError([_invalid(path.name, one) for one in error.errors()]) from None


def _invalid(name: str, told: Any) -> Problem:
    """Return the problem of an entry that pydantic refuses."""
    return Problem(Place(name, name=".".join(map(str, told["loc"]))), f"{told['msg']}.", "Correct the entry.")


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
        if key not in library.by_id("sources"):
            yield _at("source", f'there is no source "{key}".', "Use a key of data/sources.csv.")
    yield from _own_problems(codebook)
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
    if codebook.weights.rake and not codebook.margins:
        yield _at("weights", "raked, but there is no margin.", "Add one, or set rake to false.")


def _at(entry: str, message: str, remedy: str) -> Problem:
    return Problem(Place(name=entry), message, remedy)


def _figure_problems(figure: WantedFigure, codebook: Codebook, library: Library) -> Iterator[Problem]:
    if figure.id not in library.figures:
        yield unknown_id(figure.id, library.figures)
        return
    known = library.figures[figure.id]
    if known.source not in (codebook.source, *codebook.also):
        told = f"belongs to source {known.source}, the codebook is about {codebook.source}."
        yield Problem(NOWHERE, told, "Remove it, or add the source to also.")
    expected = {"respondents": "count", "mean": known.unit, "nps": known.unit}.get(figure.kind, "percent")
    if known.unit != expected:
        yield Problem(NOWHERE, f"is in {known.unit}, a {figure.kind} is in {expected}.", "Correct the kind.")
    if figure.kind != "respondents" and not figure.columns:
        yield Problem(NOWHERE, "names no column.", "Add the columns it is read from.")
    if figure.kind in ("share", "lowest", "highest") and not figure.codes:
        yield Problem(NOWHERE, "names no codes.", "Add the answers that count.")
    if figure.kind in ("mean", "nps") and (len(figure.columns) != 1 or figure.codes):
        yield Problem(NOWHERE, f"is a {figure.kind}, which has one column and no codes.", "Correct the entry.")
    if figure.kind == "nps" and figure.columns and _reach(codebook, figure.columns[0]) != (0, 10):
        told = f"is a net promoter score, and {figure.columns[0]} is no scale from 0 to 10."
        yield Problem(NOWHERE, told, f'Declare it: [scales."{figure.columns[0]}"] with low = 0 and high = 10.')
    if stray := sorted(set(figure.absent) - {*figure.codes, *(answer for answers in figure.where.values() for answer in answers)}):
        yield Problem(NOWHERE, f'declares "{stray[0]}" absent, which it does not ask for.', "Remove it, or spell it as the code is.")
    if "{}" not in figure.stated and figure.kind != "respondents":
        yield Problem(NOWHERE, f'stated "{figure.stated}" has no place for the number.', "Write {} where it stands.")


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
