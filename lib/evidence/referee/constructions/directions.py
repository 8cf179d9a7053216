"""Words for a direction, against the numbers between which something went it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, permutations

from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern
from evidence.referee.constructions import shares_in_words
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, base, behind

_UP = rf"(?!growth|improv|gain|better|up\b|lost|double|triple|treble|quadruple)(?:{RISE})|went up|gone up|swelled|climbed"
_DOWN = rf"(?!loss|lost|cut\b|cuts\b|down\b|halv)(?:{FALL})|came down|come down|went down|run down|brought down|eased|receded|ebbed"
_FROM_TO = (
    pattern(
        rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<gap>[^.;:#()]{{0,40}}?),? from (?:just |only |about |some )?<a>(?P<mid>[^.;:#]{{0,40}}?) to (?:just |only |about |some )?<b>"
    ),
    pattern(
        r"from <a>(?P<mid>[^.;:#]{0,40}?) to <b>[^.;:#()]{0,30}?, (?:a|an) (?:[a-z]+ )?(?:(?P<up>rise|increase|growth|gain)|(?P<down>fall|drop|decline|decrease|reduction))\b(?P<gap>)"
    ),
)
_SLOWER = re.compile(r"\b(?:slow\w*|pace|gap|difference|rate of (?:growth|decline|increase))\b")
_OTHERWISE = re.compile(
    rf"\b(?:rang\w+|var(?:y|ied|ies|ying)|lay|lie|between|of|not|never|less|fewer|slower|gap|by|while|but|and|than|if|would|{RISE}|{FALL})\b"
)


def from_and_to(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what went from one number to another did so as its verb says."""
    for rule in _FROM_TO:
        for match in rule.finditer(sentence.masked):
            a, b = (named(match, sentence)[name] for name in "ab")
            if (
                _of_one_unit(a, b)
                and not _OTHERWISE.search(match["gap"])
                and not _SLOWER.search(sentence.masked[: match.end()])
                and not re.search(r"\b(?:and|but|or)\b", match["mid"])
            ):
                yield _went(a, b, up=bool(match["up"]), word=match["up"] or match["down"])


def _went(then: Occurrence, now: Occurrence, *, up: bool, word: str) -> Compared:
    """Return whether one number lies above another, or below it, as a word says."""
    first, second = alike([then.quantity, now.quantity])
    wrong = first.low > second.high if up else first.high < second.low
    message = f'"{word}", but {then.text} was followed by {now.text}.' if wrong else ""
    return compared("direction", [then, now], f"{then.text} → {now.text}; {word}", message, confidence=Confidence.medium, said=word)


def _of_one_unit(one: Occurrence, two: Occurrence) -> bool:
    units = {base(one), base(two)}
    return (
        not (one.quantity.ends or two.quantity.ends)
        and (len(units) == 1 or "count" in units)
        and "times" not in units
        and bool(re.search(r"\d", one.text) and re.search(r"\d", two.text))
    )


_BY = re.compile(
    rf"\b(?:(?P<up>(?:{_UP}|up|gained|added|more|gain(?:ed|s)?|increase|rise|growth))|(?P<down>(?:{_DOWN}|down|lost|shed|cut|loss|fewer|decrease|fall|drop)))(?: (?:in|of)(?: [a-z]+){{1,3}})?(?: by| of)?(?: just| only| about| some| another| a further| an?| almost| nearly)* $"
)
_WERE = re.compile(r"(?: [a-z]+){0,3} (?:were|was|have been|has been|had been) (?:(?P<up>gained|added)|(?P<down>lost|shed|cut))\b")
_INTO = re.compile(
    r"\b(?:receipts?|arrivals?|admissions?|births|joiners|joined|new|opened|intake|received|recruit\w*|entered|added|hired|starts|started|incoming|inflows?|registered|registrations|lodged|immigrants|arrived|deposits|income|came in)\b"
)
_OUT_OF = re.compile(
    r"\b(?:disposals?|departures?|discharges?|deaths|leavers|left|closed|cleared|outflows?|resign\w*|struck off|removed|removals|completed|completions|departed|withdrawals|spending|expenditure|went out|disposed|resolved|settled|sold|emigrants)\b"
)
_NOT_SO = re.compile(r"\b(?:not|never|neither|nor|without|if|would|could|should|instead|rather|target|forecast)\b")


def sizes_of_moves(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is up, or down, by just what lies between two numbers before it is so by their times, or by what came in and went out."""
    for size in sentence.mentions if not _NOT_SO.search(sentence.masked) else []:
        way = _BY.search(ahead(size)) or _WERE.match(behind(size))
        if not way or size.quantity.ends or base(size) == "percent" or not re.search(r"\d", size.text) or size.quantity.anchor <= 0:
            continue
        pairs = [pair for pair in _with_gap(size, linker) if (size.sentence is not pair[0].sentence or pair[1].end < size.start)]
        ways = {then_now: up for then_now in pairs if (up := _rises(*then_now)) is not None}
        if ways and len(set(ways.values())) == 1:
            (one, two), up = next(iter(ways.items()))
            said = bool(way["up"])
            message = "" if up is said else f'{size.text} "{(way["up"] or way["down"])}", but {one.text} and {two.text} tell the other way.'
            told = f"{one.text}, {two.text}; {way['up'] or way['down']} {size.text}"
            yield compared(
                "direction", [size], told, message, confidence=Confidence.medium, other=[one, two], said=way["up"] or way["down"]
            )


def _with_gap(size: Occurrence, linker: Linker) -> list[tuple[Occurrence, Occurrence]]:
    """Return neighbouring numbers of one unit that lie just a size apart, in a sentence and the three before it."""
    found = []
    for told in [size.sentence, *islice(linker.reach.section(size.sentence), _BACK)]:
        held = [m for m in told.mentions if m is not size and not m.quantity.ends and base(m) in (base(size), _level_of(size))]
        found += [
            (one, two)
            for at, one in enumerate(held)
            for two in held[at + 1 : at + 3]
            if abs(one.quantity.anchor - two.quantity.anchor) == size.quantity.anchor
        ]
    return found


_BACK = 3


def _level_of(size: Occurrence) -> str:
    return "percent" if base(size) == "percentage points" else base(size)


def _rises(one: Occurrence, two: Occurrence) -> bool | None:
    """Return whether of two numbers the later is the greater, or more came in than went out; None where that is not told."""
    first, second = _words_of(one), _words_of(two)
    for into, out, more in (
        (first, second, one.quantity.anchor > two.quantity.anchor),
        (second, first, two.quantity.anchor > one.quantity.anchor),
    ):
        if _INTO.search(into) and _OUT_OF.search(out) and not _OUT_OF.search(into) and not _INTO.search(out):
            return more
    if _AT_FIRST.match(behind(one)) and _AT_LAST.match(behind(two)):
        return two.quantity.anchor > one.quantity.anchor
    if re.search(r"\($", ahead(two)) and _year_of(two) and not re.search(r"\bto $", ahead(one)):
        return one.quantity.anchor > two.quantity.anchor
    if _EARLIER.search(ahead(two)) or _EARLIER_BEHIND.match(behind(two)) or _year_of(one) > _year_of(two) > 0:
        return one.quantity.anchor > two.quantity.anchor
    if re.search(r"\bfrom (?:[a-z]+ )?$", ahead(one)) or 0 < _year_of(one) < _year_of(two):
        return two.quantity.anchor > one.quantity.anchor
    return None


_AT_FIRST = re.compile(r"[^.;,]{0,20} at (?:the|its) (?:beginning|start|outset|opening)\b")
_AT_LAST = re.compile(r"[^.;,]{0,20} (?:at (?:the|its) (?:end|close)|when (?:it|the year) (?:ended|closed))\b")


def _words_of(mention: Occurrence) -> str:
    """Return the words around a number up to those beside it: before it in its clause, else behind it."""
    before = re.split(r"[,;:]", ahead(mention))[-1]
    return before if _INTO.search(before) or _OUT_OF.search(before) else re.split(r"[,;:]", behind(mention))[0]


_EARLIER = re.compile(r"\b(?:compared (?:with|to)|up from|down from) (?:just |only |about |some )?$")
_EARLIER_BEHIND = re.compile(
    r" (?:[a-z]+ ){0,3}(?:(?:the|a|one) (?:year|month|quarter) (?:before|earlier|ago)|previously|before|last year)\b"
)


def _year_of(mention: Occurrence) -> int:
    found = re.match(r"[^.;,(]{0,30}?\b(?:in|by|for|at) (?:[a-z]+ )?((?:19|20)\d\d)\b", behind(mention))
    return int(found[1]) if found else 0


_GAP = re.compile(r"\b(?:gap|distance|difference|divide|disparity|lead|margin|gulf|advantage|deficit|spread)\b")
_NARROWER = re.compile(
    r"\b(?:(?P<less>narrow(?:ed|er|ing|s)?|clos(?:ed|ing|er)|shr(?:ank|unk|inks|inking)|small(?:er)?|reduced|fallen|fell|less|shorter|halved|diminished|decreased|dwindled)|(?P<more>wid(?:er|ened|ening|ens)|larger|grown|grew|greater|increased|bigger|longer|risen|rose|doubled|stretched))\b"
)


def gaps_that_move(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a gap between two has narrowed, or widened, as the four numbers before it tell of two times."""
    way = _NARROWER.search(sentence.masked) if _GAP.search(sentence.masked) else None
    if not way or _NOT_SO.search(sentence.masked):
        return
    four = _four(sentence, linker)
    if not four:
        return
    now = next(
        (
            m
            for m in sentence.mentions
            if m not in four
            and not ahead(m).endswith("from ")
            and base(m) in ("percentage points", base(four[0]))
            and re.search(r"\d", m.text)
        ),
        None,
    )
    a, b, c, d = (m.quantity.anchor for m in four)
    beside, crossed = (abs(a - b), abs(c - d)), (abs(a - c), abs(b - d))
    known = [beside, crossed] if _THEN_NOW.search(ahead(four[1])) or not _AND.search(ahead(four[1])) else [beside]
    exact = [gaps for gaps in known if now and now.quantity.anchor in gaps]
    known = [(one, two) if not exact or (now and two == now.quantity.anchor) else (two, one) for one, two in exact or known]
    fits = any((late < early) if way["less"] else (late > early) for early, late in known)
    message = "" if fits else f'"{way[0]}", but the gap went from {float(known[0][0]):g} to {float(known[0][1]):g}.'
    told = f"{', '.join(m.text for m in four)}; {way[0]}"
    own = [m for m in (*four, now) if m and m.sentence is sentence] or [now or sentence.mentions[0]] if sentence.mentions else []
    if own:
        yield compared("direction", own, told, message, confidence=Confidence.medium, other=four, said=way[0])


def _four(sentence: Sentence, linker: Linker) -> list[Occurrence]:
    """Return the only four numbers of one kind that a sentence states, or one of the two before it."""
    for told in [sentence, *linker.reach.near(sentence)[1:3]]:
        digits = [
            m
            for m in told.mentions
            if re.search(r"\d", m.text) and not m.quantity.ends and m.quantity.unit not in ("years", "months", "percentage points")
        ]
        units = {base(m) for m in digits} - {"count"}
        if len(digits) == _FOUR and len(units) <= 1:
            return digits
        if len(digits) > _FOUR:
            break
    return []


_FOUR = 4
_THEN_NOW = re.compile(r"\b(?:to|now|then|today|later|against|compared|up|down)\b|\($")
_AND = re.compile(r"\b(?:and|but|while|against|only)\b|,")


_MET = re.compile(
    r"\b(?:(?P<met>met|meets?|achieved?|reached|exceed(?:ed|s)|beat|hit|surpassed|satisf(?:ied|ies)|passed|attained|fulfilled)|(?P<missed>miss(?:ed|es)|fell short of|falls short of|failed to (?:meet|reach|hit|achieve)|short of|did not (?:meet|reach|hit|achieve)|below|under))"
    r" (?:its |the |their |our |a |this |that |his |her )?(?:[a-z-]+ ){0,3}?(?:target|standard|goal|aim|benchmark|requirement|objective|threshold|minimum)\b"
)


def targets(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a target is met, or missed, as the numbers before it tell."""
    match = _MET.search(sentence.masked)
    target = next((m for m in sentence.mentions if match and m.start >= _place(sentence, match.end())), None)
    if (
        not match
        or not target
        or not _OF_TARGET.fullmatch(sentence.masked[match.end() :].split(target.mark)[0])
        or target.quantity.ends
        or _IF.search(sentence.masked)
    ):
        return
    less = base(target) in ("days", "weeks", "hours", "minutes", "months")
    known = _actual(target, linker)
    bound = target.quantity.anchor
    fits = [((high <= bound) if less else (low >= bound)) is bool(match["met"]) for low, high in known]
    loose = any(low <= bound <= high for low, high in known)
    if known:
        message = "" if any(fits) or loose else f'"{match[0]}" of {target.text}, but before it stands {float(known[0][0]):.4g}.'
        yield compared(
            "words against numbers",
            [target],
            f"{float(known[0][0]):.4g}; {match[0]} {target.text}",
            message,
            confidence=Confidence.medium,
            said=match[0],
        )


_OF_TARGET = re.compile(r"(?:s? (?!and\b|at\b|by\b|with\b|in (?:19|20))[a-z-]+){0,6} \(?")
_IF = re.compile(r"\b(?:if|would|could|should|will|may|might|aims?|hopes?|nearly|almost|not yet|next year)\b")


def _place(sentence: Sentence, at: int) -> int:
    """Return where in a sentence a place of its masked words is."""
    marks = [m for m in sentence.mentions if m.mark in sentence.masked[:at]]
    return marks[-1].end if marks else 0


def _actual(target: Occurrence, linker: Linker) -> list[tuple[float, float]]:
    """Return what a target may be held against: numbers of its unit before it, and in percent the shares that counts make of others."""
    sentence = target.sentence
    found: list[tuple[float, float]] = []
    for told in linker.reach.near(sentence)[:2]:
        held = [m for m in told.mentions if m is not target]
        found += [
            (float(m.quantity.interval.low), float(m.quantity.interval.high))
            for m in held
            if base(m) == base(target) and not m.quantity.ends
        ]
        counts = [m for m in held if base(m) == "count" and m.quantity.anchor > 0 and re.search(r"\d", m.text)]
        if base(target) == "percent":
            shares = [
                100 * float(part.quantity.anchor / whole.quantity.anchor)
                for part, whole in permutations(counts, 2)
                if part.quantity.anchor < whole.quantity.anchor
            ]
            found += [(share, share) for share in shares]
    return found


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    *(from_and_to, sizes_of_moves, gaps_that_move, targets),
    *shares_in_words.RULES,
)
