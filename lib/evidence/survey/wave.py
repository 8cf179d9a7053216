"""Ingest a wave: from the export of respondents to an overlay of candidate figures and a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from evidence.catalog import Library
from evidence.catalog.declaration import Table
from evidence.catalog.overlay import ADDED_SOURCES, check_place, write_overlay
from evidence.catalog.rows import csv_text
from evidence.catalog.schema import RECEIPTS, SOURCES, WAVE_BASES, WAVES
from evidence.errors import SurveyError
from evidence.receipts.issuing import declared, from_report, table_of
from evidence.survey import report
from evidence.survey.answers import Answers
from evidence.survey.change import changes
from evidence.survey.codebook import Codebook, Margin
from evidence.survey.derived import Derived, derive
from evidence.survey.disclosing import wave_cells
from evidence.survey.estimates import Estimate
from evidence.survey.fitting import checked_codebook
from evidence.survey.introducing import source_of, with_source
from evidence.survey.occurring import Occurring
from evidence.survey.overlap import Overlap, sampled_units
from evidence.survey.records import WaveName, has_interval, records
from evidence.survey.report import Wave, bases
from evidence.survey.responses import Responses, check_respondents, counted, read_responses
from evidence.survey.tables.contents import Contents, contents
from evidence.survey.tables.crosstabs import crosstabs
from evidence.survey.tables.writing import as_html, as_workbook
from evidence.survey.tabulation import Cell, Tabulation, make_cells
from evidence.survey.weighting import Design, make_design
from evidence.writing import mark, replacing, unedited

HTML_NAME, WORKBOOK_NAME = "tables.html", "tables.xlsx"
"""Files of a table book."""

PACKAGES = ("openpyxl", "pyreadstat", "scipy", "statsmodels")
"""Packages of the extra `survey` in lib/pyproject.toml."""


@dataclass(frozen=True, slots=True)
class WaveOrder:
    """What is asked for.

    Attributes:
        file: Export of the respondents.
        codebook: File of the codebook.
        as_of: Day the wave was published, ISO.
        period: When respondents were asked, such as `March 2027`; empty for the days of fieldwork that the codebook gives.
        into: Folder of the overlay.
        previous: Report for machines, or export, of the earlier wave; None for none.
        rake: Whether to rake; None as the codebook says.
    """

    file: Path
    codebook: Path
    as_of: str
    period: str
    into: Path
    previous: Path | None = None
    rake: bool | None = None


def ingest(order: WaveOrder, library: Library) -> Wave:
    """Return a wave after writing its overlay: the records of its figures, its report, and the report for machines.

    Args:
        order: What is asked for.
        library: The library whose figures it renews.

    Raises:
        SurveyError: If a package of the extra is missing, the export, the codebook or the weights cannot be used, or nothing may be shown.
        DataError: If the codebook does not fit the library, or the folder is not ours to write.
    """
    _check_packages()
    check_place(order.into, library.directory or order.into.parent)
    codebook = checked_codebook(order.codebook, library)
    source = source_of(codebook, order.as_of)
    new = source.get("id", "") not in library.by_id("sources")
    library = with_source(library, source)
    rake = codebook.weights.rake if order.rake is None else order.rake
    read = _read(order.file, codebook, library, rake)
    named = WaveName(order.as_of, order.period or period_of(codebook), rake, codebook.source, bool(codebook.weights.column))
    before = _before(order.previous, codebook, library, rake) if order.previous else EarlierWave({})
    means = {wanted.id for wanted in codebook.figures if wanted.kind in ("mean", "nps")}
    covariances, linked = _linked(before.read, read)
    tests = changes(before.estimates, _estimates(read.figures), means, codebook.correction, covariances)
    rows = records(read.figures, library, named)
    if not rows:
        raise SurveyError(f"{order.file.name}: no figure rests on enough respondents to be shown. Collect more answers.")
    derived = derive(codebook.derived, rows, library, named)
    wave = Wave(
        codebook, named, order.file.name, read.design, read.figures, read.breakdowns, tests, derived, read.answers.responses.log, linked
    )
    written, made = f"wave-{codebook.source}-{named.as_of}.md", [*rows, *derived.rows]
    texts = {written: report.markdown(wave), report.SUMMARY: report.written(wave)}
    if library.all_rows(RECEIPTS.name):
        texts |= {
            RECEIPTS.path: table_of([*from_report(written, texts[written], made), *([declared(SOURCES, source)] if new and source else [])])
        }
    if new and source:
        texts |= {ADDED_SOURCES: csv_text([list(source), list(source.values())])}
    texts |= {WAVES.path: _table(WAVES, [wave_cells(codebook, read.design, order.as_of)]), WAVE_BASES.path: _table(WAVE_BASES, bases(wave))}
    write_overlay(order.into, made, texts)
    return wave


def _table(declared: Table, rows: list[dict[str, str]]) -> str:
    return csv_text([declared.names, *([row[name] for name in declared.names] for row in rows)])


def period_of(codebook: Codebook) -> str:
    """Return when respondents were asked, by the days of fieldwork that a codebook gives; empty when it gives none.

    The month of publication is not when anybody was asked.
    """
    if codebook.disclosure is None:
        return ""
    months = [f"{day:%B %Y}" for day in (codebook.disclosure.first_day, codebook.disclosure.last_day)]
    return months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"


def tabulate(order: WaveOrder, library: Library) -> Contents:
    """Return the table book of a wave after writing it into the order's folder, as HTML and as a workbook.

    Args:
        order: What is asked for; its earlier wave does not matter.
        library: The library whose figures margins may name.

    Raises:
        SurveyError: If a package of the extra is missing, or the export, the codebook or the weights cannot be used.
        DataError: If the codebook does not fit the library.
        WriteError: If the folder holds something else than an earlier table book, or that was changed by hand.
    """
    _check_packages()
    codebook = checked_codebook(order.codebook, library)
    rake = codebook.weights.rake if order.rake is None else order.rake
    responses, spelled = read_counted(order.file, codebook, rake)
    design = make_design(responses.frame, spelled, library, rake, order.file.name)
    named = WaveName(order.as_of, order.period or period_of(codebook), rake, codebook.source, bool(codebook.weights.column))
    wave = Wave(codebook, named, order.file.name, design, [], [], [], Derived(), responses.log)
    told = contents(wave, crosstabs(Answers(responses, spelled), design))
    check_place(order.into, library.directory or order.into.parent)
    with replacing(order.into, unedited) as made:
        (made / HTML_NAME).write_text(as_html(told), encoding="utf-8")
        (made / WORKBOOK_NAME).write_bytes(as_workbook(told))
        mark(made, "evidence")
    return told


def _check_packages() -> None:
    """Refuse to begin when a package of the extra `survey` is missing."""
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        raise SurveyError(f"{', '.join(missing)} not installed. Surveys need an extra of the library; run: make survey")


@dataclass(frozen=True, slots=True)
class ReadWave:
    """A wave as it was read.

    Attributes:
        answers: The answers of those who count.
        design: How they count.
        figures: Cells of the codebook's figures.
        breakdowns: Cells of its breakdowns.
    """

    answers: Answers
    design: Design
    figures: list[Cell]
    breakdowns: list[Cell]


@dataclass(frozen=True, slots=True)
class EarlierWave:
    """What a wave is compared with.

    Attributes:
        estimates: Its estimates, by figure.
        read: Its answers; None where its report alone was given.
    """

    estimates: dict[str, Estimate]
    read: ReadWave | None = None


def _read(file: Path, codebook: Codebook, library: Library, rake: bool) -> ReadWave:
    responses, codebook = read_counted(file, codebook, rake)
    answers = Answers(responses, codebook)
    design = make_design(responses.frame, codebook, library, rake, file.name)
    return ReadWave(answers, design, *make_cells(answers, design))


def read_counted(file: Path, codebook: Codebook, rake: bool) -> tuple[Responses, Codebook]:
    """Return the answers of those who count, and the codebook with its margins spelled as the export spells them.

    Raises:
        SurveyError: If the export cannot be read, a respondent occurs twice, or an answer of the codebook occurs nowhere.
    """
    needed = codebook.columns(rake)
    found = replace(read_responses(file, needed, codebook.export), named_by={column: codebook.naming(column) for column in needed})
    if problems := list(Occurring(found, codebook).problems(rake)):
        raise SurveyError(problems)
    responses = counted(found, codebook, [margin.column for margin in codebook.margins] if rake else [])
    check_respondents(responses.frame, codebook.respondent, file.name)
    return responses, codebook.model_copy(
        update={"margins": tuple(_spelled(margin, responses) for margin in codebook.margins)} if rake else {}
    )


def _spelled(margin: Margin, responses: Responses) -> Margin:
    sizes = {responses.spelled(margin.column, category): size for category, size in margin.population.items()}
    return margin.model_copy(update={"population": sizes})


def _before(previous: Path, codebook: Codebook, library: Library, rake: bool) -> EarlierWave:
    """Return the earlier wave: from its report, or from its export in the same way as this one."""
    if not previous.is_file():
        raise SurveyError(f"{previous}: no such file. Give the {report.SUMMARY} of the earlier wave, or its export.")
    if previous.suffix.lower() == ".json":
        return EarlierWave(report.read_estimates(previous, codebook.source, rake))
    read = _read(previous, codebook, library, rake)
    return EarlierWave(_estimates(read.figures), read)


def _linked(before: ReadWave | None, after: ReadWave) -> tuple[dict[str, float], str]:
    """Return the covariance of each figure's estimates in two waves, and in words whom both have asked."""
    if before is None:
        return (
            {},
            "Counted as waves of different respondents: a report of the earlier wave names none. Give its export to have those asked twice counted.",
        )
    found = [sampled_units(read.answers.responses, read.answers.codebook, read.design) for read in (before, after)]
    if found[0] is None or found[1] is None:
        return {}, "Counted as waves of different respondents: nothing in the codebook names the same respondent in both."
    overlap = Overlap(found[0], found[1])
    if not overlap.respondents:
        return {}, "Waves of different respondents: nobody was asked in both."
    tables = [Tabulation(read.answers, read.design) for read in (before, after)]
    shown = _estimates(before.figures).keys() & _estimates(after.figures).keys()
    wanted = [cell.wanted for cell in after.figures if cell.wanted.id in shown]
    covariances = {one.id: overlap.covariance(tables[0].parts(one), tables[1].parts(one)) for one in wanted}
    told = f"{overlap.respondents:,} respondents were asked in both waves: what their answers have in common is allowed for."
    counted_anew = all(set(one.keys) == set(map(str, range(1, len(one.keys) + 1))) for one in found if one)
    return covariances, told + (" Both number them from 1 on; say panel = false if they are other people." if counted_anew else "")


def _estimates(cells: list[Cell]) -> dict[str, Estimate]:
    return {cell.wanted.id: cell.estimate for cell in cells if cell.estimate is not None and has_interval(cell)}
