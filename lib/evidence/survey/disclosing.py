"""What readers of a survey must be told, and whether a codebook tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from evidence.survey.codebook import Codebook, WantedFigure

if TYPE_CHECKING:
    from evidence.survey.weighting import Design

NOT_PRINTED = "not printed"
_ENTRY = "[disclosure] in the codebook"


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
    """
    return told_of(wave_cells(codebook, design), (one.wording for one in codebook.figures if one.kind != "respondents"))


def told_of(wave: Mapping[str, str], wordings: Iterable[str]) -> list[DisclosedItem]:
    """Return everything that readers of a wave must be told, with what is told.

    Args:
        wave: Its row of `waves.csv`.
        wordings: The question of each of its numbers.

    Source:
        British Polling Council, Statement of Disclosure, and Market Research Society, Code of Conduct and guidelines on published research, as far
        as they name the same things: client, fieldwork, method, universe, sample, bases, wording, weighting, and the address of full tables.
    """
    days = " to ".join(_day(date.fromisoformat(wave[name])) for name in ("first_day", "last_day") if wave[name])
    parts = [
        ("Client", wave["client"], _ENTRY),
        ("Fieldwork", days, _ENTRY),
        ("Method", wave["method"], _ENTRY),
        ("Universe", wave["universe"], _ENTRY),
        ("Sampling", wave["sampling"], _ENTRY),
        ("Geographical coverage", wave["coverage"], _ENTRY),
        ("Sample size", f"{int(wave['respondents']):,} respondents", _ENTRY),
        ("Weighting", wave["weighting"], "weights in the codebook"),
        ("Bases", "weighted and unweighted, in every table", _ENTRY),
        ("Wording", _wording(list(wordings)), "wording of each figure in the codebook"),
        ("Full tables", wave["tables"], f"tables of {_ENTRY}"),
    ]
    return [DisclosedItem(*part) for part in parts]


def wave_cells(codebook: Codebook, design: Design, as_of: str = "") -> dict[str, str]:
    """Return what readers must be told of a wave, as its row of `waves.csv`.

    Args:
        codebook: The codebook.
        design: How respondents count.
        as_of: Day the wave was published, ISO.
    """
    from evidence.survey.weighting import kish

    told = codebook.disclosure
    names = ("client", "first_day", "last_day", "method", "universe", "sampling", "coverage", "tables")
    return {
        "source": codebook.source,
        "as_of": as_of,
        "title": plain(codebook.title),
        **{name: plain(str(getattr(told, name))) if told else "" for name in names},
        "respondents": str(len(design.weights)),
        "effective": f"{kish(design.weights):.0f}",
        "weighting": plain(weighting(codebook, design)),
        "withheld": f"Withheld is {left_out(codebook)}.",
    }


def left_out(codebook: Codebook) -> str:
    """Return in words what is withheld."""
    few = f"what rests on fewer than {codebook.minimum_cell} respondents, or hangs on a few heavy ones"
    return f"{few}, what lies within one cluster, and what would give a number of few away"


def plain(text: str) -> str:
    """Return a text of a codebook on one line."""
    return " ".join(text.split())


def asked_of(wanted: WantedFigure) -> str:
    """Return in words who was asked."""
    told = "; ".join(f"{column}: {' or '.join(answers)}" for column, answers in wanted.where.items())
    return f"Those who answered, of {told}" if told else "All who answered"


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


def _wording(wordings: list[str]) -> str:
    """Return that every question is given in full, or nothing when one is not."""
    return "every question in full" if wordings and all(_printed(wording) for wording in wordings) else ""


def _printed(wording: str) -> bool:
    return wording.strip() not in ("", NOT_PRINTED)
