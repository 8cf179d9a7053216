"""Shares and fractions of a whole that the passage tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, compared, pattern, power_of_ten, ratio, shown
from evidence.referee.constructions.number_lists import NOT_ADDED, in_unit, same, written
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, text_between, words_of
from evidence.referee.relations.roles import is_changed_share, is_size
from evidence.referee.relations.settling import off, said, spans
from evidence.referee.relations.subjects import swaps

_LITTLE = r"(?:just|only|about|some|nearly|almost|around|over|roughly|exactly|fully|barely|hardly|well|a little|slightly|precisely|a mere)"
_IS = (
    r"(?:or|that is(?: to say)?|that makes|that was|i\.e\.|which is|which was|which comes to|which came to|which means|which makes|which made|which gives|which represents|representing|making|giving|equal to|equivalent to"
    r"|amounting to|namely|meaning|in other words|put differently|no (?:less|fewer) than|as (?:many|much) as)"
)
_PART_THEN_SHARE = pattern(
    rf"(?P<k>#)(?P<noun>[^#.;:()]{{0,60}}?)(?P<link>,? ?\(|, | [-\u2013\u2014] |,? {_IS},? |,? (?:made|makes?) up |,? account(?:s|ed)? for |,? represent(?:s|ed)? |,? constituted? )(?:(?:{_LITTLE}|an?|the|or|a share of|a rate of|a proportion of|a fraction of|share of|rate of|proportion of|[a-z-]+ (?:rate|share|proportion) of) )*<p>$"
)
_SHARE_THEN_PART = pattern(
    rf"^(?P<noun>(?: of [^#.;:()]{{1,50}}?| [a-z-]+(?: [a-z-]+){{0,3}}?)?)(?P<link>,? ?\(| [-\u2013\u2014] |, (?:or |that is,? |namely )?)(?:(?:{_LITTLE}|or|n =) )*(?P<k>#)(?P<end>\)|,| in (?:all|total|number)| of (?:them|these|those)|[.;]|$)"
)
_OF_WHOLE = re.compile(
    r"\b(?:of|out of|among|in|from)(?: (?:all|the|these|those|our|its|their|his|her|some|a total of|[\w-]+['\u2019]s?|[\w-]+s['\u2019]))* $"
)
_MOVED = re.compile(
    rf"\b(?:{RISE}|{FALL}|gap|difference|discount|premium|margin|inflation|interest)(?: [a-z]+){{0,2}}? (?:by|of|at|to|from) (?:{_LITTLE} )*$|\b(?:by|(?<!made )(?<!make )(?<!makes )(?<!making )(?<!took )(?<!take )(?<!takes )up|down|from|than|against|was|been|target of|below|above) (?:{_LITTLE} )*$"
)
_MORE = re.compile(
    r"[),]* ?(?:percentage )?points?\b|[),]* (?:[a-z]+ )?(?:more|less|fewer|higher|lower|greater|smaller|above|below|up|down|over|under|short|ahead|faster|slower|cheaper|dearer|longer|shorter|as (?:much|many)|off|real|interest)\b"
)
"""What says that a percentage is the size of a change or a difference, or of another time."""


@dataclass(frozen=True, eq=False, slots=True)
class PartOf:
    """A part and a whole of which a share may be told."""

    part: Occurrence
    whole: Occurrence

    def share(self) -> Interval | None:
        """Return the percentage that the part is of the whole."""
        given, _ = spans(self.whole, [self.part, self.whole])
        found = ratio(given[0], given[1])
        return found.scaled(Fraction(100)) if found else None

    def middle(self) -> Fraction:
        """Return that percentage as the two are printed."""
        return self.part.quantity.anchor * 100 / self.whole.quantity.anchor


def _portions(sentence: Sentence) -> Iterator[Occurrence]:
    """Yield the percentages and fractions of a sentence that are shares: no sizes of changes, points or rates of growth."""
    for one in sentence.mentions:
        plain = (
            one.quantity.unit == "percent" and not one.quantity.ends and one.text[:1] not in "+-\u2212" and 0 < one.quantity.anchor <= _MOST
        )
        bound = one.quantity.hedge in ("above", "below", "at least", "up to")
        vague = one.quantity.in_words and not _FRACTION.search(one.text.lower())
        if plain and not (bound or vague) and not _MORE.match(sentence.text[one.end :].lower()):
            yield one


_MOST = 100
_FRACTION = re.compile(r"half|halves|quarter|third|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|\bin\b|out of")


def _fits(share: Occurrence, two: PartOf) -> bool:
    found, meant = two.share(), said(share.quantity)
    return found is not None and Interval(meant.low, meant.high).meets(Interval(found.low, found.high))


def _window(sentence: Sentence, reach: Reach, back: int) -> list[Sentence]:
    """Return a sentence behind those before it, as many as are asked for; at the beginning of a paragraph those of the one before too."""
    near = reach.near(sentence) if sentence.before else [sentence, *reach.section(sentence)]
    return near[: back + 1][::-1]


def _pairs(share: Occurrence, reach: Reach, back: int) -> list[PartOf]:
    """Return every two numbers of a unit within reach of which one is less."""
    window, found = _window(share.sentence, reach, back), list[PartOf]()
    units = dict.fromkeys(base(m) for one in window for m in one.mentions if not NOT_COUNTED.match(base(m)))
    for unit in units:
        held = in_unit(window, unit, loose=True)
        found += [PartOf(*sorted(two, key=lambda one: one.quantity.anchor)) for two in combinations(held, 2)]
    return [two for two in found if two.part.quantity.anchor < two.whole.quantity.anchor]


NOT_COUNTED = re.compile(r"percent|times|calendar|out of")


def _told(share: Occurrence, two: PartOf, *, holds: bool) -> Compared:
    """Return that a share is the one that a part is of a whole, or that it is not."""
    found = two.share() or Interval(two.middle(), two.middle())
    message = (
        ""
        if holds
        else f"{two.part.text} of {two.whole.text} is {shown(found)} percent, not {share.text}.{power_of_ten(share.quantity.anchor, two.middle())}"
    )
    own = [m for m in (two.part, two.whole) if m.sentence is share.sentence]
    reckoning = f"{two.part.text} / {two.whole.text} in percent = {shown(found)}; stated {share.text}"
    held = [two.part, two.whole]
    return compared("share × base", [*own, share], reckoning, message, other=held, operands=held, claim=share, given=found)


def beside_part(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a share that stands right beside its part is that of the part in the whole that its sentence, or one before, tells."""
    for share in _portions(sentence):
        part = _part_before(share) or _part_behind(share)
        if part is None or NOT_COUNTED.match(base(part)) or part.quantity.ends or part.quantity.in_words:
            continue
        pairs = _pairs(share, linker.reach, 3)
        own = [two for two in pairs if two.part.sentence is sentence or same(two.part, part)]
        held = next((two for two in own if _fits(share, two) or _rest_fits(share, two, part)), None)
        if is_size(part) or is_changed_share(share) or (held and not same(held.part, part)):
            continue
        if held:
            yield _told(share, held, holds=True)
        elif two := _bound_whole(part, share, pairs):
            yield _told(share, two, holds=False)


def _rest_fits(share: Occurrence, two: PartOf, part: Occurrence) -> bool:
    """Return whether a share is that of what is left of the whole, where words say so, or of the part among both numbers together."""
    one, other = part.quantity.anchor, two.part.quantity.anchor + two.whole.quantity.anchor
    meant = said(share.quantity)
    rest = bool(_NOT_THESE.search(f"{ahead(part)} {ahead(share)}"))
    left = rest and meant.contains(100 - two.middle())
    peers = rest or (two.whole.sentence is two.part.sentence and not _OF_WHOLE.search(ahead(two.whole)))
    return bool(left) or (peers and (same(two.part, part) or same(two.whole, part)) and meant.contains(one * 100 / other))


_NOT_THESE = re.compile(
    r"\b(?:not|no|nor|never|without|none|rest|others?|remaining|remainder|leav\w+|un[a-z]{4,}|fail\w*|still|outside|lack\w*|miss\w*|all but|left)\b|n't\b"
)


def _part_before(share: Occurrence) -> Occurrence | None:
    """Return the number before a share that words or a bracket make its part: "441, which is three quarters"; not the whole it is told of: "588 of the 840, 70%"."""
    own, text = share.sentence.mentions, share.sentence.masked
    at = text.index(share.mark) + 1
    counts = [m for m in own[: share.index] if base(m) != "percent"]
    if not counts or (counts[-1] is not own[share.index - 1]):
        return None
    start = text.index(counts[-1].mark)
    match = _PART_THEN_SHARE.fullmatch(text[start:at])
    if not match or _CLAUSE.search(match["noun"]) or (match["link"] == ", " and not _ENDS.match(text, at)):
        return None
    if len(counts) > 1 and base(counts[-1]) == base(counts[-2]) and _OF_WHOLE_NEAR.fullmatch(text_between(*counts[-2:])):
        return counts[-2] if counts[-2].quantity.anchor < counts[-1].quantity.anchor else counts[-1]
    return counts[-1]


_OF_WHOLE_NEAR = re.compile(rf"(?: [a-z'-]+){{0,3}}? {_OF_WHOLE.pattern}")
_CLAUSE = re.compile(r"\b(?:and|but|while|whereas|than|against|from|compared|when|because|since)\b")
_ENDS = re.compile(r"(?: of (?:them|these|those|all|the (?:total|whole|number)))?[,.;)]|$| of (?:them|these|those|the)\b")


def _part_behind(share: Occurrence) -> Occurrence | None:
    """Return the number behind a share that words or a bracket make its part: "62.5% of this, £32.5 million, came"."""
    text, own = share.sentence.masked, share.sentence.mentions
    match = _SHARE_THEN_PART.match(text[text.index(share.mark) + 1 :])
    if not match or share.index + 1 >= len(own) or _CLAUSE.search(match["noun"]):
        return None
    return own[share.index + 1]


def _bound_whole(part: Occurrence, share: Occurrence, pairs: Sequence[PartOf]) -> PartOf | None:
    """Return the whole that words bind to a part: it stands behind "of" right behind the part, or before it in its sentence or the one before, and comes near."""
    moved = _MOVED.search(ahead(share)) or _MOVED.search(ahead(part)) or is_size(part) or is_changed_share(share)
    moved = moved or bool(re.search(r"\bto (?:about |some |just |only )?$", ahead(part)))
    if (
        _OF_GROUP.search(ahead(part))
        or moved
        or _OTHER.search(_around(share))
        or _AGAINST.search(share.sentence.masked)
        or _beside_agree(part, share)
    ):
        return None
    own = [two for two in pairs if same(two.part, part)]
    if explicit := [two for two in own if _of_next(two)]:
        return explicit[0] if off(explicit[0].middle(), share.quantity.anchor) <= _EXPLICIT else None
    back = [two for two in own if two.whole.start < part.start or two.whole.sentence is not part.sentence]
    back = [
        two for two in back if part.sentence.number - two.whole.sentence.number <= 1 and not (written(two.whole) or _has_share(two.whole))
    ]
    back = [two for two in back if two.whole.sentence is part.sentence or _one_thing(two, share)]
    near = min(back, key=lambda two: off(two.middle(), share.quantity.anchor), default=None)
    near = back[-1] if back and _OF_THESE.match(part.sentence.masked) else near
    pointed = _THEM.search(behind(part)) or _THEM.search(behind(share)) or _THEM.search(part.sentence.masked[:20])
    sure = pointed or len(back) == 1 or (len(back) <= _FEW and _of_told(share, back))
    return near if near and sure and _meant(near, share) else None


_FEW = 4
_OF_THESE = re.compile(r"(?:of|among) (?:these|those|them)\b")
_OF_GROUP = re.compile(
    r"\b(?:of|among|in|for) (?!(?:these|those|them|which|whom)\b)[a-z -]+, $|^(?:of|among) (?!(?:these|those|them)\b)[a-z -]+ $"
)
_AGAINST = re.compile(r"\b(?:against|than)\b")


def _one_thing(two: PartOf, share: Occurrence) -> bool:
    """Return whether a part is told of what the sentence of its whole counts: it points back, or has one of its words."""
    part, told = two.part, set(words_of(two.whole.sentence.text))
    own = set(words_of(_MARKS.sub(" ", f"{ahead(part)} {behind(part)} {behind(share)}")))
    if re.match(r" [a-z]+s\b", behind(part)) and nouns(two.whole):
        own, told = set(nouns(part)[:2]), set(nouns(two.whole))
    return bool(own & told) or bool(_POINTS.search(part.sentence.masked))


_MARKS = re.compile(r"[\ue000-\uf8ff]")
_POINTS = re.compile(r"\b(?:of|among) (?:these|them|those(?! [a-z])|this|it)\b|^(?:these|they|those|this|it|he|she|we) ")


def _has_share(mention: Occurrence) -> bool:
    """Return whether a number has its own share beside it, so that it is a part of a greater whole."""
    inside = ahead(mention).endswith("(") and mention.index and base(mention.sentence.mentions[mention.index - 1]) == "percent"
    later = next(iter(mention.sentence.mentions[mention.index + 1 :]), None)
    return bool(inside or (later and base(later) == "percent" and _TO_SHARE.search(behind(mention))))


_TO_SHARE = re.compile(r"(?:\(|,)(?: ?(?:or|which is|which comes to|which came to|that is|about|some|just|only))* ?$")


def _beside_agree(part: Occurrence, share: Occurrence) -> bool:
    """Return whether a part and its share imply the whole that those beside them, in the sentence or the one before, imply."""
    near = [share.sentence, *([share.sentence.before] if share.sentence.before else [])]
    shares = [one for sentence in near for one in _portions(sentence) if not same(one, share)]
    others = [(other, one) for one in shares if (other := _part_before(one) or _part_behind(one)) and base(other) == base(part)]
    own = _implied(part, share)
    return any(own.meets(_implied(*two)) for two in others)


def _implied(part: Occurrence, share: Occurrence) -> Interval:
    """Return the whole that a part and its share imply."""
    meant = said(share.quantity)
    low, high = max(meant.low, Fraction(1, 100)), max(meant.high, Fraction(1, 100))
    return Interval(part.quantity.interval.low * 100 / high, part.quantity.interval.high * 100 / low)


def _around(share: Occurrence) -> str:
    """Return the words right around a share."""
    return f"{ahead(share)} {behind(share)[:_WORDS]}"


_WORDS = 30


def _of_told(share: Occurrence, back: Sequence[PartOf]) -> bool:
    """Return whether a share is told of nothing, or of what the sentence of a whole speaks of: "or 12%", "which is three quarters of the homes that had one"."""
    of = re.match(r" of (?:the |all |its |their |our |these |those )*([a-z][a-z -]*)", behind(share))
    told = {word for two in back for word in words_of(two.whole.sentence.text)}
    pointed = re.match(r"(?:they|it|these|this|those|he|she|we) ", share.sentence.masked)
    return bool(pointed) or not behind(share).startswith(" of ") or bool(of and set(words_of(of[1])[:3]) & told)


_THEM = re.compile(r"\bof (?:them|these|those(?! [a-z])|this|whom|which|it|the (?:total|whole|number|sum))\b")
_OTHER = re.compile(
    r"\b(?:previous|improvement on|target|last year|a year (?:ago|earlier|before)|rose|fell|risen|fallen|compared|standard|limit|below|above|average)\b"
)
_EXPLICIT, _NEAR = Fraction(3), Fraction(8, 5)


def _meant(two: PartOf, share: Occurrence) -> bool:
    """Return whether a share may be that of two numbers gone wrong: it is near, or has its digits changed over."""
    turned = swaps(share.text, f"{round(two.middle())}%")
    return off(two.middle(), share.quantity.anchor) <= _NEAR or turned


_POINTS_BACK = re.compile(
    r"^(?:in other words|put (?:differently|another way|simply)|that is|this is|that was|which means|this means|so|thus|hence|therefore|accordingly|expressed|as a (?:share|proportion|percentage)|at \ue000|at (?:just|only|about|nearly|almost|some) \ue000)\b"
    r"|\b(?:hence|thus|therefore|accordingly|consequently)\b|^(?:this|that|these|those|such|they|both|all these|which)\b|\b(?:the|this|that|its|their|a) (?:[a-z]+ )?(?:rate|share|proportion|percentage|fraction|figure)(?:,| (?:of|was|is|thus|therefore|that)\b)"
    r"|\b(?:(?:ma[dk]es?|making) up|account\w* for|represent\w*|constitut\w*) [^#]{0,20}[\ue000-\uf8ff] of the (?:whole|total|number|lot)\b|\b(?:of|the|these|those) (?:former|latter|first|second)\b"
)
_PROPORTION = re.compile(
    r"\b(?:(?:make|makes|made|making) up|account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|constitut\w+|amount(?:s|ed|ing)? to|equal(?:s|led)?|share|rate|proportion|percentage|fraction|figure|success|response|in other words|put differently"
    r"|put another way|that is|this is|that was|hence|thus|therefore|so|meaning|means|attain\w*|achiev\w*|reach\w*|manag\w*|scor\w*|record\w*|of the (?:whole|total|number)|of (?:all|the) [a-z]+|at (?=\ue000))\b"
)


def pointing_back(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a share whose words point back to the numbers just told is that of one of them in another."""
    shares = [share for share in _portions(sentence) if not (_part_before(share) or _part_behind(share))]
    plain = len(shares) == 1 and _PROPORTION.search(sentence.masked)
    if not plain or _OTHER.search(_around(shares[0])) or _MOVED.search(ahead(shares[0])):
        return
    share, reach = shares[0], linker.reach
    pairs = _pairs(share, reach, 2)
    left = bool(_NOT_THESE.search(_clause(share)))
    if any(_fits(share, two) or (left and said(share.quantity).contains(100 - two.middle())) for two in _pairs(share, reach, 3)):
        return
    if any(_of_both(share, two) for two in pairs) or _of_sums(share, _window(sentence, reach, 3)):
        return
    own = _own(share, pairs) if _ATTAINS.search(ahead(share)) or _SO_THAT.search(ahead(share)) else []
    near = min(own or _strict(share, pairs), key=lambda two: off(two.middle(), share.quantity.anchor), default=None)
    meant = near and (_meant(near, share) or (_of_next(near) and off(near.middle(), share.quantity.anchor) <= _EXPLICIT))
    if near and meant and (own or _about_these(share, reach)):
        yield _told(share, near, holds=False)


_ATTAINS = re.compile(
    rf"\b(?:attain\w*|achiev\w*|reach\w*|manag\w*|scor\w*|record\w*|post\w*|made|had|got|came to|came out at|a (?:[a-z]+ )?(?:rate|share|proportion) of) (?:a (?:rate|share) of )?(?:{_LITTLE} )*$"
)

_SO_THAT = re.compile(r"\b(?:so|so that|hence|thus|therefore|which means(?: that)?|meaning(?: that)?)\b[^#;:]*$")


def _clause(share: Occurrence) -> str:
    """Return the masked words of a share's sentence between the semicolons around it."""
    text = share.sentence.masked
    at = text.index(share.mark)
    return re.split(r"[;:]", text[:at])[-1] + re.split(r"[;:]", text[at:])[0]


def _own(share: Occurrence, pairs: Sequence[PartOf]) -> list[PartOf]:
    """Return the one pair of numbers of a share's own sentence that stands before it; none where there are more."""
    own = [
        two for two in pairs if two.part.sentence is two.whole.sentence is share.sentence and not (written(two.part) or written(two.whole))
    ]
    return own if len(own) == 1 and _is_told_of(share, own[0]) else []


def _of_both(share: Occurrence, two: PartOf) -> bool:
    """Return whether a share is that of one of two parts in both of them together."""
    one, other = two.part.quantity.anchor, two.whole.quantity.anchor
    meant = said(share.quantity)
    if _OF_WHOLE.search(ahead(two.whole)) or _THEM.search(ahead(two.part)):
        return False
    return meant.contains(one * 100 / (one + other)) or meant.contains(other * 100 / (one + other))


def _of_sums(share: Occurrence, window: Sequence[Sentence]) -> bool:
    """Return whether a share is that of two numbers together in a whole, or in all that one sentence lists."""
    meant = said(share.quantity)
    for unit in dict.fromkeys(base(m) for one in window for m in one.mentions if not NOT_COUNTED.match(base(m))):
        held = [m.quantity.anchor for m in in_unit(window, unit, loose=True) if not written(m)][-_LISTED:]
        lists = [[m.quantity.anchor for m in in_unit([one], unit, loose=True) if not written(m)] for one in window]
        wholes = {*held, *(sum(some, Fraction(0)) for some in lists if len(some) > 2)}
        tops = {*held, *(one + two for one, two in combinations(held, 2))}
        if any(top < whole and meant.contains(top * 100 / whole) for top in tops for whole in wholes):
            return True
    return False


_LISTED = 8


def _about_these(share: Occurrence, reach: Reach) -> bool:
    """Return whether a sentence speaks of what the one before does: it points back, and has a word of its own paragraph's beside."""
    sentence = share.sentence
    back = reach.near(sentence)[1:3] if sentence.before else reach.section(sentence)[:2]
    told = set(words_of(" ".join(one.text for one in [*back])))
    own = set(words_of(re.sub(r"[\ue000-\uf8ff]", " ", sentence.masked)))
    return bool(_POINTS_BACK.search(_clause(share).strip())) and bool(
        own & told or _ANAPHOR.match(sentence.masked) or _HENCE.search(_clause(share))
    )


_ANAPHOR = re.compile(
    r"(?:at|this|that|these|those|such|they|in other words|put|(?:the|its|their) (?:[a-z]+ )?(?:rate|share|proportion|percentage|figure))\b"
)


_HENCE = re.compile(r"\b(?:hence|thus|therefore|accordingly|consequently)\b")


def _strict(share: Occurrence, pairs: Sequence[PartOf]) -> list[PartOf]:
    """Return the pairs that are told in the sentence of a share, or in the one before it, in digits."""
    last = share.sentence.number - 1
    held = [two for two in pairs if not (written(two.part) or written(two.whole)) and not NOT_ADDED.match(base(two.part))]
    near = [two for two in held if two.part.sentence.number >= last and two.whole.sentence.number >= last - 1]
    return [two for two in near if _is_told_of(share, two)]


def _of_next(two: PartOf) -> bool:
    """Return whether a whole stands behind "of" right behind its part."""
    return two.whole.sentence is two.part.sentence and two.whole.index == two.part.index + 1 and bool(_OF_WHOLE.search(ahead(two.whole)))


def _is_told_of(share: Occurrence, two: PartOf) -> bool:
    """Return whether two numbers stand before a share as a whole and its part: the whole first, or behind "of", and neither with a share of its own."""
    before = all(one.sentence is not share.sentence or one.start < share.start for one in (two.part, two.whole))
    first = (two.whole.sentence.number, two.whole.start) < (two.part.sentence.number, two.part.start)
    return before and (first or _of_next(two)) and not (_has_share(two.part) or _has_share(two.whole))


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (beside_part, pointing_back)
