"""Shares of a sentence, each with its clause: the words behind it up to the next, or before it where they lead, and the limit that these name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from evidence.referee.constructions.timeline import DAYS, NUMBER, value
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.subjects import clause_words

_WITHIN = r"within|inside|in (?:under|less than)|under|below|less than|fewer than|up to|at most|no more than|not more than|younger than|shorter than|by (?:the age of|age)|smaller than"
_OVER = r"over|above|more than|at least|longer than|older than|beyond|exceeding|upwards of|not less than|no fewer than|larger than|after"
_LIMIT = re.compile(
    rf"\b(?P<kind>{_WITHIN}|{_OVER}) (?:the age of |aged? |a total of )?(?P<money>[£$€]?)(?P<n>\d[\d,]*(?:\.\d+)?|{NUMBER}|once|twice)(?P<scale> million| thousand|m\b)?(?:[ -](?!(?:in|on|at|of|during|within|over|for|a|an|the|and|or)\b)(?P<unit>[a-z]+))?"
    rf"|(?P<money_>[£$€]?)(?P<n_>\d[\d,]*(?:\.\d+)?|{NUMBER})(?:[ -](?P<unit_>[a-z]+))? (?:or|and) (?P<kind_>more|over|older|longer|above|less|fewer|under|younger|upwards)\b"
    r"|\b(?:in|within|during|over|for) (?:the |their )?(?:past|last|previous|preceding|first) (?:(?P<n_w>[a-z]+|\d+) )?(?P<unit_w>day|week|fortnight|month|quarter|year|decade)s?\b"
)
_LESS = re.compile(rf"(?:{_WITHIN}|less|fewer|under|younger)\Z")
_GROUPS = re.compile(r"\b(?:among|amongst|aged|men|women|boys|girls|urban|rural|respectively)\b")
_CUT = re.compile(
    r"(?:,? and|,? but|,? while|,? whereas|,? with|;|,)(?: (?:just|only|about|some|nearly|almost|over|as many as|a mere|fully|no more than|even|another|a further|still|then|that|to|of|it was|there were))* ?$"
)
_NEUTRAL = frozenset(
    clause_words(
        "were was had have been being could said some within least most once once twice times past last previous month week year day hour minute first seen done held hold owned own kept keep used use took take carried"
    )
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit that words name: "within" it or "over" it, of which unit, how far, and how much of the unit's base one of it is."""

    kind: str
    unit: str
    size: Fraction
    scale: Fraction = Fraction(1)


@dataclass(frozen=True, eq=False, slots=True)
class ShareClause:
    """A share with the words that tell what it is of: behind it, or before it where they lead to it; and its limit."""

    share: Occurrence
    text: str
    before: str
    leads: bool
    threshold: Threshold | None

    @property
    def words(self) -> frozenset[str]:
        """What its clause speaks of."""
        return _words(self.text)

    @property
    def groups(self) -> bool:
        """Whether its clause is of a group set apart."""
        return bool(_GROUPS.search(self.text))

    def words_before(self, at: int) -> frozenset[str]:
        """Return what its clause speaks of up to an offset."""
        return _words(self.text[:at])


_TWO = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(clause_words(_LIMIT.sub(" ", text))) - _NEUTRAL


@lru_cache(maxsize=512)
def shares_of(sentence: Sentence) -> tuple[Occurrence, ...]:
    """Return the shares that a sentence states, in order."""
    return tuple(one for one in sentence.mentions if one.quantity.unit == "percent" and not one.quantity.ends)


@lru_cache(maxsize=512)
def share_clauses(sentence: Sentence) -> tuple[ShareClause, ...]:
    """Return the shares of a sentence, each with the words that tell what it is of."""
    shares, text = shares_of(sentence), sentence.text.lower()
    if len(shares) < _TWO:
        return ()
    behind = [_up_to(text[one.end : after.start if after else len(text)]) for one, after in zip(shares, [*shares[1:], None], strict=True)]
    ahead = [text[before.end if before else 0 : one.start] for one, before in zip(shares, [None, *shares[:-1]], strict=True)]
    leads = not _LIMIT.search(behind[-1]) and all(_LIMIT.search(words) for words in ahead)
    found: list[ShareClause] = []
    for one, words, before in zip(shares, behind, ahead, strict=True):
        own = re.split(r"(?:;|,|,? and|,? but|,? while) ", before)[-1] if leads else words
        limit = _threshold(own)
        last = found[-1].threshold if found else None
        if limit and last and not limit.unit and limit.kind == last.kind:
            limit = Threshold(limit.kind, last.unit, limit.size * last.scale, last.scale)
        found.append(ShareClause(one, own, text[: one.start] if not leads else before, leads, limit))
    return tuple(found)


def _up_to(text: str) -> str:
    """Return the words behind a share without those that lead to the next."""
    first = re.split(r"[;:]", text)[0]
    return _CUT.sub("", first)


def _threshold(text: str) -> Threshold | None:
    """Return the one limit that a clause names."""
    found = list(_LIMIT.finditer(text))
    windows = [match for match in found if match["unit_w"]]
    found = windows if len(windows) == 1 else found
    if len(found) != 1:
        return None
    match = found[0]
    if match["unit_w"]:
        return Threshold("within", "time", (value(match["n_w"] or "one") or 1) * _days(match["unit_w"]))
    number = _number(match["n"] or match["n_"])
    kind, unit = match["kind"] or match["kind_"], match["unit"] or match["unit_"] or ""
    unit = "time" if _days(unit) else match["money"] or match["money_"] or unit.removesuffix("s")
    scale = _days(match["unit"] or match["unit_"] or "") or Fraction(
        10**6 if (match["scale"] or "").strip() in ("million", "m") else 10**3 if match["scale"] else 1
    )
    return Threshold("within" if _LESS.match(kind) else "over", unit, number * scale, scale) if number else None


def _number(word: str) -> Fraction:
    return {"once": Fraction(1), "twice": Fraction(2)}.get(word) or value(word.replace(",", ""))


def _days(unit: str) -> Fraction:
    return {**DAYS, "quarter": Fraction(365, 4), "hour": Fraction(1, 24), "minute": Fraction(1, 1440)}.get(
        unit.removesuffix("s"), Fraction(0)
    )
