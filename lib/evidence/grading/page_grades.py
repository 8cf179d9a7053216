"""The strength of a page: what the findings it uses are worth together, and what is known of its figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.audit import DOUBTED, Verdict
from evidence.catalog import Figure
from evidence.grading.rule import SCALE

STANDINGS = ("agreeing", "quoted", "computed", "assumed", "in doubt")
"""What may be known of a figure: it agrees with a recomputation or another source; it is quoted, with nothing to hold it against; it is computed
by us from others; it is an assumption of ours or computed from one; or it is disputed or differs."""

DOUBT_PART = 10
"""A page loses a step when at least one in so many of its figures is in doubt."""

SEVERAL = 2
"""Independent sources that a page needs to keep the strength of its findings."""

PAGE_RULE = (
    "A page is as strong as the middle one of the findings that its prose uses, of two middle ones the weaker. It loses a step when at least a tenth "
    "of its figures are in doubt or rest on assumptions, and a step when a single source stands behind all of it."
)
"""The rule in words, for readers."""


@dataclass(frozen=True, slots=True)
class PageStrength:
    """How strong the evidence of a page is.

    Attributes:
        word: One of `SCALE`.
        findings: How many of its findings have each strength.
        figures: How many of its figures are of each of `STANDINGS`.
        sources: How many independent sources stand behind figures and findings; our own computations are none.
        sample: The largest sample stated behind a finding, or None.
        steps: Why the page is weaker than its findings.
    """

    word: str
    findings: Mapping[str, int]
    figures: Mapping[str, int]
    sources: int
    sample: Figure | None
    steps: tuple[str, ...]


def page_strength(
    findings: Iterable[Mapping[str, Any]], figures: Iterable[Figure], verdict_of: Mapping[str, Verdict], samples: Iterable[Figure] = ()
) -> PageStrength:
    """Return the strength of a page from what it uses.

    Args:
        findings: Rows of the findings its prose uses, each once.
        figures: Figures its prose uses, each once.
        verdict_of: Verdict of every figure by id.
        samples: Figures of the samples stated behind the findings.
    """
    rows, used = list(findings), list(figures)
    words = Counter(row["strength"] for row in rows)
    standings = Counter(standing(figure, verdict_of) for figure in used)
    sources = independent_sources(rows, used)
    steps = _steps(standings, len(used), sources)
    return PageStrength(
        word=SCALE[max(_middle(words) - len(steps), 0)],
        findings={word: words[word] for word in reversed(SCALE) if words[word]},
        figures={word: standings[word] for word in STANDINGS if standings[word]},
        sources=sources,
        sample=max(samples, key=lambda figure: figure.quantity.anchor, default=None),
        steps=steps,
    )


def independent_sources(findings: Iterable[Mapping[str, Any]], figures: Iterable[Figure]) -> int:
    """Return how many sources stand behind findings and figures; those whose findings go back to the same sample count as one."""
    rows = list(findings)
    keys = {row["source"] for row in rows} | {figure.source for figure in figures if not figure.computed}
    sharing: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["sample"]:
            sharing[row["sample"]].add(row["source"])
    groups: list[set[str]] = [{key} for key in sorted(keys)]
    for shared in sharing.values():
        touched = [group for group in groups if group & shared]
        groups = [group for group in groups if not group & shared] + [set().union(*touched)]
    return len(groups)


def standing(figure: Figure, verdict_of: Mapping[str, Verdict]) -> str:
    """Return which of `STANDINGS` a figure has.

    A computation of ours agrees with itself, so it is not counted as agreeing; what is computed from an assumption is as good as one.
    """
    verdict = verdict_of[figure.id]
    if verdict.word in DOUBTED:
        return "in doubt"
    read = verdict.result.inputs if verdict.result else ()
    if verdict.word == "assumed" or (figure.computed and any(verdict_of[one.id].word == "assumed" for one in read)):
        return "assumed"
    if figure.computed:
        return "computed"
    return "quoted" if verdict.word == "quoted" else "agreeing"


def _middle(counted: Mapping[str, int]) -> int:
    """Return the place on the scale of the middle finding, of two middle ones the weaker; the lowest where there is none."""
    places = sorted(place for place, word in enumerate(SCALE) for _ in range(counted.get(word, 0)))
    return places[(len(places) - 1) // 2] if places else 0


def _steps(standings: Mapping[str, int], figures: int, sources: int) -> tuple[str, ...]:
    unsafe = (standings["in doubt"] + standings["assumed"]) * DOUBT_PART >= figures > 0
    steps = ["at least a tenth of the figures are in doubt or rest on assumptions"] if unsafe else []
    alone = "a single source stands behind all of it" if sources else "no source stands behind it yet"
    return (*steps, *([alone] if sources < SEVERAL else []))
