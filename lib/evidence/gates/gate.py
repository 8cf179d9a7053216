"""`Gate`: the outcome of one check of the book."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.errors import EvidenceError
from evidence.problems import Problem, read_problem


@dataclass(slots=True)
class Gate:
    """The outcome of one gate.

    Attributes:
        name: What was checked.
        looked_at: How many things; a gate that looked at nothing has failed.
        problems: What must be mended.
        note: Counts worth reading.
    """

    name: str
    looked_at: int = 0
    problems: list[Problem] = field(default_factory=list)
    note: str = ""

    @property
    def green(self) -> bool:
        """Whether the gate looked at something and found nothing wrong."""
        return self.looked_at > 0 and not self.problems


def problems_of(error: EvidenceError) -> list[Problem]:
    """Return what an error tells, one problem for each place."""
    return [read_problem(text) for text in getattr(error, "problems", [str(error)])]
