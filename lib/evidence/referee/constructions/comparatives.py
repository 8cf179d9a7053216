"""What is more, or less, than another: the numbers that the sentences before tell of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, worded
from evidence.referee.mentions import Occurrence, Sentence, stems
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, base, behind

_MORE = r"more(?! slow| gradual| cautio| modest)|higher|larger|greater|bigger|longer|busier|dearer|heavier|commoner|faster|quicker|better|worse|stronger"
_LESS = r"less(?! slow)|fewer|lower|smaller|shorter|quieter|cheaper|lighter|rarer|slower"
_COMPARED = rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))"
_NOT_SO = re.compile(
    r"\b(?:not|no|never|if|would|could|should|will|target|expected|forecast|times|twice|rather|any|usual|before|ever|ago|last year|previous|average|nationally|all|other|others)\b"
)
_BESIDE = (
    pattern(
        rf"<a>\)?,? (?:(?:was|is|were|are|has|had|did|being|ran|stood|came|remained|which|that|slightly|a little|somewhat|much|far|considerably|rather|well|only|just|marginally|still|thus|therefore|also|clearly|once again|again) )+{_COMPARED}(?: [a-z]+){{0,3}} than (?P<than>[^.;#]{{1,50}}?)<b>"
    ),
    pattern(rf"\b{_COMPARED}(?: [a-z]+){{0,4}},? (?:at|with|\()(?: just| only| about| some)* ?<a>\)?,? than (?P<than>[^.;#]{{1,50}}?)<b>"),
)
_BEYOND = pattern(
    r"<a>(?P<gap>[^.;:#()]{0,40}?), (?:just |well |far |slightly |a little |comfortably |somewhat )?(?:(?P<more>above|ahead of|in excess of)|(?P<less>below|short of)) (?:the|that|its|their) (?:[a-z]+ ){0,3}?<b>"
)
_OPEN = re.compile(
    r"\b(?:(?:19|20)\d\d|in (?:january|february|march|april|may|june|july|august)|half|(?:a )?(?:third|quarter)|by|over|more|less|times|the year)\b"
)


def beside_each_other(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether of two numbers of a sentence the one that is said to be more, or less, than the other is so."""
    for rule in (*_BESIDE, _BEYOND):
        for match in rule.finditer(sentence.masked):
            a, b = (named(match, sentence)[name] for name in "ab")
            if (
                base(a) != base(b)
                or a.quantity.ends
                or b.quantity.ends
                or _OPEN.search(match.groupdict().get("than") or "the other")
                or _NOT_SO.search(match[0])
            ):
                continue
            if re.search(r"worse|better|stronger", match[0]) or re.search(r"\bby (?:[a-z]+ )?$", ahead(a)):
                continue
            first, second = alike([a.quantity, b.quantity])
            wrong = first.high < second.low if match["more"] else first.low > second.high
            word = match["more"] or match["less"]
            message = f'"{word}", but {a.text} lies {"below" if match["more"] else "above"} {b.text}.' if wrong else ""
            yield compared("order", [a, b], f"{a.text}, {b.text}; {word}", message, confidence=Confidence.medium, said=word)


_THAN = re.compile(
    rf"\b{_COMPARED}\b(?P<what>(?: [a-z-]+){{0,6}}?) (?:(?P<in>in|at|on|among|for|from|with|by) (?P<x>(?:the |those |that |our )?(?:[a-z'-]+ ){{1,3}}))?than (?:at |in |on |among |for |with |by |that of |those of |that in |those in |that at |the one in )?(?P<y>(?:the )?(?:[a-z'-]+ ?){{1,4}})"
)
_PLAIN = frozenset(
    stem
    for stem in stems(
        "one ones route level rate zone area group number event rates the figures other former latter course way site become slightly then"
    )
)


def than_another(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is more, or less, than another is so by the numbers, or by the shares or the growth, that are told of the two before."""
    low = sentence.text.lower()
    match = _THAN.search(low)
    digits = [m for m in sentence.mentions if re.search(r"\d", m.text) and m.start < (match.end() if match else 0)]
    if not match or digits or _NOT_SO.search(low[: match.end()]) or re.search(r"worse|better|stronger", match[0]):
        return
    own = match["x"] if match["in"] else _CLAUSE.split(low[: match.start()])[-1]
    both = [_stem_set(own or ""), _stem_set(match["y"])]
    wanted, against = both[0] - both[1], both[1] - both[0]
    near = list(islice(linker.reach.section(sentence), _BACK))
    for sentences in [near[:1], near] if wanted and against else []:
        xs, ys = _numbers(sentences, wanted, against)
        measures = list(_measures(xs, ys, low[match.start() :] + " " + low[: match.start()]))
        if measures:
            yield from _told(sentence, match, measures, [*xs, *ys])
            return


_CLAUSE = re.compile(r"[;:,]|\b(?:but|while|whereas|although|because|so|and)\b")
_BACK = 3


def _stem_set(text: str) -> frozenset[str]:
    return frozenset(stem[:_STEM] for stem in stems(text) if stem not in _PLAIN)


_STEM = 4


def _numbers(sentences: list[Sentence], wanted: frozenset[str], against: frozenset[str]) -> tuple[list[Occurrence], list[Occurrence]]:
    """Return the numbers that belong to the one and to the other of two things: by the words beside them, else by the only one that is named."""
    xs: list[Occurrence] = []
    ys: list[Occurrence] = []
    for sentence in reversed(sentences):
        held = _stem_set(re.sub(r"[\ue000-\uf8ff]", " ", sentence.masked))
        alone = bool(held & wanted) is not bool(held & against)
        last = (wanted if held & wanted else against) if alone else frozenset()
        told_behind = False
        for mention in sentence.mentions if held & (wanted | against) else []:
            own = _owner(re.split(r"[,;.]| and ", behind(mention))[0], wanted, against)
            before = frozenset[str]() if told_behind else _owner(re.split(r"[;.]", ahead(mention))[-1], wanted, against)
            stays = not told_behind and not _NEW_THING.search(_raw_ahead(mention))
            last = last if alone else own or before or (last if stays else frozenset())
            told_behind = bool(own)
            if re.search(r"\d", mention.text) and not mention.quantity.ends and last:
                (xs if last is wanted else ys).append(mention)
    return xs, ys


_NEW_THING = re.compile(
    r"[;:]|[a-z,] [A-Z][a-z]{2,}(?<!January)(?<!February)(?<!March)(?<!April)(?<!June)(?<!July)(?<!August)(?<!September)(?<!October)(?<!November)(?<!December)\b"
)


def _raw_ahead(mention: Occurrence) -> str:
    """Return the text of its sentence between the number before and a number."""
    before = mention.sentence.mentions[mention.index - 1].end if mention.index else 0
    return mention.sentence.text[before : mention.start]


def _owner(text: str, wanted: frozenset[str], against: frozenset[str]) -> frozenset[str]:
    """Return the words of the one of two things that a text names; nothing where it names neither or both."""
    held = _stem_set(text)
    only = bool(held & wanted) is not bool(held & against)
    return (wanted if held & wanted else against) if only else frozenset()


_RATED = re.compile(
    r"\b(?:rates?|likely|often|frequent\w*|rarer|commoner|proportion\w*|share|relative\w*|per|chance|risk|prevalen\w*|incidence|percentage|prone)\b"
)
_GROWTH = re.compile(
    r"\b(?:growth|grew|grown|growing|rose|risen|increase[sd]?|rise|expanded|fell|fallen|decline[sd]?|dropp?(?:ed)?|shrank|shrunk|lost|gained)\b"
)


def _in_unit(held: list[Occurrence], unit: str) -> list[Occurrence]:
    """Return the numbers of a unit, or those that leave it out where none has it."""
    return [m for m in held if base(m) == unit] or [m for m in held if base(m) == "count"]


def _measures(xs: list[Occurrence], ys: list[Occurrence], text: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield what two things may be compared by: their numbers one by one, the shares these make, or by how much they changed."""
    for unit in dict.fromkeys(base(m) for m in xs):
        one, two = ([m.quantity.anchor for m in _in_unit(held, unit)] for held in (xs, ys))
        if not one or len(one) != len(two) or min(*one, *two) <= 0 or len(one) > _MOST:
            continue
        grows, rated = bool(_GROWTH.search(text)), bool(_RATED.search(text))
        pair = len(one) == _TWO
        if grows and pair:
            sign = -1 if re.search(r"\b(?:fell|fallen|decline[sd]?|dropp?(?:ed)?|shrank|shrunk|lost)\b", text) else 1
            yield sign * (one[1] / one[0] - 1), sign * (two[1] / two[0] - 1)
            if not re.search(r"\b(?:faster|slower|quicker|rapidly|rate|relative\w*|proportion\w*)\b", text):
                yield sign * (one[1] - one[0]), sign * (two[1] - two[0])
        elif pair and rated and unit == "count":
            yield min(one) / max(one), min(two) / max(two)
        elif not grows and (not rated or unit != "count" or len(one) == 1):
            yield from zip(one, two, strict=True)
            if pair:
                yield min(one) / max(one), min(two) / max(two)


_TWO, _MOST = 2, 3


def _told(
    sentence: Sentence, match: re.Match[str], measures: list[tuple[Fraction, Fraction]], held: list[Occurrence]
) -> Iterator[Compared]:
    """Yield whether one of two things is more, or less, than the other by any measure."""
    fits = any((one > two) if match["more"] else (one < two) for one, two in measures)
    level = any(one == two for one, two in measures)
    one, two = measures[0]
    word = match["more"] or match["less"]
    message = "" if fits or level else f'"{word}", but {float(one):.4g} stands against {float(two):.4g}.'
    told = f"{', '.join(m.text for m in held)}: {float(one):.4g}, {float(two):.4g}; {word}"
    yield worded(
        "order",
        sentence,
        match.span("more" if match["more"] else "less"),
        told,
        message,
        Confidence.medium,
        [m.sentence for m in held],
        held,
    )


_THE_MORE = re.compile(
    rf"(?P<x>[^;:]*?)\b(?:has|had|have|with|shows?|showed|recorded|suffer(?:s|ed)|enjoy(?:s|ed)|is|was|are|were) (?:by far |clearly |in fact |actually |still )?the {_COMPARED}\b"
)


def the_more_of_two(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether of two things that are told one after the other the one that has "the higher rate" has it."""
    low = sentence.text.lower()
    match = _THE_MORE.search(low)
    if (
        not match
        or sentence.mentions
        or " than " in low
        or _NOT_SO.search(re.split(", ", low[: match.end()])[-1])
        or re.search(r"worse|better|stronger", match[0])
    ):
        return
    wanted = _stem_set(re.split(r", |\b(?:but|while|so|and|that)\b", match["x"].rstrip(" ,"))[-1])
    near = list(islice(linker.reach.section(sentence), _BACK))
    own = next((at for at, one in enumerate(near) if wanted & _stem_set(one.text.lower()) and len(one.mentions) > 0), None)
    if own is None or not wanted:
        return
    for beside in (near[own + 1 : own + 2], near[own - 1 : own] if own else []):
        if beside and not wanted & _stem_set(beside[0].text.lower()):
            xs, ys = ([m for m in one.mentions if re.search(r"\d", m.text) and not m.quantity.ends] for one in (near[own], beside[0]))
            measures = list(_measures(xs, ys, low))
            if measures:
                yield from _told(sentence, match, measures, [*xs, *ys])
                return


_IT_IS = pattern(
    rf"(?P<before>.*)\b(?:it|the (?:rate|share|figure|proportion)|this|they) (?:is|was|are|were|stood|stands) (?:[a-z]+ ){{0,2}}?{_COMPARED}\b[^.;#]{{0,40}}? <k> (?:out )?of (?:the|their|its|those|all|these)? ?<n>"
)


def it_is_more(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a share that is told as so many of so many is more, or less, than the percentage before it."""
    match = _IT_IS.search(sentence.masked)
    two = named(match, sentence) if match else {}
    shares = [m for m in sentence.mentions if match and m.start < two["k"].start and base(m) == "percent" and not m.quantity.ends]
    if match and shares and two["n"].quantity.anchor > 0:
        value, share = 100 * two["k"].quantity.anchor / two["n"].quantity.anchor, shares[-1].quantity.interval
        wrong = value < share.low if match["more"] else value > share.high
        word = match["more"] or match["less"]
        message = (
            f'"{word}", but {two["k"].text} of {two["n"].text} is {float(value):.4g} percent, against {shares[-1].text}.' if wrong else ""
        )
        yield compared(
            "order",
            [shares[-1], two["n"], two["k"]],
            f"{float(value):.4g}, {shares[-1].text}; {word}",
            message,
            confidence=Confidence.medium,
            said=word,
        )


_YIELD = re.compile(
    r"\b(?:earn(?:ed|s|ing)?|made|makes|took|takes|taking|receiv(?:ed|es)|cost|paid|pays|spent|brought in|brings in|worth|revenue|income|takings|bill|turnover|value|proceeds)\b[^.;]{0,40}?\b(?:(?P<more>more|higher|rose|up)|(?P<less>less|lower|fell|down))\b[^.;]{0,40}? than (?:it did )?(?:before|earlier|the year before|previously|in (?:19|20)\d\d|at the (?:start|outset))"
)


def worth_more(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what was earned, so much at such a price, is more, or less, than before by the two amounts and the two prices before it."""
    match = _YIELD.search(sentence.text.lower())
    near = list(reversed(list(islice(linker.reach.section(sentence), 2)))) if match else []
    held = [
        m
        for one in near
        for m in one.mentions
        if re.search(r"\d", m.text) and not m.quantity.ends and not re.fullmatch(r"(?:19|20)\d\d", m.text)
    ]
    prices = [m for m in held if base(m) in ("GBP", "USD", "EUR")]
    amounts = [m for m in held if m not in prices and base(m) not in ("percent", "years", "months")]
    if match and len(prices) == len(amounts) == _TWO and base(amounts[0]) == base(amounts[1]):
        then, now = (amount.quantity.anchor * price.quantity.anchor for amount, price in zip(amounts, prices, strict=True))
        word = match["more"] or match["less"]
        wrong = now < then if match["more"] else now > then
        message = f'"{word}", but {float(then):,.0f} was followed by {float(now):,.0f}.' if wrong else ""
        yield worded(
            "order",
            sentence,
            match.span("more" if match["more"] else "less"),
            f"{amounts[0].text} × {prices[0].text}, {amounts[1].text} × {prices[1].text}; {word}",
            message,
            Confidence.medium,
            near,
            held,
        )


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    beside_each_other,
    than_another,
    the_more_of_two,
    it_is_more,
    worth_more,
)
