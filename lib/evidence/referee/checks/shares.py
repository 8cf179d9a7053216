"""Shares: a count, what it is a share of, and the percentage stated of them; and whether that many people can make that share (GRIM).

`count / base` must reach the percentage. Where no base is stated, counts and percentages of one list imply one each, and these must meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from evidence.quantity import Interval, parse, share_possible
from evidence.referee.bases import Base, base_before, base_in
from evidence.referee.checks.apart import OTHERS
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, power_of_ten, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import CHANGE, Occurrence, Sentence
from evidence.referee.passages import groups_apart, is_change, is_span, passages, plain

_NOT = r"[^.;#()]"
PAIRS = tuple(
    pattern(text)
    for text in (
        r"<k>(?P<noun>[^.;:#(),]{0,45}?) \((?:or |about |around |some |just )?<p>(?P<after>[^)#]{0,40})",
        r"<p>(?P<noun>[^.;:#(),]{0,45}?) \((?:n ?= ?|or |about |some )?<k>(?P<after>[^)#]{0,25})",
        rf"<k>(?P<noun>{_NOT}{{0,45}}?),? (?:or|representing|equivalent to|equal to|equating to|that is|which is|accounting for|making up|i\.e\.)"
        r" (?:just |only |about |around )?<p>",
        rf"<p>(?P<noun>{_NOT}{{0,45}}?),? (?:or|equivalent to|equating to|that is|i\.e\.|representing) (?:just |only |about |around )?<k>",
    )
)
"""A count `k` and a percentage `p` of the same people or things."""

_ALL = r"(?:(?:all|the|our|these|those|its|their|a|total|sample of|total of|some|[\w-]+['\u2019]s|[\w-]+s['\u2019]) )*"

OF = pattern(
    rf"<c>(?:(?: \w+)? (?:out )?of|(?: \w+){{2,3}} out of) {_ALL}(?:(?:sales|income|spending|revenues?|budget|turnover|output|costs|expenditure|exports|imports|funding) of )?<n>"
    r"(?P<noun>[^.;#]{0,60}?)"
    r"(?:\(|,? (?:or|representing|that is|equivalent to|i\.e\.|-) )(?:or |just |only |about |around )?<p>"
)

OF_WORDS = pattern(rf"<c>(?: \w+)? (?:out )?of {_ALL}<n>[^.;:#(),]{{0,40}}, (?:just |only |about )?<p>(?=,)")

OF_ALL = pattern(
    r"<c>(?P<noun>[^.;#]{0,60}?),? (?:or |representing |which is |that is |\()?(?:just |only |about |some )?<p>\)?(?: of)? (?:all |the |our |those |these |its |their |a )+(?:[a-z]+ of )?<n>"
)
OF_BASE = pattern(
    r"<p> of (?:all |the |our |its |a |their )*(?:[a-z]+ of )?<n>(?P<noun>[^.;#()]{0,40}?) ?(?:\(|, or |, with |, (?:i\.e\.|that is|namely),? |, (?=[^,]{1,3},)|, (?=. (?:in all|in total|altogether|of them)\b))<c>"
)
OF_LISTED = pattern(
    r"^(?:of|out of|among) (?:the |all |our |its |these )*<n>[^.;:#(),]{0,50}, (?:just |only |some |about )?<c>,? (?:or |just |about |some |nearly |- )*\(?<p>(?=[,.;)]| -)"
)
OF_FIRST = pattern(
    r"<p> of (?:the |its |their |our |all )*[^.;:#(),]{0,40}, (?:or |some |about )?<c> (?:out )?of (?:a |the )?(?:total (?:of )?)?<n>"
)
OF_TARGET = pattern(
    r"<n>[^.;#]{0,60}<c>(?: [a-z]+)?,? (?:or |which is |\()?(?:just |only |about )?<p> of (?:the|this|its|that|our) (?:target|goal|total|plan|quota|sum|budget|whole)\b"
)
OF_WHICH = pattern(r"<n>[^.;#]{0,60}?,? of (?:which|whom) (?:just |only |about |some )?<c>(?: [a-z]+)? \(<p>\)")
OF_IT = pattern(r"<n>[^.;#]{0,60}?<c> of (?:them|these|those)\b[^.;#()]{0,25} ?\((?:or )?<p>\)")
HALF_OF_THEM = pattern(r"<n>[^.;#]{0,40}?,? <p> of (?:them|these|whom|which)\b[^.;#]{0,15} ?\(<c>\)")
OF_RATE = pattern(r"^(?:of|out of) (?:the |all |our )*<n>[^.;#]{0,60}<c>[^.;#]{0,60}\b(?:rate|share|proportion) of <p>")
OF_RATED = pattern(rf"<c>(?: \w+)? (?:out )?of {_ALL}<n>[^.;#]{{0,70}}\b(?:rate|share|proportion|percentage) of <p>")
OF_IN_NUMBER = pattern(r"<p> of [^.;#(),]{0,40}?<n>(?P<noun>[^.;#(),]{0,40}), <c> (?:in number|in all|in total|altogether|of them)\b")
_PORTION = r"(?:rate|response|share|proportion|percentage|return|turn-?out|take-up|uptake|success|completion|pass)"
APPOSITIVE = pattern(
    rf"<a>[^.;:#]{{1,60}}<b>[^.;:#]{{0,60}}, (?:(?:or|giving|making|which (?:is|was|gives?|makes?|gave|made)) )?an? (?:(?!average|mean)[a-z-]+ ){{0,2}}?{_PORTION}(?: rate)? of (?:just |only |about )?<p>"
)
"""Two counts, and right behind them the rate that the one is of the other: "164 of the 304 units, a response rate of 54%"."""
RATE = pattern(r"<n>[^.;#]{0,60}<c>[^.;#]{0,40}\b(?:response|completion|success|return|pass|take-up|acceptance|reply) rate of <p>")
OF_THEM = pattern(r"^<p> of (?:them|these|those)(?: [a-z]+){0,2}?,? ?(?:\(|or )?<k>(?=,|\)| )")
"""The same with the base before, in a rate, or in the sentence before."""


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of each count with its percentage, as far as a base or a list says what of."""
    seen: set[Occurrence] = set()
    for match in (
        match
        for rule in (
            OF,
            OF_WORDS,
            OF_ALL,
            OF_BASE,
            OF_LISTED,
            OF_FIRST,
            OF_TARGET,
            OF_WHICH,
            OF_IT,
            HALF_OF_THEM,
            OF_RATE,
            OF_RATED,
            OF_IN_NUMBER,
            RATE,
        )
        for match in rule.finditer(sentence.masked)
    ):
        all_ = named(match, sentence)
        k, n, p = all_["c"], all_["n"], all_["p"]
        before = sentence.text[: p.start].lower(), sentence.text[: k.start].lower()
        margin = ("majority" in p.text.lower() and match.re is OF_BASE) or _RATE_OF.search(before[0]) or before[1].endswith("all but ")
        margin = margin or (match.re is OF_FIRST and bool(_THOUGH.search(before[0])))
        margin = margin or (match.re is OF_ALL and bool(_NEW_CLAUSE.search(match["noun"])))
        if _count(k) and _count(n) and _percent(p) and not margin:
            seen |= {k, p}
            yield from share_of(k, n, p, backed=any(_fits(one, n, other) for one, other, _ in _pairs(sentence) if other is not p))
    for three in (named(match, sentence) for match in APPOSITIVE.finditer(sentence.masked)):
        k, n = sorted((three["a"], three["b"]), key=lambda one: one.quantity.anchor, reverse=three["p"].quantity.anchor > _HUNDRED)
        if _count(k) and _count(n) and _percent(three["p"]) and three["p"] not in seen:
            seen |= {k, three["p"]}
            yield from share_of(k, n, three["p"])
    for match in re.finditer(r"[\ue000-\uf8ff]", sentence.masked):
        yield from _out_of(sentence, ord(match[0]) - 0xE000, seen)
    if (them := OF_THEM.search(sentence.masked)) and (whole := base_before(sentence)):
        two = named(them, sentence)
        seen |= set(two.values())
        yield from [] if not _percent(two["p"]) else share_of(two["k"], whole.mention, two["p"], away=True)
    pairs = [pair for pair in _pairs(sentence) if not seen & set(pair[:2])]
    base = _base_of(sentence, [pair[0] for pair in pairs])
    pairs = [pair for pair in pairs if not base or pair[0] is not base.mention]
    if base and pairs:
        fitting = {p for k, p, _ in pairs if _fits(k, base.mention, p)}
        for k, p, after in pairs:
            if k is not base.mention and not after.strip().startswith("of ") and not _before_its_base(k, base.mention):
                yield from _against(k, base, p, backed=bool(fitting - {p}))
    elif len(pairs) > 2:
        yield from _implied(pairs)
    if base and not pairs:
        yield from _bare(sentence, base)
    for two in (named(match, sentence) for match in _PART_OF.finditer(sentence.masked)):
        if _percent(two["p"]) and not two["p"].quantity.in_words and _exact(two["p"]) and _few(two["n"]) and not is_span(two["n"]):
            yield possible(two["p"], two["n"])


_PART_OF = pattern(r"(?<!than )<p> of (?:all |just |only )?(?:the|our|these|those) <n>(?! per\b)")
"""A percentage of so many, whatever they are: "72% of the 23"."""


def _few(mention: Occurrence) -> bool:
    quantity = mention.quantity
    plain_ = quantity.unit == "count" and not quantity.hedge and not quantity.ends and quantity.anchor.denominator == 1
    return plain_ and _HANDFUL <= quantity.anchor < _SMALL


def _base_of(sentence: Sentence, parts: list[Occurrence]) -> Base | None:
    """Return what the counts of a sentence are of: the base that stands before them, else that of the sentence before, which "of these" points to."""
    own, before = base_in(sentence), base_before(sentence)
    behind = own and parts and own.mention not in parts and own.mention.start > parts[0].start
    if behind and own and sentence.text[: own.mention.start].lower().endswith("n = "):
        return own
    return before if behind else own or before


def _pairs(sentence: Sentence) -> list[tuple[Occurrence, Occurrence, str]]:
    found: list[tuple[Occurrence, Occurrence, str]] = []
    for rule in PAIRS:
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            k, p, after = two["k"], two["p"], match.groupdict().get("after") or ""
            told = {m for one in found for m in one[:2]}
            others = _CHANGE.search(after) or is_change(k) or OTHERS.search(match["noun"])
            if _count(k) and _percent(p) and not {k, p} & told and not others:
                found.append((k, p, after))
    return found


_THOUGH = re.compile(r"\b(?:though|while|whereas|whilst|if|when|since|because|despite)\b[^,;]*$")
"""What makes a share before a comma one of a clause of its own."""
_NEW_CLAUSE = re.compile(r", (?:so|and|but|while|which|with|where|whereas)\b")
_RATE_OF = re.compile(r"\b(?:rate|share|score|average|level|proportion|ratio)s?(?: of)? $")
"""What stands before a percentage that some have, and no share that they are."""
_CHANGE = re.compile(r"increase|rise|fall|drop|decline|higher|lower|up |down |more|fewer|growth|points|change")


def _count(mention: Occurrence) -> bool:
    quantity = mention.quantity
    return not quantity.unit.startswith(("percent", "times", "calendar", "out of")) and not quantity.ends and quantity.anchor > 0


def _percent(mention: Occurrence) -> bool:
    return mention.quantity.unit == "percent" and not mention.quantity.ends


def _percentage(k: Occurrence, n: Occurrence) -> Interval | None:
    """Return how many percent a count is of a base of its unit."""
    found = ratio(*alike([k.quantity, n.quantity])) if k.quantity.unit == n.quantity.unit else None
    return found.scaled(Fraction(100)) if found else None


def _fits(k: Occurrence, n: Occurrence, p: Occurrence) -> bool:
    found = _percentage(k, n)
    return found is not None and _loose(admitted(p.quantity)).meets(found)


def share_of(
    k: Occurrence, n: Occurrence, p: Occurrence, confidence: Confidence = Confidence.high, *, backed: bool = False, away: bool = False
) -> Iterator[Compared]:
    """Yield whether a count of a base, which may stand `away`, makes a percentage; one beyond it is told where the base has `backed` a share beside it."""
    found = _percentage(k, n)
    if found is None or _BESIDE.match(p.sentence.text[p.end :].lower()):
        return
    reckoning = f"{k.text} / {n.text} = {shown(found)} percent; stated {p.text}"
    fits = _loose(admitted(p.quantity)).meets(found)
    middle = (found.low + found.high) / 2
    remark = power_of_ten(p.quantity.anchor, middle)
    message = "" if fits else f"{k.text} of {n.text} is {shown(found)} percent, not {p.text}.{remark}"
    few = n.quantity.anchor < k.quantity.anchor * _WHOLE_LESS or (
        n.quantity.anchor < k.quantity.anchor and n.quantity.anchor < _HANDFUL and not plain(n)
    )
    if message and ((few and not backed) or groups_apart(k, n) or _is_the_rest(k, n, p) or _of_another(k, n, p)):
        return
    held = [n, k, p] if n.sentence is p.sentence else [k, p]
    yield compared(
        "share × base", held, reckoning, message, confidence=confidence, other=n if away else (), operands=(k, n), claim=p, given=found
    )


_BESIDE = re.compile(r"\)? (?:under|below|over|above|less|more|short|higher|lower|fewer|up|down|ahead|behind)\b")
"""What stands behind a percentage that is the gap between two numbers, and no share."""


_REST = re.compile(
    r"\b(?:other|others|remaining|rest|remainder|leaving|leaves|left)(?: of (?:them|these|those))?(?: were| was| is| are|,| only| just)? $"
)


def _is_the_rest(k: Occurrence, n: Occurrence, p: Occurrence) -> bool:
    """Return whether a count is that of the others, and its share that of both together: "30,595 are; the other 11,605 (27.5%) are not"."""
    part, whole = k.quantity.interval, k.quantity.interval + n.quantity.interval
    found = ratio(part, whole)
    rest = _REST.search(k.sentence.text[: k.start].lower())
    return bool(rest) and found is not None and _loose(admitted(p.quantity)).meets(found.scaled(Fraction(100)))


def _of_another(k: Occurrence, n: Occurrence, p: Occurrence) -> bool:
    """Return whether a count is the stated share of another number nearby, so that the wrong base was read."""
    *_, held = passages(p.sentence)
    others = [other for other in held if other is not p and other.quantity.unit == k.quantity.unit]
    found = [
        ratio(*alike([part.quantity, whole.quantity]))
        for part, whole in permutations(others, 2)
        if (part is k or part.sentence is p.sentence is not n.sentence or k.quantity.hedge)
        and whole.quantity.anchor > part.quantity.anchor > 0
    ]
    return any(span and admitted(p.quantity).meets(span.scaled(Fraction(100))) for span in found)


def _loose(span: Interval) -> Interval:
    """Return an interval whose ends belong to it, for halves are rounded both ways."""
    return Interval(span.low, span.high)


def _out_of(sentence: Sentence, number: int, seen: set[Occurrence]) -> Iterator[Compared]:
    """Yield "320 out of 800 (45%)", which is read as one share."""
    mentions = sentence.mentions
    if number + 1 >= len(mentions):
        return
    first, second = mentions[number], mentions[number + 1]
    between = sentence.masked[sentence.masked.index(chr(0xE000 + number)) + 1 : sentence.masked.index(chr(0xE001 + number))]
    digits = re.search(r"(\d[\d,]*) (?:out of|in) (?:the |all )?(\d[\d,]*)", first.text)
    if (
        digits
        and _percent(second)
        and re.fullmatch(r"[^.;#(),]{0,45} ?(?:\(|, or |, )(?:or |just |that is |which is |i\.e\. )?", between)
        and not second.quantity.in_words
    ):
        seen |= {first, second}
        fits = _loose(admitted(second.quantity)).meets(first.quantity.interval)
        message = "" if fits else f"{first.text} is {shown(first.quantity.interval)} percent, not {second.text}."
        yield compared(
            "share × base",
            [first, second],
            f"{digits[1]} / {digits[2]} = {shown(first.quantity.interval)} percent",
            message,
            contested=second,
        )


def _against(k: Occurrence, base: Base, p: Occurrence, *, backed: bool) -> Iterator[Compared]:
    confidence = Confidence.high if base.sure else Confidence.medium
    yield from share_of(k, base.mention, p, confidence, backed=backed, away=True)


def _implied(pairs: list[tuple[Occurrence, Occurrence, str]]) -> Iterator[Compared]:
    """Yield a count with its percentage that implies another base than all others of the list, which imply one."""
    spans = [(k, p, ratio(k.quantity.interval.scaled(Fraction(100)), p.quantity.interval)) for k, p, _ in pairs]
    known = [(k, p, span) for k, p, span in spans if span]
    for k, p, span in known:
        others = [other for one, _, other in known if one is not k]
        low, high = max(other.low for other in others), min(other.high for other in others)
        within = [ratio(k.quantity.interval.scaled(Fraction(100)), one.quantity.interval) for one, _, _ in known if one is not k]
        if any(one and admitted(p.quantity).meets(one) for one in within):
            continue
        if low <= high and not (span.low <= high and low <= span.high):
            message = f"{k.text} being {p.text} implies {shown(span)} in all; the others of the list imply {shown(Interval(low, high))}."
            yield compared("share × base", [k, p], f"{k.text} / {p.text} = {shown(span)}", message, confidence=Confidence.medium)


_SMALL = _HUNDRED = 100
_HANDFUL, _WHOLE_LESS = 5, Fraction(2, 3)
"""Fewer than these in words are no group that was asked: "trains of two carriages"."""


def _bare(sentence: Sentence, base: Base) -> Iterator[Compared]:
    """Yield whether each percentage that is stated of a small number of people can be a share of them (GRIM)."""
    people = base.mention.quantity
    if (
        people.unit != "count"
        or people.hedge
        or people.ends
        or people.anchor.denominator > 1
        or not 1 < people.anchor < _SMALL
        or not base.sure
        or (people.anchor < _HANDFUL and not plain(base.mention))
        or _ASKED_OF.match(base.mention.sentence.text, base.mention.end)
    ):
        return
    for mention in sentence.mentions:
        told = sentence.text[: mention.start].lower()
        if (
            _percent(mention)
            and not mention.quantity.in_words
            and _exact(mention)
            and not _BOUND.search(told)
            and not _of_more(mention, base.mention)
            and not is_change(mention)
            and not _of_a_change(told)
            and not _before_its_base(mention, base.mention)
        ):
            yield possible(mention, base.mention)


def _of_a_change(told: str) -> bool:
    """Return whether the words before a number in brackets have one of change, outside what they quote: "the drop in visits (31%"."""
    return told.endswith("(") and bool(CHANGE.search(re.split(r"[;:\"\u201c\u201d]", told.rstrip('("\u201d '))[-1]))


_BOUND = re.compile(r"\b(?:(?:less|more|fewer) than|under|over|below|above|up to|at least) $")


_ASKED_OF = re.compile(
    r" (?:[a-z-]+ ){0,2}(?:questions|proposals|statements|options|items|tests|topics|tables)\b| [a-z-]+ (?:to|for|per) (?:each|every)\b"
)
"""Things that people are asked about, which answer nothing themselves, and so many to each, who are not all."""


def _before_its_base(share: Occurrence, people: Occurrence) -> bool:
    """Return whether a share stands in a clause before that which names the people, so that it is of something else."""
    between = share.sentence.text[share.end : people.start] if share.sentence is people.sentence else ""
    return bool(re.search(r"[;:]|, (?:and|but|while|whereas) ", between))


def _of_more(share: Occurrence, people: Occurrence) -> bool:
    """Return whether a share stands in brackets with a count greater than that of the people: "one of eight tests, of whom 2,160 (60%)"."""
    earlier = [
        m
        for m in share.sentence.mentions
        if re.fullmatch(r"(?: of (?:them|these|those|whom))? \(", share.sentence.text[m.end : share.start])
    ]
    return any(m.quantity.anchor > people.quantity.anchor for m in earlier)


def _exact(mention: Occurrence) -> bool:
    """Return whether a percentage is stated without a hedge; "some" is none."""
    return not mention.quantity.hedge or mention.text.lower().startswith("some ")


def possible(share: Occurrence, people: Occurrence) -> Compared:
    """Return whether a percentage can be the share of so many people."""
    count = int(people.quantity.anchor)
    part = share.quantity.anchor * count / 100
    near = sorted({int(part), int(part) + 1})
    reckoning = "; ".join(f"{number} / {count} = {float(Fraction(100 * number, count)):.4g} percent" for number in near)
    stated = parse(re.sub(r"^some ", "", share.text, flags=re.IGNORECASE))
    message = "" if share_possible(stated, count) else f"No whole number of {people.text} is {share.text}."
    return compared("respondents (GRIM)", [share], reckoning, message, other=people)
