"""The grammar of stated numbers: one pattern for a number with its hedge, unit and tail."""

from __future__ import annotations

import re

from evidence.quantity.words import PART, WHOLE

HEDGES = {
    "about": "about around roughly approximately approx. some circa",
    "above": "over|more than|above|in excess of|just over|well over|greater than|just above",
    "at least": "at least|no fewer than|no less than|as few as",
    "below": "almost|nearly|just under|under|less than|fewer than|below|close to|just below|just less than|not quite",
    "up to": "up to|as high as|at most|no more than|as many as|as much as",
}
"""What each hedge word means; the interval of each meaning stands in `meaning.hedged`."""
HEDGES["about"] = HEDGES["about"].replace(" ", "|")
HEDGES["below"] += "|" + "|".join(f"up to {word}" for word in ("almost", "nearly", "just under"))

HEDGE_MEANING = {word: meaning for meaning, words in HEDGES.items() for word in words.split("|")}


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


CURRENCY = {"£": "GBP", "$": "USD", "€": "EUR"}
QUANTIFIERS = {
    "almost all": (100, 90, 100),
    "nearly all": (100, 90, 100),
    "almost every": (100, 90, 100),
    **dict.fromkeys(("most", "a majority", "the majority", "majority"), (50, 50, 100)),
    **dict.fromkeys(("a minority", "the minority", "minority"), (50, 0, 50)),
}
"""Anchor, low and high end in percent; the high end does not belong, nor a low end that is the anchor or nothing."""

_FOLD = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
MULTIPLES = {f"{word}{joint}fold": value for word, value in _FOLD.items() for joint in ("", "-")}
MULTIPLES |= {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "doubles": 2, "thrice": 3, "tripled": 3}
HALVINGS = ("halved", "halve", "halves", "halving")

_SIGN = r"(?P<sign>-(?=[\d£$€]))?"
_NUMERAL = r"(?P<currency>[£$€])?(?P<digits>\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?P<decimals>\.\d+)?"
_SCALE = r"(?P<scale>(?:\s|-)?(?:hundred|thousand|million|billion|trillion)s?\b|(?:bn|tn|k|m)\b)?"
_MARK = r"(?P<mark>(?:\s|-)?percentage[ -]points?\b|(?:\s|-)?points?\b|(?:\s?%)?\s?per ?cent\b|\s?%|\s?times\b|:1\b|\s?x\b|\+)?"
_TIME = r"(?P<time>(?:\s|-)(?:years?|months?|weeks?|days?|hours?)\b(?!\s*(?:olds?|of age)\b))?"
_PER = (
    r"(?P<per>\s*(?:(?:per|each|every|a|an)\s+(?:100,000 people|year|annum|month|week|day|hour|capita|head|person)\b"
    r"|annually\b|a year\b))?"
)
_MORE = r"(?P<more>\s+or\s+(?:more|over|above|less|fewer|under)\b)?"

NUMBER = (
    rf"(?P<hedge>(?:{_either(list(HEDGE_MEANING))})\s+)?"
    r"(?P<filler>(?:(?:just|only|exactly|all|another|a further|further|a total of|an additional|an extra|the|its|these|those|a further)\s+)+)?"
    rf"(?P<hedge2>(?:{_either(list(HEDGE_MEANING))})\s+)?"
    r"(?:"
    rf"(?P<quantifier>{_either(list(QUANTIFIERS))})\b"
    rf"|(?P<multiple>{_either(list(MULTIPLES))})\b"
    rf"|(?P<halving>{_either(list(HALVINGS))})\b"
    rf"|(?P<of>(?:{WHOLE}|\d+))\s+(?:times\s+)?(?:in|out of)\s+(?:every\s+)?(?P<n>(?:{WHOLE}|\d+)\b(?!,?\d))"
    rf"|(?:(?P<halfscale>half a|quarter of a)\s+(?P<bigscale>million|billion|trillion))"
    rf"|(?:(?P<parts>an?|{WHOLE})(?:\s|-))?(?P<part>{PART})\b(?!-)"
    rf"|{_SIGN}(?:{_NUMERAL}|(?P<article>an?)\s(?=hundred|thousand|million|billion)|(?P<whole>{WHOLE})\b){_SCALE}{_MARK}{_TIME}{_PER}{_MORE}"
    r")"
)

_TAIL_WORDS = [
    "higher",
    "lower",
    "more",
    "less",
    "fewer",
    "greater",
    "larger",
    "bigger",
    "smaller",
    "faster",
    "slower",
    "older",
    "younger",
    "as",
    "likely",
    "much",
    "many",
    "high",
    "low",
    "large",
    "often",
    "extra",
    "additional",
    "further",
    "increase",
    "decrease",
    "decline",
    "fall",
    "rise",
    "drop",
    "reduction",
    "growth",
    "above",
    "below",
    "boost",
    "premium",
    "than",
    "of",
]
SINGLE = re.compile(rf"{NUMBER}(?P<tail>(?:\s+(?:{_either(_TAIL_WORDS)}))*)", re.IGNORECASE)
JOINT = re.compile(r"\s*-\s*|\s+(?:to|and|or)\s+", re.IGNORECASE)
LEAD = re.compile(r"^(?:between|from|ranging from|of between|ranging between|of)\s+", re.IGNORECASE)


def normalise(text: str) -> str:
    """Return `text` with white space folded and dashes and minus signs made plain hyphens."""
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212":
        text = text.replace(dash, "-")
    return " ".join(text.replace("\u2019", "'").split())
