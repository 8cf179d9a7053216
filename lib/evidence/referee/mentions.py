"""Mentions of numbers: each with the sentence it stands in, what it is about, of whom, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from evidence.errors import QuantityError
from evidence.quantity import Found, Quantity, find_numbers, parse
from evidence.quantity.words import word_set

FIRST_MARK = 0xE000
"""A character for private use stands for each number of a sentence, this one for the first."""
MARK = "[\ue000-\uf8ff]"


@dataclass(eq=False)
class Sentence:
    """A sentence of a report.

    Attributes:
        text: Its words.
        place: Line or page it begins on.
        heading: Heading it stands under.
        kind: Kind of its block.
        number: Its number in the report, from 0.
        before: The sentence before it in its block; None for the first.
        lead: What introduces the list that it is an item of; else empty.
    """

    text: str
    place: int
    heading: str = ""
    kind: str = "prose"
    number: int = 0
    before: Sentence | None = None
    lead: str = ""

    @cached_property
    def mentions(self) -> list[Occurrence]:
        """The numbers it states, in order; both ends of a change apart."""
        return [] if self.is_heap else self._found

    @cached_property
    def places(self) -> dict[int, int]:
        """Which of its numbers, from 0, begins at an offset."""
        return {mention.start: at for at, mention in reversed([*enumerate(self.mentions)])}

    @property
    def is_heap(self) -> bool:
        """Whether it is a heap of numbers and no sentence, so that nothing is read in it."""
        return len(self._found) >= _MOST

    @cached_property
    def _found(self) -> list[Occurrence]:
        parted = list(_parted(self))
        taken = [(one.start, one.end) for one in parted]
        read = [mention for number in find_numbers(self.text) for mention in _read(self, number)]
        free = [
            one
            for one in read
            if not any(one.start < end and start < one.end for start, end in taken)
            and not (_names_group(one) or _is_label(one) or _is_note(one))
        ]
        found = list[Occurrence]()
        for one in sorted([*free, *parted], key=lambda mention: mention.start):
            found.append(_elliptic(one, self, found[-1] if found else None))
        return found

    @cached_property
    def masked(self) -> str:
        """Its words in lower case with one mark for each number."""
        return masked(self.text, self.mentions)

    @cached_property
    def between(self) -> list[tuple[str, str]]:
        """Of each number, the masked words before it, back to the number before it, and behind it, up to the next number."""
        marks = [self.masked.index(chr(FIRST_MARK + at)) for at in range(len(self.mentions))]
        return [(re.split(MARK, self.masked[:mark])[-1], re.split(MARK, self.masked[mark + 1 :])[0]) for mark in marks]

    @cached_property
    def years(self) -> frozenset[str]:
        """The years it names, as written."""
        return frozenset(YEAR.findall(self.text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words that say what it is about, without endings."""
        return frozenset(stems(re.sub(MARK, " ", self.masked)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital that do not begin it: places, firms, people."""
        return frozenset(re.findall(r"(?<=[a-z,;(\d%] )(?!The\b|I\b)[A-Z][a-z]{2,}", self.text))


YEAR = re.compile(r"(?<![\d,.£$€])(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?(?![\d,]\d)")
_MOST = 100
"""A sentence with more numbers than this is a heap of numbers and no sentence."""


@dataclass(frozen=True, eq=False, slots=True)
class Occurrence:
    """A number that a sentence states.

    Attributes:
        quantity: What it states.
        sentence: Where it stands.
        start: Offset of its first character in the sentence.
        end: Offset after its last character.
    """

    quantity: Quantity
    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The number as written."""
        return self.sentence.text[self.start : self.end]

    @property
    def index(self) -> int:
        """Which number of its sentence it is, from 0."""
        return self.sentence.places[self.start]

    @property
    def mark(self) -> str:
        """The sign that stands for it in its masked sentence."""
        return chr(FIRST_MARK + self.index)


def masked(text: str, mentions: list[Occurrence]) -> str:
    """Return a text in lower case with one mark in the place of each number."""
    parts, last = [], 0
    for number, mention in enumerate(mentions):
        parts += [text[last : mention.start].lower(), chr(FIRST_MARK + number)]
        last = mention.end
    return "".join([*parts, text[last:].lower()])


_YEARS = re.compile(r"(?:between |from )?(?:the )?(?:19|20)\d\d(?: and | to | ?[-\u2013] ?)(?:19|20)\d\d")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTED_YEAR = re.compile(r"(?:19|20)\d\d\d")
_OF_TIME = re.compile(r"\b(?:in|since|by|until|from|during|between|before|after) $")
_NAMED = re.compile(r"\b(?:the|mid-|late|early|end|both|(?:19|20)\d\d(?:,| and| or| to)) ?$")
_AFTER = re.compile(r"\b(?:against|compared (?:with|to)|versus) $")
_THINGS = re.compile(r" [a-z]+s\b(?<! this)(?<! was)(?<! is)(?<! has)")
_JOINT = re.compile(r"\s+(?:to|and)\s+")


def _read(sentence: Sentence, found: Found) -> Iterator[Occurrence]:
    """Yield the mention that a number is, or the two that "from 40% to 50%" is where something changes."""
    quantity = _parsed(found.text)
    dated = (
        _A_YEAR.fullmatch(found.text)
        and _AFTER.search(sentence.text[: found.start].lower())
        and not _THINGS.match(sentence.text, found.end)
    )
    before = sentence.text[: found.start].lower()
    dated = dated or bool(_A_YEAR.fullmatch(found.text) and _NAMED.search(before))
    dated = dated or bool(_NOTED_YEAR.fullmatch(found.text) and _OF_TIME.search(before))
    if quantity is None or _YEARS.fullmatch(found.text.lower()) or dated:
        return
    labelled = re.match(r"\d{1,2} (?=\d{3}\b)", found.text) if _LABELS.search(before) else None
    if labelled and (behind := _parsed(found.text[labelled.end() :])):
        yield Occurrence(_in_base(behind), sentence, found.start + labelled.end(), found.end)
        return
    single = _SINGLE.fullmatch(found.text)
    if single and quantity.anchor > _OFTEN and _NOUN.match(sentence.text, found.end) and (counted := _parsed(single[1])):
        yield Occurrence(counted, sentence, found.start, found.start + single.end(1))
        return
    change = before.endswith("from ") and CHANGE.search(sentence.text.lower())
    joint = _JOINT.search(found.text) if quantity.ends and change else None
    if not joint:
        label = _LABEL_AND_NUMBER.match(found.text) if _LABELS.search(before) else None
        own = _parsed(found.text[label.end() :]) if label else None
        yield Occurrence(_in_base(own or quantity), sentence, found.start + (label.end() if label and own else 0), found.end)
        return
    low, high = quantity.ends
    last = _parsed(found.text[joint.end() :])
    first, second = (high, low) if last and last.anchor == low.anchor else (low, high)
    yield Occurrence(first, sentence, found.start, found.start + joint.start())
    yield Occurrence(second, sentence, found.start + joint.end(), found.end)


_SINGLE, _NOUN = re.compile(r"(.*\d.*) (?:day|night|week|month|hour)"), re.compile(r" [a-z]{3,}")
"""So many of what is called by a time: "38.4 million day visits"."""
_POINTS = re.compile(r"\bpoints\b[^.;]{0,60}\b(?:now|to|from|against|than|is|was) (?:just |only )?$")


_LISTED = re.compile(r"[.,;)]|$| (?:in|from|for|to|by|on) (?:the )?[A-Z]| and ")
_MEASURED = ("hectares", "tonnes", "MWh", "km", "miles")


def _elliptic(mention: Occurrence, sentence: Sentence, before: Occurrence | None) -> Occurrence:
    """Return a number with the unit that it leaves out: "14 points in 2006 and now 10", "300 hectares: 200 in Wales and 100 in Kent"."""
    if before and before.quantity.unit in _MEASURED and mention.quantity.unit == "count" and not mention.quantity.ends:
        joined = re.search(
            r"(?:[,:;(]| and| to| from| against| than)(?: about| some| just| another)? $", sentence.text[before.end : mention.start]
        )
        if joined and _LISTED.match(sentence.text[mention.end :]):
            return replace(mention, quantity=replace(mention.quantity, unit=before.quantity.unit))
    if mention.quantity.unit == "times" and re.match(r" each\b| apiece\b", sentence.text[mention.end :]):
        return replace(mention, quantity=replace(mention.quantity, unit="count"))
    bare = mention.quantity.unit == "count" and re.match(r"[.,;)]|$", sentence.text[mention.end :])
    if bare and _POINTS.search(sentence.text[: mention.start].lower()) and mention.quantity.anchor < 100:
        return replace(mention, quantity=replace(mention.quantity, unit="percentage points"))
    return mention


_PARTED = re.compile(
    r"\b(?P<hedge>(?:(?:just |slightly |a little )?(?:under|over|more than|fewer than|less than)|at least|nearly|almost|barely|hardly|scarcely|about|around|roughly) )?(?P<k>one|two|three|four|five|six|seven|eight|nine|(?<![\d.,])\d) (?!million|thousand|hundred|year|month|week|day|hour|time|point)[a-z]+"
    r"(?: [a-z]+)? (?:in|out of)(?: every)? (?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\d{1,3})"
    r"\b(?![\d,.]*\d| (?!has|have|had|was|were|is|are|said|say|would|did|do|does|and|or|in|on|at|for|grew|rose|fell|felt|took|went|came|used|saw|got|[a-z]{3,}ed\b)[a-z])",
    re.IGNORECASE,
)


def _parted(sentence: Sentence) -> Iterator[Occurrence]:
    """Yield the fractions that a noun parts: "one journey in seven"."""
    for match in _PARTED.finditer(sentence.text):
        quantity = _parsed(f"{re.sub('barely|scarcely', 'about', match['hedge'] or '')}{match['k']} in {match['n']}".lower())
        if quantity and quantity.unit == "percent":
            yield Occurrence(quantity, sentence, match.start(), match.end())
    for match in _WHICH_ONE.finditer(sentence.text):
        if quantity := _parsed(match[0]):
            yield Occurrence(quantity, sentence, match.start(), match.end())


_WHICH_ONE = re.compile(
    r"(?<=\b(?:of|in) which )one in (?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3})\b(?![\d,.]*\d)"
)
"""A fraction behind "of which", which is no question of which one."""
_GROUP = re.compile(
    r"\b(?:poorest|richest|wealthiest|top|bottom|middle|upper|lower|highest|lowest|first|last|final|second|third|fourth|(?:most|least) [a-z]+) (?:two |three |four )?$"
)


def _names_group(mention: Occurrence) -> bool:
    """Return whether a fraction in words is the name of a group: "the poorest fifth", "the bottom two fifths", "the first half"."""
    if not mention.quantity.in_words or mention.quantity.unit != "percent":
        return False
    text, last = mention.sentence.text.lower(), mention.text.lower().split()[-1]
    return bool(_GROUP.search(text[: mention.end - len(last)]))


_LABELS = re.compile(
    r"\b(?:priority|phase|lot|zone|strand|stage|tier|pillar|theme|workstream|package|mission|objective|scenario|option|chapter|section|annex|appendix|recommendation|question|principle"
    r"|key stage|level|band|category|schedule|junction|platform|ward|cohort|wave) (?:no\.? )?(?:\d{1,2} or )?$"
)
_LABEL_AND_NUMBER = re.compile(r"\d{1,2} (?=\d{3}\b)")
"""A label and a number behind it that look like one number: "in wave 1 190 of them"."""
_SPEED_LIMIT = re.compile(r"(?:[ -](?:speed )?(?:limits?|roads?|zones?|streets?|areas?|stretch(?:es)?|sections?)\b)")
_LIMITED_TO = re.compile(r"\b(?:limited to|(?:speed )?limits? (?:of|is|was)|signed at|roads? at) $")
_LABEL_MOST = 3
"""A label has fewer digits than this."""


def _is_note(mention: Occurrence) -> bool:
    """Return whether a number is that of a note, which stands right behind a word, a bracket or another number: "crimes)4.", "0.3%1"."""
    text, start = mention.sentence.text, mention.start
    joined = start > 1 and re.match(r"[a-z)%\]\"'\u2019\u201d]", text[start - 1])
    return bool(joined and mention.text.isdigit() and len(mention.text) < _LABEL_MOST and re.match(r"[\s.,;:)]|$", text[mention.end :]))


def _is_label(mention: Occurrence) -> bool:
    """Return whether a number names a thing and counts none: "priority 2", "on 30 mph roads", "roads limited to 60 mph"."""
    before, after = mention.sentence.text[: mention.start].lower(), mention.sentence.text[mention.end :].lower()
    if mention.quantity.unit == "mph":
        return bool(_SPEED_LIMIT.match(after) or _LIMITED_TO.search(before))
    aged = before in ("at ", "by ") and re.match(r", [\d.]+(?:%| per ?cent) of\b", after) is not None
    return mention.text.isdigit() and len(mention.text) < _LABEL_MOST and (aged or bool(_LABELS.search(before)))


_BASES = {
    "kWh": ("MWh", Fraction(1, 1000)),
    "GWh": ("MWh", Fraction(1000)),
    "TWh": ("MWh", Fraction(10**6)),
    "kg": ("tonnes", Fraction(1, 1000)),
}


_OFTEN = 100
"""Who rang 3,090 times did not ring so many times as much as another."""


def _in_base(quantity: Quantity) -> Quantity:
    """Return a number in the unit in which numbers of its kind are compared, so that kilowatt-hours stand beside megawatt-hours."""
    unit, per, each = quantity.unit.partition(" per ")
    if unit == "times" and quantity.anchor >= _OFTEN:
        return replace(quantity, unit="count")
    if unit not in _BASES or quantity.ends:
        return quantity
    base, factor = _BASES[unit]
    return replace(quantity, unit=base + per + each, anchor=quantity.anchor * factor, interval=quantity.interval.scaled(factor))


def _parsed(text: str) -> Quantity | None:
    try:
        return parse(text)
    except QuantityError:
        return None


RISE = (
    "rose|risen|rise|rises|rising|grew|grown|grow|grows|growth|growing|increase[sd]?|increasing|(?<!-)up|gain(?:ed|s)?|climb(?:ed|s|ing)?|jump(?:ed|s)?"
    "|surge[sd]?|soar(?:ed|s|ing)?|went up|gone up|expand(?:ed|s)?|expansion|uplift|improve[sd]?|improvement|double[ds]?|doubling|triple[ds]?"
    "|treble[ds]?|quadruple[ds]?|rocketed|swelled|leapt|growing|raised|uptick|lengthen(?:ed|s|ing)?|mounted|widened|swollen"
)
FALL = (
    "fell|fallen|fall|falls|falling|decline[sd]?|declining|decrease[sd]?|decreasing|drop(?:ped|s|ping)?|down|shrank|shrunk|shrink(?:s|ing)?|reduce[sd]?"
    "|reduction|cut|cuts|plunge[sd]?|plummet(?:ed|s)?|slump(?:ed|s)?|collapse[sd]?|went down|gone down|halve[sd]?|halving|contract(?:ed|ion)"
    "|dip(?:ped)?|slipping|slips?|shed|tumbled|slid|slipped|sank|dwindled|loss|lost|narrowed|lowered|slashed|fell back|crashed|shorten(?:ed|s|ing)?"
)
CHANGE = re.compile(rf"\b(?:{RISE}|{FALL}|change[sd]?|went|moved|gone)\b")

_WORD = re.compile(r"[a-z]+(?:'s)?")
_ENDING = re.compile(r"(?:ations?|ings?|ments?|ness|ities|ity|ies|ied|ers?|ed|es|s|ly|al|e|y)$")
COMMON = word_set(
    "the a an and or of in on at to for with by from as that this these those they their them it its is are was were be been being "
    "has have had not no who whom which what when where than then there here so such more most less least other others each per "
    "all any some only just also very much many about around over under into out up down between within across among one two three "
    "said say says saying report reported reports found find finds show shows showed shown compared according while whilst however "
    "still now year years month months period time number numbers share shares proportion percentage percent cent per rate total "
    "average figure figures we our us i he she his her you your would could will can may might should do does did done make made "
    "making than because if but both either neither again ago since during after before last next first second same new almost "
    "took taken take takes part cover covers covered nearly roughly approximately exactly at least up equivalent stood reached stand stands came come being estimated"
)


def stem(word: str) -> str:
    """Return a word in lower case without its ending."""
    plain = word.removesuffix("'s")
    return _ENDING.sub("", plain) if len(plain) > _SHORT else plain.removesuffix("s")


_SHORT = 4


def stems(text: str) -> Iterator[str]:
    """Yield what is left of the words of a text in lower case that say what it is about."""
    for word in _WORD.findall(text):
        if word.removesuffix("'s") not in COMMON and len(word) > 1:
            yield stem(word)
