"""A wave that was read, and its report: for people as Markdown, for machines and for the next wave as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from evidence.errors import SurveyError
from evidence.parsing import parse_json
from evidence.survey.change import WaveChange
from evidence.survey.codebook import Codebook
from evidence.survey.derived import Derived
from evidence.survey.disclosing import NOT_PRINTED, asked_of, left_out, plain
from evidence.survey.estimates import Estimate
from evidence.survey.records import WaveName, end_quote, ends, has_interval, quote, stated
from evidence.survey.tabulation import SMALL_BASES, Cell
from evidence.survey.weighting import Design, kish

SUMMARY = "wave.json"
"""Name of the report for machines, which the next wave is compared with."""

CORRECTIONS = {"holm": "Holm's correction", "fdr_bh": "the false discovery rate of Benjamini and Hochberg"}


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave that was read.

    Attributes:
        codebook: What it was read by.
        named: What it is called in its records.
        file: Name of the export.
        design: How respondents count.
        figures: Cells of the codebook's figures.
        breakdowns: Cells of the breakdowns by group.
        changes: Tests against the earlier wave.
        derived: What follows from the figures.
        log: What was done to the answers, in order.
        linked: Whom this wave and the earlier one have both asked, in words; empty without an earlier wave.
    """

    codebook: Codebook
    named: WaveName
    file: str
    design: Design
    figures: list[Cell]
    breakdowns: list[Cell]
    changes: list[WaveChange]
    derived: Derived
    log: tuple[str, ...] = ()
    linked: str = ""

    @property
    def respondents(self) -> int:
        """How many respondents there are."""
        return len(self.design.weights)

    @property
    def effective(self) -> float:
        """How many of equal weight would tell as much, by Kish's formula."""
        return kish(self.design.weights)

    @property
    def lightest(self) -> float:
        """The smallest weight, of mean one."""
        return float(self.design.weights.min())

    @property
    def heaviest(self) -> float:
        """The largest weight, of mean one."""
        return float(self.design.weights.max())

    @property
    def withheld(self) -> list[Cell]:
        """The figures that are not shown."""
        return [cell for cell in self.figures if cell.withheld]


def markdown(wave: Wave) -> str:
    """Return the report for people. Its sentences about figures are the quotes of the wave's records."""
    return (
        "\n".join(
            [
                *_head(wave),
                *_margins(wave),
                *_figures(wave),
                *_derived(wave),
                *_breakdowns(wave),
                *_withheld(wave),
                *_changes(wave),
                *_log(wave),
            ]
        )
        + "\n"
    )


def summary(wave: Wave) -> dict[str, Any]:
    """Return the report as plain data: nothing of a cell that is withheld but its name and the reason."""
    return {
        "source": wave.codebook.source,
        "title": wave.codebook.title,
        "file": wave.file,
        "as_of": wave.named.as_of,
        "period": wave.named.period,
        "respondents": wave.respondents,
        "effective_respondents": round(wave.effective, 1),
        "design_effect": round(wave.respondents / wave.effective, 3),
        "weights": {"raked": wave.named.raked, "lowest": wave.lightest, "highest": wave.heaviest, "why": wave.codebook.weights.why},
        "margins": wave.design.fit,
        "figures": [_told(cell) for cell in wave.figures],
        "derived": {row["id"]: row["stated"] for row in wave.derived.rows},
        "unstated": wave.derived.unstated,
        "breakdowns": [_told(cell) for cell in wave.breakdowns],
        "log": list(processing(wave)),
        "correction": wave.codebook.correction,
        "linked": wave.linked if wave.changes else "",
        "changes": [asdict(change) for change in wave.changes],
    }


def written(wave: Wave) -> str:
    """Return the report for machines as JSON."""
    return json.dumps(summary(wave), ensure_ascii=False, indent=1) + "\n"


def bases(wave: Wave) -> list[dict[str, str]]:
    """Return on whom each number of a wave rests, as rows of `wave-bases.csv`; nothing of what is withheld."""
    about = {"source": wave.codebook.source, "as_of": wave.named.as_of}
    shown = [(cell.wanted, cell.estimate) for cell in wave.figures if cell.estimate]
    return [
        about
        | {"figure": wanted.id, "wording": plain(wanted.wording) or NOT_PRINTED, "asked": asked_of(wanted)}
        | {"unweighted": str(estimate.respondents), "weighted": f"{estimate.weighted:.1f}".removesuffix(".0")}
        for wanted, estimate in shown
    ]


def read_estimates(path: Path, source: str, raked: bool) -> dict[str, Estimate]:
    """Return the estimates of an earlier wave by figure, from its report for machines.

    Args:
        path: The report.
        source: Key of the source both waves are of.
        raked: Whether the weights of both waves are raked.

    Raises:
        SurveyError: If it is no such report, of another survey, or weighted in another way.
    """
    names = [field.name for field in fields(Estimate)]
    try:
        report = parse_json(path.read_text(encoding="utf-8"))
        own, told, weighted = report["source"], report["figures"], bool(report["weights"]["raked"])
        found = {
            str(one["figure"]): Estimate(**{name: one[name] + 0 for name in names if name in one})  # numbers alone can be added to
            for one in told
            if "value" in one and "low" in one
        }
    except (ValueError, KeyError, TypeError) as error:
        raise SurveyError(
            f"{path.name}: no report of a wave ({type(error).__name__}: {error}). Give the {SUMMARY} of an earlier wave, or its export."
        ) from None
    if own != source:
        raise SurveyError(f"{path.name}: is about source {own}, this wave about {source}. Give a report of the same survey.")
    if weighted != raked:
        words = {True: "raked", False: "not raked"}
        raise SurveyError(f"{path.name}: is {words[weighted]}, this wave {words[raked]}. Take in both in the same way; see --rake.")
    return found


def _told(cell: Cell) -> dict[str, Any]:
    about: dict[str, Any] = {"figure": cell.wanted.id, "kind": cell.wanted.kind}
    about |= {"group": cell.group, "category": cell.category} if cell.group else {}
    if cell.withheld:
        return about | {"withheld": cell.withheld}
    about |= {"caution": cell.caution} if cell.caution else {}
    return about | (asdict(cell.estimate) if cell.estimate else {"respondents": cell.respondents})


def _head(wave: Wave) -> Iterator[str]:
    raked = "raked to the margins below" if wave.named.raked else "not raked"
    yield f"# {wave.codebook.title}: wave of {wave.named.as_of}"
    yield ""
    yield f"Made by `evidence ingest survey` from {wave.file}. Respondents were asked in: {wave.named.period or 'not told'}."
    yield ""
    yield f"- respondents: {wave.respondents:,}; effective: {wave.effective:,.0f}; design effect of the weights: {wave.respondents / wave.effective:.2f}"
    yield f"- weights: {raked}; from {wave.lightest:.2f} to {wave.heaviest:.2f} of their mean. {_why(wave)}"
    yield "- intervals: 95%; Wilson's for the effective number of respondents, which follows from the linearised variance of the design"
    yield f"- withheld: {left_out(wave.codebook)}"
    yield f"- small bases: a number on fewer than {SMALL_BASES[1]} respondents says so, and so does one on fewer than {SMALL_BASES[0]}"


def _why(wave: Wave) -> str:
    """Return why weights are as they are, and that somebody wanted otherwise."""
    own = wave.codebook.weights
    return own.why if wave.named.raked == own.rake else f"The codebook {'does' if own.rake else 'does not'} rake: {own.why}"


def _margins(wave: Wave) -> Iterator[str]:
    if wave.design.fit:
        yield from ("", "## Margins", "")
        yield from _table(["Column", "Category", "Population", "Before raking", "After raking"], [_margin(row) for row in wave.design.fit])


def _margin(row: dict[str, Any]) -> list[str]:
    return [row["column"], row["category"], *(f"{row[name]:.1f}%" for name in ("population", "before", "after"))]


def _figures(wave: Wave) -> Iterator[str]:
    yield from ("", "## Figures", "")
    for cell in wave.figures:
        if cell.withheld:
            yield f"- {cell.wanted.id}: withheld; it {cell.withheld}."
        elif cell.estimate is None:
            yield f"- {cell.wanted.id}: {cell.respondents:,} respondents were asked."
        else:
            low, high = ends(cell)
            interval = f" {end_quote(cell, 'low', low)} {end_quote(cell, 'high', high)}" if has_interval(cell) else ""
            yield f"- {quote(cell, wave.named)}{interval}{_plain(cell, wave)}"


def _plain(cell: Cell, wave: Wave) -> str:
    """Return what the number would be without weights, where that is another number."""
    if not wave.named.raked or cell.estimate is None or not cell.wanted.weighted:
        return ""
    return f" Without weights: {cell.estimate.plain * (1 if cell.wanted.kind == 'mean' else 100):.{cell.wanted.decimals}f}."


def _derived(wave: Wave) -> Iterator[str]:
    if wave.codebook.derived:
        yield from ("", "## Derived from these figures", "")
        for row in wave.derived.rows:
            yield f"- {row['quote']} {row['note']}."
        for told in wave.derived.unstated:
            yield f"- {told}: write its record by hand."


def _breakdowns(wave: Wave) -> Iterator[str]:
    if wave.breakdowns:
        yield from ("", "## By group", "")
        yield from _table(
            ["Figure", "Group", "Share", "From", "To", "Respondents", "Effective"], [_group(cell) for cell in wave.breakdowns]
        )


def _group(cell: Cell) -> list[str]:
    about = [cell.wanted.id, f"{cell.group}: {cell.category}"]
    if cell.withheld or cell.estimate is None:
        return [*about, "withheld", "", "", "", ""]
    return [*about, stated(cell), *ends(cell), _base(cell), f"{cell.estimate.effective:,.0f}"]


def _base(cell: Cell) -> str:
    """Return how many respondents a cell rests on, with a word of caution where they are few."""
    return f"{cell.respondents:,}" + (f" ({cell.caution})" if cell.caution else "")


def _withheld(wave: Wave) -> Iterator[str]:
    held = [cell for cell in (*wave.figures, *wave.breakdowns) if cell.withheld]
    if held:
        yield from ("", "## Withheld", "")
        for cell in held:
            about = f" ({cell.group}: {cell.category})" if cell.group else ""
            yield f"- {cell.wanted.id}{about}: {cell.withheld}."


def _changes(wave: Wave) -> Iterator[str]:
    yield from ("", "## Change since the earlier wave", "")
    if not wave.changes:
        yield "No earlier wave was given, or it shares no figure with this one: nothing was tested."
        return
    yield f"{len(wave.changes)} tests, adjusted by {CORRECTIONS[wave.codebook.correction]}; a change counts when its adjusted p-value is at most 0.05."
    yield wave.linked
    yield ""
    means = {wanted.id for wanted in wave.codebook.figures if wanted.kind == "mean"}
    rows = [_change(change, 1 if change.figure in means else 100) for change in wave.changes]
    yield from _table(["Figure", "Before", "After", "Difference", "From", "To", "Correlation", "p", "Adjusted", "Changed"], rows)


def processing(wave: Wave) -> Iterator[str]:
    """Yield what was done to the answers and the weights, in order."""
    yield from wave.log
    own = wave.codebook.weights
    if own.trim:
        low, high = own.trim
        yield f"{wave.design.trimmed:,} weights cut to between {low:g} and {high:g} of their mean"


def _log(wave: Wave) -> Iterator[str]:
    yield from ("", "## What was done to the answers", "", *(f"- {line}" for line in processing(wave)))


def _change(change: WaveChange, times: int) -> list[str]:
    numbers = (change.before.value, change.after.value, change.after.value - change.before.value, change.low, change.high)
    p_values = (f"{value:.4f}" if value >= 0.0001 else "<0.0001" for value in (change.p_value, change.adjusted))
    shown = (*(f"{times * number:.1f}" for number in numbers), f"{change.correlation:.2f}", *p_values)
    return [change.figure, *shown, "yes" if change.differs else "no"]


def _table(header: list[str], rows: list[list[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
