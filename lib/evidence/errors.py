"""The errors of each boundary: what, where, found against expected, and what to do next."""

from __future__ import annotations


class EvidenceError(Exception):
    """Base of every error this library raises on purpose; the command line prints it without a traceback."""


class NoBookError(EvidenceError):
    """There is no book where the command was typed: says where it was looked for and how to name one."""


class QuantityError(EvidenceError):
    """A text does not read as a stated number, or an operation on stated numbers has no meaning."""


class DataError(EvidenceError):
    """The data library is malformed: names file, row, column, and what to do.

    Attributes:
        problems: One message per malformed place, in file order; at least one.
    """

    def __init__(self, problems: list[str] | str) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


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


class SurveyError(EvidenceError):
    """A survey's export, its codebook or its weights cannot be used: names file, column or figure, and what to do."""


class ScaffoldError(EvidenceError):
    """A new row or chapter was refused: says by which gate, or which name is taken; nothing was written."""


class ReadingError(EvidenceError):
    """A chapter reads past the data library, where nothing would notice that what it reads has changed: names the file."""


class PlacesError(EvidenceError):
    """Place data are missing, changed, or on other boundaries than is claimed: names file or both sets of areas, and what to do."""
