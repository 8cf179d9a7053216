"""Dates, durations and ages: a length of time that words bind to two times is that between them, and an end is not before its beginning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.timeline import Lasting, When, in_turn, in_year_of, lasts, near_lines, pairs_to, timed, timeline
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

_RELATIVE = re.compile(
    r"\b(?:the (?:following|next|previous|same) (?:year|month|week|day|spring|summer|autumn|winter)|a year (?:later|earlier)|that year|the year (?:after|before))\b"
)
"""What names a time by another one."""

_ADV = r"(?:just |only |exactly |barely |fully |some |about |almost |nearly |precisely |that is,? |i\.e\.,? |or |a |the |in other words,? |namely )*"
_ENDS_CLAUSE = r"(?=[.,;:)]|$| (?:and|but|when|under|with|by|at|for|after|than|as|without|to|because|on the|in the)\b)"
_NOT_PLANNED = r"(?! (?:than|ahead of|behind|before) (?:plan|expect|schedul|first|originally|intend|the (?:plan|schedule|deadline|target)))"

_LATER = tuple(
    timed(text)
    for text in (
        rf"<Q>(?:,| \(| \u2013| -|:)? ?{_ADV}<L> (?:later|afterwards|thereafter|after that|further on){_ENDS_CLAUSE}{_NOT_PLANNED}",
        rf"<Q>(?:,| \(| \u2013| -|:) ?{_ADV}<L> (?:after|on from) (?:it|this|that|them|the first|its|her|his|their|they|he|she|[a-z]+ing)\b",
        rf"<Q>,? \(?{_ADV}<L> (?:earlier|previously|before(?: (?:that|it|this|them|then)|(?=[.,;]|$))){_ENDS_CLAUSE}{_NOT_PLANNED}",
        rf"<L> (?:later|afterwards|on|after that|after(?=,)),? \(?{_ADV}(?:finally |only |not until )?(?:in|on|by|at the end of|early in|late in|from|until)? ?<Q>",
        r"<Q>,? (?:came|comes|followed|follows|was (?:set up|founded|opened|added|built|passed)|arrived|opened|dates from) <L> (?:later|afterwards|after (?:it|that|this))\b",
        r"\b(?:followed|came|arrived|reopened|returned|resumed) <L> (?:later|afterwards)(?:,| \()? ?(?:in |on )?<Q>",
    )
)
"""A time that is so much later, or earlier, than one told before."""
_AFTER = tuple(
    timed(text)
    for text in (
        rf"<Q>(?:,| \(| \u2013| -)? ?{_ADV}<L> (?:before|after|earlier than|later than|ahead of|from|following|prior to)\b(?:(?!,? (?:and|but|while)\b)[^;#]){{0,70}}?<P>",
        r"<L> (?:passed|elapsed|went by|separated?|lie|lay|intervened|had passed|had elapsed)\b[^;#]{0,60}?\bbetween [^;#]{0,80}?<P>[^;#]{0,80}?\band [^;#]{0,60}?<Q>",
        r"<L> (?:passed|elapsed|went by|separates?|separated|lie|lies|lay|intervened|divides?|had passed|had elapsed)\b[^;#]{0,90}?<P>[^;#]{0,60}?<Q>",
        r"\b(?:gap|interval|delay|lapse|lag|wait|period|span|stretch|difference) of <L>[^;#]{0,30}?\bbetween [^;#]{0,60}?<P>[^;#]{0,60}?\band [^;#]{0,50}?<Q>",
        r"<P>[^;#]{0,60}?<Q>[^;#]{0,30}? (?:an? )?(?:gap|interval|delay|lapse|lag|difference|wait) of <L>",
        r"<P>[^;#]{0,60}?<Q>[^;#]{0,30}?(?:,|were|are|was|is) <L> apart\b",
        r"<L> apart\b[^;#]{0,80}?<P>[^;#]{0,60}?<Q>",
        r"\bbetween [^;#]{0,60}?<P>[^;#]{0,30}?\band [^;#]{0,60}?<Q>,? (?:there (?:were|was|lay) |some |fully )*<L> ?(?:passed|elapsed|went by|lay|intervened|had passed|had gone by)?",
    )
)
"""Two times, and a length that is said to lie between them."""
_TO = r"(?:,? and (?:ran |lasted |went on |continued )?(?:to|until|till)|to|and|until|till|through to|through|up to|[-\u2013])"
_MAKES = (
    r"(?:[,(:]|,? [-\u2013])? ?(?:that is,? |i\.e\.,? |or |making |which (?:is|was|makes|made|gives|gave|came to|comes to) |lasting |lasted |in all |altogether |in total |"
    r"(?:a|the) (?:[a-z]+ ){0,3}?(?:of )|(?:period|term|span|stretch|spell|window|run|total) of |over |some |exactly |just |and lasted |and took |took |for |the |a |spanning |covering )*"
)
_SPANS = tuple(
    timed(text)
    for text in (
        rf"(?:from|between|ran|open|,|\(|on|of) ?<P> {_TO} <Q>{_MAKES}<L>(?! (?:later|before|after|earlier|ago|apart|running|in a row|on end)|\s?(?:each|apiece|'s))",
        rf"\b(?:lasted|lasting|ran for|run for|took|for|over|period of|term of|spell of|stretch of|total of|in|during|open for|spread over|the|spent)(?: the)?(?: last| past| first)? <L>(?: in all| altogether| in total|,? that is)?,? ?\(?(?:running |ran )?(?:from |between )?<P> {_TO} <Q>",
    )
)
"""A span with its length beside it."""
_END = (
    r"(?:end(?:s|ed|ing)?|expire[sd]?|expiring|ran out|runs? out|left|finish(?:es|ed|ing)?|close[sd]?|closing|complet(?:es|ed|ing)|lapse[sd]?|retire[sd]?|stepped down"
    r"|resigned|stop(?:s|ped)?|cease[sd]?|conclude[sd]?|concluding|matures?|falls? due|is due|is up|was up|will be up|comes to an end|came to an end|goes|went)"
)
_WILL = (
    r"(?:will |is (?:to|due to|set to) |was (?:to|due to) |would |should |had to |therefore |then |thus |itself |finally |duly |has |had )*"
)
_TERM = tuple(
    timed(text)
    for text in (
        rf"<L>,? ?(?:(?:and|which|that|but|before it|before) )?{_WILL}{_END}(?: [a-z]+){{0,2}}? (?:in|on|at|by|until|early in|late in|at the end of)? ?<Q>",
        r"\b(?:for|of|lasted|lasting|served|run|runs|ran|took|spent|given|granted) <L>,? (?:until|till|to|ending (?:in|on)|up to|and so (?:until|to)|that is,? (?:until|to)) <Q>",
        rf"<L> (?:term|lease|contract|licence|mandate|agreement|franchise|loan|bond|grant|plan|programme|strategy|deal|trial|pilot|scheme|concession|appointment|project|tenancy)\b[^;#]{{0,50}}? {_WILL}{_END}(?: [a-z]+){{0,2}}? (?:in|on|at|by)? ?<Q>",
        r"\b(?:in|within|allowed|given|had|has) <L>,? (?:to [a-z]+ [^;,#]{0,30})?,? ?(?:that is(?: to say)?,? |i\.e\.,? |namely |so |or |in other words,? )(?:by |until |in |on |no later than |before |not later than )?<Q>",
    )
)
"""A length that ends at a time, and began at one that is told before."""


def _told(sentence: Sentence, length: Lasting, pairs: list[tuple[When, When]], *, forward: bool = False) -> Compared:
    """Return what comes of a length against the pairs of times that it may lie between."""
    fitting = next((pair for pair in pairs if lasts(*pair, length) or (not forward and lasts(pair[1], pair[0], length))), None)
    one, two = sorted(fitting or pairs[0], key=lambda when: when.first)
    days = abs((two.first - one.first).days)
    message = "" if fitting else f"From {one.words} to {two.words} it is {_in_words(days)}, not {length.words}."
    return worded(
        "dates",
        sentence,
        (length.start, length.end),
        f"{one.words} to {two.words}: {days} days; stated {length.words}",
        message,
        Confidence.high,
    )


def _in_words(days: int) -> str:
    return f"{days / 365.25:.3g} years" if days >= 365 * 2 else f"{days / 30.4375:.3g} months" if days > 120 else f"{days / 7:.3g} weeks"


def _exact(pairs: list[tuple[When, When]], length: Lasting) -> bool:
    """Return whether the times are told as exactly as the unit of a length needs: weeks cannot be held against years."""
    return all(max(one.off, two.off) <= _COARSE[length.unit] for one, two in pairs)


_COARSE = {"day": 1, "week": 1, "fortnight": 1, "month": 31, "year": 1100, "decade": 4000, "century": 40000}


def later(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a time is so much later as it says than one that it, or one of two sentences before it, tells."""
    line = timeline(sentence)
    for rule in _LATER if line.lengths and line.whens else ():
        for match in rule.finditer(line.text):
            yield from _since_before(sentence, linker, line.named(match, "Q"), line.length(match))


def terms(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what lasted so long, and ended at a time, began at one that is told: "took office in 2014 for five years, which ended in 2019"."""
    line = timeline(sentence)
    for rule in _TERM if line.lengths and line.whens else ():
        for match in rule.finditer(line.text):
            yield from _since_before(sentence, linker, line.named(match, "Q"), line.length(match), term=True)


def _since_before(
    sentence: Sentence, linker: Linker, end: When | None, length: Lasting | None, *, term: bool = False
) -> Iterator[Compared]:
    """Yield whether a length may be that between its end and any other time of its sentence; where it tells none, of the sentences before."""
    if not end or not length or length.old:
        return
    near = near_lines(sentence, linker.reach)
    own, before = (
        pairs_to(end, [when for when in near[0].whens if not term or when.start < end.start]),
        pairs_to(end, [when for one in near[1:] for when in one.whens]),
    )
    bound = [(one, two) for one, two in own if term and _BEGAN.search(sentence.text.lower()[max(0, one.start - _CLAUSE) : one.start])]
    pairs = [in_turn(*pair) for pair in bound or [*own, *before]]
    pairs += [in_year_of(*pair) for pair in before if end.bare]
    if not pairs or (term and not bound and (own or not any(_BEGAN.search(one.text) for one in near))):
        return
    if term and any(_BROKEN.search(one.text) for one in near[:2]):
        return
    today = length.unit == "year" and any(abs(year - end.first.year) == length.number for year in linker.reach.years)
    if not today and _exact(pairs[:1], length) and not any(_RELATIVE.search(one.text) for one in near[:2]):
        yield _told(sentence, length, pairs, forward=term)


_CLAUSE = 40
_BROKEN = re.compile(
    r"\b(?:terms|spells|periods|break|gap|pause[sd]?|delay\w*|exten\w+|renew\w*|suspen\w+|interrupt\w*|reappointed|re-elected|postpon\w+)\b"
)
"""What makes a term longer than it says, or tells that there were several."""
_BEGAN = re.compile(
    r"\b(?:began|begun|begins|opened|signed|appointed|elected|took|start(?:ed|s)|launched|since|founded|came into|award(?:ed)?|made|set up|introduced|granted|let|joined|hired|given|commissioned|agreed|runs?|from)\b"
)


def between(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether as long lies between two times of a sentence as it says."""
    line = timeline(sentence)
    for rule in (*_AFTER, *_SPANS) if line.lengths and len(line.whens) > 1 else ():
        for match in rule.finditer(line.text):
            one, two, length = line.named(match, "P"), line.named(match, "Q"), line.length(match)
            if one and two and length and not length.old and not (rule in _SPANS and _MEAN.search(line.text)):
                pairs = [in_turn(one, two), *(pair for pair in pairwise(line.whens) if rule in _AFTER), (line.whens[0], line.whens[-1])]
                if _exact(pairs[:1], length):
                    yield _told(sentence, length, pairs)


_MEAN = re.compile(
    r"\b(?:average|mean|median|typical(?:ly)?|every|each|rang(?:ed|ing|es)|sentence[sd]?|between \S+ and \S+ (?:weeks|months))\b"
)

RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (later, terms, between)
