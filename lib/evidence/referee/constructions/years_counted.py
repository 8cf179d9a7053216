"""Years that are counted: years running, anniversaries, ages, and what comes round every so many years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.timeline import NUMBER, Timeline, When, near_lines, pairs_to, timed, timeline, value
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

_RUNNING = tuple(
    timed(text)
    for text in (
        r"<P> (?:to|until|through|and|through to|[-\u2013]) <Q>[^;#]{0,40}?[,(] ?(?:that is,? |a run of |or |for |making |a total of )*<L> (?:running|in a row|in succession|on end|on the trot)",
        r"<L> (?:running|in a row|in succession|on end)[^;#]{0,50}?(?:,|\(| from| between| \u2013)? ?<P> (?:to|until|through|and|through to|[-\u2013]) <Q>",
    )
)
_NTH_RUNNING = tuple(
    timed(text)
    for text in (
        r"<Q>[^;#]{0,50}?<N>(?: [a-z]+)? (?:year|month|season|summer|winter|time|quarter)?,? ?(?:running|in a row|in succession|on end|on the trot)",
        r"<Q>[^;#]{0,50}?<N> (?:consecutive|successive|straight)\b",
    )
)
_FIRST_TIME = timed(r"(?:\b(?:since|began|begun|started)|<N>(?: [a-z]+)?)(?: in)? <P>")
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
    near = near_lines(sentence, linker.reach)
    begun = [(one, found) for one in near for found in _FIRST_TIME.finditer(one.text)]
    firsts = [when for one, found in begun if (when := one.named(found, "P")) and _is_first(one, found)]
    pairs = [pair for pair in pairs_to(last, firsts) if _are_years(*pair) and pair[0].first < pair[1].first] if last else []
    if pairs and nth:
        yield _counted(sentence, (nth.start, nth.end), nth.words, nth.number, pairs)


def _is_first(line: Timeline, match: re.Match[str]) -> bool:
    nth = line.nth(match)
    return nth is None or nth.number == 1


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
        r"<N>(?: [a-z]+)? (?:anniversary|birthday|jubilee|year of existence|year)\b[^;#]{0,50}?\b(?:in|on|of|during|came in|fell in|falls in|was)? ?<Q>",
        r"<Q>[^;#]{0,60}?<N>(?: [a-z]+)?(?: anniversary| birthday| jubilee| year)\b",
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
    if not _ANNIVERSARY_WORD.search(sentence.text.lower()) or _MOVED.search(sentence.text.lower()):
        return
    line = timeline(sentence)
    for match in (match for rule in _ANNIVERSARY if line.whens and (line.nths or line.lengths) for match in rule.finditer(line.text)):
        end, nth, length = line.named(match, "Q"), line.nth(match), line.length(match)
        after = linker.reach.after(sentence)
        near = [*near_lines(sentence, linker.reach), *([timeline(after)] if after and len(line.whens) == 1 else [])]
        pairs = pairs_to(end, [when for one in near for when in one.whens]) if end else []
        told, number = nth or length, nth.number if nth else length.number if length and length.unit == "year" else 0
        if (
            pairs
            and told
            and number
            and (length or _NAMED.search(f"{match[0]} {told.words}") or (number >= _OLD and _MARKED.search(line.text)))
        ):
            more = nth is not None and not _NAMED.search(f"{match[0]} {told.words}")
            found = [abs(two.first.year - one.first.year) + extra for one, two in pairs for extra in range(1 + more)]
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


_OLD, _MARKED = 10, re.compile(r"\b(?:mark(?:s|ed|ing)|celebrat\w+) (?:its|their|his|her|the)\b")
_NAMED = re.compile(r"anniversary|birthday|jubilee|centenary|year of existence")
_BORN = re.compile(r"\b(?:born|birth)\b")
_MADE = re.compile(
    r"\b(?:opened|built|founded|set up|established|dat(?:es|ed|ing) from|launched|formed|erected|completed|commissioned|created|begun|laid|bought|installed|planted|consecrated|delivered)\b"
)
_AGED = re.compile(
    rf"\b(?:aged|was|is|turned|at(?: the age of)?|age of|be|became|reached(?: the age of)?|being|still|only|just|(?:boy|girl|man|woman|child|lad|youth) of) (?P<n>\d{{2,3}}|{NUMBER[3:-1].split('|', 1)[1].removesuffix('|an?')})(?= when| in| at| on| by| and|[,.;)]|$)"
)


def ages(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether who was born, or what was built, at a time is as old at another as a sentence says."""
    line = timeline(sentence)
    near = near_lines(sentence, linker.reach, 1)
    persons, things = any(_BORN.search(one.text) for one in near), any(_MADE.search(one.text) for one in near)
    if not line.whens or not (persons or things) or _NOW.search(line.text):
        return
    told = [(one.number, one.words, one.start, one.end) for one in line.lengths if one.old and one.unit == "year" and not one.hedged]
    for match in _AGED.finditer(line.text):
        number, sure = value(match["n"]), "age" in match[0]
        if sure or (persons and number >= _CHILD):
            told.append((number, match["n"], *_found(sentence, match["n"])))
    whens = [when for one in near for when in one.whens]
    pairs = [(one, two) for one in whens for two in whens if one.first < two.first and (one in line.whens or two in line.whens)]
    for number, words, start, end in told[:1] if len(told) == 1 else ():
        if pairs and number > 0:
            yield _of_age(sentence, (start, end), words, number, pairs)


_NOW = re.compile(r"\b(?:now|today|currently)\b")
_CHILD = 8
"""From what number on "was nine" and "at nine" tell an age and no hour."""


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
    years = sorted({when.first.year for when in line.whens if _are_years(when)})
    gaps = {two - one for one, two in pairwise(years)}
    word = match["n"] or match["n_"] or match["n__"]
    number = _NTHS.get(word) or value(word)
    last = (
        len(gaps) == _TWO
        and years[1] - years[0] == number
        and re.search(r"\b(?:next|then|followed)\b", line.text)
        and not _MOVED.search(line.text)
    )
    if len(years) > _TWO and (len(gaps) == 1 or last) and number:
        wrong = sorted(gaps - {number})
        message = f"{', '.join(map(str, years))} are {wrong[0]} years apart, not {word}." if wrong else ""
        yield worded("dates", sentence, match.span(), f"{', '.join(map(str, years))}; stated {word}", message, Confidence.high)


_MOVED = re.compile(r"\b(?:postpon\w+|delay\w*|year late|belated\w*|early|brought forward|exception|snap|instead|missed|cancel\w+)\b")
_TWO = 2

RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (running, anniversaries, ages, intervals)
