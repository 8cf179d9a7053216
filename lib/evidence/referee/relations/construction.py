"""What makes an alarm: that the words themselves construct the reckoning. What is only likely to be meant is a question for the author.

A number of another sentence counts where the sentence of the claim points back and has none of its own that would do. A share that names its base is
of that base, one of two rows joined is of neither, a target is no part, "a further" adds, and another period or a sign is another number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from evidence.referee.comparing import Compared, Confidence, How
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.passages import plain
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.reach import ahead, base, behind, nouns, singular

_RECKONED = ("change", "share × base", "sum", "per head", "ratio", "rate over time")
_SIZES = rf"{RISE}|{FALL}|change|difference|gap|saving|surplus|deficit|profit|loss|balance|rise|fall|increase|decrease|reduction|growth"
_BACK = re.compile(
    r"^(?:(?:but|and|so|in other words|overall|on average),? )*(?:that|this|these|those|it follows|so|thus|therefore|hence|together|altogether|both|between them|in (?:all|total|sum)"
    rf"|of (?:these|those|them|the|which|whom)|all but|the (?:other|others|rest|remaining|remainder|total|whole|average|mean|two|three|same|{_SIZES})|each|as a (?:share|proportion)|it|they)\b"
    r"|\bof (?:them|these|those|whom|which|the total|the whole)\b|\b(?:therefore|thus|hence|so that|together|altogether|in all|in total|as many|as much|the (?:other|rest|remaining|remainder))\b"
    rf"|\bof (?:that|this)\b|\bthat of\b|\bthe (?:first|second|former|latter)\b|\b(?:an?|the) (?:{_SIZES}) of\b|\bor \ue000|\b(?:that|this|which) (?:is|was|makes?|means|gives?|leaves?|left|works out|comes to)\b"
)
"""Words by which a sentence says that it goes on reckoning with the one before."""
_LIMIT_AHEAD = re.compile(
    r"\b(?:standards?|targets?|limits?|thresholds?|ceilings?|caps?|goals?|aim)\b(?: [a-z]+){0,3} $|\b(?:expected|planned|aimed|hoped)(?: (?:for|at|to reach))? $|\bwithin $"
)
_LIMIT_BEHIND = re.compile(r"^ (?:[a-z-]+ )?(?:standard|target|limit|threshold|ceiling|cap|goal)\b")
_ADDED = re.compile(r"\b(?:an?|another)? ?(?:further|additional|extra|another) (?:some |about )?$")
_JOINED = re.compile(r"\b(?:together|combined|between them|jointly|added up)\b|^both\b")
_OF = re.compile(
    r"\)?,? of (?:(?:all|the|our|its|their|those|these|that|this|total|every|everyone|each) )*+(?P<noun>[a-z][a-z'-]++)(?! of\b|[^.;,]{0,30},? (?:or |i\.e\. |just |some )*[\ue000-\uf8ff])"
)
_VAGUE = frozenset(
    [
        "them",
        "these",
        "those",
        "whom",
        "which",
        "it",
        "total",
        "whole",
        "all",
        "sample",
        "budget",
        "sum",
        "target",
        "number",
        "figure",
        "rest",
        "remainder",
        "year",
        "time",
        "way",
        "one",
    ]
)
_OF_THESE = re.compile(r"(?:of|among) (?:these|those|them)\b")
_OTHER = re.compile(r"\b(?:other|remaining|rest of the|further|another) $")
_THEN = re.compile(
    r"\b(?:(?:a|one|two|three|five|ten) (?:years?|months?|quarters?) (?:ago|earlier|before)|last (?:year|month|quarter)|previously|the (?:year|quarter|month) before)\b"
)
_CONTRARY = re.compile(r"\b(?:however|though|although|but|yet|by contrast|at any one time|conversely)\b")
_ANSWER = re.compile(
    r"\b(?:respond|respondents?|replied|repl(?:y|ies)|answer(?:ed|s)?|said|say|agree[ds]?|report(?:ed)?|told|thought|think|felt|feel|ask(?:ed)?|interview(?:ed|s|ees)?|question(?:ed)?|panel|perspectives?|views?|opinions?|describe[ds]?|consult(?:ed|ation)|favour|opposed|survey(?:ed)?"
    r"|polled|poll|sample[ds]?|participants?|members|questionnaires?|who|whom|them|had|have|want(?:ed)?|knew|know|rated?|put|believe[ds]?|voted?|chose)\b"
)
_GOAL = re.compile(r"\b(?:expected|planned|aimed|aims?|hoped?|targets?|standard|goal|required|should|must|at least|is to|were to|was to)\b")


_OF_SO_MANY = re.compile(r" of (?:all |the |these |those |our )*\d")
_WANTED = re.compile(r"\b(?:aims?|aimed|targets?|standard|goal|required|should|must|at least|is to|were to|was to)\b")


def judged(one: Compared) -> Compared:
    """Return a comparison, an alarm as a question where the words do not construct it."""
    if one.holds or one.confidence is Confidence.question:
        return one
    doubtful = _contrary(one) or _of_a_multiple(one) or (one.numbers and any(doubt(one, *parted(one)) for doubt in _DOUBTS))
    return replace(one, confidence=Confidence.question) if doubtful else one


def parted(one: Compared) -> tuple[Occurrence, list[Occurrence]]:
    """Return the number that an alarm says is wrong, and those that it is held against."""
    claim = one.contested or one.numbers[-1]
    return claim, [m for m in one.numbers if m is not claim]


def _far_and_not_pointed(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a reckoning takes numbers of other sentences that its own does not point back to, or has its own instead of."""
    if one.kind not in _RECKONED:
        return False
    later = max((m.sentence for m in one.numbers), key=lambda sentence: sentence.number)
    away = [m for m in one.numbers if m.sentence is not later]
    if not away:
        return False
    parts = [m for m in others if m.sentence is not claim.sentence] or others
    items = len(one.numbers) >= _PARTS and all(m.sentence.kind == "item" for m in others)
    listed = one.kind == "sum" and (items or (len(parts) >= _PARTS and len({m.sentence for m in parts}) == 1))
    grown = one.kind in ("change", "ratio") and _GROWN.search(later.masked) and all(m.sentence is later.before for m in away)
    beyond = len(away) == len(one.numbers) - 1 > 1 and not listed and any(m.sentence not in _block(later) for m in away)
    return beyond or not (listed or grown or _BACK.search(later.masked)) or any(_own_instead(later, m, one) for m in away)


def _block(sentence: Sentence) -> list[Sentence]:
    """Return a sentence and those before it in its paragraph."""
    held = [sentence]
    while before := held[-1].before:
        held.append(before)
    return held


_GROWN = re.compile(r"\b(?:it|they) (?:had|has|have|was|were|is|are|rose|fell|grew|stood)\b|[\ue000-\uf8ff] as likely\b")


_PARTS = 3
"""So many parts of one sentence or list, with their whole beside them, are no chance."""


def _own_instead(sentence: Sentence, away: Occurrence, one: Compared) -> bool:
    unused = [m for m in sentence.mentions if m not in one.numbers and plain(m)]
    return base(away) != "percent" and any(base(m) == base(away) for m in unused)


def _of_limits(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a target or a limit would be reckoned with as if it were counted."""
    return one.kind in _RECKONED and any(_LIMIT_AHEAD.search(ahead(m)) or _LIMIT_BEHIND.match(behind(m)) for m in one.numbers)


def _adds(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether "a further 124" would be a difference."""
    return one.how is How.difference and bool(_ADDED.search(ahead(claim)))


def _of_another_base(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a share names its base, and no number that it is reckoned from is of that noun."""
    if one.kind not in ("share × base", "ratio") or claim.quantity.unit != "percent":
        return False
    masked = claim.sentence.masked
    found = _OF.match(masked, masked.index(claim.mark) + 1)
    used = others or [m for m in one.operands if isinstance(m, Occurrence) and m.sentence is claim.sentence and m is not claim]
    again = found and _OF_THESE.match(masked) and " those " in found[0]
    if not found or again or found["noun"] in _VAGUE or not used:
        return False
    whole = max(used, key=lambda m: m.quantity.anchor)
    return singular(found["noun"]) not in {singular(word) for word in re.findall(r"[a-z]+", f"{ahead(whole)} {behind(whole)}".lower())}


def _of_places(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a part would be that in, at or over which something else is counted: "in 12 towns and 40 villages there are 66 clubs"."""
    return (
        one.kind == "sum"
        and any(_WITHIN.search(ahead(m)) and base(m) not in ("GBP", "EUR", "USD") for m in others)
        and not _WITHIN.search(ahead(claim))
    )


_WITHIN = re.compile(r"\b(?:in|at|across|over|during|within|among) (?:the |all |our )?$")


def _joined_rows(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether several things together would be one of them."""
    return one.kind == "share × base" and bool(_JOINED.search(ahead(claim))) and one.how is not How.sum


def _of_the_others(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether the rest would be the base of what it is the rest to."""
    if one.kind != "share × base" or len(others) < _TWO:
        return False
    whole = max(others, key=lambda m: m.quantity.anchor)
    return whole.start > claim.start and whole.sentence is claim.sentence and bool(_OTHER.search(ahead(whole)))


_TWO = 2


def _no_difference(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether no word says that a number is the difference of two others."""
    if one.kind != "change" or one.how is not How.difference or claim.quantity.unit.startswith("percent"):
        return False
    around = f"{ahead(claim)} {behind(claim)}"
    said = re.search(
        rf"\b(?:{_SIZES}|more|fewer|less|higher|lower|longer|shorter|above|below|over|under|by|net|extra|later|earlier)\b", around
    )
    return not said or bool(re.match(r"^ of (?:the |its |our )?$", behind(claim)))


def _plain_mean(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a share of all would be the plain mean of shares, which groups of unlike size do not give, or of another time than these."""
    mean = one.kind == "per head" and claim.quantity.unit == "percent"
    then = not others and one.kind in (*_RECKONED, "repeat") and _THEN.search(ahead(claim))
    return mean or bool(then)


def _of_other_nouns(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a total stands right before what falls to each, "11,232 hours, 52 each", and another one would be divided."""
    at = claim.index
    if one.kind != "per head" or not at or not re.fullmatch(r"(?: [a-z0-9/\u2013-]+){0,3}(?:,| \(|,? or) ?", ahead(claim)):
        return False
    total = claim.sentence.mentions[at - 1]
    divided = total in one.operands and (
        singular(noun_of_each(claim) or "") in nouns(total) or total.quantity.anchor <= claim.quantity.anchor
    )
    return not (total in one.operands[:1] or divided or re.search(r" per \d", claim.quantity.unit))


def _contrary(one: Compared) -> bool:
    """Return whether a sentence sets itself against the one that its numbers are taken from."""
    return one.kind in ("direction", "range") and bool(one.places) and bool(_CONTRARY.search(one.text.lower()))


def _of_a_multiple(one: Compared) -> bool:
    """Return whether words that name a portion go on as a multiple: "half as fast as prices (10%)", "half the rate of Kent (4%)"."""
    two = one.numbers if one.kind == "words against numbers" else ()
    return len(two) == _TWO and two[0].quantity.in_words and bool(_MULTIPLE.match(behind(two[0])))


_MULTIPLE = re.compile(
    r" (?:as [a-z]+ (?:as|again)|(?:of )?(?:the|its|their|our) (?:rate|level|number|amount|price|cost|size|average|speed|pace)|that|what)\b"
)


def _of_a_row(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a row would be a portion of its table where no word says that it is one: "among on-call staff it was 74%"."""
    if one.kind != "share × base" or others or not one.tabled:
        return False
    return bool(_WITHIN_IT.search(ahead(claim))) or not (_PORTION.search(ahead(claim)) or re.match(r"\)?,? of\b", behind(claim)))


def _of_rates(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether rates or means of a column would be added up."""
    rates = one.tabled and _RATES.search(one.there.lower())
    return one.kind in ("share × base", "sum") and one.how is How.sum and bool(rates)


_RATES = re.compile(r"\bper\b|\baverage|\bmean\b|\bmedian|\brates?\b|\bindex\b")


def _has_its_own(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether the count of a share stands right before it, "441,000, that is 35%", and another would be taken."""
    if (
        one.kind != "share × base"
        or not claim.index
        or not re.search(r"^,? (?:that is|or|which is|i\.e\.) (?:just |only |about |some )*$", ahead(claim))
    ):
        return False
    own = claim.sentence.mentions[claim.index - 1]
    return own not in one.operands and base(own) != "percent"


def _of_another_subject(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether what falls to each is told first, and what would be divided only in a clause with a subject of its own."""
    own = [m for m in others if m.sentence is claim.sentence]
    return (
        one.kind == "per head"
        and bool(own)
        and all(m.start > claim.end and re.search(r";|,? (?:and|while|but|whereas) ", m.sentence.text[claim.end : m.start]) for m in own)
    )


def _within_groups(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether shares within groups would be added up: "72% on new paths and 48% on the rest"."""
    return one.kind == "shares" and any(_ON_THE_REST.match(behind(m)) for m in one.numbers)


_ON_THE_REST = re.compile(r" (?:on|in|at|among|of|for|with|from) (?:all )?(?:the )?(?:rest|others|remainder)\b")


def _of_ages(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether an age would be counted: "half are over 65 (51%)"."""
    return one.kind in _RECKONED and any(
        m.quantity.hedge
        and base(m) == "count"
        and _YOUNG < m.quantity.anchor < _OLD
        and _NO_NOUN.match(behind(m))
        and _WHO.search(ahead(m))
        for m in others
    )


_YOUNG, _OLD = 9, 101
_NO_NOUN = re.compile(r"(?: \(|[.,;)]|$| (?:and|or|who|in|at|were|was|are|is|had|have)\b)")
_WHO = re.compile(
    r"\b(?:are|is|were|was|those|people|men|women|children|residents|adults|visitors|everyone|anyone|somebody|staff|[a-z]+s) $"
)


def _part_with_share(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a number with its own share in brackets, "£8.1 million (48%)", would be the whole of those behind it."""
    after = claim.sentence.mentions[claim.index + 1 : claim.index + 2]
    return (
        one.kind == "sum"
        and base(claim) != "percent"
        and behind(claim).strip() == "("
        and any(base(m) == "percent" and m.quantity.anchor < _WHOLE for m in after)
        and all(m.start > claim.start for m in others if m.sentence is claim.sentence)
    )


_WHOLE = 100


def _than_then(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a multiple is of what there was in a year, "twice as many as in 2019", and none of the numbers is of that year."""
    said = _AS_IN.match(behind(claim))
    return one.kind == "ratio" and bool(said) and not any(said[1] in f"{ahead(m)} {behind(m)}" for m in others if said)


_AS_IN = re.compile(r"(?: as [a-z]+)?(?: [a-z]+)? (?:as|that|those) (?:(?:in|at|of|on|for|during) )+(?:[a-z]+ )?((?:19|20)\d\d)")
_WITHIN_IT = re.compile(
    r"\b(?:it|this|the (?:figure|rate|share|proportion)|they) (?:was|is|were|are|stood at|came to) (?:just |only |about )?$"
)
_PORTION = re.compile(
    r"\b(?:of|shares?|account(?:s|ed|ing)?|ma[dk]es?|making|represent(?:s|ed|ing)?|took|takes?|taking|hold|holds|held|has|had|have|form(?:s|ed)?|provid(?:e|es|ed)|constitut(?:e|es|ed)"
    r"|receiv(?:e|es|ed)|got|with|bring|brings|brought|account|contribut(?:e|es|ed)|spent|went|goes|go|cover(?:s|ed)?|cost|costs|at|employ(?:s|ed)?|produc(?:e|es|ed)|gave|gives)\b|\($|, $|^$"
)


def _of_signs(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a repeat would be of a number with a sign and one without: a balance, and what is counted."""
    return one.kind == "repeat" and len({m.text.startswith(("-", "+", "\u2212")) for m in (*one.numbers, *one.operands)}) > 1


def _of_no_answers(one: Compared, claim: Occurrence, others: list[Occurrence]) -> bool:
    """Return whether a share that no whole number makes is of nobody who was asked, or is what was aimed at."""
    if one.kind != "respondents (GRIM)":
        return False
    text = f"{claim.sentence.text} {one.there}".lower()
    if _OF_SO_MANY.match(claim.sentence.text[claim.end :]) and not _WANTED.search(claim.sentence.text.lower()):
        return False
    return not _ANSWER.search(text) or bool(_GOAL.search(claim.sentence.text.lower()))


_DOUBTS: tuple[Callable[[Compared, Occurrence, list[Occurrence]], bool], ...] = (
    *(
        _far_and_not_pointed,
        _of_limits,
        _adds,
        _of_another_base,
        _of_a_row,
        _of_rates,
        _has_its_own,
        _of_another_subject,
        _than_then,
        _within_groups,
        _of_ages,
        _part_with_share,
        _of_places,
        _joined_rows,
        _of_the_others,
        _no_difference,
    ),
    *(_plain_mean, _of_other_nouns, _of_signs, _of_no_answers),
)
