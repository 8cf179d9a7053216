"""Words against the numbers beside them: "two thirds (58%)", "a majority (41%)", "fallen sharply (by 0.4%)", "do not ... in at least one".

Fractions and multiples reach to their neighbours among those that people say; "most" and "majority" lie above half; a strong word needs a change
of at least three percent, a weak one a change of less than a quarter. What lies between is taste, and nothing is told of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown, worded
from evidence.referee.generous import admitted, said_near
from evidence.referee.mentions import FALL, MARK, RISE, Occurrence, Sentence
from evidence.referee.passages import plain, stated, told_before

_INSIDE = r"(?:[^()#;]{0,20}#[^()#]{0,25}?(?:,|;|:| or| that is| and) ?)?(?:some |or |about |at |that is |which is |i\.e\. |, )*"
BESIDE = tuple(
    pattern(text)
    for text in (
        rf"<w>(?P<gap>[^#.;:()]{{0,70}}?) \({_INSIDE}<n>(?= ?[);,]| of\b)",
        r"<n> ?\((?:or |some )?<w>\)",
        r"<w>(?P<gap>[^#.;:(),]{0,40}?),? or <n>(?=[ ,.;)])",
        r"<n>,? or <w>",
        rf"<w>(?P<gap>[^#.;:()]{{0,50}}?) [-\u2013\u2014] {_INSIDE}<n>(?= [-\u2013\u2014]|[.,;]|$)",
        r"<n>\)?,? [-\u2013\u2014] <w>(?= of| [-\u2013\u2014]|[.,;])",
        r"<n>,? (?:a|the|that is|i\.e\.|representing|namely)? ?<w>(?= of (?!that\b|it\b|this\b|the (?:share|figure|rate|level|proportion) (?:on|in|at|for|among)\b)|,|\.)",
        r"<n>(?P<gap> of [^#.;:(),]{0,40}),? (?:or |that is |which is |i\.e\. |slightly |a little |well |far )*<w>(?=[.,;)]|$)",
        r"<w>(?P<gap>(?: of [^#.;:(),]{0,40})?), (?:or )?<n>(?=,)",
    )
)
"""Words and a number that say the same: `w` the words, `n` the number."""

QUANTIFIERS = {
    r"(?:vast|overwhelming|great|large) majority": (60, 100),
    r"(?:small|tiny) minority": (0, 35),
    r"(?:nobody|no one|(?<!done )(?<!had )(?<!have )(?<!did )(?<!has )(?<!with )none)(?= \()": (0, 2),
    r"(?:almost no|hardly any|very few|virtually no)\b": (0, 15),
    r"(?:virtually|almost|nearly) (?:all|every|everyone)": (85, 100),
    r"(?<!\bthe )(?<!\bgrew )(?<!\brose )(?<!\bfell )(?<!\brisen )(?<!\bgrown )(?<!\bfallen )\bmost\b(?! (?:by|common|popular|likely|frequent|often|cited|important|recent|widely|commonly|[a-z]+ed)\b)(?! of the (?:rise|fall|increase|growth))|\bmajority\b": (
        50,
        100,
    ),
    r"\bminority\b": (0, 50),
    r"\b(?<!too )few(?! more)\b": (0, 40),
}
"""Words for shares that the reader of numbers does not know, each with the least and the largest percent that fits."""

STRONG = (
    r"sharp(?:ly)?|dramatic(?:ally)?|steep(?:ly)?|massive(?:ly)?|huge(?:ly)?|soared|plummeted|collapsed|surged|plunged|slumped|rocketed|skyrocketed"
    r"|drastic(?:ally)?|substantial(?:ly)?|rapid(?:ly)?"
)
WEAK = r"slight(?:ly)?|marginal(?:ly)?|a little|modest(?:ly)?|barely|fractional(?:ly)?|minimal(?:ly)?|edged"
STILL = r"unchanged|no change|(?:little|barely|hardly) changed|much the same|(?:broadly |largely )?(?:stable|flat)|did not change|remained (?:the same|constant|steady)|static|held steady|stayed the same"
_PAIRS = (
    pattern(r"from [^.;#]{0,25}?<a>[^.;#]{0,60}?[ ,]to [^.;#]{0,25}?<b>"),
    pattern(r"<b>,? [^.;#]{0,80}?(?:changed|unchanged|stable|flat|same|steady|static)[^.;#]{0,15} (?:from|on|as|since) (?:the )?<a>"),
    pattern(r"(?:changed|unchanged|stable|flat|same|steady|static) at <b>,? (?:compared (?:with|to)|from|against) <a>"),
)
_BY = pattern(
    r"(?:\b(?:by|of|(?<!make )(?<!makes )(?<!made )(?<!making )up|down) (?:only |just )?|\(|\b(?:risen|rose|grew|grown|fell|fallen|dropped|declined|increased|decreased) )<c>"
)
_LEAST, _MOST = Fraction(3), Fraction(25)
_AT_LEAST_ONE = re.compile(
    r"\b(?:do|does|did|are|is|were|was|have|has|had) not\b[^.;:]{0,140}?\bat least (?:one|some)\b|\bn't\b[^.;:]{0,90}?\bat least one\b"
)


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of holding words against the numbers beside them."""
    yield from _beside(sentence)
    yield from _quantifiers(sentence)
    yield from _force(sentence)
    yield from _force_of_before(sentence)
    yield from _majority(sentence)
    yield from _seats(sentence)
    yield from _one_in(sentence)
    yield from _of_counts(sentence)
    if match := _AT_LEAST_ONE.search(sentence.text.lower()):
        message = '"not ... at least one" can be read as "leaves out one or more" and as "does none". Say which.'
        yield worded("wording", sentence, match.span(), match[0], message, Confidence.question)


_ONE_IN = pattern(r"\b(?P<one>one) [a-z]+ in <n> \((?:some |about |around )?<p>\)")


def _one_in(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether "one child in four" is the percentage in brackets behind it."""
    for match in _ONE_IN.finditer(sentence.masked):
        two = named(match, sentence)
        count = two["n"].quantity.anchor
        if two["n"].quantity.unit == "count" and _is_percent(two["p"]) and count > 1:
            said = Interval(100 / (count + Fraction(1, 2)), 100 / (count - Fraction(1, 2)))
            told = f"one in {two['n'].text}"
            message = "" if said.meets(two["p"].quantity.interval) else f'"{told}" is {_bounds(said)} percent, not {two["p"].text}.'
            yield compared(
                "words against numbers", list(two.values()), f"{told}: {_bounds(said)} percent; beside it {two['p'].text}", message
            )


def _beside(sentence: Sentence) -> Iterator[Compared]:
    seen: set[Occurrence] = set()
    for rule in BESIDE:
        for match in rule.finditer(sentence.masked):
            both = named(match, sentence)
            words, number = both["w"], both["n"]
            if (
                not (_says_share(words) or _bounded(words, match))
                or not _is_percent(number)
                or number in seen
                or _MISSED.search(sentence.masked)
                or _COMPARES.search(match.groupdict().get("gap") or "")
            ):
                continue
            seen.add(number)
            yield _share(words, number)


_MISSED = re.compile(r"\b(?:missed|not (?:met|achieved|reached))\b")
"""What says that the first of two numbers is a target, and the other what came of it."""
_COMPARES = re.compile(r"\b(?:remaining|rest|remainder|others?|than|compared|while|whereas|but|against|and)\b|,")


_DOES = re.compile(rf"\b(?:{RISE}|{FALL}|changed|gained) $")
"""What stands before "most" where it tells how much something did, and of no share."""


_OPENS = re.compile(r"(?:^|[.,;:] |\b(?:and|but|while|though|although|that) )(?:(?:a|an|the|just|only) )*(?:[a-z]+ )?$")
"""What stands before words for a share with which a clause begins, so that a count behind a comma is theirs."""
_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion|bn|m|k)$")
"""How a whole ends whose part leaves that out: "12 of the 40 million"."""
_ADVERB = re.compile(r"\b(?:would|will|could|can|people|they|we|you|who|which|that|days|or|and|is|are|was|were) $")
"""What stands before "most" where it may be no share: "what they would most like", "most days"."""
_OF_COUNTS = pattern(
    r"<w>(?P<gap>[^#.;:()]{0,60}?)(?: \(|, )(?:some |only |just )?<k>(?: [a-z]+)? (?:out )?of (?:the |its |our |all |these )*<n>(?=[^#.;()]{0,15}[),])"
)


def _of_counts(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether words for a share are that of the part and the whole right behind them: "a third of the fleet (12 of 36)"."""
    for match in _OF_COUNTS.finditer(sentence.masked):
        three = named(match, sentence)
        words, part, whole = three["w"], three["k"], three["n"]
        alike_ = part.quantity.unit == whole.quantity.unit or "count" in (part.quantity.unit, whole.quantity.unit)
        alike_ = alike_ and not (_SCALE.search(whole.text) and not _SCALE.search(part.text))
        if not _says_share(words) or not alike_ or _COMPARES.search(match["gap"]) or not 0 < part.quantity.anchor <= whole.quantity.anchor:
            continue
        value = ratio(*alike([part.quantity, whole.quantity]))
        found = value.scaled(Fraction(100)) if value else None
        if found:
            message = (
                ""
                if admitted(words.quantity).meets(found)
                else f'"{words.text}" is {_bounds(admitted(words.quantity))} percent; {part.text} of {whole.text} are {shown(found)}.'
            )
            yield compared(
                "share × base", [words, part, whole], f"{words.text}: {part.text} / {whole.text} = {shown(found)} percent", message
            )


def _says_share(mention: Occurrence) -> bool:
    if mention.text.lower() == "most" and _DOES.search(mention.sentence.text[: mention.start].lower()):
        return False
    return (
        mention.quantity.unit == "percent"
        and mention.quantity.in_words
        and not re.match(r"doubl|halv|one (?:was|were|is|are|has|had) ", mention.text.lower())
    )


def _bounded(mention: Occurrence, match: re.Match[str]) -> bool:
    """Return whether a percentage in digits has a hedge, and the brackets behind it hold a number and nothing else."""
    hedged = mention.quantity.hedge in ("above", "below", "at least", "up to") and not mention.quantity.in_words
    return hedged and _is_percent(mention) and match.string[match.end() - 1 : match.end() + 1].endswith(")")


def _is_percent(mention: Occurrence) -> bool:
    return mention.quantity.unit == "percent" and (not mention.quantity.in_words or bool(re.match(r"\d", mention.text)))


def _share(words: Occurrence, number: Occurrence) -> Compared:
    said = admitted(words.quantity)
    fits = said.meets(number.quantity.interval) and not _another(words.quantity, number.quantity)
    nearer = said.meets(number.quantity.interval)
    message = (
        f"{number.text} is nearer to another fraction." if nearer else f'"{words.text}" is {_bounds(said)} percent, not {number.text}.'
    )
    message = "" if fits else message
    return compared("words against numbers", [words, number], f"{words.text}: {_bounds(said)} percent; beside it {number.text}", message)


def _another(words: Quantity, number: Quantity) -> bool:
    """Return whether a percentage is far from the fraction that words say, and much nearer to another one that people say."""
    off, value = abs(words.anchor - number.anchor), number.anchor
    return said_near(words) and off > _FAR_OFF and any(abs(one - value) < max(Fraction(_JUST), off / 2) for one in _FRACTIONS)


_FRACTIONS = tuple(Fraction(100 * part, whole) for part, whole in ((1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5)))
_FAR_OFF, _JUST = 5, 2


def _bounds(span: Interval) -> str:
    if span.high > _HUNDRED:
        return f"more than {shown(Interval(span.low, span.low))}"
    return shown(span) if span.low >= 0 else f"less than {shown(Interval(span.high, span.high))}"


_HUNDRED = 100


def _quantifiers(sentence: Sentence) -> Iterator[Compared]:
    """Yield words for shares that the reader of numbers does not know, held against the percentage in brackets behind them."""
    text = sentence.text.lower()
    seen: set[Occurrence] = set()
    for words, (low, high) in QUANTIFIERS.items():
        for match in re.finditer(rf"\b(?:{words})", text):
            inside = [mention for mention in sentence.mentions if mention.start >= match.end() and _is_percent(mention)]
            if not inside or inside[0] in seen or not _BRACKET.fullmatch(text[match.end() : inside[0].start]):
                continue
            number = inside[0]
            if match[0].startswith("most") and (text[match.end() : match.end() + 1] == "," or _ADVERB.search(text[: match.start()])):
                continue
            if re.search(r", .*\d", text[match.end() : number.start]) and not _OPENS.search(text[: match.start()]):
                continue
            seen.add(number)
            fits = number.quantity.interval.meets(Interval(Fraction(low), Fraction(high), low_closed=low != 50))
            message = "" if fits else f'"{match[0]}" is {low} to {high} percent, not {number.text}.'
            yield compared("words against numbers", [number], f"{match[0]}: {low} to {high} percent; beside it {number.text}", message)


_MAJORITY = (
    pattern(r"<w>(?: of [^.;#(),]{0,30})?,? (?:given|held|shared|chosen|backed|supported|named|picked) by <n>"),
    pattern(r"<n>,? (?:and )?so (?:that )?<w>"),
)


def _majority(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether what the same clause calls a majority or a minority is one."""
    for match in (found for rule in _MAJORITY for found in rule.finditer(sentence.masked)):
        two = named(match, sentence)
        word, number = two["w"].text.lower(), two["n"]
        if word.endswith(("majority", "minority")) and _is_percent(number) and not number.quantity.ends:
            most = word.endswith("majority")
            wrong = number.quantity.interval.high <= _HALF if most else number.quantity.interval.low >= _HALF
            message = f"{number.text} is no {word.split()[-1]}." if wrong else ""
            yield compared("words against numbers", list(two.values()), f"{word}: {number.text}", message)


_HALF = 50
_SEATS = pattern(
    r"<n> (?:seats|members|votes|councillors|places|shares|governors|trustees)\b[^.;#]{0,70}?<k>(?: of (?:them|these)| seats| votes)?,? (?:- )?<m>"
)


_MINORITY = pattern(
    r"\ba (?:small |tiny |large |significant )?minority(?: of [^.;#(),]{0,30})?,? (?:\(|- )?<k> (?:out )?of (?:the |its |all |our )*<n>"
)


def _seats(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether so many of so many are the majority or minority that they are called."""
    for match in _MINORITY.finditer(sentence.masked):
        few = named(match, sentence)
        message = f"{few['k'].text} of {few['n'].text} are no minority." if few["k"].quantity.anchor * 2 > few["n"].quantity.anchor else ""
        yield compared("words against numbers", list(few.values()), f"{few['k'].text} of {few['n'].text}: minority", message)
    for match in _SEATS.finditer(sentence.masked):
        two = named(match, sentence)
        part, whole = two["k"].quantity, two["n"].quantity
        if "majority" not in two["m"].text.lower():
            continue
        message = f"{two['k'].text} of {two['n'].text} are no majority." if part.anchor * 2 <= whole.anchor else ""
        yield compared("words against numbers", [two["n"], two["k"]], f"{two['k'].text} of {two['n'].text}: majority", message)


_BRACKET = re.compile(
    r"(?: of)?(?: \w[\w'-]*){0,7} (?:\(|[-\u2013\u2014] )(?:some |or |about )?|, "
    r"|(?: of)?(?: [a-z'-]+){0,3}(?: \(|,| [-\u2013\u2014]) ?(?:some |about )?\d[\d,]*(?: [a-z]+)?,? \(?(?:or |that is |which is )?"
)
"""What stands between words for a share and the percentage that says the same, a count before it or none."""


def _force(sentence: Sentence) -> Iterator[Compared]:
    """Yield strong, weak and still words of a change, held against its size."""
    text = sentence.masked
    strong, weak, still = (re.search(rf"\b(?:{words})\b", text) for words in (STRONG, WEAK, STILL))
    pair, by = next((found for rule in _PAIRS if (found := rule.search(text))), None), _BY.search(text)
    change = next((way for way in _CHANGED.finditer(text) if not _MADE.search(text[: way.start()])), None)
    if _RANGES.search(text) or not (strong or weak or still) or not (pair or by) or len(sentence.mentions) > _FEW:
        return
    if pair:
        two = named(pair, sentence)
        mentions = [two["a"], two["b"]]
        if two["a"].quantity.unit.partition(" per ")[0] != two["b"].quantity.unit.partition(" per ")[0] or two["a"].quantity.anchor <= 0:
            return
        low, high = alike([mention.quantity for mention in mentions])
        size = abs(two["b"].quantity.anchor / two["a"].quantity.anchor - 1) * 100
        surely = not low.meets(high)
    elif by and change:
        mentions = list(named(by, sentence).values())
        aside = by[0].startswith("(") and change.end() > by.start()
        if mentions[0].quantity.unit != "percent" or abs(by.start() - change.start()) > _NEAR or aside:
            return
        size, surely = abs(mentions[0].quantity.anchor), True
    else:
        return
    at = pair or by
    yield from _told(
        sentence,
        mentions,
        size,
        surely,
        [word for word in (strong, weak, still) if word and at and _close(word, at, text) and not _of_next(word, at, text)],
    )


_MADE = re.compile(r"\bma(?:ke|kes|de|king) $")
_CHANGED = re.compile(rf"\b(?:{RISE}|{FALL})\b")
_RANGES = re.compile(r"\b(?:ranging|ranged|ranges|varying|varied)\b")
_FEW, _NEAR = 4, 40


def _close(word: re.Match[str], at: re.Match[str], text: str) -> bool:
    between = text[min(word.end(), at.end()) : max(word.start(), at.start())]
    return len(between) < _NEAR and not re.search(rf"[;.]|\b(?:but|while|although|whereas|which|who)\b|{MARK}", between)


def _of_next(word: re.Match[str], at: re.Match[str], text: str) -> bool:
    """Return whether a word behind a pair is of the next step: "from 4% to 2% before rising slightly to 3%"."""
    return word.start() >= at.end() and bool(re.match(rf"[^.;]{{0,30}}\b(?:to|by|at) {MARK}", text[word.end() :]))


def _force_of_before(sentence: Sentence) -> Iterator[Compared]:
    """Yield a strong, weak or still word of a change without a number, held against the only two numbers of two times in the sentence before."""
    text, before = sentence.masked, told_before(sentence)
    words = [found for rule in (STRONG, WEAK, STILL) if (found := re.search(rf"\b(?:{rule})\b", text))]
    change = re.search(rf"\b(?:{RISE}|{FALL}|{STILL})\b", text)
    told = before.mentions if before else []
    if not before or len(words) != 1 or not change or any(not mention.quantity.in_words for mention in sentence.mentions if plain(mention)):
        return
    two = [mention for mention in told if stated(mention)]
    of_one = len(two) == len(told) == _TWO and two[0].quantity.unit == two[1].quantity.unit and len(before.years) == _TWO
    near = abs(words[0].start() - change.start()) < _NEAR and len(text) < _SHORT_SENTENCE + words[0].end()
    if of_one and near and (sentence.stems & before.stems or _IT.match(text)) and two[0].quantity.anchor > 0:
        low, high = alike([mention.quantity for mention in two])
        size = abs(two[1].quantity.anchor / two[0].quantity.anchor - 1) * 100
        for force in _told(sentence, two, size, not low.meets(high), words):
            mended = replace(force, place=sentence.place, text=sentence.text, spans=(words[0].span(),), sentence=sentence.number)
            yield replace(mended, confidence=Confidence.medium, places=(before,))


_IT = re.compile(r"(?:it|this|they|the (?:share|proportion|rate|figure|number|total|percentage))\b")
_TWO, _SHORT_SENTENCE = 2, 140


def _told(_sentence: Sentence, mentions: list[Occurrence], size: Fraction, surely: bool, words: list[re.Match[str]]) -> Iterator[Compared]:
    for word in words:
        kind = "strong" if re.fullmatch(STRONG, word[0]) else "weak" if re.fullmatch(WEAK, word[0]) else "still"
        wrong = {"strong": size < _LEAST, "weak": size > _MOST, "still": surely and size > _LEAST}[kind]
        message = f'"{word[0]}" of a change of {shown(Interval(size, size))} percent.' if wrong else ""
        confidence = Confidence.high if kind == "still" else Confidence.medium
        yield compared(
            "words against numbers", mentions, f"{word[0]}: {shown(Interval(size, size))} percent", message, confidence=confidence
        )
