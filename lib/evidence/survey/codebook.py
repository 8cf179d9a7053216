"""The codebook of a survey: which columns of an export give which figures, for whom, and with which weights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evidence.catalog.packaging import CODEBOOKS
from evidence.errors import SurveyError
from evidence.parsing import parse_toml
from evidence.paths import plain_file
from evidence.problems import Place, Problem

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
        header: First and last row that names its columns, of text and workbooks; titles may stand above.
        wording: Row that has the question of each column; 0 for none.
        answers: First row of answers; 0 for the one below the header.
    """

    delimiter: Literal["", ",", ";", "\t", "|"] = ""
    decimal: Literal[".", ","] = "."
    encoding: str = ""
    sheet: str = ""
    header: tuple[Annotated[int, Field(ge=1, le=50)], Annotated[int, Field(ge=1, le=50)]] = (1, 1)
    wording: Annotated[int, Field(ge=0, le=50)] = 0
    answers: Annotated[int, Field(ge=0, le=100)] = 0

    @property
    def first(self) -> int:
        """The first row of answers, from 1."""
        return max(self.answers, self.header[1] + 1)


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
        numbers: Whether `codes` or `labels` are the numbers, where a file has both and they disagree; answers are named by these, too.
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
        among: All columns of its question, where what was not chosen is left empty: who answers in any of them is counted as asked. Empty where
            an empty cell is no answer.
        codes: Answers that count, each by its text, or by the code or the label that the file gives it.
        absent: Those of the codes and of `where` that this export may lack.
        where: Who is asked: for each column the answers that let a respondent in. Who has no answer in any of the columns is left out as well.
        weighted: Whether weights apply; not for figures about the sample itself.
        stated: How the number is written, with {} where it stands.
        decimals: Decimals it is written with.
        wording: The question as the document prints it, or `not printed`.
        new: Whether the library may lack it, so that this wave is the first to state it.
        series: Group of figures that make one chart; only of a new one.
        category: Its label there.
        population: Whom it is about; only of a new one.
        place: Where they are, as places of the library are written; only of a new one.
    """

    id: str
    kind: Literal["share", "mean", "nps", "respondents", "lowest", "highest"] = "share"
    columns: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    weighted: bool = True
    stated: str = "{}%"
    decimals: int = Field(0, ge=0, le=3)
    wording: str = "not printed"
    new: bool = False
    series: str = ""
    category: str = ""
    population: str = ""
    place: str = ""

    @property
    def answered_in(self) -> tuple[str, ...]:
        """The columns in which somebody must have answered to be counted."""
        return self.among or self.columns


class SurveySource(_Part):
    """The source of a survey that the library does not know yet: cells of its row in `data/sources.csv`, of the same names."""

    title: str = Field(min_length=1)
    short: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    attribution: str = ""
    url: str = ""
    cadence: str = "one-off"


class Disclosure(_Part):
    """What readers of a survey must be told of it, as the British Polling Council and the Market Research Society ask.

    Attributes:
        client: Who commissioned it.
        first_day: First day of fieldwork, ISO.
        last_day: Last day of fieldwork, ISO.
        method: How respondents were asked, such as online or by telephone.
        universe: Whom they stand for.
        sampling: How they were chosen, from where.
        coverage: Where they live or work.
        tables: Address of the full tables.
    """

    client: str = Field(min_length=1)
    first_day: date
    last_day: date
    method: str = Field(min_length=1)
    universe: str = Field(min_length=1)
    sampling: str = Field(min_length=1)
    coverage: str = Field(min_length=1)
    tables: str = ""


class AnsweredQuestion(_Part):
    """A question that a file could not answer of itself, as somebody has answered it.

    Attributes:
        question: The question.
        answer: The answer.
        by: Whether a person gave it or the proposal was left as it was.
    """

    question: str
    answer: str
    by: Literal["author", "proposal"]


class Codebook(_Part):
    """A codebook.

    Attributes:
        source: Key of the source whose figures the survey renews.
        also: Keys of further sources that state figures of the same survey.
        title: What the survey is.
        about: Its source, where the library does not know it yet.
        disclosure: What readers must be told of it; None where the documents do not tell.
        asked: What was asked of an author before the codebook was drawn up.
        respondent: Column that names each respondent once; empty when the export has none.
        panel: Whether the same name is the same respondent in every wave; false where numbers begin anew in each.
        export: How its file is written.
        leave_out: Who does not count.
        missing: Answers that are none, besides an empty cell, in whatever column.
        missing_in: Answers that are none in one column, by column.
        absent: Those of the missing answers that an export may lack.
        scales: Numbers of scales, by column.
        named_by: Whether the answers of a column are named by `codes` or `labels`, where the same text is the code of one and the label of another.
        delimited: What parts the answers in one cell, by column; an empty text where a cell is one answer whatever it looks like.
        minimum_cell: Fewest respondents a number may rest on.
        correction: How tests of change allow for their number: Holm, or Benjamini and Hochberg.
        groups: Columns by which the report breaks every share down.
        banners: Columns across the table book; those of `groups` when empty.
        weights: How respondents count.
        margins: What is known of the population.
        figures: What a wave renews.
        derived: Figures that are computed from those, by the registered recomputations; what others are computed from stands first.
    """

    source: str
    also: tuple[str, ...] = ()
    title: str
    about: SurveySource | None = None
    disclosure: Disclosure | None = None
    asked: tuple[AnsweredQuestion, ...] = ()
    respondent: str = ""
    panel: bool = True
    export: Written = Written()
    leave_out: tuple[LeftOut, ...] = ()
    missing: tuple[str, ...] = ()
    missing_in: dict[str, tuple[str, ...]] = {}
    absent: tuple[str, ...] = ()
    scales: dict[str, Scale] = {}
    named_by: dict[str, Literal["codes", "labels"]] = {}
    delimited: dict[str, str] = {}
    minimum_cell: int = Field(10, ge=2)
    correction: Literal["holm", "fdr_bh"] = "holm"
    groups: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    weights: Weights
    margins: tuple[Margin, ...] = ()
    figures: tuple[WantedFigure, ...] = Field(min_length=1)
    derived: tuple[str, ...] = ()

    def naming(self, column: str) -> str:
        """Return by what the answers of a column are named: `codes`, `labels`, or an empty text for either."""
        scale = self.scales.get(column)
        return self.named_by.get(column, "") or (scale.numbers if scale and not scale.values else "")

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
        yield from ((column, "breakdown") for column in dict.fromkeys((*self.groups, *self.banners)))
        if raked:
            yield from ((margin.column, "raking") for margin in self.margins)
        for figure in self.figures:
            yield from ((column, figure.id) for column in (*figure.columns, *figure.among, *figure.where))


def read_codebook(path: Path) -> Codebook:
    """Return the codebook of a TOML file.

    Args:
        path: The file.

    Raises:
        SurveyError: If there is none, it is not TOML, or it does not hold what a codebook holds: names each place.
    """
    try:
        return Codebook.model_validate(parse_toml(plain_file(path).read_text(encoding="utf-8")))
    except OSError:
        raise SurveyError(Problem(Place(str(path)), "no such codebook.", f"Those of the library stand in data/{FOLDER}/.")) from None
    except ValidationError as error:
        raise SurveyError([_invalid(path.name, one) for one in error.errors()]) from None
    except ValueError as error:
        told = f"not a TOML file in UTF-8: {error}."
        raise SurveyError(Problem(Place(path.name), told, "Correct the line.")) from None


def _invalid(name: str, told: Any) -> Problem:
    """Return the problem of an entry that pydantic refuses."""
    return Problem(Place(name, name=".".join(map(str, told["loc"]))), f"{told['msg']}.", "Correct the entry.")
