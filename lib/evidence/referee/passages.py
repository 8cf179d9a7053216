"""Passages: a sentence with those before it in its paragraph, as far as a reader links the numbers of one to those of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.referee.mentions import CHANGE, FIRST_MARK, MARK, YEAR, Occurrence, Sentence

_SILENT = 2
"""How many sentences without a number may stand between two that are read together."""
_TIMES = re.compile(
    r"\b(?:years?|months?|weeks?|quarters?|decades?|season) (?:before|earlier|ago|later|previously)\b|\bhad been\b"
    r"|\b(?:last|previous|preceding) (?:year|month|quarter|week|season)\b|\bthe year before\b|\b(?:now|today|currently|at present)\b"
)
_SIDES = re.compile(
    r"\b(?:from|than|against|compared|after|became|versus|between|among|gap|difference|differ|differs|differed|to|up on|down on|down from|up from|charged|had been|at the beginning"
    r"|at the start|initially|originally|formerly|now)\b"
)


def told_before(sentence: Sentence) -> Sentence | None:
    """Return the nearest sentence before one in its paragraph that states a number; None where too much lies between."""
    found, silent = sentence.before, 0
    while found and not found.mentions and silent < _SILENT:
        found, silent = found.before, silent + 1
    return found if found and found.mentions else None


def passages(sentence: Sentence) -> Iterator[list[Occurrence]]:
    """Yield the plain numbers of a sentence, then those of it with the one before, then with two before, as far as none of them tells a range."""
    held: list[Occurrence] = []
    read: Sentence | None = sentence
    for _ in range(_DEEP):
        if read is None:
            return
        held = [*(mention for mention in read.mentions if plain(mention)), *held]
        yield held
        read = None if any(mention.quantity.ends for mention in read.mentions) else told_before(read)


_DEEP = 3
_WITHIN_GROUP = re.compile(rf"{MARK} (?:[a-z]+ ){{0,2}}(?:among(?:st)?|of|in|for|by|at) (?:(?:all|the|our|those|these|its) )*$")


def groups_apart(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two counts are groups with a share within each: "79% among the 376 older and 68% among the 840 younger"."""
    return one.sentence is other.sentence and all(_share_before(mention) for mention in (one, other))


def _share_before(mention: Occurrence) -> bool:
    masked, at = mention.sentence.masked, mention.index
    ahead = masked[: masked.index(chr(FIRST_MARK + at))]
    return bool(at and _WITHIN_GROUP.search(ahead)) and mention.sentence.mentions[at - 1].quantity.unit == "percent"


def plain(mention: Occurrence) -> bool:
    """Return whether a mention is one number in digits."""
    return not mention.quantity.ends and not mention.quantity.in_words and mention.text.strip("+-\u2212£$€(~")[:1].isdigit()


def stated(mention: Occurrence) -> bool:
    """Return whether a mention is one number in digits, with a hedge or without: "some 31,000"."""
    return not mention.quantity.ends and not mention.quantity.in_words and bool(re.search(r"\d", mention.text))


_NEW_SUBJECT = re.compile(
    r"\bbecause\b|\bfollowed by\b|, so that (?!it\b|they\b|this\b)|, (?:and|while|but) \d[\d,.]* [a-z]+ [a-z]|\band (?!by\b|so\b|then\b|now\b|is\b|was\b|were\b|are\b|thus\b|that\b|this\b|these\b|it\b|they\b|up\b|down\b|only\b|had\b|has\b|to\b|from\b|since\b)(?:[a-z'-]+ ){1,6}?(?:rose|fell|grew|increased|decreased|declined|dropped|remained) "
    r"|\bwhile\b|\bwhereas\b|, which (?:rose|fell|grew|went|has|had)|(?:;|, and|,? and (?=[a-z]+ed\b)) (?!by\b|so\b|then\b|now\b|is\b|was\b|were\b|are\b|thus\b|that\b|this\b|these\b|it\b|they\b"
    r"|an?\b|up\b|down\b|only\b|in\b|had\b|has\b|at\b|to\b|from\b|since\b|compared\b|the (?:difference|gap|rise|fall|increase|change)\b)[a-z]+"
)


def parted(one: Occurrence, other: Occurrence) -> bool:
    """Return whether a clause with a subject of its own begins between two numbers of a sentence: "up 26%, and donations fell to"."""
    if one.sentence is not other.sentence:
        return False
    first, last = sorted((one, other), key=lambda mention: mention.start)
    text = one.sentence.text.lower()
    between = text[first.end : last.start]
    return bool(_NEW_SUBJECT.search(between)) or (bool(_WHILE.match(text)) and bool(_MAIN.search(between)))


_WHILE, _MAIN = re.compile(r"(?:while|although|whereas|though)\b"), re.compile(r", (?:the|it|its|this|these|there|they|in)\b")
"""How a sentence begins whose main clause comes second, and how that begins."""


_BY = re.compile(rf"\bby (?:(?:just|only|about) )?(?:{MARK}[^.;{MARK[1:-1]}]{{0,20}}(?:, |,? and ))*$")


def is_by(mention: Occurrence) -> bool:
    """Return whether a number is that by which something changed, or one of several: "by 4% in 2021, 5% in 2022 and 8% in 2023"."""
    return _BY.search(mention.sentence.masked[: mention.sentence.masked.index(mention.mark)]) is not None


def of_another_year(size: Occurrence, years: list[str]) -> bool:
    """Return whether a size is told of a year, or against one, of which its two numbers are not, that have `years`: "17.5, still 3 longer than in 2021"."""
    told = _OF_YEAR.match(size.sentence.text, size.end)
    return told is not None and bool(years) and told["year"] not in years


_OF_YEAR = re.compile(rf"(?: [a-z]+)?(?: than)? in (?P<year>{YEAR.pattern})")


def is_change(mention: Occurrence) -> bool:
    """Return whether a number is the size of a change: "rose by 37", "an increase of 37", "37 more"."""
    before = mention.sentence.text[max(0, mention.start - 30) : mention.start].lower()
    after = mention.sentence.text[mention.end : mention.end + 25].lower()
    by = re.search(r"\b(?:by|of|up|down|further) (?:an? )?(?:additional |extra |further )?$", before) and CHANGE.search(before)
    return bool(
        by
        or before.endswith(", by ")
        or re.match(
            r" (?:\w+ )?(?:increase|rise|fall|drop|decline|higher|lower|more|fewer|less|reduction|cut|growth|(?:under|over|below|above|up|down|short|ahead) (?:on|from|of|the|its|budget|plan|target|(?:19|20)\d\d))\b",
            after,
        )
        or re.search(rf"{CHANGE.pattern}\s$", before)
    )


_WENT_UP = re.compile(
    r"(?:^|[,;:(]|\b(?:is|was|were|are|be|been|went|gone|goes|go|come|came|moved|edged|crept|inched|drifted|now|again|still|further|sharply|slightly|again|well)) $"
)
_UP_BY = re.compile(
    rf" (?:(?:by|from|on|to|over|since|compared|against|just|only|about|some|nearly|almost|slightly|sharply|a|an) |{MARK}|(?:last|this) )|[.;,)]|$"
)


def is_particle(text: str, word: re.Match[str]) -> bool:
    """Return whether an "up" or a "down" belongs to a verb that speaks of something else: "callers hung up before", "firms closed down in"."""
    return not _WENT_UP.search(text[: word.start()]) and not _UP_BY.match(text, word.end())


_LIMIT = re.compile(r" (?:[a-z]+ )?(?:ceiling|cap|limit|target|threshold|standard|floor|requirement|trigger)\b")
_WHICH = re.compile(r", which (?:has |have |had )?[a-z]+ (?:[a-z]+ )?(?:by )?$")
_IN_YEAR = re.compile(r" (?:in|at|for) (?P<year>(?:19|20)\d\d(?:[/-]\d\d)?)")


def of_another_thing(size: Occurrence) -> bool:
    """Return whether a number is a limit, or by how much something else than the subject of its sentence changed: "herring, which rose by 17%"."""
    text = size.sentence.text
    return bool(_LIMIT.match(text, size.end) or _WHICH.search(text[: size.start].lower()))


def of_its_year(size: Occurrence, held: list[Occurrence]) -> list[Occurrence]:
    """Return the numbers of a passage that may be of the year for which a size is told: those of its sentence, where no other names that year."""
    then = _IN_YEAR.match(size.sentence.text, size.end)
    others = {m.sentence for m in held} - {size.sentence}
    told = not then or not others or any(then["year"] in one.text for one in others)
    return held if told else [m for m in held if m.sentence is size.sentence]


def is_span(mention: Occurrence) -> bool:
    """Return whether a number says over how long something is told, or how far from an event: "over the last four decades", "six weeks after"."""
    before = mention.sentence.text[: mention.start].lower()
    of_time = mention.quantity.unit in _SPANS
    return of_time and bool(_SPAN_AHEAD.search(before) or _FROM_AN_EVENT.match(mention.sentence.text, mention.end))


_SPANS = ("years", "months", "weeks", "days", "hours")
_FROM_AN_EVENT = re.compile(r",? (?:after|before|ago|earlier|later|afterwards|beforehand|from now|into)\b(?! than\b)")
_SPAN_AHEAD = re.compile(
    r"\b(?:over|in|for|during|within|since|past|last|next|first|previous|every|after) (?:the )?(?:past |last|next |first |previous |following |coming )?$"
)


_THAN_THEN = re.compile(
    r"^[^.;#]{0,30}\bthan (?:in |at )?(?:the (?:year|month|quarter) before|the previous|last year|a year (?:ago|earlier|before)|the year)"
)


def before_untold(size: Occurrence, two: list[Occurrence]) -> bool:
    """Return whether a size is told against another time, and a number of another sentence says nothing of that time."""
    if not _THAN_THEN.match(size.sentence.text[size.end :].lower()):
        return False
    apart = [mention.sentence for mention in two if mention.sentence is not size.sentence]
    return any(not (_TIMES.search(sentence.text.lower()) or sentence.years) for sentence in apart)


def compares(mentions: list[Occurrence]) -> bool:
    """Return whether the words around numbers set them against each other: at two times, or by a word that does."""
    sentences = list(dict.fromkeys(mention.sentence for mention in mentions))
    text = " ".join(sentence.text.lower() for sentence in sentences)
    years = {year for sentence in sentences for year in YEAR.findall(sentence.text)}
    behind = len(sentences) > 1 and len({mention.sentence for mention in mentions[:2]}) == 1
    if behind and all(mention.quantity.unit == "percent" for mention in mentions):
        text = mentions[0].sentence.text.lower()
    return (
        len(years) > 1
        or bool(_TIMES.search(text))
        or (len(sentences) == 1 and bool(_SIDES.search(text)))
        or (behind and bool(_SIDES.search(text) or _BEYOND.search(text)))
    )


_BEYOND = re.compile(r"\b(?:above|below|more)\b")
"""Words that set two numbers of the sentence before against each other."""


def shares_of_less(parts: list[Occurrence]) -> bool:
    """Return whether each of some parts has its percentage in brackets behind it, and these make much less than a hundred: others are untold."""
    own = parts[0].sentence.mentions
    behind = [(part, own[part.index + 1]) for part in parts if part.sentence is own[0].sentence and part.index + 1 < len(own)]
    shares = [
        two.quantity.anchor for one, two in behind if two.quantity.unit == "percent" and "(" in one.sentence.text[one.end : two.start]
    ]
    return len(shares) == len(parts) and sum(shares) < _NEARLY_ALL


_NEARLY_ALL = 97


_SCALE = re.compile(
    r"\b(?:scale|mark(?:s|ed)?|scor(?:es?|ed)|rat(?:e|ed|ing))\b[^.;]* (?:to|out of) $|\bfrom \S+ \([a-z ]+\) to $|\b(?:chose|gave|scored|awarded|picked) $",
    re.IGNORECASE,
)
_HIGHEST_MARK = 10


def of_scale(mention: Occurrence) -> bool:
    """Return whether a number is the upper end of a scale: "from 1 (poor) to 5 (excellent)"."""
    text = mention.sentence.text
    named_ = re.match(r" \([a-z ]+\)", text[mention.end :])
    return mention.quantity.anchor <= _HIGHEST_MARK and bool(_SCALE.search(text[: mention.start]) or named_)


def listed(c: Occurrence) -> bool:
    """Return whether the next number of a list stands right behind one, or behind what it is told for: "of 2, 3 and 5", "of 2 in May, 3 in June"."""
    after = c.sentence.mentions[c.index + 1 : c.index + 2]
    if not after or c.sentence.text[c.end : after[0].start] in (", ", " and ", " or "):
        return bool(after)
    return bool(_IN_TURN.match(c.sentence.masked, c.sentence.masked.index(c.mark) + 1))


_IN_TURN = re.compile(rf"(?P<by> (?:after|in|at|for|by|on|among|under) )[^,;.]{{1,25}}, {MARK}(?P=by)")
