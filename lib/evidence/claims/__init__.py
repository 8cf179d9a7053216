"""Claims: sentences whose truth data can change, each a condition on figures that the data library declares."""

from evidence.claims.judging import Claim, Evidence, Judged, find, judge, known
