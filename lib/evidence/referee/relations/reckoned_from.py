"""Reckoned from: a share, a rate or a multiple, with the words of what is counted and of what that is held against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.generous import admitted
from evidence.referee.mentions import CHANGE, Occurrence
from evidence.referee.relations.nearby import step_of
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.retold import clause_of
from evidence.referee.relations.roles import is_changed_share, is_size
from evidence.referee.relations.told import Told, Words, told_words
from evidence.referee.relations.told_shares import told_shares

_NONE: Words = frozenset()
SPANS = ("years", "months", "weeks", "days", "hours", "minutes", "times", "percentage points", "calendar", "out of")
_TIME = r"(?:year|month|week|day|hour|minute|annum|quarter|night|cent|time|decade)s?\b"
_MANY = {"100": 100, "1,000": 1000, "1000": 1000, "thousand": 1000, "10,000": 10**4, "100,000": 10**5, "million": 10**6}
_PER = re.compile(
    rf"^(?P<what>(?: [a-z'-]+){{0,4}}?) (?:per|(?:for|to|in) (?:each|every)|each|(?<!\b(?:on|to|in|of|at|by) )(?<!\bfor )(?<!\bwith )(?<!\bfrom )an?) (?:of )?(?:the |its |our |their )*(?P<many>(?:100?(?:,000|000)?|1,?000|thousand|million) )?(?!{_TIME}|one )(?P<on>[a-z-]+(?: (?!and |or |but |compared |in |at |was |which |is )[a-z-]+){{0,3}})"
)
_EACH = re.compile(r"^(?P<what>(?: [a-z'-]+){0,2}?) (?:each|apiece|a head|per head|per capita)\b")
_PER_AHEAD = re.compile(
    rf"\b(?:per|for (?:each|every)|each|every) (?:of )?(?:the )?(?P<many>(?:100?(?:,000|000)?|1,?000|thousand|million) )?(?!{_TIME})(?P<on>[a-z-]+(?: [a-z-]+){{0,2}})[^.,;:]{{0,40}}$"
)
_THAN = re.compile(
    r"^(?P<what>.{0,40}?)(?:\bas(?= (?:those|that|the|in|for|it|a|an|[a-z]+s?)\b)|\bthan\b|\bthat (?:of|for|in)\b|\bwhat\b|\bthose (?:of|for|in)\b|\bthe\b)(?P<on>.{2,80})"
)
_OF = re.compile(r"^\)?,? ?(?:of|among|in) (?:(?:all|the|those|these|our|its|their|every|everyone) )*(?P<on>[^.,;:()]{2,60})")
_OF_FIRST = re.compile(r"(?:^|[,;:(] ?)(?:of|among|out of|in) (?:(?:all|the|those|these|our|its|their) )*(?P<on>[^.,;:()]{2,60})")


@dataclass(frozen=True, eq=False, slots=True)
class StatedQuotient:
    """A share, a rate or a multiple that may be reckoned from two numbers.

    Attributes:
        told: It, where it stands.
        kind: What it is: `share`, `each` or `times`.
        per: By what it is multiplied to be the quotient of the two.
        of: The words of what is counted.
        on: The words of what it is held against.
        part: The count right beside a share, or the total right before a rate.
    """

    told: Told
    kind: str
    per: Fraction
    of: Words
    on: Words
    part: Occurrence | None

    @property
    def value(self) -> Fraction:
        """What it states, as the quotient of the two."""
        return self.told.quantity.anchor * self.per

    @property
    def span(self) -> Interval:
        """What it lets pass, as the quotient of the two."""
        quantity = self.told.quantity
        span = _multiple(quantity) if self.kind == "times" else admitted(quantity)
        half = step_of(quantity, self.told.text) / 2 if self.kind == "each" and not quantity.hedge else Fraction(0)
        low, high = quantity.anchor - half, quantity.anchor + half
        return (Interval(min(span.low, low), max(span.high, high)) if half else span).scaled(self.per)

    @property
    def mention(self) -> Occurrence:
        """It, where a sentence states it."""
        assert self.told.mention
        return self.told.mention


def reckoned(told: Told) -> StatedQuotient | None:
    """Return a number of a sentence as what may be reckoned from two others; None where it is none."""
    mention = told.mention
    if mention is None or mention.quantity.ends or mention.quantity.anchor <= 0:
        return None
    unit = mention.quantity.unit
    if unit == "percent":
        return _share(told, mention)
    if unit == "times":
        return _times(told, mention)
    return _each(told, mention) if base(mention) not in SPANS else None


_FAR_OVER, _ALL = 100, Fraction(100)
_MORE = re.compile(
    r"^ (?:[a-z]+ )?(?:more|less|fewer|higher|lower|above|below|up|down|over|under|short|ahead|off|likely|a year|target|standard|threshold|requirement|gap|as (?!of\b|at\b)[a-z]+)\b"
)


_OF_CHANGE = re.compile(rf"{CHANGE.pattern}|\b(?:shortfall|gap|difference|saving|surplus|excess|more|fewer|less|higher|lower)\b")


def _since_break(mention: Occurrence) -> str:
    """Return its clause, and the words before it up to a semicolon or a colon."""
    before = re.split(r"[;:]", mention.sentence.masked.split(_mark(mention))[0])[-1]
    return f"{before} {clause_of(mention)}"


_HELD_AGAINST = re.compile(
    r"\b(?:from|against|compared (?:with|to)|than|(?:target|standard|threshold|benchmark|aim|goal|ceiling|limit|requirement|minimum|maximum|average)(?: (?:is|was|of|for [a-z ]+))?)(?: (?:a|an|the|its|our|their|just|only|about|some|target|rate|share|average|figure|of|in|for))* $"
)


def _share(told: Told, mention: Occurrence) -> StatedQuotient | None:
    if mention.quantity.anchor >= _FAR_OVER or mention.text[:1] in "+-\u2212" or re.search(r"most|majority|minority", mention.text.lower()):
        return None
    if is_size(mention) or is_changed_share(mention) or _MORE.match(behind(mention)) or told.then or " of " in mention.text:
        return None
    part = _part(mention)
    last = mention.sentence.mentions[mention.index - 1] if mention.index else None
    if _HELD_AGAINST.search(ahead(mention)) or (last and " of " in last.text and ahead(mention).endswith("(")):
        return None
    if part and re.fullmatch(r" to (?:just |only |about |some )*", ahead(part)):
        return None
    if mention.quantity.hedge not in ("", "about") or (part and _OF_CHANGE.search(_since_break(mention))):
        return None
    named = _OF.match(behind(mention))
    own = (_OF.match(behind(part)) if part else None) or _OF_FIRST.search(clause_of(mention).split(_mark(mention))[0])
    on = told_words(named["on"] if named else own["on"] if own else "")
    return StatedQuotient(told, "share", 1 / _ALL, told.own - (on if named else _NONE), on, part)


def _mark(mention: Occurrence) -> str:
    """Return the sign that stands for a number in its masked sentence."""
    return mention.mark


def _part(mention: Occurrence) -> Occurrence | None:
    """Return the count that stands right beside a share; of "849 of the other 1,677 (51%)" the first."""
    part = next((one.part for one in told_shares(mention.sentence) if one.share is mention), None)
    inner = mention.sentence.mentions[part.index - 1] if part and part.index and _OF_ONES.search(ahead(part)) else None
    return inner if inner and part and base(inner) == base(part) and inner.quantity.anchor < part.quantity.anchor else part


def _total(mention: Occurrence) -> Occurrence | None:
    """Return the total right before a rate: "£96,000, or £150 each"."""
    own, at = mention.sentence.mentions, mention.index
    return own[at - 1] if at and base(own[at - 1]) == base(mention) and _OR.fullmatch(ahead(mention)) else None


_OF_ONES = re.compile(r"\b(?:of|out of|among) (?:[a-z'\u2019-]+ ){0,3}$")
_OR = re.compile(
    r"[^,;:]*,? \(?(?:or|which (?:is|was|comes to|came to)|that is|equal to|equivalent to|a rate of|an average of|giving) (?:just |only |about |some )*$"
)


def _each(told: Told, mention: Occurrence) -> StatedQuotient | None:
    after, before = behind(mention), ahead(mention)
    unit = mention.quantity.unit.partition(" per ")[2]
    match = _PER.match(after) or _EACH.match(after)
    money = base(mention) != "count"
    if match and match.re is _PER and not money and not re.search(r"\b(?:per|for (?:each|every))\b", match[0]):
        match = None
    if not match and not unit and not (match := _PER_AHEAD.search(before)):
        return None
    if mention.quantity.hedge not in ("", "about") or told.then or _HELD_AGAINST.search(before):
        return None
    if re.fullmatch(_TIME, unit) or is_size(mention) or _MORE.match(after):
        return None
    held = match.groupdict() if match else {}
    many = _MANY.get((held.get("many") or unit.partition(" ")[0]).strip(), 1)
    on = told_words(f"{held.get('on') or ''} {unit}")
    return StatedQuotient(told, "each", Fraction(1, many), told.own - on, on, _total(mention))


def _times(told: Told, mention: Occurrence) -> StatedQuotient | None:
    match = _THAN.match(behind(mention))
    if not match or re.search(r"twice|doubl|half", mention.text.lower()):
        return None
    clause = clause_of(mention).split(_mark(mention))[0]
    return StatedQuotient(
        told, "times", Fraction(1), told_words(CHANGE.sub(" ", f"{clause} {match['what']}")), told_words(match["on"]), None
    )


def _multiple(quantity: Quantity) -> Interval:
    """Return what a multiple lets pass; "more than four times" ends at the next half, "more than 40 times" at the next ten."""
    span, value = admitted(quantity), quantity.anchor
    half = Fraction(1, 2) if value.denominator > 1 else Fraction(10 if value % 10 == 0 else 1)
    if quantity.hedge in ("above", "at least"):
        return Interval(span.low, value + half)
    return Interval(max(span.low, value - half), value) if quantity.hedge in ("below", "up to") else span
