"""What a number is of, where it stands: the words of its clause, its row and its column, its years and names, and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from evidence.quantity import Quantity
from evidence.referee.comparing import Operand
from evidence.referee.mentions import CHANGE, MARK, YEAR, Occurrence
from evidence.referee.relations.reach import ahead, base, behind, words_of
from evidence.referee.relations.retold import APART, SUMS_UP, SUPPOSED, TO_DO, clause_of, qualified
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.subjects import BACK
from evidence.referee.tables import ReportCell
from evidence.referee.topics import WHEN, times_of

Words = frozenset[str]
_NONE: Words = frozenset()
_STEM = 6
_NO_WORDS = re.compile(r"\([^)]*\)|%|£\S*|(?:19|20)\d\d\S*")
_SIZES = re.compile(r"\b(?:change|difference|increase|decrease|growth|rise|fall|gain|loss|gap|more|less)\b")
_NAMES = re.compile(r"[A-Z][a-z]{2,}")
_NOUN_ENDS = re.compile(r"[,;:.()]| (?:and|or|in|of|at|on|by|to|for|from|with|who|which|that|were|was|is|are|had|have|has) ")
_AROUND = 60, 40


def _every_word(text: str) -> Words:
    return frozenset(word[:_STEM] for word in words_of(text))


_EMPTY = _every_word(
    "told tell gave give given came come went had got made found show overall all stood remained year account was every stand number total average rate share hold held among each both"
)


def told_words(text: str) -> Words:
    """Return the words of a text that say what it is about, each by its first letters."""
    return _every_word(re.sub(MARK, " ", text)) - _EMPTY


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """A number where it stands, with what says of what it is.

    Attributes:
        quantity: What it states.
        text: It as written.
        unit: Its unit, without what it is for each of.
        own: The words of its clause; of a cell those of its row and its column.
        around: The other words of its sentence, and of that to which it points back; of a cell those of its caption.
        said: The words of its clause and its sentence, or of its cell and its caption.
        known: All words within which it stands.
        tight: The words between the numbers before and behind it.
        noun: The words right behind it.
        years: The years it is of.
        names: The names near it.
        all_names: The names of its sentence.
        apart: Words of its clause that set it apart from others, such as "older".
        all_apart: Such words of its sentence.
        beside: The numbers of its sentence, or of its row.
        many: How many numbers of its unit its sentence has beside it.
        size: Whether it is the size of a change.
        signed: Whether it has a sign.
        whom: The words behind it that say of whom or what it is a part: "29% of the firms".
        times: The months, quarters and seasons it is of.
        supposed: Whether it is wanted or foreseen, or of the country at large.
        then: Whether it is of an earlier time than what its sentence is about.
        ago: Whether words around it say that it is of an earlier time.
        mention: It, where a sentence states it.
        cell: It, where it is a cell.
        row: Of a cell, the words of the label of its row.
        head: Of a cell, the words of the head of its column.
    """

    quantity: Quantity
    text: str
    unit: str
    own: Words
    around: Words
    said: Words
    known: Words
    tight: Words
    noun: Words
    years: Words
    names: Words
    all_names: Words
    apart: Words
    all_apart: Words
    beside: frozenset[Fraction]
    many: int
    size: bool
    signed: bool
    whom: Words
    times: Words
    supposed: bool
    then: bool
    ago: bool
    mention: Occurrence | None = None
    cell: ReportCell | None = None
    row: Words = _NONE
    head: Words = _NONE

    @property
    def long(self) -> int:
        """How many digits it has, without noughts at its end."""
        return len(re.sub(r"\D", "", self.text).rstrip("0"))

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        if self.cell:
            return f"in the table for {self.cell.label}"
        return f"in the sentence at {self.mention.sentence.place}" if self.mention else ""

    @property
    def sums_up(self) -> bool:
        """Whether it stands under a heading that sums up."""
        return self.mention is not None and bool(SUMS_UP.search(self.mention.sentence.heading.lower()))

    @property
    def place(self) -> int:
        """Its line or page."""
        return self.cell.place if self.cell else self.mention.sentence.place if self.mention else 0

    @property
    def number(self) -> int:
        """The number of its sentence."""
        return self.mention.sentence.number if self.mention else -1

    @property
    def itself(self) -> tuple[Operand, ...]:
        """It, as a cell or where a sentence states it."""
        return tuple(one for one in (self.cell, self.mention) if one)


def of_mention(mention: Occurrence) -> Told:
    """Return a number of a sentence with what says of what it is."""
    sentence, clause = mention.sentence, clause_of(mention)
    before = sentence.before.masked if sentence.before else ""
    clause = _with_what_it_follows(clause, sentence.masked)
    own, whole, last = (told_words(CHANGE.sub(" ", text)) for text in (clause, sentence.masked, before))
    near = sentence.text[max(0, mention.start - _AROUND[0]) : mention.end + _AROUND[1]]
    pointed = last if BACK.match(sentence.masked) or _POINTS.search(sentence.masked) else _NONE
    around = whole | pointed | _digits(sentence.text)
    return Told(
        mention.quantity,
        mention.text,
        base(mention),
        own,
        around - own,
        around | own,
        whole | last | told_words(f"{sentence.heading} {sentence.lead}") | _digits(sentence.text),
        told_words(CHANGE.sub(" ", f"{ahead(mention)} {behind(mention)}")),
        told_words(" ".join(_NOUN_ENDS.split(f"{behind(mention)} ")[0].split()[:3])),
        _years(clause) or _years(sentence.text),
        sentence.names & frozenset(_NAMES.findall(near)),
        sentence.names,
        _plain(clause) & APART | qualified(mention),
        _plain(sentence.masked) & APART,
        frozenset(abs(m.quantity.anchor) for m in sentence.mentions if m is not mention),
        min(_MANY, sum(base(m) == base(mention) and not m.quantity.ends for m in sentence.mentions) - 1),
        is_size(mention),
        _signed(mention.text),
        told_words(whom[1]) if (whom := _WHOM.match(behind(mention))) else _NONE,
        times_of(mention),
        bool(SUPPOSED.search(_without_what_it_is_held_against(clause, mention)) or TO_DO.search(sentence.heading.lower())),
        bool(_EARLIER.match(behind(mention))),
        bool(_AGO_AHEAD.search(ahead(mention)) or _AGO_BEHIND.match(behind(mention))),
        mention,
    )


_SPAN, _MANY = 5, 5
_WHOM = re.compile(r" of (?:(?:all|the|those|these|our|its|their) )*((?:[a-z'-]+ ?){1,2})")
_EARLIER = re.compile(r",? (?:[a-z]+ )?(?:a|one|two|three|the) (?:year|quarter|month|decade)s? (?:earlier|before|ago|previously)\b")
_LONG_AGO = r"(?:(?:a|one|two|three|five|ten) (?:years?|months?|quarters?|decades?) (?:ago|earlier|before|previously)|last (?:year|time)|previous(?:ly)?|the (?:year|quarter|survey) before|at baseline|originally|(?:up|down) from)"
_AGO_AHEAD = re.compile(rf"\b{_LONG_AGO}\b|\bfrom (?:[a-z]+ )?$")
_AGO_BEHIND = re.compile(rf"[^.;,]{{0,40}}\b{_LONG_AGO}\b|(?: [a-z]+){{0,3}} to $")
_POINTS = re.compile(r"\b(?:them|they|these|those|their)\b")
_FOLLOWS = re.compile(r"(?:^|[,;:(]|\bof) ?(?:which|who|whom)\b ?$|\b(?:compared with|compared to|than|against|up from|down from) ?$")


def _with_what_it_follows(clause: str, text: str) -> str:
    """Return a clause with the words before it in its sentence that it tells more of: "skills, which were named by 36%"."""
    at = text.find(clause)
    before = text[: max(at, 0)]
    if at <= 0 or not (_FOLLOWS.search(before) or re.match(r" ?(?:which|who|whom)\b", clause)):
        return clause
    return f"{re.split(_NEW, _FOLLOWS.sub('', before).rstrip(' ,'))[-1]} {clause}"


def _without_what_it_is_held_against(clause: str, mention: Occurrence) -> str:
    """Return a clause up to what its number is compared with: "9,420 visits" of "9,420 visits against a target of 9,000"."""
    before, mark, after = clause.partition(mention.mark)
    return before + re.split(r"\b(?:against|compared|than|versus)\b", after)[0] if mark else clause


_NEW = r"[;:()]|, (?:and|but|while|whereas|although|with) "


def _digits(text: str) -> Words:
    return frozenset(re.findall(r"\d+", text))


def _signed(text: str) -> bool:
    return text.strip()[:1] in "+-\u2212"


def _plain(text: str) -> Words:
    return frozenset(re.findall(r"[a-z-]+", text.lower()))


def _years(text: str) -> Words:
    """Return the years that a text names, each of "2023/24" for itself."""
    found = YEAR.findall(text)
    return frozenset((*(year[:4] for year in found), *(f"{year[:2]}{year[-2:]}" for year in found if len(year) > _SPAN)))


def of_cell(cell: ReportCell, caption: str, heading: str, beside: list[Fraction]) -> Told:
    """Return a number of a table with what says of what it is.

    Args:
        cell: The number.
        caption: What names the table.
        heading: The heading it stands under.
        beside: The numbers of its row.
    """
    row = told_words(_NO_WORDS.sub(" ", cell.row)) | _digits(YEAR.sub(" ", cell.row))
    head = told_words(_NO_WORDS.sub(" ", cell.head))
    told, text = told_words(re.sub(r"^\W*table \w+\W*", "", caption.lower())), f"{cell.row} {cell.head}"
    names, apart = frozenset(_NAMES.findall(cell.row)), _plain(text) & APART
    return Told(
        cell.quantity,
        cell.text,
        cell.quantity.unit,
        row | head,
        told,
        row | head | told,
        row | head | told | told_words(f"{heading} {cell.table.heads[0] if cell.table.heads else ''}"),
        row | head,
        _NONE,
        _years(text) or _years(caption),
        names,
        names,
        apart,
        apart | _plain(caption) & APART,
        frozenset(abs(other) for other in beside if other != cell.quantity.anchor),
        0,
        bool(_SIZES.search(text.lower())) or _signed(cell.text),
        _signed(cell.text),
        _NONE,
        frozenset(WHEN.findall(f"{text} {caption}".lower())),
        bool(SUPPOSED.search(f"{text} {caption}".lower())),
        False,
        bool(_AGO_AHEAD.search(text.lower())),
        None,
        cell,
        row,
        head,
    )
