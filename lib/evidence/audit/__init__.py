"""The audit: the verdict of every figure, checks of sources against themselves, and the corrections that declare what is wrong."""

from evidence.audit.checks import Register, findings
from evidence.audit.corrections import check_corrections, mended
from evidence.audit.verdicts import DOUBTED, MEANING, SEVERITY, SHOWN, SHOWN_AS, Tally, Verdict, Verdicts, compare, explain, tally, verdicts
