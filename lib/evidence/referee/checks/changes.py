"""Changes: from one number to another, against the change that is stated of them, and against the word that says which way it went.

The change in percent is `(b - a) / a`, in percentage points or units `b - a`, in times `b / a`. A change of shares that fits as points and is
called percent is told apart. Nothing is told of a yearly rate, which needs the years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, How, alike, compared, named, pattern, power_of_ten, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import MARK, YEAR, Occurrence, Sentence
from evidence.referee.passages import is_by, is_change, is_particle, is_span, of_another_year, parted

_UP = (
    "rose|risen|rise|rises|rising|grew|grown|grow|grows|growing|growth|increased?|increases|increasing|(?<!made )(?<!make )(?<!making )(?<!held )(?<!kept )(?<!set )up|climb(?:ed|s|ing)?|jump(?:ed|s)?|surged?"
    "|soar(?:ed|s|ing)?|went up|gone up|rocketed|swelled|leapt|raised|widened|lengthened|mounted"
)
_DOWN = (
    "fell|fallen|fall|falls|falling|declined?|declines|declining|decreased?|decreases|decreasing|drop(?:ped|s|ping)?|down|shrank|shrunk|shrink(?:s|ing)?"
    "|reduced|reduction|cut|slipping|slips|plunged?|plummet(?:ed)?|slump(?:ed)?|collapsed?|went down|gone down|halved|dipped|tumbled|slid|slipped|sank|dwindled|slashed|lowered|fell back|narrowed|shortened"
)
_TURNED = re.compile(
    r"\b(?:not|never|slow\w*|accelerat\w*|eas\w+|deepen\w*|instead of|rather than|target\w*|(?:went|moved)(?! (?:up|down)\b)|changed?|improv\w*|worsen\w*"
    r"|would|shift\w*|doubl\w*|tripl\w*|trebl\w*|loss(?:es)?|rank\w*|revis\w*|rang(?:e[sd]?|ing)|var(?:y|ied|ies|ying))\b"
)
_WAY = re.compile(rf"(?<!-)\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b")
_MID = r"[^.;#]{0,%d}?"
_MORE = "higher|lower|more|fewer|less|longer|shorter|greater|smaller|dearer|cheaper|older|younger|faster|slower|better|worse"
_YEAR = r"(?:19|20)\d\d(?:[/-]\d\d)?"
_TO = rf"(?:[^.;#,\d]|{_YEAR}){{0,25}}?"
"""What may stand between "from" or "to" and its number."""
_OR_SO = r"(?:(?: [a-z]+)?,? (?:or|and) #,?)?"
"""The size of a change told again in another unit: "225, or 5%,"."""
_ARTICLES = rf"(?:(?:a|an|the|about|just|some|its|their|level|peak|low|high|rate|total|of|average|record|{_YEAR}) ){{0,4}}"

Span = tuple[int, int]

PAIRS = tuple(
    pattern(text)
    for text in (
        rf"from {_TO}<a>{_MID % 70}[ ,]to {_TO}<b>",
        rf"<b>{_MID % 45}(?:up|down|rising|falling|increas\w+|decreas\w+|risen|fallen)?[ ,(]*from {_ARTICLES}<a>",
        rf"<a>{_MID % 50}{_YEAR}{_MID % 50}\b(?:{_UP}|{_DOWN})\b{_MID % 40}\bto {_MID % 15}<b>",
        rf"<a>(?: [a-z]+){{0,4}} in {_YEAR}(?:,? (?:and|but|to|against)|,)?(?: at| by| only| just)? <b>(?: [a-z]+){{0,4}} in {_YEAR}",
        rf"<b>{_MID % 40}compared (?:with|to) <a> (?:in {_YEAR}|a year (?:earlier|before|ago)|the (?:year|month|quarter) before|previously)",
        rf"<b>{_MID % 60},? ?\(?(?:which is |that is |an? |up |down |or |having (?:risen|fallen) )?(?:by )?(?:[a-z]+ of )?#(?: [a-z]+){{0,3}}{_OR_SO}(?: [a-z]+)? (?:on|from|over) (?:the |its |a )?(?:[a-z]+ of )?<a>",
        rf"\bto <b>[^#]{{0,40}}(?:{_YEAR}|#? ?(?:years?|months?|weeks?)? ?(?:ago|earlier|before|previously))[^#]{{0,20}}\b(?:was|were|stood at|had been) <a>",
        rf"<b>{_MID % 60},? #{_OR_SO} (?:{_MORE}) than [^.;#]{{0,60}}\b(?:when|which|was|were)\b[^.;#]{{0,30}}<a>",
        rf"<b>[^.;:#()]{{0,60}},? (?:which is |that is |an? |or )?#{_OR_SO} (?:(?:{_MORE}) than|above|below|over|under|up on|down on) (?:the|its|their) <a>",
        rf"<b> \((?:in )?{_YEAR}:? <a>\)",
        r"<a> became (?:just |only |about )?(?:one of |an? )?<b>",
        r"\(<b> (?:against|versus|compared (?:with|to)) <a>\)",
        r"\bbetween [^.;#()]{0,25}\(<a>\) and [^.;#()]{0,25}\(<b>\)",
        r"<a>[^.;#,]{0,15} before(?: the [a-z]+)? and <b>[^.;#,]{0,15} after\b",
        r"\b(?:level|figure|peak|total|value|high|low|average|mean|median) of <a>,? (?:at|to) <b>",
        rf"\b(?:in|by|during) {_YEAR}[^.;#]{{0,30}}<a>[^.;]{{0,80}}?\b(?:in|by|during) {_YEAR}[^.;#]{{0,30}}<b>",
        rf"<b>{_MID % 40} (?:against|compared (?:with|to)) (?:a |the |an |its )?(?:\w+ ){{0,2}}(?:budget|target|plan|forecast|estimate|allocation)(?: of)? <a>",
    )
)
"""How a change from one number to another is written; between both stands no other number."""

_NOUN = (
    r"(?:(?:in|de)crease|rise|fall|drop|decline|reduction|loss|growth|jump|cut|gain|climb|uplift|surge|improvement|change|difference|gap)"
)
CHANGES = tuple(
    pattern(text)
    for text in (
        rf"\b(?P<way>{_NOUN}|{_UP}|{_DOWN})\b[^.;:#]{{0,30}}?\b(?:of|by)(?: an?)?(?: total| full| net)? <c>(?!{MARK})(?! of\b)",
        rf"\b(?P<way>{_UP}|{_DOWN}) (?:by )?<c>(?! of the\b)",
        rf"<c>(?: \w+)? (?P<way>{_NOUN}|{_MORE}|up|down)\b(?! than (?:men|women))",
        rf"<c>(?: [a-z]+)?,? or # (?P<way>{_NOUN}|{_MORE})\b(?! than (?:men|women))",
        r"\((?P<way>[+-]|up|down)?<c>\)",
        rf"\b(?P<way>{_NOUN}) of #(?: [a-z]+)?,? or <c>",
        r"\b(?:i\.e\.|that is|in other words|or),? (?P<way>by) <c>",
        r"\b(?P<way>outnumber\w*|exceed\w*|surpass\w*|beat) [^.;#]{0,30}?\bby <c>",
        r"<c> (?P<way>above|below) [^.;#]{0,40}?\bof #",
        r"<c> (?P<way>over|under|above|below) (?:its |the |their |a )?#",
        r"\b(?P<way>overr[ua]n|overspent|underspent|exceeded|fell short|over budget|under budget|missed)\b[^.;#]{0,30}?\bby <c>",
    )
)
"""How the size of a change is written."""

_WORDS = re.compile(r"doubl|tripl|trebl|quadrupl|halv", re.IGNORECASE)


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of each change from one number to another that a sentence states."""
    pairs = _pairs(sentence) or _across(sentence, sentence.before)
    for a, b, at in pairs:
        yield from _held(sentence, a, b, at, [other for *_, other in pairs if other != at])
    if not pairs and (gap := _GAP.search(sentence.masked)):
        yield from _gap(sentence, next(iter(named(gap, sentence).values())))
    elif not pairs and (gap := _LONGER.search(sentence.masked)) and len(sentence.mentions) == _PAIR + 1:
        yield from _gap(sentence, named(gap, sentence)["c"])


def _pairs(sentence: Sentence) -> list[tuple[Occurrence, Occurrence, Span]]:
    found: list[tuple[Occurrence, Occurrence, Span]] = []
    for number, rule in enumerate(PAIRS):
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            a, b = two["a"], two["b"]
            taken = {mention for one, other, _ in found for mention in (one, other)}
            if number in _DATED and _in_order(match) is not (number != _DATED[1]):
                a, b = b, a
            nested = re.search(
                r"\bof (?:these|those|them|which|whom|its|their|our) ?\b",
                sentence.text[min(a.end, b.end) : max(a.start, b.start) + _BEHIND],
            )
            if not taken & {a, b} and _comparable(a.quantity, b.quantity) and not nested and not _a_size(a, b):
                found.append((a, b, match.span()))
    return found


_STEP = re.compile(r"(?: [a-z]+)? (?:up|down|higher|lower|more|less|fewer) (?:from|on|than)\b")


def _a_size(a: Occurrence, b: Occurrence) -> bool:
    """Return whether one of two numbers is by how much something changed, in percent of the other or behind the level to which it led."""
    if any(is_by(mention) for mention in (a, b)):
        return True
    before = b.sentence.mentions[b.index - 1] if b.index else None
    if before and before.quantity.unit == b.quantity.unit and before is not a and _STEP.match(b.sentence.text, b.end):
        return True
    percent = [mention for mention in (a, b) if mention.quantity.unit == "percent"]
    return len(percent) == 1 and is_change(percent[0])


_BEHIND = 14
"""How far behind the second of two numbers "of those" may begin, which makes it a share of the first."""
_DATED = (3, 4, len(PAIRS) - 2)
"""Which of the pairs are put in order by the years that they name: in the second the earlier number comes last, else first."""


def _in_order(match: re.Match[str]) -> bool:
    """Return whether the first number of a dated pair is the earlier one; where it names but one year, as its words have it."""
    years = re.findall(_YEAR, match[0])
    return match.re is PAIRS[_DATED[0]] if len(years) < 2 else years[0] <= years[-1]


_IT_WENT_TO = pattern(rf"^(?:it|this|that|the|by|in|but|since|after|however|they|these)\b.*\b(?:{_UP}|{_DOWN})\b(?: by #)? to <b>")


def _across(sentence: Sentence, before: Sentence | None) -> list[tuple[Occurrence, Occurrence, Span]]:
    """Return the change that goes from the one number of the sentence before to one of this."""
    match = _IT_WENT_TO.search(sentence.masked)
    if not match or not before or " from " in sentence.masked:
        return []
    b = named(match, sentence)["b"]
    earlier = [mention for mention in before.mentions if mention.quantity.unit == b.quantity.unit]
    alone = len(earlier) == 1 and len(before.mentions) == 1
    return [(earlier[0], b, match.span())] if alone and _comparable(earlier[0].quantity, b.quantity) else []


def _comparable(a: Quantity, b: Quantity) -> bool:
    same = (
        (a.unit == b.unit and b.anchor < _SCALE * a.anchor)
        or b.unit.partition(" per ")[0] == a.unit
        or (b.unit == "count" and not a.unit.startswith("percent") and b.anchor < _SCALE * a.anchor and a.anchor < _SCALE * b.anchor)
        or (a.unit == "count" and not _scaled_alone(a, b))
    )
    lasting = "years" in (a.unit, b.unit) and a.unit != b.unit and max(a.anchor, b.anchor) > _ALL
    return same and not lasting and not a.ends and not b.ends and not a.in_words and not b.in_words and a.anchor > 0 and b.anchor > 0


_GAP = pattern(r"\b(?:gap|difference|lead|margin|advantage) of (?:just |only )?<c>|\b(?:ahead|behind|won|led) by (?:just |only )?<d>")


_LONGER = pattern(
    r"#[^.;#]{0,40}(?:,| and|,? but|,? against) #[^.;#]{0,40}, (?:an? |or |that is |just |only )*<c> (?:longer|older|more|higher|taller|later|apart|lower|fewer|less|cheaper|dearer)(?=[.,;)]|$)"
)
"""Two numbers, and by how much the one is more."""


def _counted_first(two: list[Occurrence]) -> bool:
    """Return whether a plain number stands before one in points, and apart from it: so it counts something else, and is no "12 to 15 points"."""
    if [m.quantity.unit for m in two] != ["count", "percentage points"]:
        return False
    return two[0].sentence is not two[1].sentence or not re.fullmatch(
        r" (?:to|and|against|or) ", two[0].sentence.text[two[0].end : two[1].start]
    )


def _gap(sentence: Sentence, c: Occurrence) -> Iterator[Compared]:
    """Yield whether the one pair of numbers of this sentence, or of it and that before, lies as far apart as is said."""
    if _EXCEPT.search(sentence.masked[sentence.masked.index(c.mark) :]):
        return
    points = c.quantity.unit == "percentage points"
    unit = "percent" if points else c.quantity.unit
    for held in (sentence.mentions, [*(sentence.before.mentions if sentence.before else ()), *sentence.mentions]):
        held = [m for m in held if not is_span(m)]
        two = [m for m in held if m is not c and not m.quantity.ends and not m.quantity.in_words]
        units = {m.quantity.unit.partition(" per ")[0] for m in two} - {"count"}
        if points and (units - {"percent", "percentage points"} or _counted_first(two) or any(m.quantity.anchor > _ALL for m in two)):
            continue
        if any(map(is_change, two)):
            return
        if len(two) == _PAIR == len(held) - 1 and (units <= {unit} or (unit == "percent" and len(units) < _PAIR)):
            first, second = alike([m.quantity for m in two])
            found, other = _apart(first, second, of_it=c.quantity.unit == "percent" and "percent" not in units)
            said = admitted(c.quantity)
            fits = said.meets(found) or said.meets(other)
            message = "" if fits else f"Between {two[0].text} and {two[1].text} lie {shown(found)}, not {c.text}."
            held = [*(m for m in two if m.sentence is sentence), c]
            yield compared("change", held, f"{two[0].text}; {two[1].text}: {shown(found)}", message, operands=two, claim=c, given=found)
            return


_PAIR, _EXCEPT = 2, re.compile(r"\b(?:except|apart from|other than|but not)\b")


def _apart(first: Interval, second: Interval, *, of_it: bool) -> tuple[Interval, Interval]:
    """Return how far two numbers lie apart; where it is told as a share of one of them, of either, in percent."""
    difference = _size_of(second - first)
    shares = [ratio(difference.scaled(Fraction(100)), one) for one in (first, second)]
    return (shares[0] or difference, shares[1] or difference) if of_it else (difference, difference)


def _scaled_alone(a: Quantity, b: Quantity) -> bool:
    """Return whether only the second number has a scale or can be a share, so that the first is no bare number of its unit."""
    return b.anchor >= _SCALE * a.anchor or (b.unit.startswith("percent") and a.anchor > _ALL)


_SCALE, _ALL = 500, 100


def _held(sentence: Sentence, a: Occurrence, b: Occurrence, at: Span, others: list[Span]) -> Iterator[Compared]:
    if max(a.quantity.anchor, b.quantity.anchor) > _FAR_APART * min(a.quantity.anchor, b.quantity.anchor):
        return
    spans = alike([a.quantity, b.quantity])
    if fault := _direction(sentence, a, b, at, spans):
        yield fault
    stated = [(c, way) for c, way in _stated(sentence, a, b, at) if not any(_away(c, other) < _away(c, at) for other in others)]
    found = [(c, way, one) for c, way in stated for one in sized(a, b, c, spans)]
    given = {c.quantity.unit for c, _, one in found if one.holds}
    for c, way, one in found:
        if one.holds:
            yield way_of_size(a, b, c, way, spans)
        if one.holds or c.quantity.unit not in given:
            yield one


def _between(one: Occurrence, two: Occurrence) -> bool:
    """Return whether another number stands between two of a sentence."""
    low, high = min(one.end, two.end), max(one.start, two.start)
    return one.sentence is two.sentence and any(low <= m.start < high and not is_span(m) for m in one.sentence.mentions)


def way_of_size(a: Occurrence, b: Occurrence, c: Occurrence, way: str, spans: list[Interval]) -> Compared:
    """Return whether the word beside the size of a change goes the way of the numbers."""
    found = None if _between(c, a) else _WAY.search(way)
    if a.sentence is b.sentence and a.end < b.start and _BACK_FROM.search(a.sentence.text[a.end : b.start].lower()):
        a, b, spans = b, a, spans[::-1]
    wrong = found is not None and (spans[1].high < spans[0].low if found["up"] else spans[1].low > spans[0].high)
    message = f'"{way}" of {c.text}, but the numbers go from {a.text} to {b.text}.' if wrong else ""
    return compared("direction", [a, b, c], f"{a.text} → {b.text}, {way} {c.text}", message, said=way)


_BACK_FROM = re.compile(r"\b(?:up|down) (?:from|on) (?:the )?$")
"""What stands before the number that was first: "612 days, up from 587"."""


def _direction(sentence: Sentence, a: Occurrence, b: Occurrence, at: Span, spans: list[Interval]) -> Compared | None:
    """Return an alarm where the nearest word of direction says the contrary of the numbers."""
    inner = re.split(MARK, sentence.masked[at[0] : at[1]])
    window = sentence.masked[max(0, at[0] - _BEFORE) : at[0]]
    window = re.split(rf"{MARK}|[.;]", window)[-1] + " " + " ".join(inner[1:-1] if len(inner) > 2 else [])
    ways = [way for way in _WAY.finditer(window) if way[0] not in ("up", "down") or not is_particle(window, way)]
    if (
        not ways
        or (a.quantity.unit == "percent") != (b.quantity.unit == "percent")
        or _TURNED.search(window)
        or inner[1:-1] == [" against "]
        or (a.quantity.unit == "percent" and _THAN_THOSE.search(window))
        or (ways[-1][0] == "growth" and a.quantity.unit == "percent")
    ):
        return None
    up = bool(ways[-1]["up"])
    if len({bool(way["up"]) for way in ways}) > 1 and not re.search(r"\b(?:up|down)[ ,(]*from\b", window):
        ways = ways[-1:]
    wrong = spans[1].high < spans[0].low if up else spans[1].low > spans[0].high
    sign = "below" if up else "above"
    message = f'"{ways[-1][0]}", but {b.text} lies {sign} {a.text}.' if wrong else ""
    return compared("direction", [a, b], f"{a.text} → {b.text}", message, said=ways[-1][0])


_THAN_THOSE = re.compile(r"\bthan (?:those|the|that|its|their)\b(?: [a-z]+)? of\b")
_BEFORE, _FAR_APART, _FAR = 70, 25, 90


def _away(c: Occurrence, span: Span) -> int:
    """Return how many signs lie between a number and a part of its sentence."""
    place = c.sentence.masked.index(c.mark)
    return max(span[0] - place, place - span[1], 0)


def _stated(sentence: Sentence, a: Occurrence, b: Occurrence, at: Span) -> Iterator[tuple[Occurrence, str]]:
    """Yield the sizes of a change that a sentence states beside the two numbers, each with the word for its way."""
    seen: set[Occurrence] = set()
    for rule in CHANGES:
        for match in rule.finditer(sentence.masked):
            c = named(match, sentence).get("c")
            gap = sentence.masked[min(match.end(), at[1]) : max(match.start(), at[0])]
            if (
                c
                and c not in (a, b, *seen)
                and not (match[0] == f"({c.mark})" and not c.quantity.unit.startswith("percent"))
                and not (parted(a, c) and parted(b, c))
                and len(gap) < _FAR
                and not (_APART.search(gap) or of_another_year(c, YEAR.findall(sentence.masked[slice(*at)])))
                and len(re.findall(MARK, gap)) < 2
            ):
                seen.add(c)
                yield c, match["way"] or ""
    for mention in sentence.mentions:
        if _WORDS.search(mention.text) and mention not in seen and min(abs(mention.start - m.start) for m in (a, b)) < _FAR:
            yield mention, ""


_APART = pattern(
    r";|, so (?!that\b|it\b|they\b)|# as [a-z]+ as\b|, and (?:has|have|had|is|was|were) |\b(?:followed by|before (?:falling|rising|a)|subsequent(?:ly)?|and then|thereafter)\b|\bthan (?!a year|last year|twelve months|the year before)[^:]*:"
)
"""What divides the size of another change from a pair of numbers."""


def sized(a: Occurrence, b: Occurrence, c: Occurrence, spans: list[Interval]) -> Iterator[Compared]:
    """Yield whether a number is the size of the change from one number to another, which may lie in `spans`."""
    found = _found(a.quantity, b.quantity, c.quantity, spans, halved="halv" in c.text.lower())
    if found is None:
        return
    value, unit, points = found
    said = admitted(c.quantity)
    said = Interval(abs(said.low), abs(said.high)) if said.high <= 0 else said
    reckoning = f"{a.text} → {b.text}: {shown(value)} {unit}; stated {c.text}"
    mistaken = points is not None and c.quantity.anchor == abs(b.quantity.anchor - a.quantity.anchor) and _off(a, b, c)
    if said.meets(value) and not mistaken:
        yield compared("change", [a, b, c], reckoning)
    elif points and said.meets(points):
        yield compared(
            "points against percent",
            [a, b, c],
            f"{b.text} - {a.text} = {shown(points)} percentage points; in percent of {a.text}: {shown(value)}",
            f"{c.text} is the difference in percentage points; in percent the change is {shown(value)}.",
            confidence=Confidence.medium if mistaken else Confidence.high,
            how=How.difference,
        )
    else:
        middle = (value.low + value.high) / 2
        yield compared(
            "change",
            [a, b, c],
            reckoning,
            f"From {a.text} to {b.text} is {shown(value)} {unit}, not {c.text}.{power_of_ten(c.quantity.anchor, middle)}",
            claim=c,
            given=value,
        )


def _off(a: Occurrence, b: Occurrence, c: Occurrence) -> bool:
    """Return whether the change of two shares as printed is clearly another than is stated: by a sixth of it, and by a half at least."""
    first, second = a.quantity.anchor, b.quantity.anchor
    off = abs(abs(second - first) * 100 / first - c.quantity.anchor)
    return off > c.quantity.anchor / 6 and off > Fraction(1, 2) and not c.quantity.hedge and not c.quantity.in_words


def _found(a: Quantity, b: Quantity, c: Quantity, spans: list[Interval], *, halved: bool) -> tuple[Interval, str, Interval | None] | None:
    """Return the change in the unit in which it is stated, what that is called, and for shares the change in points; None where it has none."""
    first, second = spans
    difference = _size_of(second - first)
    quotient = ratio(second, first)
    if quotient is None or c.ends or (" per " in c.unit and not {a.unit, b.unit} & {c.unit}):
        return None
    if halved:
        return _size_of(Interval(quotient.low - 1, quotient.high - 1)).scaled(Fraction(100)), "percent", None
    if c.unit == "times":
        falls = ratio(first, second) if b.anchor < a.anchor else quotient
        return (falls, "times", None) if falls else None
    if c.unit == "percent":
        change = _size_of(Interval(quotient.low - 1, quotient.high - 1)).scaled(Fraction(100))
        return change, "percent", difference if b.unit == "percent" else None
    if c.unit == "percentage points":
        return (difference, "percentage points", None) if b.unit == "percent" else None
    unit = b.unit.partition(" per ")[0]
    return (difference, "" if c.unit == "count" else c.unit, None) if c.unit.partition(" per ")[0] == unit else None


def _size_of(span: Interval) -> Interval:
    """Return how far the members of an interval lie from nought."""
    if span.low >= 0:
        return span
    if span.high <= 0:
        return -span
    return Interval(Fraction(0), max(-span.low, span.high))
