"""Corrections: every disagreement is declared with its reason, and every declared one still stands.

The grade of a correction follows from what can be said for the source. The first that fits holds:

| grade | when |
|---|---|
| contradiction | Taken as printed, no reading fits: a recomputation `differs`, a count is impossible, or words say the opposite of a number or of other words. |
| one reading only | As printed it can be read in several ways, or of several groups; it holds under one, which is named, and fails under another that a reader may take. |
| tension | The statements can be true together, but not as they stand: something the source does not say must be added, and is named. |

No correction is declared for rounding: where the intervals of the printed numbers meet, nothing is wrong. None is declared for an
assumption the source states, for numbers that say they are of other people or other years, or for a number that is only unsupported.
A misprint that any reader can mend is graded by what is printed, and its row says how little it matters.
"""

from __future__ import annotations

from collections.abc import Mapping

from evidence.audit.checks import findings
from evidence.audit.verdicts import DOUBTED, Verdict
from evidence.catalog import COMPUTED, Library, where
from evidence.problems import Place, Problem


def check_corrections(library: Library, verdict_of: Mapping[str, Verdict]) -> list[Problem]:
    """Return what is wrong with the declared corrections: undeclared disagreements, and guards whose source was mended.

    Args:
        library: The data library.
        verdict_of: Verdict of every figure.
    """
    rows = library.rows("corrections")
    declared = {identifier for row in rows if row["guard"] in DOUBTED for identifier in row["figures"].split()}
    problems = []
    for identifier, verdict in verdict_of.items():
        if verdict.figure.source == COMPUTED and verdict.word != "ours":
            told = f"computed, but its recomputation does not give it. {' '.join(verdict.reasons)}"
            problems.append(Problem(verdict.figure.where, told))
        elif verdict.word in DOUBTED and identifier not in declared:
            told = f"verdict {verdict.word}, and no correction declares it. {' '.join(verdict.reasons)}"
            remedy = "Check the transcription; if the source is wrong, add a row to data/corrections.csv."
            problems.append(Problem(verdict.figure.where, told, remedy))
    found = findings(library)
    problems += mended(library, verdict_of).values()
    guarded = {row["guard"] for row in rows}
    problems += [
        Problem(Place("data/corrections.csv", column="guard"), f"check {name}: {text}", "No correction declares it; add a row.")
        for name, text in found.items()
        if text and name not in guarded
    ]
    return problems


def mended(library: Library, verdict_of: Mapping[str, Verdict]) -> dict[str, Problem]:
    """Return, by its id, what is said of each declared correction whose guard no longer finds the error."""
    found = findings(library)
    told = {row["id"]: _mended(row, verdict_of, found) for row in library.rows("corrections")}
    return {identifier: problem for identifier, problem in told.items() if problem}


def _mended(row: dict[str, str], verdict_of: Mapping[str, Verdict], found: dict[str, str]) -> Problem | None:
    guard, first = row["guard"], row["figures"].partition(" ")[0]
    remedy = "The source seems mended; remove the correction."
    if guard in DOUBTED:
        word = verdict_of[first].word if first in verdict_of else guard
        return None if word == guard else Problem(where(row), f"{first} is now {word}, no longer {guard}.", remedy)
    if guard not in found:
        told = f"there is no check called {guard}; use differs, disputed or one of {', '.join(found)}."
        return Problem(where(row, "guard"), told)
    return None if found[guard] else Problem(where(row), f"the check {guard} finds nothing any more.", remedy)
