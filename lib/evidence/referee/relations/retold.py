"""Told again: a number that stands nowhere else, where the report tells another one of the same thing, in a sentence or as the cell of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity.words import word_set
from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.generous import admitted
from evidence.referee.mentions import CHANGE, MARK, YEAR, Occurrence, Sentence, stem, stems
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import BACK, elsewhere, in_digits, label_words, one_digit, swaps
from evidence.referee.tables import ReportCell
from evidence.referee.topics import known, limited, narrower, times_of, topic

_NOT_TOLD = ("times", "out of 10")
_BREAK = re.compile(
    r"[;:]|, (?:and|but|while|with|which|whereas|up|down|compared|against|of (?:which|whom)) |, (?=(?:or )?[\ue000-\uf8ff])|, (?:[a-z]+ )?(?:more|less|fewer|higher|lower) |(?<=[\ue000-\uf8ff]) and (?!so )|,? (?:while|whereas|but|compared with|compared to|than|although|and) (?=(?:the |an? )?[a-z -]*[\ue000-\uf8ff])"
)
APART = word_set(
    "men women male female boys girls micro small medium large young old older younger urban rural north south east west public private full part first second third fourth former "
    "latter lowest highest poorest richest minimum maximum median mean planned target forecast expected previous earlier higher lower remaining other others net gross real "
    "nominal weekly monthly annual without never further additional extra existing capital revenue primary secondary new follow new-build adults children only "
    "disabled black white asian english maths morning afternoon weekday weekend summer winter spring autumn outside inside best worst starts completions"
)
THEN = re.compile(
    r"\b(?:(?:a|one|two|three|five|ten) (?:years?|months?|quarters?|decades?) (?:ago|earlier|before|previously)|last (?:year|month|quarter|time)|previous(?:ly)?|the (?:year|quarter|month|autumn|spring|summer|winter) before|at (?:baseline|first|the (?:start|outset|beginning))|originally|initially|was once|had been|up from|down from|from)\b"
)
SUPPOSED = re.compile(
    r"\b(?:if|assum\w+|scenario|would|suppose\w*|for example|will|targets?|aim\w*|plan(?:s to|ned)|expect\w*|forecast\w*|project(?:ed|ions?)|budget\w*|hop(?:e|ed)|national(?:ly)?|england|britain|uk|region(?:al(?:ly)?)?|elsewhere)\b"
)
_WEIGH = Fraction(3, 4)
_MOST, _SWAPPED = Fraction(3, 2), Fraction(3)


def retold(reach: Reach) -> Iterator[Compared]:
    """Yield each number told once that another number of the same thing, in another paragraph, does not meet."""
    told = [m for sentence in reach.sentences for m in sentence.mentions if _tells(m)]
    often = Counter((m.quantity.anchor, base(m)) for sentence in reach.sentences for m in sentence.mentions)
    anchors = {cell.quantity.anchor for cell in reach.cells}
    by_word: dict[tuple[str, str], list[Occurrence]] = {}
    subjects = {m: _subject(m) for m in told}
    title = next((sentence.text for sentence in reach.document.sentences if sentence.kind == "heading"), "")
    for m in told:
        for word in subjects[m]:
            by_word.setdefault((word, base(m)), []).append(m)
    for claim in told:
        if often[claim.quantity.anchor, base(claim)] > 1 or claim.quantity.anchor in anchors or len(subjects[claim]) < _TWO:
            continue
        near = Counter(m for word in subjects[claim] for m in by_word[word, base(claim)])
        alike = [m for m, number in near.items() if number >= _TWO and _of_one_thing(claim, m, subjects, title)]
        if any(_meet(claim, m) for m in alike) or any(_meet(claim, m) for m in near if m is not claim and m.sentence is not claim.sentence):
            continue
        found = max(alike, key=lambda m: (near[m], -abs(m.sentence.number - claim.sentence.number)), default=None)
        if found and (
            claim.sentence.number < found.sentence.number
            or often[found.quantity.anchor, base(found)] > 1
            or found.quantity.anchor in anchors
        ):
            message = f"{claim.text} here, {found.text} in the sentence at {found.sentence.place}, of the same thing."
            told_ = f"{found.text}; {claim.text}"
            yield compared("repeat", [claim], told_, message, confidence=Confidence.medium, other=found)


_TWO, _THREE = 2, 3


def _tells(mention: Occurrence) -> bool:
    """Return whether a number is a level or a size that a report may tell again: in digits, of its own place and time, and no small count."""
    sentence = mention.sentence
    if re.fullmatch(r" of [^,;:.()]+ \(", ahead(mention)):
        return False  # a part: "three quarters of the firms (2,430)"
    small = base(mention) == "count" and mention.quantity.anchor < _SMALL
    then = THEN.search(clause_of(mention)) or re.search(r"\bfrom (?:[a-z]+ )*$", ahead(mention))
    return (
        in_digits(mention)
        and not mention.quantity.unit.startswith(_NOT_TOLD)
        and not small
        and not then
        and not SUPPOSED.search(clause_of(mention))
        and not _OF_SO_MANY.search(ahead(mention))
        and not TO_DO.search(sentence.heading.lower())
        and not elsewhere(mention)
        and len(sentence.mentions) <= _MANY
    )


_SMALL, _MANY = 12, 6
_OF_SO_MANY = re.compile(
    r"^(?: out)? ?of (?:the |all |these |those |its |our )*$|\b(?:within|under|over|at least|limit of|standard of) (?:the )?$"
)
TO_DO = re.compile(r"\b(?:recommend\w*|next steps?|plans?|outlook|ahead|future|ask(?:s|ing)?|call for)\b")


def clause_of(mention: Occurrence) -> str:
    """Return the masked words of the clause of a number, and of the one before it where that has no word of its own."""
    text, mark = mention.sentence.masked, mention.mark
    at = text.index(mark)
    starts = [0, *(found.end() for found in _BREAK.finditer(text[:at]))]
    after = _BREAK.search(text, at + 1)
    end = after.start() if after else len(text)
    start = next((one for one in reversed(starts) if frozenset(stems(re.sub(MARK, " ", text[one:end]))) - _EMPTY), 0)
    return text[start:end]


def _subject(mention: Occurrence) -> frozenset[str]:
    """Return the words of the clause of a number, and of the sentence before where it begins with a pronoun."""
    sentence, clause = mention.sentence, re.sub(MARK, " ", clause_of(mention))
    words = [clause, *([re.sub(MARK, " ", sentence.before.masked)] if sentence.before and BACK.match(sentence.masked) else [])]
    plain = " ".join(CHANGE.sub(" ", text) if is_size(mention) else text for text in words)
    kinds = {word for word in ("average", "total", "median") if re.search(rf"\b{word}", clause)} | ({base(mention)} - _PLAIN)
    return (frozenset(stems(plain)) - _EMPTY) | kinds


_PLAIN = {"count", "percent", "GBP", "percentage points"}


def _beside(mention: Occurrence) -> frozenset[str]:
    """Return the other numbers of a sentence, and of that it points back to, which mark what it speaks of: "within 62 days"."""
    sentence = mention.sentence
    told = [sentence, *([sentence.before] if sentence.before and BACK.match(sentence.masked) else [])]
    return frozenset(m.text.lower() for one in told for m in one.mentions if m is not mention and base(m) != base(mention))


_EMPTY = frozenset(
    stems("told tell told gave give given came come went had got made found show overall total all stood remained year account was every")
)


def _of_one_thing(claim: Occurrence, other: Occurrence, subjects: dict[Occurrence, frozenset[str]], title: str) -> bool:
    """Return whether two numbers are of one thing: their clauses share nearly all words, and nothing sets them apart."""
    one, two = subjects[claim], subjects[other]
    shared = (one & two) | _beside(claim) & _beside(other)
    least, most = sorted((len(one), len(two)))
    swapped = swaps(claim.text, other.text)
    if not swapped and _sums_up(claim.sentence, title) is _sums_up(other.sentence, title):
        return False
    close = off(claim.quantity.anchor, other.quantity.anchor) < (_SWAPPED if swapped else _MOST)
    covers = len(shared) >= _WEIGH * least and (
        2 * len(shared) >= most or swapped or (len(shared) > _TWO and BACK.match(other.sentence.masked))
    )
    return (
        bool(close and covers)
        and len(shared) >= _TWO
        and is_size(claim) is is_size(other)
        and abs(claim.sentence.number - other.sentence.number) > 1
        and claim.quantity.unit == other.quantity.unit
        and claim.quantity.hedge in ("", "about")
        and other.quantity.hedge in ("", "about")
        and (not (one - two and two - one) or len(shared) > _THREE)
        and not _set_apart(claim, other)
        and not limited(claim, other)
        and (swapped or any(BACK.match(m.sentence.masked) for m in (claim, other)) or not _apart(claim, other))
    )


SUMS_UP = re.compile(
    r"\b(?:summary|main (?:points?|findings|messages)|key|headlines?|at a glance|highlights|foreword|overview|in brief|in short|conclusions?|closing|welcome|message|findings in brief|numbers)\b"
)


def _sums_up(sentence: Sentence, title: str) -> bool:
    """Return whether a sentence stands under a heading that sums up, or under the title."""
    return sentence.heading in ("", title) or bool(SUMS_UP.search(sentence.heading.lower()))


def _set_apart(one: Occurrence, two: Occurrence) -> bool:
    """Return whether years, names, or words such as "older" tell two numbers apart, or either sentence has one that meets the other."""
    first, second = (frozenset(re.findall(r"[a-z-]+", re.sub(MARK, " ", clause_of(m)))) & APART for m in (one, two))
    years = [frozenset(YEAR.findall(m.sentence.text)) for m in (one, two)]
    names = [m.sentence.names for m in (one, two)]
    beside = any(
        _meet(m, other)
        for m, sentence in ((one, two.sentence), (two, one.sentence))
        for other in sentence.mentions
        if other not in (one, two)
    )
    return bool(
        first ^ second
        or _of_others(one, two)
        or qualified(one) != qualified(two)
        or (years[0] and years[1] and not years[0] & years[1])
        or (names[0] and names[1] and not (names[0] <= names[1] or names[1] <= names[0]))
        or beside
    )


def _apart(one: Occurrence, two: Occurrence) -> bool:
    """Return whether two numbers are of other times, or each of something that the other sentence does not name, whatever "told" them."""
    first, second = times_of(one), times_of(two)
    pairs = ((one, two), (two, one))
    item = any(m.sentence.kind == "item" for m, _ in pairs)
    own = all((topic(m) - known(other.sentence)) and (item or _subject(m) - known(other.sentence) - _SAID) for m, other in pairs)
    return bool(first and second and first != second) or own or narrower(one, two)


_SAID = frozenset(stems("said say says report reported stated us"))


def _of_others(one: Occurrence, two: Occurrence) -> bool:
    """Return whether one of two numbers says of whom it is ("26% of members", "For men, 31%") and the other does not, or both point back."""
    both_back = all(BACK.match(m.sentence.masked) for m in (one, two))
    return both_back or any(
        stem(word) not in known(other.sentence)
        for m, other in ((one, two), (two, one))
        for found in (_WHOM.match(behind(m)), _FOR.match(m.sentence.masked))
        if found
        for word in found[1].split()
    )


_WHOM = re.compile(r" of (?:all |the |those |these |our |its |their )*([a-z-]{4,})\b")
_FOR = re.compile(r"(?:for|among|amongst|within) (?:all |the |those |these |our |its |their )*([a-z-]+(?: [a-z-]+){0,3}),")


def qualified(mention: Occurrence) -> frozenset[str]:
    """Return the words of the clause of a number that limit it to some, such as "aged" and "who"."""
    return frozenset((*_QUALIFIED.findall(clause_of(mention)), *_MANNER.findall(clause_of(mention))))


_MANNER = re.compile(
    r"\b(?!only|family|supply|nearly|really|apply|july|italy|early|roughly|approximately|exactly|currently|finally)[a-z]{3,}ly\b|\b(?:not|never|neither|nor)\b"
)


def _meet(one: Occurrence, two: Occurrence) -> bool:
    if swaps(one.text, two.text):
        return False
    return base(one) == base(two) and (
        admitted(one.quantity).meets(two.quantity.interval) or admitted(two.quantity).meets(one.quantity.interval)
    )


_QUALIFIED = re.compile(
    r"\b(?:referred|aged|under|over|who|whose|that (?:are|were|had|have)|with(?! (?:an? )?(?:the )?(?:\ue000|total))|without|among|new|only|including|excluding|except|apart|more than|fewer than|less than|up to|at least|half|each|per|every|next|for (?:children|women|men|people|(?!all|this|has|was)[a-z]{4,}s)|a year (?:earlier|before|ago)|year before)\b"
)


def cell_of_words(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number is the cell whose row and column its sentence names, or that of all where it names no row."""
    if SUPPOSED.search(sentence.masked) or len(sentence.mentions) > _MANY:
        return
    for claim in sentence.mentions:
        if not in_digits(claim) or claim.quantity.hedge or is_size(claim) or elsewhere(claim) or THEN.search(ahead(claim)):
            continue
        if (
            _QUALIFIED.search(clause_of(claim))
            or ahead(claim) == " ("
            or re.match(r" of (?:the|these|those|its|our|all|which|whom)\b", behind(claim))
        ):
            continue
        cells = [cell for table in reach.tables for cell in _named_cells(claim, reach.cells_in(table), reach)]
        if (
            len(cells) == 1
            and cells[0].quantity.anchor != _ALL
            and not any(_same(claim, cell) for cell in reach.cells)
            and not _told_elsewhere(claim, reach)
        ):
            yield from _misses(claim, cells[0])


def _told_elsewhere(claim: Occurrence, reach: Reach) -> bool:
    return any(
        m.quantity.anchor == claim.quantity.anchor and base(m) == base(claim)
        for one in reach.sentences
        if one is not claim.sentence
        for m in one.mentions
    )


def _misses(claim: Occurrence, cell: ReportCell) -> Iterator[Compared]:
    long = len(re.sub(r"\D", "", claim.text)) > _TWO or base(claim) != "percent"
    if swaps(claim.text, cell.text) or (long and one_digit(claim.text, cell.text)):
        message = f"{claim.text} here, {cell.text} in the table for {cell.label}."
        told = f"{cell.label}: {cell.text}; in the text {claim.text}"
        yield compared("repeat", [claim], told, message, confidence=Confidence.medium, other=cell)


def _same(claim: Occurrence, cell: ReportCell) -> bool:
    scale = claim.quantity.anchor / cell.quantity.anchor if cell.quantity.anchor else Fraction(0)
    return scale in (1, 1000, 10**6) or claim.quantity.interval.meets(cell.quantity.interval)


_IN_UNIT = {
    "percent": r"%|per ?cent|share|rate|proportion",
    "days": r"days?",
    "weeks": r"weeks?",
    "months": r"months?",
    "years": r"years?",
    "hours": r"hours?",
    "km": r"km|kilomet",
    "tonnes": r"tonnes?",
    "hectares": r"hectares?|\bha\b",
}


def _named_cells(claim: Occurrence, cells: list[ReportCell], reach: Reach) -> list[ReportCell]:
    """Return the cells of a table in the row and the column that the sentence of a number names; the latest year where columns are years."""
    if not cells:
        return []
    caption = reach.captions.get(id(cells[0].table), "")
    said = frozenset(label_words(claim.sentence.text))
    rows = [
        row for row in dict.fromkeys((cell.row, cell.all) for cell in cells) if _is_named(row[0], said, claim.sentence.text) and not row[1]
    ]
    chosen = [cell for cell in cells if (cell.row, cell.all) in rows] if rows else [cell for cell in cells if cell.all]
    if len({cell.place for cell in chosen}) != 1:
        return []
    words = said | _EMPTY_LABEL
    held = [
        cell for cell in chosen if fits_unit(claim, cell, caption) and _column_said(claim, cell, chosen, words, caption, by_row=bool(rows))
    ]
    return held if len(held) == 1 and _of_nothing_else(claim, held[0], caption) else []


_ALL = 100
_MONEY = ("GBP", "EUR", "USD")
_EMPTY_LABEL = frozenset(label_words("average number percentage percent share total year all mean"))


def _is_named(row: str, said: frozenset[str], text: str) -> bool:
    """Return whether a text has all words and numbers of a label."""
    words = _row_words(row)
    return bool(words) and words <= said and all(number in text for number in re.findall(r"\d+", row))


def _row_words(label: str) -> frozenset[str]:
    return label_words(re.sub(r"\([^)]*\)", "", label))


def _head_words(head: str) -> frozenset[str]:
    return label_words(re.sub(r"\([^)]*\)|%|£\S*|(?:19|20)\d\d\S*|\d", " ", head))


def fits_unit(claim: Occurrence, cell: ReportCell, caption: str) -> bool:
    """Return whether a number is of the unit of a cell, which its head, its label or the caption may tell."""
    unit = base(claim)
    if cell.quantity.unit == unit and unit not in ("count",):
        return True
    told = f"{cell.head} {cell.row if not cell.all else ''} {caption if '(' in caption else ''}".lower()
    if unit == "count":
        return cell.quantity.unit == "count" and not re.search(r"%|\(days|\(weeks|average|per |£", told)
    return cell.quantity.unit == "count" and bool(re.search(_IN_UNIT.get(unit, r"(?!)"), told))


def _column_said(claim: Occurrence, cell: ReportCell, row: list[ReportCell], said: frozenset[str], caption: str, *, by_row: bool) -> bool:
    """Return whether the words of a sentence name the column of a cell; a year where that is the one it names, or the latest."""
    year = YEAR.search(cell.head)
    if year:
        years = {one[0] for other in row if (one := YEAR.search(other.head))}
        named = {one.replace("\u2013", "/") for one in claim.sentence.years}
        latest = max(years) == year[0]
        about = _head_words(cell.head) or (
            label_words(re.sub(r"\bby\b.*", "", re.sub(r"^\W*table \w+\W*", "", caption.lower()))) if not by_row else frozenset()
        )
        return (year[0] in named if named else latest) and (not about or bool(about & said))
    head = _head_words(cell.head) - _EMPTY_LABEL
    each = re.search(r"\bper\b|\baverage\b", cell.head.lower()) and re.search(r"\b(?:average|each|per|mean)\b", claim.sentence.masked)
    own = {other.column for other in row if re.search(r"\bper\b|\baverage\b", other.head.lower())}
    if each and len(own) == 1 and base(claim) in _MONEY and re.search(r"\bcosts?\b|\bspen[dt]", claim.sentence.masked):
        return True
    return bool(head) and head <= said and not re.search(r"change", cell.head.lower())


_OF_ANY_CELL = frozenset(
    words_of(
        "there in all total overall across average year stood was came received longest shortest highest lowest most least had has saw"
    )
)


def _of_nothing_else(claim: Occurrence, cell: ReportCell, caption: str) -> bool:
    """Return whether hardly a word stands in the clause of a number that is not of its cell, and one that is."""
    clause = frozenset(words_of(re.sub(MARK, " ", clause_of(claim))))
    labels = frozenset(words_of(f"{caption} {cell.head} {cell.row}"))
    beside = frozenset(
        words_of(" ".join(re.split(r"[,.;:(]| (?:in|at|on|for|by|were|was|are|is|have|had|has)\b", behind(claim))[0].split()[:3]))
    )
    dated = all(year in f"{caption} {cell.head} {cell.row}" for year in claim.sentence.years)
    return (
        len(clause - labels - _OF_ANY_CELL) <= 1
        and bool(clause & labels)
        and dated
        and (base(claim) != "count" or not beside - labels - _OF_ANY_CELL)
    )
