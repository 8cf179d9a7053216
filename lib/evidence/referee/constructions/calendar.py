"""Dates, durations and ages: a length of time that words bind to two times is that between them, and an end is not before its beginning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.timeline import NUMBER, Lasting, Timeline, When, in_turn, lasts, timed, timeline, value
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

_BACK = 2
"""How many sentences before one are read with it."""
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
        r"<L> (?:before|earlier|previously|before that),? \(?(?:in|on) ?<Q>",
        rf"<Q>,? \(?{_ADV}<L> (?:earlier|previously|before (?:that|it|this|them|then)){_ENDS_CLAUSE}{_NOT_PLANNED}",
        rf"<L> (?:later|afterwards|on|after that|after(?=,)),? \(?{_ADV}(?:finally |only |not until )?(?:in|on|by|at the end of|early in|late in|from|until)? ?<Q>",
        r"<Q>,? (?:came|comes|followed|follows|was (?:set up|founded|opened|added|built|passed)|arrived|opened|dates from) <L> (?:later|afterwards|after (?:it|that|this))\b",
        r"\b(?:followed|came|arrived|reopened|returned|resumed) <L> (?:later|afterwards)(?:,| \()? ?(?:in |on )?<Q>",
    )
)
"""A time that is so much later, or earlier, than one told before."""
_AFTER = tuple(
    timed(text)
    for text in (
        rf"<Q>(?:,| \(| \u2013| -)? ?{_ADV}<L> (?:before|after|earlier than|later than|ahead of|from|following|prior to)\b[^;#]{{0,70}}?<P>",
        r"<L> (?:passed|elapsed|went by|separated?|lie|lay|intervened|had passed|had elapsed)\b[^;#]{0,60}?\bbetween [^;#]{0,80}?<P>[^;#]{0,80}?\band [^;#]{0,60}?<Q>",
        r"<L> (?:passed|elapsed|went by|separates?|separated|lie|lies|lay|intervened|divides?|had passed|had elapsed)\b[^;#]{0,90}?<P>[^;#]{0,60}?<Q>",
        r"\b(?:gap|interval|delay|lapse|lag|wait|period|span|stretch|difference) of <L>[^;#]{0,30}?\bbetween [^;#]{0,60}?<P>[^;#]{0,60}?\band [^;#]{0,50}?<Q>",
        r"<P>[^;#]{0,60}?<Q>[^;#]{0,30}? (?:an? )?(?:gap|interval|delay|lapse|lag|difference|wait) of <L>",
        r"<P>[^;#]{0,60}?<Q>[^;#]{0,30}?(?:,|were|are|was|is) <L> apart\b",
        r"<L> after [^;#]{0,60}?<P>[^;#]{0,60}?(?:in|on|by) <Q>",
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
        r"<Q>[^;#]{0,40}?, (?:at the end of|after) (?:a |the |its |her |his |their )?(?:[a-z]+ ){0,3}?(?:of )?<L>(?=[.,;]|$)",
    )
)
"""A length that ends at a time, and began at one that is told before."""


def _near(sentence: Sentence, linker: Linker, most: int = _BACK) -> list[Timeline]:
    """Return the timelines of a sentence and of those before it under its heading."""
    return [timeline(one) for one in (sentence, *linker.reach.section(sentence)[:most])]


def _told(sentence: Sentence, length: Lasting, pairs: list[tuple[When, When]], *, forward: bool = False) -> Compared:
    """Return what comes of a length against the pairs of times that it may lie between."""
    fitting = next((pair for pair in pairs if lasts(*pair, length) or (not forward and lasts(pair[1], pair[0], length))), None)
    one, two = fitting or pairs[0]
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


def _pairs(end: When, others: Iterable[When]) -> list[tuple[When, When]]:
    return [(one, end) for one in others if (one.first, one.last) != (end.first, end.last)]


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
    near = _near(sentence, linker)
    own, before = _pairs(end, near[0].whens), _pairs(end, [when for one in near[1:] for when in one.whens])
    bound = [(one, two) for one, two in own if term and _BEGAN.search(sentence.text.lower()[max(0, one.start - _CLAUSE) : one.start])]
    pairs = bound or [*own, *before]
    if not pairs or (term and not own and not any(_BEGAN.search(one.text) for one in near)):
        return
    if _exact(pairs[:1], length) and not any(_RELATIVE.search(one.text) for one in near[:2]):
        yield _told(sentence, length, pairs, forward=term)


_CLAUSE = 40
_BEGAN = re.compile(
    r"\b(?:began|begun|begins|opened|signed|appointed|elected|took|start(?:ed|s)|launched|since|founded|came into|award(?:ed)?|made|set up|introduced|granted|let|joined|hired|given|commissioned|agreed)\b"
)


def between(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether as long lies between two times of a sentence as it says."""
    line = timeline(sentence)
    for rule in (*_AFTER, *_SPANS) if line.lengths and len(line.whens) > 1 else ():
        for match in rule.finditer(line.text):
            one, two, length = line.named(match, "P"), line.named(match, "Q"), line.length(match)
            if one and two and length and not length.old and not (rule in _SPANS and _MEAN.search(line.text)):
                pairs = [in_turn(one, two), *(pair for pair in pairwise(line.whens) if rule in _AFTER)]
                if _exact(pairs[:1], length):
                    yield _told(sentence, length, pairs)


_MEAN = re.compile(
    r"\b(?:average|mean|median|typical(?:ly)?|every|each|rang(?:ed|ing|es)|sentence[sd]?|between \S+ and \S+ (?:weeks|months))\b"
)

_RUNNING = tuple(
    timed(text)
    for text in (
        r"<P> (?:to|until|through|and|through to|[-\u2013]) <Q>[^;#]{0,40}?[,(] ?(?:that is,? |a run of |or |for |making |a total of )*<L> (?:running|in a row|in succession|on end|in all|on the trot)",
        r"<L> (?:running|in a row|in succession|on end)[^;#]{0,50}?(?:,|\(| from| between| \u2013)? ?<P> (?:to|until|through|and|through to|[-\u2013]) <Q>",
    )
)
_NTH_RUNNING = tuple(
    timed(text)
    for text in (
        r"<Q>[^;#]{0,50}?<N>(?: [a-z]+)? (?:year|month|season|summer|winter|time|quarter)?,? ?(?:running|in a row|in succession|on end|on the trot)",
        r"<Q>[^;#]{0,50}?<N> (?:consecutive|successive|straight)\b",
        r"<N> (?:consecutive |successive |straight )?(?:year|season|time|summer|winter)(?: running| in a row| in succession)?[^;#]{0,20}? (?:in|was|came in) <Q>",
    )
)
_FIRST_TIME = re.compile(r"\b(?:first|since|began|every year|each year|started|without a break)\b")
_BARE_YEARS = re.compile(r"\b\d{4}\b")


def running(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether so many years running are those from the first to the last, and the sixth of them is the sixth."""
    line = timeline(sentence)
    for rule in _RUNNING if line.lengths and len(line.whens) > 1 else ():
        for match in rule.finditer(line.text):
            one, two, length = line.named(match, "P"), line.named(match, "Q"), line.length(match)
            if one and two and length and length.unit == "year" and _are_years(one, two):
                yield _counted(sentence, (length.start, length.end), length.words, length.number, [(one, two)])
    for rule in _NTH_RUNNING if line.nths and line.whens else ():
        for match in rule.finditer(line.text):
            yield from _nth_running(sentence, linker, line, match)


def _nth_running(sentence: Sentence, linker: Linker, line: Timeline, match: re.Match[str]) -> Iterator[Compared]:
    last, nth = line.named(match, "Q"), line.nth(match)
    near = _near(sentence, linker)
    firsts = [when for one in near for when in one.whens if _FIRST_TIME.search(one.text)]
    pairs = [pair for pair in _pairs(last, firsts) if _are_years(*pair) and pair[0].first < pair[1].first] if last else []
    if pairs and nth and re.search(r"running|row|succession|consecutive|successive|straight|each|every|since", line.text):
        yield _counted(sentence, (nth.start, nth.end), nth.words, nth.number, pairs)


def _are_years(*whens: When) -> bool:
    return all(_BARE_YEARS.fullmatch(when.words) for when in whens)


def _counted(sentence: Sentence, span: tuple[int, int], words: str, number: float, pairs: list[tuple[When, When]]) -> Compared:
    """Return whether so many years are those from the first to the last, both of them counted."""
    found = [two.first.year - one.first.year + 1 for one, two in pairs]
    one, two = pairs[0]
    message = "" if number in found else f"From {one.words} to {two.words} there are {found[0]} years, not {words}."
    return worded("dates", sentence, span, f"{two.words} - {one.words} + 1 = {found[0]}; stated {words}", message, Confidence.high)


_ANNIVERSARY = tuple(
    timed(text)
    for text in (
        r"<N>(?: [a-z]+)? (?:anniversary|birthday|jubilee|year of existence)\b[^;#]{0,50}?\b(?:in|on|of|during|came in|fell in|falls in|was)? ?<Q>",
        r"<Q>[^;#]{0,60}?<N>(?: [a-z]+)?(?: anniversary| birthday| jubilee)\b",
        r"\b(?:mark(?:s|ed|ing)?|celebrat(?:es|ed|ing|e)|complet(?:es|ed|e)|turn(?:s|ed)|reach(?:es|ed)?)(?: its| their| his| her)? <L>\b[^;#]{0,50}?\b(?:in|on) <Q>",
        r"\bin <Q>,?[^;#]{0,40}?\b(?:mark(?:s|ed|ing)?|celebrat(?:es|ed|ing|e)|complet(?:es|ed|e))(?: its| their)? <L>",
        r"<N>,? (?:which )?(?:was |is |will be |fell |falls )?(?:celebrated|marked|held|observed|due|kept|to be marked)?[^;#]{0,20}\b(?:in|on) <Q>",
    )
)
_ANNIVERSARY_WORD = re.compile(
    r"\b(?:anniversary|birthday|jubilee|centenary|bicentenary|tercentenary|mark(?:s|ed|ing)?|celebrat\w+|complet\w+|turn(?:s|ed)|reach(?:es|ed)?)\b"
)


def anniversaries(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether an anniversary is as many years after a year that the passage tells as it says."""
    if not _ANNIVERSARY_WORD.search(sentence.text.lower()):
        return
    line = timeline(sentence)
    for match in (match for rule in _ANNIVERSARY if line.whens and (line.nths or line.lengths) for match in rule.finditer(line.text)):
        end, nth, length = line.named(match, "Q"), line.nth(match), line.length(match)
        after = linker.reach.after(sentence)
        near = [*_near(sentence, linker), *([timeline(after)] if after and len(line.whens) == 1 else [])]
        pairs = _pairs(end, [when for one in near for when in one.whens]) if end else []
        told, number = nth or length, nth.number if nth else length.number if length and length.unit == "year" else 0
        if pairs and told and number and (length or _NAMED.search(f"{match[0]} {told.words}")):
            found = [abs(two.first.year - one.first.year) for one, two in pairs]
            one, two = pairs[0]
            message = "" if number in found else f"From {one.words} to {two.words} are {found[0]} years, not {told.words}."
            yield worded(
                "dates",
                sentence,
                (told.start, told.end),
                f"{two.words} - {one.words} = {found[0]}; stated {told.words}",
                message,
                Confidence.high,
            )


_NAMED = re.compile(r"anniversary|birthday|jubilee|centenary|year of existence")
_BORN = re.compile(r"\b(?:born|birth)\b")
_MADE = re.compile(
    r"\b(?:opened|built|founded|set up|established|dat(?:es|ed|ing) from|launched|formed|erected|completed|commissioned|created|begun|laid|bought|installed|planted|consecrated|delivered)\b"
)
_AGED = re.compile(
    rf"\b(?:aged|was|is|turned|at(?: the age of)?|age of|be|became|reached(?: the age of)?|being|still|only|just) (?P<n>\d{{2,3}}|{NUMBER[3:-1].split('|', 1)[1].removesuffix('|an?')})(?= when| in| at| on| by| and|[,.;)]|$)"
)


def ages(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether who was born, or what was built, at a time is as old at another as a sentence says."""
    line = timeline(sentence)
    near = _near(sentence, linker, 1)
    persons, things = any(_BORN.search(one.text) for one in near), any(_MADE.search(one.text) for one in near)
    if not line.whens or not (persons or things):
        return
    told = [(one.number, one.words, one.start, one.end) for one in line.lengths if one.old and one.unit == "year" and not one.hedged]
    if persons:
        told += [(value(match["n"]), match["n"], *_found(sentence, match["n"])) for match in _AGED.finditer(line.text)]
    whens = [when for one in near for when in one.whens]
    pairs = [(one, two) for one in whens for two in whens if one.first < two.first and (one in line.whens or two in line.whens)]
    for number, words, start, end in told[:1] if len(told) == 1 else ():
        if pairs and number > 0:
            yield _of_age(sentence, (start, end), words, number, pairs)


def _found(sentence: Sentence, words: str) -> tuple[int, int]:
    at = max(sentence.text.lower().find(f" {words}"), 0) + 1
    return at, at + len(words)


def _of_age(sentence: Sentence, span: tuple[int, int], words: str, number: float, pairs: list[tuple[When, When]]) -> Compared:
    fits = [pair for pair in pairs if _age(*pair)[0] <= number <= _age(*pair)[1]]
    one, two = (fits or pairs)[0]
    low, high = _age(one, two)
    message = "" if fits else f"From {one.words} to {two.words} are {high} years, not {words}."
    return worded("dates", sentence, span, f"{one.words} to {two.words}: {low} to {high} years; stated {words}", message, Confidence.high)


def _age(one: When, two: When) -> tuple[int, int]:
    """Return the least and the most whole years from a time in one to a time in the other."""
    return tuple(to.year - of.year - ((to.month, to.day) < (of.month, of.day)) for to, of in ((two.first, one.last), (two.last, one.first)))  # type: ignore[return-value]


_EVERY = re.compile(
    rf"\b(?:every|at intervals of|once in|once every|once) (?P<n>{NUMBER}|other|second|third|fourth|fifth|sixth|tenth)(?: years?)\b|\bat (?P<n_>{NUMBER})[- ]years?(?:ly)? intervals\b|\b(?P<n__>{NUMBER})-yearly\b"
)
_NTHS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def intervals(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the years of a sentence lie as far apart as it says: "in 2008, 2013 and 2018, that is, every five years"."""
    match = _EVERY.search(sentence.text.lower().replace("every year", ""))
    if not match:
        return
    line = timeline(sentence)
    years = [when.first.year for when in line.whens if _are_years(when)]
    gaps = {two - one for one, two in pairwise(years)}
    word = match["n"] or match["n_"] or match["n__"]
    number = _NTHS.get(word) or value(word)
    if len(years) > _TWO and len(gaps) == 1 and number and not gaps & {0}:
        gap = gaps.pop()
        message = "" if gap == number else f"{', '.join(map(str, years))} are {gap} years apart, not {word}."
        yield worded("dates", sentence, match.span(), f"{years[1]} - {years[0]} = {gap}; stated {word}", message, Confidence.high)


_TWO = 2
RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (later, terms, between, running, anniversaries, ages, intervals)
