"""The strength of a finding: points for how it is known, less for what weakens it, a point for independent agreement.

The idea of starting from the design and moving up or down for declared reasons is that of GRADE; the points are ours and simpler, because our
sources state less than a medical trial does.

Source:
    Guyatt and others (2008), GRADE: an emerging consensus on rating quality of evidence and strength of recommendations,
    doi:10.1136/bmj.39489.470347.AD.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.catalog import Library
from evidence.catalog.declaration import STRENGTHS
from evidence.catalog.figures import where
from evidence.grading.topics import topics
from evidence.problems import Problem

DESIGNS = {
    "comparison": (3, "set against a control group or similar places"),
    "official statistics": (3, "counted by a statistical office or an international organisation"),
    "association": (2, "analysed for what goes with what"),
    "survey answers": (2, "what people or firms said of themselves when asked"),
    "published statistics": (2, "a number of another producer, or official numbers put together by somebody else"),
    "review": (2, "put together from other studies"),
    "case study": (1, "seen in a case and told by those involved"),
    "argument": (1, "reasoned from a theory or experience, with no data shown"),
    "statement": (0, "said without a reason shown"),
}
"""Points and meaning of each design."""

SAMPLED = ("comparison", "association", "survey answers")
"""Designs in which it matters how many were studied."""

UNSTUDIED = ("argument", "statement")
"""Designs in which nothing was studied; whatever was studied is no mere opinion, however weak."""

SMALLEST = 100
"""Least sample that costs no point: below it a share is uncertain by about ten percentage points to either side (two standard errors at a half)."""

LARGE = 10_000
"""Sample from which an association gains a point: chance can be left out of account, and small groups can be told apart."""

SCALE = STRENGTHS[::-1]
"""Strengths by points, from none to three; more points are no stronger."""

RULE = (
    ("Design", "; ".join(f"{name} {points} ({meaning})" for name, (points, meaning) in DESIGNS.items())),
    (
        "Sample",
        f"1 less where it matters how many were studied, and that is not stated or below {SMALLEST}; 1 more for an association in {LARGE:,} or more",
    ),
    ("Directness", "1 less where it was seen elsewhere, in something else than the words say, or is read into a result"),
    ("Consistency", "1 less where another finding contradicts it; else 1 more where an independent study finds the same"),
    ("Strength", "3 or more strong, 2 moderate, 1 limited, 0 or less opinion, or limited where anything was studied"),
)
"""The rule in words, for readers; made of the numbers above."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a finding is.

    Attributes:
        word: One of `SCALE`.
        points: What the word follows from.
        reasons: Each step of the rule that counted, such as `sample not stated -1`.
    """

    word: str
    points: int
    reasons: tuple[str, ...]


def strengths(library: Library) -> dict[str, Strength]:
    """Return the strength of every finding of a library by the rule, by id; a sample not published by its day counts as not stated."""
    rows = library.rows("findings")
    speaking: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        for topic in topics(library, row):
            speaking[topic].append(row)
    return {row["id"]: _strength(row, library, [other for topic in topics(library, row) for other in speaking[topic]]) for row in rows}


def strength_beside(row: Mapping[str, Any], library: Library) -> Strength:
    """Return the strength of a finding that is to join a library, beside the findings which are there."""
    about = topics(library, row)
    return _strength(row, library, [other for other in library.rows("findings") if about & topics(library, other)])


def _strength(row: Mapping[str, Any], library: Library, same: list[Mapping[str, Any]]) -> Strength:
    counted = [(f"design {row['design']}", DESIGNS[row["design"]][0])]
    counted += [*_sample(row, library), *_directness(row), *_consistency(row, same)]
    points = sum(number for _, number in counted)
    least = 0 if row["design"] in UNSTUDIED else 1
    word = SCALE[min(max(points, least), len(SCALE) - 1)]
    return Strength(
        word, points, tuple(f"{reason} {number:+d}" if index else f"{reason} {number}" for index, (reason, number) in enumerate(counted))
    )


def _sample(row: Mapping[str, Any], library: Library) -> Iterator[tuple[str, int]]:
    if row["design"] not in SAMPLED:
        return
    asked = library.figures.get(row["sample"])
    if asked is None:
        yield "sample not stated", -1
    elif asked.quantity.anchor < SMALLEST:
        yield f"sample below {SMALLEST}", -1
    elif asked.quantity.anchor >= LARGE and row["design"] == "association":
        yield f"sample of {LARGE:,} or more", 1


def _directness(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    if row["directness"] == "indirect":
        yield "indirect", -1


def _consistency(row: Mapping[str, Any], same: list[Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    opposite = {"positive": "negative", "negative": "positive"}.get(row["direction"], "")
    if row["disputed_with"] or any(other["direction"] == opposite for other in same):
        yield "contradicted by another finding", -1
    elif any(independent(row, other) and other["direction"] == row["direction"] for other in same):
        yield "an independent study agrees", 1


def independent(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two findings come from different studies: another source, and not the same sample; opinions confirm nothing."""
    studied = all(DESIGNS[one["design"]][0] >= DESIGNS["association"][0] for one in (row, other))
    return studied and row["source"] != other["source"] and (not row["sample"] or row["sample"] != other["sample"])


def check_strengths(library: Library) -> list[Problem]:
    """Return a problem for each finding whose recorded strength is not what the rule gives."""
    found = strengths(library)
    return [
        Problem(
            where(row, "strength"),
            f'found "{row["strength"]}", but the rule gives "{found[row["id"]].word}" ({", ".join(found[row["id"]].reasons)}).',
            "Correct the strength, or the columns design, sample and directness.",
        )
        for row in library.rows("findings")
        if row["strength"] != found[row["id"]].word
    ]
