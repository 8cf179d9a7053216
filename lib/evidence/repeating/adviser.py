"""What is advised of each record of a library: an author's words where there are some and the rule is no graver, else the rule's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from evidence import claims
from evidence.audit import Verdict
from evidence.catalog import Library, freshness
from evidence.catalog.declaration import LINK
from evidence.catalog.periods import Period
from evidence.claims import Judged
from evidence.errors import DataError
from evidence.repeating.advice import ANSWERS, Advice, fitting, sentence
from evidence.repeating.rule import CLAIMS, FIGURES, FINDINGS, OVERDUE, ClaimCase, FigureCase, FindingCase, Ground

WORDS = "safe-words"
"""Table of the words of authors."""


class Adviser:
    """Tells whether records of a library may be repeated.

    Args:
        library: The library.
        verdict_of: Verdict of every figure.
        strength_of: Strength of every finding, in a word.
    """

    def __init__(self, library: Library, verdict_of: Mapping[str, Verdict], strength_of: Mapping[str, str]) -> None:
        self._library = library
        self._verdicts = verdict_of
        self._strengths = strength_of
        self._day = freshness.edition_day(library)
        self._figures: dict[str, Advice] = {}

    def figure(self, identifier: str) -> Advice:
        """Return what is advised of a figure."""
        if identifier not in self._figures:
            named = self._verdicts[identifier].corrections
            self._figures[identifier] = self._said(
                self.by_rule(identifier), [("figure", identifier), *(("correction", name) for name in named)]
            )
        return self._figures[identifier]

    def finding(self, identifier: str) -> Advice:
        """Return what is advised of a finding."""
        case = self._finding_case(identifier)
        own = [("finding", identifier), *(("correction", row["id"]) for row in case.corrections)]
        return self._said(_first(FINDINGS, case), own)

    def claim(self, judged: Judged | None) -> Advice:
        """Return what is advised of a claim as it was judged, or could not be."""
        inputs = tuple(self.figure(figure.id) for figure in judged.inputs) if judged else ()
        return _first(CLAIMS, ClaimCase(judged, inputs))

    def by_rule(self, identifier: str) -> Advice:
        """Return what the rule alone says of a figure."""
        return _first(FIGURES, self._figure_case(identifier))

    def finding_by_rule(self, identifier: str) -> Advice:
        """Return what the rule alone says of a finding."""
        return _first(FINDINGS, self._finding_case(identifier))

    def _said(self, ruled: Advice, own: Sequence[tuple[str, str]]) -> Advice:
        """Return the words of authors on a record, those on itself before the gravest on its corrections, unless the rule is graver.

        That a newer release is due, the calendar decides and not an author, so it is added to their words.
        """
        about_itself, about_corrections = own[:1], own[1:]
        found = self._written(about_itself) or sorted(self._written(about_corrections), key=lambda row: -ANSWERS.index(row["answer"]))
        if not found:
            return ruled
        answer, says = found[0]["answer"], found[0]["says"].removesuffix(".")
        if ruled.rule == OVERDUE:
            graver = max(answer, ruled.answer, key=ANSWERS.index)
            return Advice(graver, fitting(graver, (f"{says}; a newer release is due", says)), ruled.rule)
        return Advice(answer, sentence(answer, says), ruled.rule) if ANSWERS.index(answer) >= ruled.gravity else ruled

    def _written(self, own: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        return [self._words[named] for named in own if named in self._words]

    @cached_property
    def _words(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Words of authors by what they are about; those that link what is not published by the library's day are left out."""
        rows = self._library.rows(WORDS)
        return {(row["scheme"], row["target"]): row for row in rows if all(self._known(*link) for link in _links(row["says"]))}

    def _known(self, scheme: str, target: str) -> bool:
        if scheme == "figure":
            return target in self._library.figures or target in self._library.ranges
        if scheme == "finding":
            return target in self._library.by_id("findings")
        try:
            entry = claims.find(target, self._library)
            return entry is not None and claims.judge(entry, self._library) is not None
        except DataError:
            return False

    def _figure_case(self, identifier: str) -> FigureCase:
        verdict, library = self._verdicts[identifier], self._library
        figure = verdict.figure
        source = library.by_id("sources").get(figure.source, {"short": figure.source, "kind": "", "cadence": ""})
        inputs = tuple(entry.id for entry in verdict.result.inputs) if figure.computed and verdict.result else ()
        return FigureCase(
            verdict,
            source,
            self._overdue(figure.source, source),
            library.period(figure.period, figure.source, figure.as_of) or Period(),
            self._day,
            self._nature(identifier),
            self._corrections(verdict.corrections),
            tuple(self.figure(name) for name in inputs),
            any(self._assumed(name) for name in inputs),
        )

    def _finding_case(self, identifier: str) -> FindingCase:
        named = tuple(row for row in self._library.rows("corrections") if identifier in row["findings"].split())
        return FindingCase(self._library.by_id("findings")[identifier], self._strengths[identifier], named)

    def _corrections(self, names: Iterable[str]) -> tuple[Mapping[str, Any], ...]:
        return tuple(self._library.by_id("corrections")[name] for name in names)

    def _overdue(self, key: str, source: Mapping[str, Any]) -> str:
        if not source["cadence"] or key not in self._library.by_id("sources"):
            return ""
        due = freshness.next_due(dict(source), freshness.last_release(self._library, key))
        return freshness.in_words(due) if freshness.freshness(due, self._day) == "overdue" else ""

    def _assumed(self, identifier: str) -> bool:
        """Return whether a figure, or anything it was derived from, was assumed."""
        verdict = self._verdicts[identifier]
        if verdict.word == "assumed":
            return True
        derived = verdict.figure.computed and verdict.result
        return any(self._assumed(entry.id) for entry in verdict.result.inputs) if derived and verdict.result else False

    def _nature(self, identifier: str) -> str:
        fitting_rows = [row for row in self._library.rows("natures") if covers(row["figures"], identifier)]
        return max(fitting_rows, key=lambda row: len(row["figures"]))["nature"] if fitting_rows else ""


def covers(named: str, identifier: str) -> bool:
    """Return whether a name is the id of a figure, or the first parts of it.

    Example:
        >>> covers("firms", "firms.without-plan"), covers("firms.with", "firms.without-plan")
        (True, False)
    """
    return identifier == named or identifier.startswith(f"{named}.")


def _first(grounds: Sequence[Ground], case: Any) -> Advice:
    """Return the advice of the first ground that fits."""
    found: Iterator[tuple[Ground, tuple[str, ...]]] = ((ground, ground.ways(case)) for ground in grounds)
    ground, ways = next((ground, ways) for ground, ways in found if ways)
    return Advice(ground.answer, fitting(ground.answer, ways), ground.name)


def _links(text: str) -> list[tuple[str, str]]:
    return [(scheme, target) for _, scheme, target in LINK.findall(text)]
