"""Claims: sentences whose truth data can change. Each is a condition on figures that the data library declares, or a comparison that a link declares."""

from evidence.claims.comparing import Comparison, read_comparison, spelled_out
from evidence.claims.judging import Claim, Evidence, Judged, find, judge, known
