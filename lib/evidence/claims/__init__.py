"""Claims: sentences whose truth data can change, each with a predicate over figures, registered in code or declared in the data library."""

from evidence.claims import predicates
from evidence.claims.declared import KINDS, find, known
from evidence.claims.judging import REGISTER, Claim, Evidence, Judged, claim, falling, judge, surely_above

__all__ = ["KINDS", "REGISTER", "Claim", "Evidence", "Judged", "claim", "falling", "find", "judge", "known", "predicates", "surely_above"]
