"""Whom, where and when a number is about, by the words of its own sentence: each with these words, or blank where they do not tell.

A blank is for the author to fill; a guess would be read over. So each rule needs words that belong to the number itself, or are the only ones
of their kind in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from evidence.catalog.periods import read_period
from evidence.catalog.place_names import country, register
from evidence.quantity import Found

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTHS = frozenset(("March", "April", "May", "June", "July", "August"))
"""Months that are names of settlements too."""
_YEAR = r"(?:1[89]|20)\d\d"
_PART = rf"(?:\d{{1,2}} {_MONTH} {_YEAR}|{_MONTH} {_YEAR}|Q[1-4] {_YEAR}|{_YEAR}/\d{{2,4}}|{_YEAR}-\d\d(?!\d)|{_YEAR}(?![-\d/]))"
_SPAN = rf"(?:{_PART}|{_MONTH}) (?:to|and) {_PART}|{_YEAR}-{_YEAR}|{_PART}"
_PERIOD = re.compile(
    rf"\b(?P<lead>in the year to|in the (?:12|twelve) months to|[Yy]ear to|(?:[Ii]n|[Bb]y) the (?:early|mid|late)[ -]|[Bb]etween|[Ff]rom|[Ss]ince|[Ii]n|[Dd]uring|[Ff]or|[Aa]s of|[Aa]t the (?:end|start) of|[Bb]y)"
    rf"\s?(?:early |mid-|late )?(?P<said>{_SPAN}|\d{{3}}0s)(?![\w%])"
)
_DECADES = ("early", "mid", "late")

_CODES = {"UK": "GB", "U.K.": "GB", "US": "US", "U.S.": "US", "USA": "US", "EU": "EU"}
"""Short names of places, with the code of each."""
_NAME = r"[A-Z][\w'’.-]*(?: (?:of|upon|under|on|in|le|de|and the) (?=[A-Z])| (?=[A-Z])|[\w'’.-])*"
_NAMES = rf"{_NAME}(?:(?:, and | and | or |, )(?:the )?{_NAME})*"
_PLACED = re.compile(rf"\b(?:[Ii]n|[Aa]cross|[Oo]f|[Ff]rom|[Ww]ithin|[Ff]or|[Tt]hroughout|based in)(?: the)? ({_NAMES})")
_OWN = re.compile(r"\b(UK|U\.K\.|EU)(?:'s)? (?=[a-z]|SMEs?\b)")
_JOINED = re.compile(r", and | and |, ")
_COMPARED = re.compile(r"\b(?:than|compare[ds]?|relative to|versus|against|whereas)\b")
_CLAUSES = re.compile(r"; |,? while |,? whereas |,? but |, although |, compared | \((?=\D)| - ")

# fmt: off
_ENDS = frozenset((
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "should", "must", "do", "does", "did",
    "say", "says", "said", "report", "reported", "reporting", "feel", "feeling", "felt", "think", "agree", "agreed", "believe", "expect", "expecting",
    "which", "that", "who", "whom", "whose", "where", "when", "while", "and", "or", "but", "than", "as", "to", "by", "with", "without", "because",
    "if", "so", "then", "compared", "from", "against", "per", "being", "over", "under", "for", "on", "at", "since", "during", "between",
    "rose", "fell", "grew", "increased", "decreased", "using", "used", "offer", "make", "see", "saying", "saw", "want", "need", "needed",
    "through", "across", "within", "into", "about", "more", "less", "there", "it", "they", "we", "not", "also", "up", "down", "each", "every",
    "in", "of", "operate", "registered", "provide", "provided", "remain", "came", "come", "get", "got", "took", "take", "took", "likely",
))
_NOBODY = frozenset((
    "those", "these", "them", "which", "this", "that", "the", "all", "total", "its", "their", "it", "people's", "times", "percent", "percentage",
    "points", "point", "more", "less", "increase", "decrease", "rise", "fall", "growth", "reduction", "decline", "boost", "higher", "lower", "other",
    "one", "ones", "cases", "us", "year", "years", "month", "months", "week", "weeks", "day", "days", "hours", "ways", "things",
    "key", "main", "such", "different", "various", "per", "each", "a", "an", "any", "some", "both", "likely", "annual", "additional",
))
_PEOPLE = re.compile(
    r"\b(?:\w+ers|SMEs?|businesses|business|firms?|compan(?:y|ies)|people|adults|children|men|women|students|pupils|schools?|respondents?|households?"
    r"|users|owners|apprentices?|apprenticeships?|graduates|residents|members|staff|neighbourhoods|councils?|organisations?|organizations?|charit(?:y|ies)"
    r"|universit(?:y|ies)|colleges?|patients|families|spaces?|places?|enterprises?|start-ups?|startups?|scale-?ups?|participants|citizens|population"
    r"|olds|learners|trainees|migrants|tenants|voters|jobs|vacancies|starts|workforce|public|stakeholders|practitioners|hubs|towns|cities|regions"
    r"|countries|sites|centres|premises|dwellings|homes|vehicles|partners|institutions|entrepreneurs|freelancers|interviews|responses)\b"
)
# fmt: on
_OF = re.compile(r"(?: \([^()]*\)|\)|,)? ?of (?:all (?:of )?|the |all the |our )?(?=\S)")
_WORDS = re.compile(r"[A-Za-z][\w'’-]*|\d+-\d+(?:-| )?(?:year)?[\w-]*")
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class About:
    """What the words of a sentence tell of one of its numbers.

    Attributes:
        value: As a record would have it; empty where the words do not tell.
        words: The words it is from, verbatim.
    """

    value: str = ""
    words: str = ""


NOTHING = About()


def population(sentence: str, number: Found) -> About:
    """Return whom or what a number is about: the words behind "of", or those that it counts.

    Args:
        sentence: The sentence.
        number: The number, its span in the sentence.

    Example:
        >>> said = "Of these, 60% of small firms in Leeds use it."
        >>> population(said, Found("60%", 10, 13)).value
        'small firms'
    """
    rest = sentence[number.end :]
    if of := _OF.match(rest):
        return _noun_phrase(rest[of.end() :])
    counted = number.text[-1:].isdigit() or number.text[-1:].isalpha()
    return _noun_phrase(rest[1:]) if counted and rest[:1] == " " else NOTHING


def _noun_phrase(words: str) -> About:
    """Return the words as far as a verb, a stop or a word that begins another thing, where they end in somebody or something that is counted."""
    taken, end = 0, 0
    for match in _WORDS.finditer(words):
        if words[taken : match.start()].strip() or match[0].lower() in _ENDS or (taken and match[0].endswith(("ly",))):
            break
        taken = match.end()
        end = taken if _PEOPLE.search(match[0]) else end
        if len(words[:taken].split()) >= _MOST_WORDS:
            break
    said = words[:end]
    known = bool(said) and said.split()[-1].lower() not in _NOBODY and said.split()[0].lower() not in _NOBODY
    return About(said, said) if known else NOTHING


def somebody(label: str) -> About | None:
    """Return whom or what a label of a table names, where it ends in somebody or something that is counted; None where it does not.

    Example:
        >>> somebody("Small firms").value, somebody("Pooling capacity")
        ('Small firms', None)
    """
    known = len(label.split()) <= _MOST_WORDS and any(match.end() == len(label) for match in _PEOPLE.finditer(label))
    return About(label, label) if known else None


def place(sentence: str, number: Found, declared: Set[str] = frozenset()) -> About:
    """Return where a number is about: the only place that its sentence names, or the one right beside it.

    Args:
        sentence: The sentence.
        number: The number, its span in the sentence.
        declared: Names of places that the book declares.

    Example:
        >>> place("60% of firms in Leeds use it.", Found("60%", 0, 3)).value
        'Leeds'
    """
    if re.search(r"\brespectively\b", sentence):
        return NOTHING
    found = [
        (start, one)
        for start, one in _places(sentence, declared)
        if _reaches(sentence, number, start) and not _has_own(sentence, number, start, one)
    ]
    beside = [one for start, one in found if _beside(sentence, number, start, one)]
    if len({one.value for one in beside}) == 1:
        return beside[0] if beside[0].value else NOTHING
    alone = len({one.value for _, one in found}) == 1 and not _COMPARED.search(sentence)
    return found[0][1] if alone and found[0][1].value else NOTHING


def _reaches(sentence: str, number: Found, start: int) -> bool:
    """Return whether words hold for a number: those of its clause do, and those that the sentence opens with."""
    opened, closed = sentence.rfind("(", 0, start), sentence.rfind(")", 0, start)
    if opened > closed and not opened < number.start < (sentence.find(")", start) + 1 or len(sentence)):
        return False
    first, last = sorted((start, number.start))
    return bool(re.fullmatch(r"(?:[A-Z]\w+ (?:the )?)?", sentence[:start])) or not _CLAUSES.search(sentence, first, last)


def _is_known(name: str, declared: Set[str]) -> bool:
    return (name in register() or name in declared) and name not in _MONTHS


def known_place(words: str, declared: Set[str] = frozenset()) -> About | None:
    """Return the place that some words are; None where they are none that is known."""
    found = _named(words, declared)
    return found if found.value else None


def _has_own(sentence: str, number: Found, start: int, one: About) -> bool:
    """Return whether the parentheses behind a place give another number for it, or "than" compares it."""
    end = start + len(one.words)
    return bool(re.match(r" \([^)]*\d|(?: [\w-]+){0,2} than\b", sentence[end:])) and sentence[end : number.start] != " ("


def _beside(sentence: str, number: Found, start: int, one: About) -> bool:
    """Return whether a place stands right before a number in parentheses, or behind it with no other number or stop between."""
    before = sentence[start + len(one.words) : number.start]
    after = sentence[number.end : start]
    return before == " (" or (start >= number.end and not re.search(r"[\d,;:()]| and | while | than ", after) and len(after.split()) <= 6)


def _places(sentence: str, declared: Set[str]) -> list[tuple[int, About]]:
    """Return the places that a sentence names with the offset of each; its value is empty where none of that name is known."""
    found = [(match.start(1), _named(match[1], declared)) for match in _PLACED.finditer(sentence)]
    return found + [(match.start(1), About(country(_CODES[match[1]]), match[1])) for match in _OWN.finditer(sentence)]


def _named(said: str, declared: Set[str]) -> About:
    """Return the place that some words are: one name as the register has it, or several that it has."""
    words = re.sub(r"['’]s$", "", said).rstrip(".,' ")
    if words in _CODES or _is_known(words, declared):
        return About(country(_CODES[words]) if words in _CODES else words, words)
    parts = [re.sub("^the ", "", part) for part in _JOINED.split(words)]
    if words and all(_is_known(part, declared) for part in parts):
        return About(re.sub(r"\bthe ", "", words), words)
    return About("", words)


def period(sentence: str, number: Found) -> About:
    """Return when a number is about: the only time its sentence names, or the one right behind it.

    Args:
        sentence: The sentence.
        number: The number, its span in the sentence.

    Example:
        >>> said = "It rose from 5% in 2010 to 18% in 2016/17."
        >>> period(said, Found("18%", 27, 30)).value, period("From 2002-2014, 17 did.", Found("17", 16, 18)).value
        ('2016/17', '2002 to 2014')
    """
    times = [(match, one) for match in _PERIOD.finditer(sentence) if (one := _period(match)).value]
    if _RELATIVE.match(sentence[number.end :]):
        return NOTHING
    if own := [one for match, one in times if sentence[match.end() : number.start] == " ("]:
        return own[0]
    found = [
        (match.start(), one)
        for match, one in times
        if _reaches(sentence, number, match.start()) and not _other_time(sentence, match, number)
    ]
    if len(found) == 1:
        return found[0][1]
    behind = [one for start, one in found if start >= number.end and not re.search(r"[\d,;:]| and ", sentence[number.end : start])]
    return behind[0] if len(behind) == 1 else NOTHING


def _other_time(sentence: str, match: re.Match[str], number: Found) -> bool:
    """Return whether a time is not that of a number: one that is compared with, that of somebody's doing, or that of another number right before it."""
    if match["lead"].lower() == "from" and " to " not in f" {match['said']} " and "-" not in match["said"]:
        return True
    if number.end < match.start() and re.search(
        r"\b(?:down|up|compared (?:with|to)|from|against|than)\b", sentence[number.end : match.start()]
    ):
        return True
    before, after = sentence[: match.start()], sentence[match.end() : match.end() + 60]
    compared = re.search(
        r"\b(?:than|(?:compared|relative) (?:with|to)|against|back)(?: (?:it was|they were))? $|\b[Ss]ince (?:the|it|its)\b[^,]*$", before
    )
    if _MARKED_BY.search(before) and match["lead"].lower() == "since":
        return True
    if match.end() < number.start and _NUMBER_BEFORE.search(before) and re.search("[,;]", sentence[match.end() : number.start]):
        return True
    if number.end < match.start() and re.search(r", (?:and|but) (?:an?|the|its|their|[a-z]+s) ", sentence[number.end : match.start()]):
        return True
    done = r"\b(?:announced|launched|introduced|published|pledged|committed|unveiled|promised|founded|established|set up|opened)\b"
    return bool(compared or re.search(done, after.partition(".")[0]) or re.search(rf"{done}[^,;]*$", before))


_MARKED_BY = re.compile(
    r"\b(?:(?:un)?changed|same|steady|stable|(?:high|low|larg|small|great|few|b|w)\w*est|best|worst|most|least|first|any time|time|record)(?: [a-z]+)?,? $"
)
"""Words that tell since when something has been as it is, which is no time of the number itself."""
_RELATIVE = re.compile(
    r"(?: [a-z-]+){0,2} (?:(?:a|one|two|three|four|five|ten|\d+|the) (?:years?|months?|quarters?|weeks?|decades?) (?:earlier|before|ago|previously)"
    r"|(?:last|the previous|the preceding) (?:year|month|quarter|week))\b"
)
"""A time right behind a number that says how long before another it was."""
_NUMBER_BEFORE = re.compile(r"\d[\d,.]*(?:%| per cent| million| billion|bn|m)?(?: [a-z-]+){0,2} $")
"""A number right before a time, whose time it is."""


def _period(match: re.Match[str]) -> About:
    lead, said = " ".join(match["lead"].lower().split()), match["said"]
    said = re.sub(rf"^({_YEAR})-({_YEAR})$", r"\1 to \2", said)
    said = re.sub(" and ", " to ", said) if lead in ("between", "from") else said
    if " and " in said:
        return NOTHING
    if "to" in lead.split():
        said = f"year to {said}"
    decade = next((word for word in _DECADES if re.search(rf"\b{word}\b", match[0])), "")
    if decade:
        said = f"mid-{said}" if decade == "mid" else f"{decade} {said}"
    elif lead.startswith("at the"):
        said = f"{lead.split()[2]} of {said}"
    elif lead == "since":
        said = f"since {said}"
    return About(said, " ".join(match[0].split())) if read_period(said) else NOTHING
