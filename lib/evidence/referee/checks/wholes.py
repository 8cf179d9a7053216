"""Lists of shares whose last is that of all others: "44% to work, 38% for leisure and 12% for other purposes"; they make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.referee.checks.hundreds import adds_to_all
from evidence.referee.comparing import Compared, pattern
from evidence.referee.mentions import Sentence
from evidence.referee.passages import told_before

_LAST = pattern(
    r"(?:,|;|\band\b) (?:and )?(?:all |for |by |to |with |the |some |from )*(?:others?|something else|anything else|elsewhere|none of these|miscellaneous|various)\b[^#.;]{0,60}#[^#]*$"
    r"|(?:,|;|\band\b) (?:and )?(?:the )?#[^#.;,]{0,25}\b(?:other|others|something else|anything else|elsewhere|none of these)\b[^#]*$"
)
_SEVERAL = re.compile(
    r"\b(?:more than one|several answers|multiple|compared|than|against|up from|down from|rose|fell|had been|each other|points?)\b"
)
_NEXT = re.compile(r"(?:next|then|after (?:that|this|it)|second|behind (?:it|that)|a further|another|followed)\b")
"""How a sentence begins that goes on with the list of the one before."""
_FEWEST = 3
_LEAST, _MOST = Fraction(85), Fraction(130)


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a list of shares that ends with that of all others makes a hundred percent."""
    shares = [mention for mention in sentence.mentions if mention.quantity.unit == "percent"]
    before = told_before(sentence)
    if before and _NEXT.match(sentence.masked):
        shares = [*(mention for mention in before.mentions if mention.quantity.unit == "percent"), *shares]
    plain = all(not share.quantity.ends and not share.quantity.in_words and share.quantity.hedge in ("", "about") for share in shares)
    added = sum((share.quantity.anchor for share in shares), Fraction(0))
    if (
        len(shares) >= _FEWEST
        and plain
        and _LAST.search(sentence.masked)
        and not _SEVERAL.search(sentence.masked)
        and _LEAST <= added <= _MOST
    ):
        yield adds_to_all(shares)
