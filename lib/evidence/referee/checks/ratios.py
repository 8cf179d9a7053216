"""Ratios and orders: "three times as many (120 against 60)", "more women (41%) than men (45%)", "the highest, followed by".

A ratio is the one number divided by the other. Where only its inverse fits, the two sides have changed places.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import MARK, Occurrence, Sentence

_AS = pattern(r"<x>(?:,? ?(?:as|more|the|higher|larger|greater|bigger)\b)")
_MORE = r"(?:more(?! slowly| gradually| cautious| modest| than one)|higher|larger|greater|bigger|longer|above|exceed(?:s|ed|ing)?|outnumber(?:s|ed|ing)?|older|richer|faster|better|stronger|taller|heavier)"
_LESS = r"(?:less|fewer|lower|smaller|shorter|below|under|younger|poorer|slower|worse|weaker|cheaper)"
_GAP = r"[^.;:#]{0,60}?"
ORDERS = tuple(
    (pattern(text), more)
    for more, word in ((True, _MORE), (False, _LESS))
    for text in (
        rf"\b{word}\b{_GAP}\(<a>\)?{_GAP} than {_GAP}\(<b>\)",
        rf"\b{word}\b{_GAP}\(<a>\)?,? (?:than|compared (?:with|to)) {_GAP}\(<b>\)",
        rf"<a>\)?,? (?:which is |was |is |far |well |much |slightly |significantly |also |still |just )*{word} (?:than )?(?:the |a |an )(?:[\w-]+ ){{0,4}}?(?:average|mean|median|rate|level|figure|target|norm|benchmark)(?: of| at|,|:)? \(?<b>",
        *(
            (
                r"<a>\)?[^.;:#]{0,25}\b(?:outnumber(?:s|ed|ing)?|exceed(?:s|ed|ing)?|outstrip(?:s|ped)?|overt(?:ook|akes?)) (?![^#]*\bby\b)[^.;:#]{0,40}?\(?<b>",
            )
            if more
            else ()
        ),
        rf"<a>[^.;:#()]{{0,45}}, (?:much |far |slightly )?{word} than (?:the |its |their |in )*(?:\w+ ){{0,2}}?<b>",
        rf"\(<a>\)[^.;:#]{{0,30}}\b{word} than [^.;:#]{{0,50}}\(<b>\)",
        rf"\b{word} (?:in|for|among|at|on|with) {_GAP}\(?(?:at )?<a>\)?{_GAP}\b(?:than|compared (?:with|to)) (?:in |for |among |at |with )?{_GAP}\(?<b>",
        rf"\b{word} (?:\w+ ){{0,6}}\(<a> (?:compared (?:with|to)|against|versus|vs\.?) <b>",
    )
)
"""Two numbers that a word puts in order; `a` is said to be the more, or the less."""

_FIRST = r"(?:highest|largest|biggest|greatest|most common|most popular|top|most frequent|leading|most likely|most often|strongest|longest|oldest)"
_LAST = r"(?:lowest|smallest|least common|fewest|bottom|least likely|worst|weakest|shortest|youngest)"
FOLLOWED = (
    (pattern(r"\bunder budget\b[^.;#]{0,40}<a>[^.;#]{0,40}\b(?:against|budget of|budgeted)[^.;#]{0,25}<b>"), False),
    (pattern(r"\bover budget\b[^.;#]{0,40}<a>[^.;#]{0,40}\b(?:against|budget of|budgeted)[^.;#]{0,25}<b>"), True),
    (pattern(rf"\b{_FIRST}\b(?:(?!\b{_LAST}\b)[^.;#]){{0,90}}?<a>[^.;#]{{0,40}}?(?:ahead of|then)\b[^.;#]{{0,60}}?<b>"), True),
    (pattern(rf"\b{_FIRST}\b[^.;#]{{0,70}}?<a>[^.;#]{{0,60}}?\b{_LAST}\b[^.;#]{{0,70}}?<b>"), True),
    (pattern(rf"\b{_LAST}\b[^.;#]{{0,70}}?<a>[^.;#]{{0,60}}?\b{_FIRST}\b[^.;#]{{0,70}}?<b>"), False),
)


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of each ratio and each order that a sentence states with both its numbers."""
    yield from _ratios(sentence)
    yield from _orders(sentence)
    yield from _than_the(sentence)


def _ratios(sentence: Sentence) -> Iterator[Compared]:
    times = [m for m in sentence.mentions if m.quantity.unit == "times" and not re.match(r"doubl|tripl|trebl|quadr|x", m.text.lower())]
    plain = [
        m
        for m in sentence.mentions
        if m.quantity.unit != "times"
        and not m.quantity.in_words
        and not m.quantity.ends
        and not _SIZE.match(sentence.text[m.end :])
        and not _AVERAGED.search(sentence.text[: m.start].lower())
        and not _ONE_IN.search(sentence.masked)
    ]
    if len(times) != 1 or not _is_multiple(times[0]) or len({m.quantity.unit for m in plain}) != 1 or not 1 < len(plain) < _MANY:
        return
    x = times[0]
    if of_another_multiple(x, plain) or any(_OR_SO_MUCH.fullmatch(sentence.text[a.end : b.start]) for a, b in itertools.pairwise(plain)):
        return
    top, bottom = _sides(sentence, x, plain)
    if (
        re.search(
            r"\btimes (?:more(?! slowly| gradually| cautious| modest| than one)|higher|larger|greater) (?:likely )?", sentence.text.lower()
        )
        and len(plain) > _TWO
    ):
        return
    said = admitted(x.quantity)
    found = [(t, b, ratio(*alike([t.quantity, b.quantity]))) for t in top for b in bottom]
    known = [(t, b, span) for t, b, span in found if span]
    known = [one for one in known if len(top) == 1 and _times_the(x, one[1])] or known
    if not known:
        return
    t, b, span = known[0]
    reckoning = f"{t.text} / {b.text} = {shown(span)}; stated {x.text}"
    mentions = [x, t, b]
    beside = len(top) == 1 and any(_fits(said, span, x) for _, b, span in known if b.index == x.index + 1)
    if beside or all(_fits(said, span, x) for _, _, span in known):
        yield compared("ratio", mentions, reckoning)
        return
    inverse = [ratio(Interval(1, 1), span) for _, _, span in known]  # type: ignore[arg-type]
    turned = all(other is not None and _fits(said, other, x) for other in inverse)
    follows = all(m.end < x.start for m in (t, b)) and re.search(r"\b(?:so that|so|means|meaning)\b", sentence.text[: x.start])
    if turned and not follows and _AS_AS.search(sentence.masked) and not _LEFT_OUT.search(sentence.masked):
        yield compared(
            "ratio", mentions, reckoning, f"{t.text} is {shown(span)} times {b.text}; the two sides seem to have changed places."
        )
    elif turned:
        yield compared("ratio", mentions, reckoning)
    elif len(plain) == _TWO or _AS_AS.search(sentence.masked) or _times_the(x, b):
        message = f"{t.text} is {shown(span)} times {b.text}, not {x.text}."
        yield compared(
            "ratio", mentions, reckoning, message, confidence=Confidence.high if len(plain) == _TWO else Confidence.medium, claim=x
        )


def _is_multiple(x: Occurrence) -> bool:
    """Return whether words behind a number make it a multiple, and not how often something was done."""
    return any(named(match, x.sentence)["x"] is x for match in _AS.finditer(x.sentence.masked))


def _times_the(x: Occurrence, bottom: Occurrence) -> bool:
    """Return whether a multiple is said to be that of the number right behind it: "43.7, more than twice the 19.6 of others"."""
    return x.sentence is bottom.sentence and x.sentence.text[x.end : bottom.start] in (" the ", " that of the ")


def of_another_multiple(x: Occurrence, numbers: list[Occurrence]) -> bool:
    """Return whether a multiple is not of some numbers: they are those of another or of an aside, or it names what it is so many times.

    So are "five times as busy, with 19 sailings to 3", "almost three times the original number", "twice the number of 2019".
    """
    named_other = _NAMED_OTHER.match(x.sentence.text[x.end :])
    if named_other and not any(named_other["year"] and named_other["year"] in _clause(m) for m in numbers):
        return True
    last = max((one.start for one in numbers), default=0)
    if _ASIDE.match(x.sentence.between[x.index][1]) and all(one.start > x.start for one in numbers):
        return True
    return any(_DOUBLE.match(m.text.lower()) and x.start < m.start < last for m in x.sentence.mentions)


_NAMED_OTHER = re.compile(
    r" (?:as (?:many|much|high|large) as )?(?:the|their|its|his|her|that|those)\b[^.;,:()\d]*?\b(?:original|usual|previous|earlier|initial|former|(?P<year>(?:19|20)\d\d))\b"
)
"""What a multiple is so many times, where it is of another time than the numbers beside it."""


_OR_SO_MUCH = re.compile(r"(?: [a-z]+){0,4},? or ")
"""What stands between two numbers that tell one size in two measures: "£12,000 a hectare, or £8 a tree"."""


def _clause(mention: Occurrence) -> str:
    """Return the words of the clause around a number."""
    text = mention.sentence.text
    return re.split(r"[;:]|, ", text[: mention.start])[-1] + re.split(r"[;:]|, ", text[mention.end :])[0]


_DOUBLE = re.compile(r"doubl|tripl|trebl|quadr|twice")
_MANY, _TWO = 5, 2
_ONE_IN = pattern(r"# [a-z]+ in #")
"""A portion whose noun stands in its middle: "three firms in five"."""
_AVERAGED = re.compile(r"\b(?:average|mean|median) (?:for|of|across|among|in|over) (?:the |all |these |those |our )*$")
"""What stands before the number of those of whom a mean is told, which is no side of a ratio."""
_SIZE = re.compile(r"(?: [a-z]+)? (?:more|fewer|less|higher|lower)\b(?! likely)")
"""What stands behind the size of a difference, which is no side of a ratio."""
_AS_AS = re.compile(rf"{MARK} as (?:many|much|high|likely|large|big|great|often|long|common|\w+)\b")


_LEFT_OUT = re.compile(rf"{MARK} as (?:many|much|high|likely|large|big|great|often|long|common)(?: in [a-z]+ terms| again| overall)?\W*$")
"""A comparison that leaves out with what, which is then the number before."""
_ASIDE = re.compile(r"^[^\ue000-\uf8ff]*, with $")
"""What stands between a multiple and two numbers of something else: "five times as heavily, with 19 sailings to 3"."""


def _fits(said: Interval, found: Interval, x: Occurrence) -> bool:
    more = re.search(
        r"\b(?:more(?! slowly| gradually| cautious| modest| than one)|higher|larger|greater)\b", x.sentence.text[x.end : x.end + 10].lower()
    )
    return said.meets(found) or bool(more and said.meets(Interval(found.low - 1, found.high - 1)))


def _sides(sentence: Sentence, x: Occurrence, plain: list[Occurrence]) -> tuple[list[Occurrence], list[Occurrence]]:
    """Return the numbers on either side of the second "as", of "than" or of "compared with"; the first and the others where there is none."""
    text = sentence.masked
    at = text.index(x.mark)
    after = re.compile(r"(?:\bas\b|\bthan\b|compared (?:with|to)|\bagainst\b|\bversus\b|\bthat of\b)").search(text, at + 6)
    split = after.start() if after else -1
    places = {m: text.index(m.mark) for m in plain}
    if after:
        first, second = [m for m in plain if at < places[m] < split], [m for m in plain if places[m] > split]
        if first and second:
            return first, second
        if second and (before := [m for m in plain if places[m] < at]):
            return before, second
    ahead, behind = [m for m in plain if places[m] < at], [m for m in plain if places[m] > at]
    if (
        re.search(r"twice as \w+ in\b|times as \w+ in\b|times (?:higher|lower) in\b|twice as \w+ (?:for|among)\b", sentence.text.lower())
        and ahead
        and behind
    ):
        return behind, ahead[:1]
    if len(plain) == _TWO and not behind and _FROM_TO.search(text):
        return plain[1:], plain[:1]
    return plain[:1], plain[1:]


_FROM_TO = pattern(r"\bfrom [^#]{0,20}#[^#,;]{0,30} to [^#]{0,20}#")
"""Two numbers of which the second is that which the words behind it are about: "from 310 to 775, which is twice as many"."""


def _orders(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether two numbers stand in the order that a word says."""
    seen: set[frozenset[Occurrence]] = set()
    for rule, more in (*ORDERS, *FOLLOWED):
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            a, b = two["a"], two["b"]
            how_many = not re.search(r"\d", a.text) and re.search(r"\d", b.text)
            if a.quantity.unit != b.quantity.unit or a.quantity.ends or b.quantity.ends or frozenset((a, b)) in seen or how_many:
                continue
            if re.search(rf"\b(?:not|no|nor|but|while|whereas|although|though|even if)\b|\band {MARK}$", match[0]):
                continue
            seen.add(frozenset((a, b)))
            first, second = alike([a.quantity, b.quantity])
            wrong = first.high < second.low if more else first.low > second.high
            message = f"{a.text} is said to be {'above' if more else 'below'} {b.text} and is not." if wrong else ""
            yield compared("order", [a, b], f"{a.text} {'above' if more else 'below'} {b.text}", message)


_THAN_THE = re.compile(r"(?:(?P<more>more|higher|greater|above)|less|lower|fewer|below)(?: than)? the\b", re.IGNORECASE)


def _than_the(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether "£210 a week, more than the £340 of others" stands in the order it says."""
    for a, b in itertools.pairwise(sentence.mentions):
        match = _THAN_THE.match(b.text)
        between = sentence.text[a.end : b.start]
        if (
            match
            and a.quantity.unit.partition(" per ")[0] == b.quantity.unit
            and re.fullmatch(r"[^.;:()]{0,25}(?:,| is| was| are| were) ?", between)
        ):
            anchor = b.quantity.anchor
            wrong = a.quantity.interval.high < anchor if match["more"] else a.quantity.interval.low > anchor
            message = f"{a.text} is not {b.text}." if wrong else ""
            yield compared("order", [a, b], f"{a.text}; {b.text}", message, confidence=Confidence.medium)
