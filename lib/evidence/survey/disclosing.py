"""What readers of a survey must be told, and whether a codebook tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence.survey.codebook import Codebook
from evidence.survey.weighting import Design

NOT_PRINTED = "not printed"


@dataclass(frozen=True, slots=True)
class DisclosedItem:
    """One thing that readers must be told.

    Attributes:
        name: What it is.
        told: What is told of it; empty when nothing is.
        remedy: Where an author says it.
    """

    name: str
    told: str
    remedy: str


def checklist(codebook: Codebook, design: Design) -> list[DisclosedItem]:
    """Return everything that readers of a survey must be told, with what is told.

    Args:
        codebook: The codebook.
        design: How respondents count.

    Source:
        British Polling Council, Statement of Disclosure, and Market Research Society, Code of Conduct and guidelines on published research, as far
        as they name the same things: client, fieldwork, method, universe, sample, bases, wording, weighting, and the address of full tables.
    """
    told = codebook.disclosure
    entry = "[disclosure] in the codebook"
    days = f"{_day(told.first_day)} to {_day(told.last_day)}" if told else ""
    parts = [
        ("Client", told.client if told else "", entry),
        ("Fieldwork", days, entry),
        ("Method", told.method if told else "", entry),
        ("Universe", told.universe if told else "", entry),
        ("Sampling", told.sampling if told else "", entry),
        ("Geographical coverage", told.coverage if told else "", entry),
        ("Sample size", f"{len(design.weights):,} respondents", entry),
        ("Weighting", weighting(codebook, design), "weights in the codebook"),
        ("Bases", "weighted and unweighted, in every table", entry),
        ("Wording", _wording(codebook), "wording of each figure in the codebook"),
        ("Full tables", told.tables if told else "", f"tables of {entry}"),
    ]
    return [DisclosedItem(*part) for part in parts]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def missing(items: list[DisclosedItem]) -> list[DisclosedItem]:
    """Return what readers are not told."""
    return [item for item in items if not item.told]


def weighting(codebook: Codebook, design: Design) -> str:
    """Return how respondents were weighted, in a sentence or two."""
    raked = ", ".join(dict.fromkeys(str(row["column"]) for row in design.fit))
    parts = [f"weighted by {codebook.weights.column}" if codebook.weights.column else "", f"raked to {raked}" if raked else ""]
    how = " and ".join(filter(None, parts)) or "unweighted"
    spread = f"; weights from {design.weights.min():.2f} to {design.weights.max():.2f} of their mean" if how != "unweighted" else ""
    cut = (
        f"; {design.trimmed:,} cut to between {codebook.weights.trim[0]:g} and {codebook.weights.trim[1]:g}"
        if codebook.weights.trim
        else ""
    )
    return f"{how}{spread}{cut}. {codebook.weights.why}"


def _wording(codebook: Codebook) -> str:
    """Return that every question is given in full, or nothing when one is not."""
    asked = [figure for figure in codebook.figures if figure.kind != "respondents"]
    return "every question in full" if asked and all(figure.wording.strip() not in ("", NOT_PRINTED) for figure in asked) else ""


def unworded(codebook: Codebook) -> Iterator[str]:
    """Yield the figures whose question is not given."""
    yield from (one.id for one in codebook.figures if one.kind != "respondents" and one.wording.strip() in ("", NOT_PRINTED))
