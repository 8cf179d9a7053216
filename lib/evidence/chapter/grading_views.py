"""Views of how strong evidence is: the line at the head of a page, and the rule behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evidence.audit import Verdict
from evidence.catalog import Library
from evidence.catalog.declaration import STRENGTHS
from evidence.chapter.output import Output, figure_link, stacked, table
from evidence.grading import PAGE_RULE, RULE, PageStrength, page_strength
from evidence.markup import html
from evidence.statements import Statement

WORDS = {word: word.capitalize() for word in STRENGTHS} | {"opinion": "Very limited"}
"""What a page is called by its place on the scale; a page of opinions is evidence of little."""


def figures_used(statements: Iterable[Statement], library: Library) -> list[str]:
    """Return the ids of the figures that statements use, each once, of a range both ends; those of a later day are left out."""
    named = dict.fromkeys(one.target for one in statements if one.kind == "figure")
    ends = [end for name in named for end in ([name] if name in library.figures else [f"{name}.low", f"{name}.high"])]
    return [end for end in dict.fromkeys(ends) if end in library.figures]


def page_strength_view(statements: Sequence[Statement], library: Library, verdict_of: Mapping[str, Verdict]) -> Output:
    """Return how strong the evidence of a page is: by the rule, from the findings and figures its statements use."""
    rows = library.by_id("findings")
    findings = [rows[key] for key in dict.fromkeys(one.target for one in statements if one.kind == "finding") if key in rows]
    samples = [library.figure(row["sample"]) for row in findings if row["sample"] and row["sample"] in library.figures]
    used = [library.figure(key) for key in figures_used(statements, library)]
    return strength_view(page_strength(findings, used, verdict_of, samples))


def strength_view(strength: PageStrength) -> Output:
    """Return how strong a page's evidence is, what that follows from, and where the rule stands."""
    weighed = "; ".join(part for part in (_findings(strength), *strength.steps) if part)
    basis = f"{weighed}. {_figures(strength)}"
    sample, sample_text = "", ""
    if strength.sample:
        told, shown = " The largest sample stated behind a finding is {}.", strength.sample.shown
        sample, sample_text = html(told, figure_link(strength.sample.id, shown)), told.format(shown)
    line = html(
        '<details class="strength"><summary><strong>How strong is the evidence?</strong> <strong class="strength-word">{}</strong></summary>'
        '<p><a href="reading.html#how-strong-is-strong">By rule</a>: {}{}</p></details>',
        *(WORDS[strength.word], basis, sample),
    )
    return Output(line, f"How strong is the evidence? {WORDS[strength.word]}, by rule: {basis}{sample_text}")


def _findings(strength: PageStrength) -> str:
    total = sum(strength.findings.values())
    counted = ", ".join(f"{number} {'mere opinion' if word == 'opinion' else word}" for word, number in strength.findings.items())
    return f"of the {total} findings used, {counted}" if total else "no finding is used"


_STANDINGS = {
    "agreeing": "in agreement with a recomputation or another source",
    "quoted": "quoted with nothing to hold them against",
    "computed": "computed by us from others",
    "assumed": "resting on assumptions of ours",
    "in doubt": "in doubt",
}


def _figures(strength: PageStrength) -> str:
    counted = ", ".join(f"{number} {_STANDINGS[standing]}" for standing, number in strength.figures.items())
    total, sources = sum(strength.figures.values()), strength.sources
    if not total:
        return "No figure is used in its sentences."
    stands = "independent source stands" if sources == 1 else "independent sources stand"
    return f"Of its {total} figures, {counted}; {sources} {stands} behind the page."


def rule_view() -> Output:
    """Return the rule for findings step by step, and the rule for pages."""
    texts = [list(step) for step in RULE]
    steps = table(["Step", "Points"], texts, caption="The strength of a finding")
    return stacked(steps, Output(html("<p>{}</p>", PAGE_RULE), PAGE_RULE))
