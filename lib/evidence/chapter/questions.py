"""What a chapter asks while it runs, and what was answered: the run need be repeated only where one of the answers is another."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from evidence.audit import Verdict, tally, verdicts
from evidence.catalog import Library
from evidence.catalog.watching import Asked, Watched, answer, plain_record
from evidence.chapter import edition_views, views
from evidence.errors import EvidenceError
from evidence.form.notebook import QUESTIONS
from evidence.places import FOLDER, fingerprint
from evidence.statements import read_cells

Question = tuple[str, ...]
"""Kind and arguments of a question, such as `("verdict", "sme.barriers.any")`."""


class Answers:
    """What a library and a folder of chapters answer to questions.

    Args:
        library: The data library.
        chapters: Folder of the chapters, for the prose of a page.
    """

    def __init__(self, library: Library, chapters: Path) -> None:
        self.library, self.chapters = library, chapters
        self._digests: dict[Question, str] = {}

    @cached_property
    def verdict_of(self) -> dict[str, Verdict]:
        """Verdict of every figure by id."""
        return verdicts(self.library)

    def __call__(self, kind: str, *arguments: str) -> Any:
        """Return the answer to a question.

        Raises:
            KeyError: If there is no such kind of question.
        """
        match kind:
            case "verdict":
                return _verdict(self.verdict_of.get(arguments[0]))
            case "verdicts":
                return [_verdict(verdict) for verdict in self.verdict_of.values()]
            case "page":
                return _prose(self.chapters / f"{arguments[0]}.ipynb")
            case "below":
                return [key for key in self.library.figures if key == arguments[0] or key.startswith(arguments[0] + ".")]
            case "case":
                return views.case_figures(self.library, arguments[0])
            case "releases":
                return edition_views.releases(self.library)
            case "places":
                return fingerprint((self.library.directory or Path()) / FOLDER)
            case "tally":
                return self._tally()
        return answer(self.library, kind, *arguments)

    def _tally(self) -> list[int]:
        """Return how many sources state figures, how many they state, and how many were checked, computed and assumed."""
        counted = tally(self.verdict_of)
        sources = {figure.source for figure in self.library.figures.values() if not figure.computed}
        sources -= {verdict.figure.source for verdict in self.verdict_of.values() if verdict.word == "assumed"}
        return [len(sources), counted.stated, counted.compared, counted.ours, counted.assumed]

    def digest(self, question: Question) -> str:
        """Return a hash of an answer, the same in every process; of a question nobody can answer any more, an empty text."""
        if question not in self._digests:
            try:
                text = json.dumps(self(*question), ensure_ascii=False)
            except (KeyError, OSError, EvidenceError):
                return ""
            self._digests[question] = hashlib.sha256(text.encode()).hexdigest()[:32]
        return self._digests[question]


def _verdict(verdict: Verdict | None) -> Any:
    if verdict is None:
        return None
    result = verdict.result
    derived = [repr(result.quantity), result.recomputation.figure, *(entry.id for entry in result.inputs)] if result else []
    return [plain_record(verdict.figure), verdict.word, verdict.reasons, derived, verdict.corrections, verdict.doubt]


def _prose(page: Path) -> list[str]:
    return [cell["source"] for cell in read_cells(page) if cell["cell_type"] == "markdown"]


class Questions:
    """The questions one chapter has asked so far.

    Args:
        answers: What answers them.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._asked: dict[Question, None] = {}

    @property
    def library(self) -> Library:
        """The data library; each look into it is a question."""
        return Watched(self._answers.library, self.note)

    @property
    def verdict_of(self) -> Any:
        """Verdict by figure id; each look at one is a question."""
        return Asked(self._answers.verdict_of, lambda key: self.note("verdict", key), lambda: self.note("verdicts"))

    def note(self, *question: str) -> None:
        """Remember a question."""
        self._asked[question] = None

    def ask(self, *question: str) -> Any:
        """Return the answer to a question, and remember it."""
        self.note(*question)
        return self._answers(*question)

    def asked(self) -> list[list[Any]]:
        """Return every question with the hash of its answer, in a stable order; cells of one column of a table as one question."""
        return [[list(question), self._answers.digest(question)] for question in _grouped(self._asked)]

    def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
        return {"text/plain": f"{len(self._asked)} questions", QUESTIONS: self.asked()}


def _grouped(questions: Iterable[Question]) -> list[Question]:
    cells: dict[Question, set[str]] = defaultdict(set)
    others = []
    for question in questions:
        if question[0] == "cell":
            cells[question[:3]].add(question[3])
        else:
            others.append(question)
    return sorted([*others, *((*column, *sorted(keys)) for column, keys in cells.items())])
