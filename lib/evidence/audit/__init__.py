"""The audit: the verdict of every figure, checks of sources against themselves, and the corrections that declare what is wrong."""

from evidence.audit import bases, wholes, wording
from evidence.audit.checks import findings, possible_totals, share_possible
from evidence.audit.corrections import check_corrections, mended
from evidence.audit.verdicts import MEANING, SEVERITY, UNCOMPARED, Verdict, compare, explain, verdicts

__all__ = [
    "MEANING",
    "SEVERITY",
    "UNCOMPARED",
    "Verdict",
    "bases",
    "check_corrections",
    "compare",
    "explain",
    "findings",
    "mended",
    "possible_totals",
    "share_possible",
    "verdicts",
    "wholes",
    "wording",
]
