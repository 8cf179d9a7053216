"""What a number cannot be by its kind: parts beyond all, points of counts, a mean that no whole marks give, another multiple than is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.bases import PEOPLE
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown, total
from evidence.referee.generous import admitted
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, singular

_OF_ALL = pattern(r"^(?:of|among) (?:the|all|these|those|our|its|their) <n>")
_OVERLAP = re.compile(
    r"\b(?:also|both|including|of (?:whom|which|them|these|those)|more than one|at least|or more|several|again|then|later)\b"
)
_LITTLE, _THREE = Fraction(6, 5), 3


def parts_beyond_all(sentence: Sentence, _reach: Reach) -> Iterator[Compared]:
    """Yield whether three parts and more of so many are together a little more than all: much more, and they overlap."""
    match = _OF_ALL.search(sentence.masked)
    whole = named(match, sentence)["n"] if match else None
    if not match or not whole or _OVERLAP.search(sentence.masked, match.end()) or whole.quantity.ends:
        return
    parts = [mention for mention in sentence.mentions if mention is not whole and base(mention) == base(whole)]
    spans = any(re.match(r" (?:[a-z]+ )?(?:days|weeks|months|years|hours|minutes)\b", behind(part)) for part in parts)
    if spans:
        return
    apart = all(re.search(r"(?:,|\band|\bbut)(?: [a-z]+){0,3} $", ahead(part)) for part in parts[1:])
    if len(parts) < _THREE or not apart or any(part.quantity.ends or part.quantity.hedge for part in parts):
        return
    sum_ = total(alike([part.quantity for part in parts]))
    if sum_.low <= whole.quantity.anchor * _LITTLE:
        told = " + ".join(part.text for part in parts)
        message = (
            f"{told} is {shown(sum_)}, more than the {whole.text} of which they are parts."
            if sum_.low > whole.quantity.interval.high
            else ""
        )
        yield compared("sum", [whole, *parts], f"{told} = {shown(sum_)} of {whole.text}", message, confidence=Confidence.medium)


_BY_POINTS = pattern(
    rf"\b(?:{RISE}|{FALL})(?: [a-z]+)?(?: by)? <p>,? \(?from (?:[a-z]+ ){{0,2}}?<a>[^.;#]{{0,40}}? to (?:[a-z]+ ){{0,2}}?<b>"
)


def points_of_counts(sentence: Sentence, _reach: Reach) -> Iterator[Compared]:
    """Yield whether a change of a count, which is told in percentage points, is just so many percent."""
    for match in _BY_POINTS.finditer(sentence.masked):
        three = named(match, sentence)
        claim, one, two = three["p"], three["a"], three["b"]
        units = {base(one), base(two)}
        if claim.quantity.unit != "percentage points" or len(units) > 1 or base(one).startswith(("percent", "out of")):
            continue
        before, after = alike([one.quantity, two.quantity])
        moved = ratio(after - before, before)
        size = moved.scaled(Fraction(100)) if moved else None
        size = -size if size and size.high < 0 else size
        if size and size.meets(claim.quantity.interval):
            message = f"From {one.text} to {two.text} is {shown(size)} percent; points are of shares."
            told = f"{one.text} → {two.text}: {shown(size)} percent; stated {claim.text}"
            yield compared("points against percent", [claim, one, two], told, message, confidence=Confidence.medium)


_COMMA = re.compile(r",? (?:or |which is |that is |about |some |nearly |almost |just |over )*$")


def as_many_as(sentence: Sentence, _reach: Reach) -> Iterator[Compared]:
    """Yield whether a number is so many times another one: "42, three times as many as the 21 of 2022"."""
    for one, times, other in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
        said = re.match(r"as (?:many|much) as\b", other.text.lower())
        if not said or times.quantity.unit != "times" or base(one) != base(other) or not _COMMA.search(ahead(times)):
            continue
        if other.quantity.anchor and behind(times).strip() == "" and not one.quantity.ends:
            found = Interval(one.quantity.anchor / other.quantity.anchor, one.quantity.anchor / other.quantity.anchor)
            message = (
                "" if admitted(times.quantity).meets(found) else f"{one.text} is {shown(found)} times {_bare(other)}, not {times.text}."
            )
            yield compared("ratio", [one, times, other], f"{one.text} / {_bare(other)} = {shown(found)}; stated {times.text}", message)


_TIMES = pattern(
    r"^(?:the )?(?:[a-z]+ )?(?P<one>[a-z]{4,}) (?:are|were|is|was) (?:thus|therefore|so|then|now|about|,| )*<t> (?:the )?(?:[a-z]+ )?(?P<other>[a-z]{4,})\b"
)


def times_of_names(sentence: Sentence, _reach: Reach) -> Iterator[Compared]:
    """Yield whether one thing is so many times another, where the sentence before tells of both and of nothing else in their unit."""
    match, before = _TIMES.search(sentence.masked), sentence.before
    times = named(match, sentence)["t"] if match else None
    if not match or not before or not times or times.quantity.unit != "times":
        return
    top, bottom = (_told_of(before, match[name]) for name in ("one", "other"))
    alone = top and sum(base(m) == base(top) for m in before.mentions) == _TWO
    if top and bottom and alone and top is not bottom and base(top) == base(bottom) and bottom.quantity.anchor > 0:
        found = ratio(*alike([top.quantity, bottom.quantity]))
        message = (
            ""
            if found and admitted(times.quantity).meets(found)
            else f"{top.text} / {bottom.text} is {shown(found) if found else '?'}, not {times.text}."
        )
        told = f"{top.text} / {bottom.text}; stated {times.text}"
        yield compared("ratio", [times], told, message, confidence=Confidence.medium, other=before.text)


_TWO = 2


def _told_of(sentence: Sentence, name: str) -> Occurrence | None:
    """Return the number behind the only mention of a name: "the median price of a home was £192,000"."""
    found = [m for m in sentence.mentions if re.search(rf"\b{re.escape(singular(name))}[a-z]*\b[^.;#]{{0,40}}$", ahead(m))]
    return found[0] if len(found) == 1 else None


def _bare(mention: Occurrence) -> str:
    return re.sub(r"^as (?:many|much) as (?:the )?", "", mention.text)


_MEANS = (
    pattern(
        rf"\b(?:the|our|its|all|these|those) <n> (?:[\w'-]+ ){{0,3}}{PEOPLE}\b[^.;#]{{0,120}}\b(?:mean|average)(?: score| mark| rating)? (?:of|was|is) <m>"
    ),
    pattern(
        r"<n> (?:[a-z]+ ){0,2}(?:replied|responded|answered|took part)[^.;#]{0,40}\b(?:mean|average)(?: score| mark| rating)? (?:of|was|is) <m>"
    ),
)
_OF_EACH = pattern(
    r"\beach of the <n> to (?:rate|mark|score)\b[^.]{0,120}[;,] (?:and )?(?:the|their) (?:mean|average)(?: score| mark| rating)? (?:was|is) <m>"
)
_MARKS = re.compile(
    r"\bscale\b|\bfrom (?:1|one|0|nought|zero)\b[^.;]{0,25} to\b|\bmarks?\b|\bscores?\b|\brat(?:ed|ings?)\b|\bout of (?:\d|five|ten)"
)


_THE_MEAN = pattern(r"^(?:the|their) (?:mean|average)(?: score| mark| rating)? (?:was|is) <m>")
_GAVE = (
    pattern(r"\b(?:attended|answered|completed|filled in|returned) by <n>"),
    pattern(r"<n> (?:[a-z]+ ){0,2}(?:replied|responded|answered|took part)\b"),
)


def means_told_behind(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether whole marks of those who answered, whom one of the two sentences before counts, can have a mean (GRIM)."""
    match, near = _THE_MEAN.search(sentence.masked), reach.near(sentence)[1:3]
    people = [next(iter(named(found, one).values())) for one in near for rule in _GAVE for found in rule.finditer(one.masked)]
    if match and len(people) == 1 and any(_MARKS.search(one.text.lower()) for one in near):
        yield from _possible(people[0], named(match, sentence)["m"])


def means_of_marks(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether whole marks of so many people can have a mean (GRIM)."""
    for match in (found for rule in (*_MEANS, _OF_EACH) for found in rule.finditer(sentence.masked)):
        two = named(match, sentence)
        if any(_MARKS.search(one.text.lower()) for one in reach.near(sentence)):
            yield from _possible(two["n"], two["m"])


def mean_of(mean: Fraction, many: int, places: int) -> tuple[bool, str]:
    """Return whether whole marks of so many have a mean that is printed to so many places, and what those next to it have."""
    near = [int(mean * many), int(mean * many) + 1]
    fits = any(abs(Fraction(marks, many) - mean) <= Fraction(1, 2 * 10**places) for marks in near)
    return fits, "; ".join(f"{marks} / {many} = {float(Fraction(marks, many)):.4g}" for marks in near)


def _possible(people: Occurrence, mean: Occurrence) -> Iterator[Compared]:
    """Yield whether whole marks of so many have a mean, where its digits can tell."""
    of, places = people.quantity, len(mean.text.partition(".")[2])
    if not places or of.unit != "count" or of.anchor.denominator > 1 or not 1 < of.anchor < 10**places or base(mean) != "count":
        return
    fits, told = mean_of(mean.quantity.anchor, int(of.anchor), places)
    message = "" if fits else f"No whole marks of {people.text} have the mean {mean.text}."
    other = "" if people.sentence is mean.sentence else people.sentence.text
    yield compared("respondents (GRIM)", [mean], told, message, confidence=Confidence.medium, other=other)
