"""Portions: a percentage, a fraction in words or "one in so many", against a part and its whole, wherever the whole is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise, product

from evidence.quantity import Interval
from evidence.referee.checks.apart import OTHERS, of_other_things
from evidence.referee.comparing import Compared, Confidence, How, compared, ratio, shown, total
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.passages import groups_apart
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, words_of
from evidence.referee.relations.settling import Binding, Settled, settle, spans

_CHANGED = re.compile(
    rf"\b(?:{RISE}|{FALL}|higher|lower|more|less|fewer|inflation|points?|gap|difference|premium|discount|target|standard|previous|before|above|below|cheaper|dearer|faster|slower|real terms)\b"
)
_LINK = re.compile(
    r"^(?P<noun>[^.;:()]{0,60}?)(?:,? ?\(|,? (?:or|that is|that's|i\.e\.|which is|which means|equal to|equivalent to|representing|corresponding to|making|namely|accounting for|amounting to|exactly|precisely|just|only|nearly|almost|about)\b[a-z ,]{0,25}|: | [-\u2013\u2014] |, )$"
)
_LINK_BACK = re.compile(
    r"^[^.;()]{0,70}?(?:,? ?\(|,? (?:or|that is|i\.e\.|which is|which means|meaning|equal to|equivalent to|so|about|some|therefore|namely|amounting to|giving|in other words)\b[a-z ,]{0,30}|: | [-\u2013\u2014] |, )$"
)
_SO = re.compile(
    r"^(?:that|this|it|these|which|they)\b[a-z ,']{0,45}$|^(?:in other words|in numbers|put differently)\b[a-z ,']{0,30}$|\b(?:therefore|thus|so that|hence|means)\b[^.;]{0,40}$"
)
_OF = re.compile(r"^ of (?:all |the |its |our |their |those |these )*(?P<noun>[a-z][a-z' ,-]{2,60})")
_SHARE = re.compile(r"\b(?:share|proportion|rate|percentage|margin|fraction|equal|represent\w*|account\w*|make(?:s|up)?|made up|of)\b")
_NOT_COUNTED = ("percent", "percentage points", "times", "years", "months", "weeks", "days", "hours", "minutes")
_MOST = Fraction(17, 10)
_EXPLICIT = Fraction(3)
_PAIR = 2
_THING = 3
_FEW = 4


def portions(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether a portion is that of the part beside it in a whole within reach."""
    for share in portions_of(sentence):
        changed = (
            _CHANGED.search(re.split(r"[,;:(]", ahead(share)[-40:])[-1])
            or _CHANGED.search(behind(share)[:25])
            or ahead(share).endswith(" by ")
        )
        moved = _MOVED.search(ahead(share)) or _MORE.match(behind(share)) or _MORE.match(share.sentence.text[share.end :])
        if moved or (changed and not _SO.search(ahead(share))):
            yield from _any(share, reach, [])
            continue
        parts = [] if _of_a_year(share) or _EARLIER.search(f"{ahead(share)[-8:]}#{behind(share)[:20]}") else list(_parts(share, reach))
        found = settle("share × base", share, _of_parts(share, parts, reach), most=_EXPLICIT, wide=True) if parts else None
        if found is None or not found.found.holds:
            held = next(_any(share, reach, parts), None)
            found = held or found or _only_two(share)
        if found:
            yield found


_MOVED = re.compile(
    rf"\b(?:{RISE}|{FALL})(?: [a-z]+)? by (?:about |some |just |only |nearly |almost )?$|\b(?:{RISE}|{FALL}|gain|loss|difference|gap) of (?:about |some |just |only |nearly |almost |more than |over )?$"
    r"|\b(?:rate|score|average|level)s? of $"
)
_MORE = re.compile(
    r" (?:as (?:much|many|large|high|long) again|higher|lower|more|less|fewer|greater|smaller|larger|dearer|cheaper|longer|shorter|faster|slower|above|below)\b"
)
"""What says that a percentage is the size of a change or a difference."""
_SIZE = re.compile(rf"\b(?:{RISE}|{FALL}|up|down)[a-z ]{{0,20}},? (?:of|by) $|\b(?:up|down) from $")
_LEFT = re.compile(r"\b(?:remaining|other|rest|others|leaving|leaves) $")
_OTHERWISE = re.compile(r"\b(?:whereas|while|but|although|though)\b")
_EARLIER = re.compile(r"\bfrom #|# (?:a|the|one) (?:year|month|quarter|decade) (?:before|earlier|ago|previously)\b")
"""A portion of another time than the numbers beside it."""


_IN_YEAR = re.compile(r"\b(?:in|for|of|at) (?:19|20)\d\d(?:[/\u2013-]\d{2,4})? \($")


def _of_a_year(share: Occurrence) -> bool:
    """Return whether a share is that of a year right before it, and another of its sentence stands without one: "67% (503 of 751), up from 2023 (65%)"."""
    others = [m for m in portions_of(share.sentence) if m is not share and not _IN_YEAR.search(ahead(m))]
    return bool(_IN_YEAR.search(ahead(share)) and others)


def portions_of(sentence: Sentence) -> list[Occurrence]:
    """Return the percentages and fractions of a sentence."""
    own = [m for m in sentence.mentions if m.quantity.unit == "percent" and not m.quantity.ends and m.text[:1] not in "+-\u2212"]
    return [share for share in own if 0 < share.quantity.anchor <= 100]


def is_whole(row: str, share: Occurrence) -> bool:
    """Return whether a row stands behind its percentage as what that is of: "40% of the cost of repairs"."""
    return bool(re.match(rf" of (?:the |all |its |our )*(?:[a-z]+ of )?(?:the )?{re.escape(row.lower())}\b", behind(share)))


def narrowed(row: str, text: str) -> bool:
    """Return whether the words behind a row's label in a text speak of a part of it: "wages of drivers"."""
    label = rf"{re.escape(row.lower())}s?"
    behind_ = (
        rf"\b{label} (?:of|for|among|paid to|with|without|who|whose|that|aged|under|over|in receipt) (?!the (?:year|whole)|all\b|\d)[a-z]+"
    )
    within = rf"\bamong(?:st)? (?:(?:all|the|our|its) )*{label}\b"
    return bool(re.search(rf"{behind_}|{within}|\b(?:these|those|such|other) {label}\b", text.lower()))


_AGE = re.compile(r"(?:under|over|below|above|aged) \d{1,2}", re.IGNORECASE)


def _amount(mention: Occurrence) -> bool:
    unit = base(mention)
    return (
        not _AGE.fullmatch(mention.text)
        and unit not in _NOT_COUNTED
        and not mention.quantity.in_words
        and not mention.quantity.ends
        and mention.quantity.anchor > 0
    )


def _parts(share: Occurrence, reach: Reach) -> Iterator[Occurrence]:
    """Yield the parts that words bind to a portion: before it, behind it, or in the sentence that goes on from it."""
    own = share.sentence.mentions
    at = own.index(share)
    if part := _part_before(share):
        yield part
        return
    if at + 1 < len(own) and _amount(own[at + 1]) and _LINK_BACK.search(behind(share)) and not _OF.match(behind(own[at + 1])):
        yield own[at + 1]
        return
    before = share.sentence.before
    if before and at == 0 and _SO.search(ahead(share)):
        yield from [mention for mention in before.mentions if _amount(mention) and not _MORE.match(behind(mention))]
        return
    passage = [mention.sentence for mention in reach.passage(share.sentence)]
    after = next((one for one in passage if one.before is share.sentence), None)
    if after and own[-1] is share and after.mentions and _amount(after.mentions[0]) and _SO.search(ahead(after.mentions[0])):
        yield after.mentions[0]


def _of_parts(share: Occurrence, parts: list[Occurrence], reach: Reach) -> Iterator[Binding]:
    """Yield each part among each whole within reach; those whose noun stands behind the portion, and those of the passage, are sure."""
    noun = _OF.match(behind(share))
    own_noun = set(words_of(noun["noun"])) if noun and not _VAGUE_WHOLE.match(noun["noun"]) else set()
    named = reach.of_noun(words_of(noun["noun"])) if noun and not _OF_A_TOTAL.match(behind(share)) else []
    for part in parts:
        own = set(nouns(part)[:_THING]) & set(words_of(part.sentence.text))
        kin = [other for other in reach.of_noun(own) if set(nouns(other)[:_THING]) & own] if own else []
        near = [other for other in reach.like(part) if _amount(other)]
        linked = {*nouns(part), *words_of(share.sentence.text)}
        wide = [other for other in reach.wider(share.sentence) if base(other) == base(part) and (not near or linked & set(nouns(other)))]
        far = [*named, *wide]
        for sure, wholes in ((True, near), (bool(named), named), (False, [*kin, *far])):
            for whole in wholes:
                if _REST.search(ahead(whole)):
                    continue
                elsewhere = own_noun and whole.sentence is not share.sentence and not own_noun & set(words_of(whole.sentence.text))
                if whole.quantity.anchor >= part.quantity.anchor and whole is not part and base(whole) == base(part):
                    yield from _share(
                        share, part, whole, sure=sure and not elsewhere and not has_share(whole) and _may_be_whole(share, part, whole)
                    )
    for whole in [*parts, *(other for part in parts[:1] for other in reach.like(part) if _amount(other))] if len(parts) > 1 else []:
        yield from (binding for some in _several(parts, whole) for binding in _together(share, some, whole))


def _several(parts: list[Occurrence], whole: Occurrence) -> Iterator[list[Occurrence]]:
    held = [part for part in parts if part is not whole and part.quantity.anchor < whole.quantity.anchor and base(part) == base(whole)][
        :_FEW
    ]
    yield from (list(some) for size in range(_PAIR, len(held) + 1) for some in combinations(held, size))


def _together(share: Occurrence, some: list[Occurrence], whole: Occurrence) -> Iterator[Binding]:
    """Yield the share of several parts together, which explains and never refutes."""
    given, _ = spans(share, [*some, whole])
    if value := ratio(total(given[:-1]).scaled(Fraction(100)), given[-1]):
        yield Binding((*some, whole), value, f"({' + '.join(one.text for one in some)}) / {whole.text} in percent", sure=False, how=How.sum)


def _may_be_whole(share: Occurrence, part: Occurrence, whole: Occurrence) -> bool:
    """Return whether a whole is told before its share or with it, and neither number is a small one in words of another sentence."""
    if not list(_pairs_of_one([part, whole])):
        return False
    words = any(not re.search(r"\d", m.text) and m.sentence is not share.sentence for m in (part, whole))
    return whole.sentence.number <= share.sentence.number and not words and whole.quantity.anchor != part.quantity.anchor


_REST = re.compile(r"\b(?:rest|remaining|remainder|others?|further|another)\b[^.;]{0,15}$")


def _part_before(share: Occurrence) -> Occurrence | None:
    """Return the part that stands right before its percentage: "123 firms, 24%", "123 (24%)"; None where none does."""
    own, at = share.sentence.mentions, share.index
    back = next((number for number in range(at - 1, max(-1, at - 3), -1) if _amount(own[number])), None)
    if back is None or " per " in own[back].quantity.unit or not _LINK.search(ahead(share)):
        return None
    if re.match(r" (?:of (?:it|this|that|these|those|them|which|whom)|on|for)\b", behind(share)) and ahead(share).endswith(", "):
        return None
    if ahead(share).endswith(", ") and not share.quantity.in_words and not re.match(r"(?: of\b|[.,;)]|$)", behind(share)):
        return None
    if _OTHERWISE.search(ahead(share)) or OTHERS.search(ahead(share)) or _SIZE.search(ahead(own[back])) or _LEFT.search(ahead(own[back])):
        return None
    of = back and re.fullmatch(
        r" (?:out )?of (?:the |all |these |those |our )*| (?:over|under|above|below|more than|less than) (?:its |the |their |our |an? )?(?:[a-z]+ )?(?:of )?",
        ahead(own[back]),
    )
    return own[back - 1] if of else own[back]


def has_share(mention: Occurrence) -> bool:
    """Return whether a number has a percentage of its own beside it, and so is a part beside others rather than their whole."""
    own, at = mention.sentence.mentions, mention.index
    after, before = own[at + 1 : at + 2], own[max(0, at - 1) : at]
    shares = [other for other in after if other.quantity.unit == "percent" and not other.quantity.in_words]
    return any(_part_before(other) is mention for other in shares) or any(
        other.quantity.unit == "percent" and _LINK_BACK.search(behind(other)) for other in before
    )


def _share(share: Occurrence, part: Occurrence, whole: Occurrence, *, sure: bool = True) -> Iterator[Binding]:
    given, _ = spans(share, [part, whole])
    value = ratio(given[0].scaled(Fraction(100)), given[1])
    if value and not groups_apart(part, whole):
        yield Binding((part, whole), value, f"{part.text} / {whole.text} in percent", sure)


def _any(share: Occurrence, reach: Reach, parts: list[Occurrence]) -> Iterator[Settled]:
    """Yield that a portion is that of any two numbers of its passage, one of them near: it explains, and never refutes."""
    held = [mention for mention in reach.passage(share.sentence) if _amount(mention)]
    close = {share.sentence, share.sentence.before}
    for part, whole in product(held, held):
        one = part.sentence in close or whole.sentence in close
        if parts and part not in parts:
            continue
        if part is not whole and one and base(part) == base(whole) and part.quantity.anchor < whole.quantity.anchor:
            for binding in _share(share, part, whole):
                found = settle("share × base", share, [binding], most=Fraction(1))
                if found and found.found.holds:
                    yield found
                    return


def _only_two(share: Occurrence) -> Settled | None:
    """Return whether a portion is that of the only two amounts of its sentence and the one before."""
    before = share.sentence.before
    told = [*(before.mentions if before else []), *share.sentence.mentions]
    units = {base(mention) for mention in share.sentence.mentions if _amount(mention)}
    held = [mention for mention in told if _amount(mention) and (not units or base(mention) in units)]
    others = [mention for mention in told if mention.quantity.unit == "percent" and mention is not share]
    cued = _SHARE.search(f"{ahead(share)} {behind(share)[:20]}") or share.text.lower().split(" in ")[0][-3:] == "one"
    if len(held) not in (_PAIR, _PAIR + 1) or others or not cued or len({base(mention) for mention in held}) > 1:
        return None
    if _OF_A_TOTAL.match(behind(share)) and not any(_TOTAL_AHEAD.search(ahead(mention)) for mention in held):
        return None
    named = _OF.match(behind(share))
    about = {
        word for one in dict.fromkeys(m.sentence for m in held) for word in words_of(one.text.replace(named["noun"] if named else "", " "))
    }
    if named and len(own_words := words_of(named["noun"])) and not set(own_words) & about and not _VAGUE_WHOLE.match(named["noun"]):
        return None
    own_, theirs = _things(share), {word for mention in held for word in _things(mention)}
    if any(mention.quantity.hedge for mention in held) and own_ and theirs and not own_ & theirs:
        return None
    if _AGAINST.search(" ".join(one.masked for one in dict.fromkeys(m.sentence for m in held))):
        return None
    ordered = sorted(held, key=lambda mention: mention.quantity.anchor)
    bindings = [binding for part, whole in _pairs_of_one(ordered) for binding in _share(share, part, whole)]
    own = [mention for mention in held if mention.sentence is share.sentence]
    bindings += (
        [binding for part in own for binding in _of_sum(share, part, own)]
        if len(own) > 1 and not any(_OF_THESE.search(ahead(one)) for one in own)
        else []
    )
    return settle("share × base", share, bindings, most=_MOST if len(held) == _PAIR else _THREE_NEAR)


def _pairs_of_one(ordered: list[Occurrence]) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield each two numbers that no sentence counts of two things."""
    pairs = combinations(ordered, _PAIR)
    return ((part, whole) for part, whole in pairs if part.sentence is not whole.sentence or not of_other_things(whole, part))


_OF_A_TOTAL = re.compile(r" of (?:the |all |its |our )*(?:total|overall|whole|combined|sample)\b")
_TOTAL_AHEAD = re.compile(r"\b(?:total|overall|all|whole|combined)\b")


def _things(mention: Occurrence) -> set[str]:
    return set(nouns(mention)[:_THING]) & set(words_of(mention.sentence.text))


_THREE_NEAR = Fraction(5, 4)
_VAGUE_WHOLE = re.compile(r"(?:total|whole|sum|amount|number|budget|sample|them|these|those|it|this|that)\b")


_OF_THESE = re.compile(r"\bof (?:the |all |these |those |our )*$")


def _of_sum(share: Occurrence, part: Occurrence, run: list[Occurrence]) -> Iterator[Binding]:
    """Yield a part among all parts that its sentence tells."""
    given, _ = spans(share, [part, *run])
    value = ratio(given[0].scaled(Fraction(100)), total(given[1:]))
    if value:
        yield Binding((part, *run), value, f"{part.text} / ({' + '.join(one.text for one in run)}) in percent", how=How.sum)


_AGAINST = re.compile(r"\b(?:than|compared|against|from|previous|last year|while|whereas|earlier|before)\b")


def siblings(reach: Reach) -> Iterator[Compared]:
    """Yield whether parts with percentages in a row or a list are all of one whole: three and more agree on it, and one does not."""
    for run in _rows(reach):
        wholes = [(part, share, _whole(part, share)) for part, share in run]
        implied = [(part, share, whole) for part, share, whole in wholes if whole]
        if len(implied) != len(wholes) or len(implied) < 3:
            continue
        low = sorted(whole.low for _, _, whole in implied)
        fits = max(low, key=lambda point: sum(whole.low <= point <= whole.high for _, _, whole in implied))
        out = [(part, share, whole) for part, share, whole in implied if not whole.low <= fits <= whole.high]
        if len(out) != 1 or len(implied) - 1 < 3:
            continue
        part, share, whole = out[0]
        message = f"{part.text} and {share.text} imply a whole of {shown(whole)}, and those beside them {shown(Interval(fits, fits))}."
        yield compared("share × base", [part, share], f"{part.text} / {share.text} = {shown(whole)}", message, confidence=Confidence.medium)


def _whole(part: Occurrence, share: Occurrence) -> Interval | None:
    given, _ = spans(share, [part])
    return ratio(given[0].scaled(Fraction(100)), share.quantity.interval)


def _rows(reach: Reach) -> Iterator[list[tuple[Occurrence, Occurrence]]]:
    """Yield the pairs of a part and its percentage that stand in one list or one sentence."""
    for _, items in reach.lists:
        yield [pair for item in items for pair in _pairs(item)[:1]]
    for sentence in reach.document.sentences:
        if sentence.kind not in ("item", "heading"):
            yield _pairs(sentence)


def _pairs(sentence: Sentence) -> list[tuple[Occurrence, Occurrence]]:
    found = []
    for one, two in pairwise(sentence.mentions):
        between = sentence.text[one.end : two.start]
        part, share = (one, two) if two.quantity.unit == "percent" else (two, one)
        joint = r"(?: [a-z]+){0,4} ?[(,:;] ?" if share is two else r" ?[(:] ?"
        if re.fullmatch(joint, between) and _amount(part) and share.quantity.unit == "percent" and not share.quantity.in_words:
            found.append((part, share))
    return found
