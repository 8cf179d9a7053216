"""Claims: sentences whose truth data can change, each with a predicate over figures."""

from evidence.claims import predicates
from evidence.claims.judging import REGISTER, Claim, Evidence, Judged, claim, judge, surely_above

__all__ = ["REGISTER", "Claim", "Evidence", "Judged", "claim", "judge", "predicates", "surely_above"]
