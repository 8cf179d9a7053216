"""The strength of a page: what the findings it uses are worth together, and what is known of its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.audit import UNCOMPARED
from evidence.catalog import Figure
from evidence.grading.rule import SCALE

DOUBTFUL = ("disputed", "differs")
"""Verdicts of figures that contradict something."""

DOUBT_PART = 10
"""A page loses a step when at least one in so many of its figures is in doubt."""

SEVERAL = 2
"""Independent sources that a page needs to keep the strength of its findings."""

PAGE_RULE = (
    "A page is as strong as the middle one of the findings that its prose uses, of two middle ones the weaker. It loses a step when at least a tenth "
    "of its figures are disputed or differ, or are assumptions, and a step when a single source stands behind all of it."
)
"""The rule in words, for readers."""


@dataclass(frozen=True, slots=True)
class PageStrength:
    """How strong the evidence of a page is.

    Attributes:
        word: One of `SCALE`.
        findings: How many of its findings have each strength.
        agreeing: Figures that agree with a recomputation or another source.
        uncompared: Figures that are quoted, with nothing to hold them against.
        assumed: Figures that are assumptions of ours.
        doubtful: Figures that are disputed or differ.
        sources: Keys of the sources behind figures and findings, our own computations left out.
        sample: The largest sample stated behind a finding, or None.
        steps: Why the page is weaker than its findings.
    """

    word: str
    findings: Mapping[str, int]
    agreeing: int
    uncompared: int
    assumed: int
    doubtful: int
    sources: frozenset[str]
    sample: Figure | None
    steps: tuple[str, ...]

    @property
    def figures(self) -> int:
        """How many figures the page uses."""
        return self.agreeing + self.uncompared + self.assumed + self.doubtful


def page_strength(findings: Iterable[Mapping[str, Any]], figures: Mapping[Figure, str], samples: Iterable[Figure] = ()) -> PageStrength:
    """Return the strength of a page from what it uses.

    Args:
        findings: Rows of the findings its prose uses, each once.
        figures: Figures its prose uses, each with the word of its verdict.
        samples: Figures of the samples stated behind the findings.
    """
    rows, words = list(findings), Counter(figures.values())
    counted = Counter(row["strength"] for row in rows)
    sources = frozenset({row["source"] for row in rows} | {figure.source for figure in figures if not figure.computed})
    doubtful = sum(words[word] for word in DOUBTFUL)
    steps = _steps(doubtful, words["assumed"], sum(words.values()), len(sources))
    return PageStrength(
        word=SCALE[max(_middle(counted) - len(steps), 0)],
        findings={word: counted[word] for word in reversed(SCALE) if counted[word]},
        agreeing=sum(number for word, number in words.items() if word not in DOUBTFUL + UNCOMPARED),
        uncompared=words["quoted"],
        assumed=words["assumed"],
        doubtful=doubtful,
        sources=sources,
        sample=max(samples, key=lambda figure: figure.quantity.anchor, default=None),
        steps=steps,
    )


def _middle(counted: Mapping[str, int]) -> int:
    """Return the place on the scale of the middle finding, of two middle ones the weaker; the lowest where there is none."""
    places = sorted(place for place, word in enumerate(SCALE) for _ in range(counted.get(word, 0)))
    return places[(len(places) - 1) // 2] if places else 0


def _steps(doubtful: int, assumed: int, figures: int, sources: int) -> tuple[str, ...]:
    steps = ["at least a tenth of the figures are in doubt or assumed"] if (doubtful + assumed) * DOUBT_PART >= figures > 0 else []
    return (*steps, *(["a single source stands behind all of it"] if sources < SEVERAL else []))
