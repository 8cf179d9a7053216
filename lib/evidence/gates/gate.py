"""`Gate`: the outcome of one check of the book."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.problems import Problem


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
