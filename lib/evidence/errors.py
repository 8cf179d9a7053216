"""The errors of each boundary: what, where, found against expected, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence.problems import NOWHERE, Problem


class EvidenceError(Exception):
    """Base of every error this library raises on purpose; the command line prints it without a traceback.

    Attributes:
        problems: What is to be mended, one for each place, in file order; a text stands for a problem of no place.
    """

    def __init__(self, problems: Problem | str | Sequence[Problem | str]) -> None:
        listed = [problems] if isinstance(problems, (Problem, str)) else problems
        self.problems = [told if isinstance(told, Problem) else Problem(NOWHERE, told) for told in listed]
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def told_by(errors: Iterable[EvidenceError]) -> list[Problem]:
    """Return what several errors tell, in order."""
    return [problem for error in errors for problem in error.problems]


class NoBookError(EvidenceError):
    """There is no book where the command was typed: says where it was looked for and how to name one."""


class QuantityError(EvidenceError):
    """A text does not read as a stated number, or an operation on stated numbers has no meaning."""


class DataError(EvidenceError):
    """The data library is malformed: names file, row, column, and what to do."""


class UnpublishedError(DataError):
    """A record is asked for that is there, but was published after the day the library is seen on."""


class StatementError(EvidenceError):
    """A statement in prose is broken or a number is bound to nothing: names chapter, cell and sentence."""


class RecomputeError(EvidenceError):
    """A recomputation is missing, circular or meaningless for its figure."""


class EditionError(EvidenceError):
    """A run of the book failed or was refused: names chapter, cell and what to do."""


class SourceError(EvidenceError):
    """A source text is missing or a quote is not in it."""


class RefreshError(EvidenceError):
    """A producer did not answer, or answered with something other than the file its connector declares: names file and what to do."""


class NotThereError(RefreshError):
    """A server answered that it has no such file."""


class SurveyError(EvidenceError):
    """A survey's export, its codebook or its weights cannot be used: names file, column or figure, and what to do."""


class ScaffoldError(EvidenceError):
    """A new row or chapter was refused: says by which gate, or which name is taken; nothing was written."""


class WriteError(EvidenceError):
    """Nothing was written, for another writer holds the book, or somebody else has written what was to be changed: names who, or the file."""


class ReadingError(EvidenceError):
    """A chapter reads past the data library, where nothing would notice that what it reads has changed: names the file."""


class PlacesError(EvidenceError):
    """Place data are missing, changed, or on other boundaries than is claimed: names file or both sets of areas, and what to do."""
