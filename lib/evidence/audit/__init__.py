"""The audit: the verdict of every figure, checks of sources against themselves, and the corrections that declare what is wrong."""

from evidence.audit import bases, wholes, wording
from evidence.audit.checks import findings
from evidence.audit.corrections import check_corrections, mended
from evidence.audit.verdicts import MEANING, SEVERITY, SHOWN_AS, Tally, Verdict, compare, explain, tally, verdicts

__all__ = [
    "MEANING",
    "SEVERITY",
    "SHOWN_AS",
    "Tally",
    "Verdict",
    "bases",
    "check_corrections",
    "compare",
    "explain",
    "findings",
    "mended",
    "tally",
    "verdicts",
    "wholes",
    "wording",
]
