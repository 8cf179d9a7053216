"""The grammar of stated numbers: hedge, sign and money before a number, unit, rate and hedge after it, and ranges of two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.quantity import lexicon, words
from evidence.quantity.classes import claimed
from evidence.quantity.context import amount_ends, happened, titled
from evidence.quantity.cores import FIRST_WORDS as CORE_WORDS
from evidence.quantity.cores import core
from evidence.quantity.number import Core, Range, Single
from evidence.quantity.tokens import Tokens, is_whole, numeral
from evidence.quantity.words import word_set

_LEADS = (lexicon.HEDGES, lexicon.FILLERS, lexicon.MINUS, lexicon.PLUS_MINUS, lexicon.RATIOS, lexicon.CURRENCY_CODES)
FIRST_WORDS = CORE_WORDS | lexicon.first_words(*_LEADS, lexicon.RATIO_SIGNS, lexicon.ADJUSTED_SIGNS, ("p", "+", "×"))
"""Words and marks with which a stated number may begin."""
_MARKS = frozenset(
    (
        *lexicon.first_words(lexicon.MINUS, lexicon.PLUS_MINUS, lexicon.RATIOS, lexicon.CURRENCY_CODES),
        *(*lexicon.RATIO_SIGNS, *lexicon.ADJUSTED_SIGNS, *lexicon.CURRENCY_SIGNS),
        *("p", "+", "×", "-", "\u2013"),
    )
)
"""Words and marks that may begin what `_marked` reads."""
_BEFORE_NUMBERS = FIRST_WORDS | lexicon.CURRENCY_SIGNS.keys() | {"-", "\u2013"}
"""All that may stand before a number as part of it, or be one: at any other word or mark none begins."""
JOINTS = frozenset(("-", "\u2013", "\u2014", "to", "and", "or"))
"""What may stand between the two ends of a range."""


@dataclass(slots=True)
class _Lead:
    start: int = -1
    money: str = ""
    unit: str = ""
    negative: bool = False
    hedge: str = ""
    past_index: int = 0
    probability: bool = False


_MOST_LEAD = 6


def single(tokens: Tokens, at: int) -> Single | None:
    """Return the stated number that begins with the token at `at`, hedge and unit and all, or None."""
    lead, i = _Lead(), at
    for _ in range(_MOST_LEAD):
        if tokens[i].kind in ("word", "mark") and tokens[i].word not in _BEFORE_NUMBERS:
            return None
        if number := core(tokens, i):
            lead.start = i if lead.start < 0 else lead.start
            found = _with_unit(tokens, lead, i, number)
            return found if not lead.past_index or found.unit == "index points" else single(tokens, lead.past_index)
        step = _lead(tokens, i, lead)
        if step == i:
            return None
        i = step
    return None


def _lead(tokens: Tokens, i: int, lead: _Lead) -> int:
    """Return the index after what stands before a number, having noted it in `lead`, or `i` where nothing such stands."""
    if (found := lexicon.longest(lexicon.HEDGES, tokens, i)) and not _bracket(tokens, i) and not _no_hedge(tokens, i):
        lead.hedge, end = found
    elif not (end := _marked(tokens, i, lead) if tokens[i].word in _MARKS else 0):
        found = lexicon.longest(lexicon.FILLERS, tokens, i)
        return found[1] if found else i
    lead.start = i if lead.start < 0 else lead.start
    return end


def _marked(tokens: Tokens, i: int, lead: _Lead) -> int:
    """Return the index after money, a sign, a ratio or the letter of a probability, having noted it in `lead`, or 0."""
    if (end := _money(tokens, i, lead)) or (end := _either_side(tokens, i)):
        return end
    if end := _sign(tokens, i):
        lead.negative = True
        return end
    return _ratio(tokens, i, lead) or _probability(tokens, i, lead)


def _bracket(tokens: Tokens, i: int) -> bool:
    """Return whether a sign of comparison is the bracket around an address, which touches what stands before it alone."""
    return tokens[i].kind == "mark" and tokens[i].glued and not tokens[i + 1].glued


def _no_hedge(tokens: Tokens, i: int) -> bool:
    """Return whether words like a hedge tell a change ("up to a record 22%"), a sum ("they add up to 22"), a time ("over the five years") or a comparison ("9% more than 5", "more than the 5")."""
    word, after = tokens[i].word, tokens[i + 1].word
    record = (word, after) == ("up", "to") and (tokens[i + 3].word == "record" or tokens[i - 1].word in _ADD)
    compares = (after == "than" or word in _PLACES) and amount_ends(tokens, i - 1) and not _named_before(tokens, i)
    named = tokens[i + 2].word if after == "than" else after if word in _PLACES else ""
    return record or compares or named in _NAMED


def _named_before(tokens: Tokens, i: int) -> bool:
    """Return whether the digits before a word are no amount ("In 2019 more than 300 closed")."""
    return any(claimed(tokens, at) == i for at in range(i - _LONGEST_NAME, i))


_LONGEST_NAME = 3
"""Most tokens of a year, date or label that end in digits ("2015-16")."""
_ADD = word_set("add adds added adding")
_NAMED = word_set("the these those its their")
_PLACES = word_set("over above below under")
"""Words that are hedges where nothing before or behind them makes them tell where or when."""


def _either_side(tokens: Tokens, i: int) -> int:
    """Return the index after a sign that leaves a number as it is ("±3", "plus or minus 3", "+3"), or 0."""
    if found := lexicon.longest(lexicon.PLUS_MINUS, tokens, i):
        return found[1]
    touches = tokens[i].glued and (tokens[i - 1].kind in ("word", "number") or tokens[i - 1].word == "+")
    return i + 1 if tokens[i].word == "+" and tokens[i + 1].glued and tokens[i + 1].kind in ("number", "money") and not touches else 0


def _ratio(tokens: Tokens, i: int, lead: _Lead) -> int:
    """Return the index after the name of a ratio or an index and what links it to its number ("odds ratio (OR) was", "OR ="), or 0."""
    if found := lexicon.longest(lexicon.RATIOS, tokens, i):
        unit, end = found
        if tokens[end].word == "(" and _ratio_sign(tokens, end + 1) and tokens[end + 2].word == ")":
            end += 3
    elif _ratio_sign(tokens, i) or (tokens[i].word == "×" and tokens[i + 1].glued and not tokens[i].glued):
        unit, end = "times", i + 1
    else:
        return 0
    while tokens[end].word in lexicon.LINKS or (unit == "index points" and tokens[end].word in lexicon.MOVES):
        end += 1
    if not found and tokens[end].kind != "number":
        return 0
    lead.unit, lead.past_index = unit, end if unit == "index points" else 0
    return end


def _ratio_sign(tokens: Tokens, i: int) -> bool:
    return (tokens[i].word in lexicon.RATIO_SIGNS and tokens[i].capitals) or tokens[i].word in lexicon.ADJUSTED_SIGNS


def _probability(tokens: Tokens, i: int, lead: _Lead) -> int:
    """Return the index after the letter of a p-value that a sign of comparison follows, or 0."""
    lead.probability = lead.probability or (tokens[i].word == "p" and tokens[i + 1].word in ("<", ">", "≤", "≥"))
    return i + 1 if lead.probability and tokens[i].word == "p" else 0


def _money(tokens: Tokens, i: int, lead: _Lead) -> int:
    token = tokens[i]
    code = lexicon.CURRENCY_SIGNS.get(token.word) or (token.kind == "word" and token.capital and lexicon.CURRENCY_CODES.get(token.word))
    if not code or tokens[i + 1].kind not in ("number", "mark", "word"):
        return 0
    lead.money = code
    return i + 1


def _sign(tokens: Tokens, i: int) -> int:
    if found := lexicon.longest(lexicon.MINUS, tokens, i):
        return words.joined(tokens, found[1])
    after = tokens[i + 1]
    dash = tokens[i].word in ("-", "\u2013") and after.glued and after.kind in ("number", "money", "small")
    return i + 1 if dash and not (tokens[i].glued and tokens[i - 1].kind in ("word", "number")) else 0


def _with_unit(tokens: Tokens, lead: _Lead, at: int, number: Core) -> Single:
    unit, factor, end = number.unit, Fraction(1), number.end
    if lead.money:
        unit = lead.money
    elif lead.unit == "times":
        unit = "times"
    elif not unit and number.form != "nothing":
        unit, factor, end = _unit(tokens, number)
        unit = lead.unit if lead.unit and unit == "percentage points" else unit
        if unit == "times" and happened(tokens, lead.start if lead.start >= 0 else at, number.end):
            unit, end = "", number.end
    per, end = _per(tokens, end, unit)
    found = Single(lead.start, at, end, number, unit or "count", per, factor, lead.hedge, lead.negative, probability=lead.probability)
    return _after(tokens, _margin(tokens, _with_lesser(tokens, found)))


def _with_lesser(tokens: Tokens, found: Single) -> Single:
    """Return the number with what goes on in the next smaller unit ("9 minutes and 4 seconds"), all in that unit."""
    if found.unit not in lexicon.LESSER or found.per or found.core.decimals:
        return found
    lesser, many = lexicon.LESSER[found.unit]
    number = core(tokens, found.end + (tokens[found.end].word == "and"))
    if not number or not {number.form, found.core.form} <= {"digits", "spelled"} or number.scale != 1 or number.value >= many:
        return found
    unit, factor, end = _unit(tokens, number)
    if lesser == "seconds" and tokens[end].word in ("second", "s"):
        unit, end = lesser, end + 1
    if unit != lesser or factor != 1 or (found.core.value * found.factor).denominator > 1:
        return found
    whole = replace(number, value=found.core.value * found.factor * many + number.value, end=end, rounded=False)
    return replace(found, core=whole, unit=lesser, factor=Fraction(1), end=end)


def _unit(tokens: Tokens, number: Core) -> tuple[str, Fraction, int]:
    at = words.joined(tokens, number.end)
    token, one = tokens[at], Fraction(1)
    if token.glued and token.kind == "word" and token.word in lexicon.GLUED_UNITS and number.form == "digits" and at == number.end:
        if token.word == "c" and token.capital:
            return "degrees C", one, at + 1
        base, factor = lexicon.FACTORS.get(lexicon.GLUED_UNITS[token.word], (lexicon.GLUED_UNITS[token.word], one))
        return base, factor, at + 1
    found = lexicon.longest(lexicon.UNITS, tokens, at)
    if found and not titled(tokens, at):
        return _named_unit(tokens, at, *found, number)
    if number.decimals and (found := lexicon.longest(lexicon.ON_BEFORE, tokens, at)) and _of_a_rate(tokens, number, found[1]):
        return "percentage points", one, found[1]
    if number.form == "vague" and token.word == "of" and (found := lexicon.longest(lexicon.UNITS, tokens, at + 1)):
        return _named_unit(tokens, at + 1, *found, number)
    if token.word == "of" and tokens[at + 1].word == "a" and (found := lexicon.longest(_PERCENTS, tokens, at + 2)):
        return found[0], one, found[1]
    if token.word in lexicon.CURRENCY_CODES and token.capital:
        return lexicon.CURRENCY_CODES[token.word], one, at + 1
    if token.glued and token.kind == "word" and number.form == "digits" and at == number.end and token.word not in _NO_UNITS:
        return token.word, one, at + 1
    return "", one, number.end


_FAR = 16
"""How many tokens before a number the rate that it changes may stand."""


def _of_a_rate(tokens: Tokens, number: Core, end: int) -> bool:
    """Return whether a bare number is what a percentage before it moved by, or the text is that number alone."""
    at = number.digits[0]
    before = [token.word for token in tokens[max(at - _FAR, 0) : at]]
    moved = bool(before) and before[-1] in ("up", "down")
    return tokens[end].kind == "end" if not before else moved and "." not in before and not {"%", "cent", "percent"}.isdisjoint(before)


_PERCENTS = lexicon.phrases({"percentage points": "percentage point|percentage-point", "percent": "per cent|percent"})
_NO_UNITS = word_set("s st nd rd th am d")


def _named_unit(tokens: Tokens, at: int, name: str, end: int, number: Core) -> tuple[str, Fraction, int]:
    unit, factor = lexicon.FACTORS.get(name, (name, Fraction(1)))
    old = tokens[words.joined(tokens, end)].word in ("old", "olds")
    if name == "percentage points" and tokens[at].word == "points" and number.value >= _MOST_PERCENTAGE_POINTS:
        unit = "index points"
    plan = name.endswith("|spaced") and at > number.end
    return ("", Fraction(1), number.end) if (unit in lexicon.TIMES and old) or plan else (unit, factor, end)


_MOST_PERCENTAGE_POINTS = 100
"""From so many on, bare points are of an index."""


def _per(tokens: Tokens, at: int, unit: str) -> tuple[str, int]:
    """Return the rate after a number (` per year`), and the index after it."""
    word, after = tokens[at].word, tokens[at + 1]
    if word in ("annually", "yearly"):
        return " per year", at + 1
    if word in ("a", "per") and after.word == "-" and after.glued and tokens[at + 2].word in lexicon.PERIODS and tokens[at + 2].glued:
        return f" per {lexicon.PERIODS[tokens[at + 2].word]}", at + 3
    if word in _PER and after.word in lexicon.PERIODS and not (word in ("a", "an") and tokens[at + 2].word in _SINCE):
        return f" per {lexicon.PERIODS[after.word]}", at + 2
    if word == "per" and (is_whole(after) or after.word in ("million", "thousand")) and after.word not in ("1", "0"):
        return _per_so_many(tokens, at + 1)
    thing = tokens[at].kind == "word" and (word.endswith("s") or word in lexicon.PEOPLE) and after.word == "per"
    base = tokens[at + 2].word in (*lexicon.PERIODS, "million", "thousand") or is_whole(tokens[at + 2])
    return _per(tokens, at + 1, unit) if not unit and thing and base else ("", at)


_PER = word_set("per a an each every /")
_SINCE = word_set("earlier ago before later previously prior")
"""Words after "a year" that make it a time and no rate."""


def _per_so_many(tokens: Tokens, at: int) -> tuple[str, int]:
    read = numeral(tokens[at]) if tokens[at].kind == "number" else None
    many = f"{int(read[0]):,}" if read else tokens[at].word
    people = tokens[at + 1].word in lexicon.PEOPLE and tokens[at + 2].word != "-"
    return f" per {many}" + (" people" if people else ""), at + 1 + people


def _margin(tokens: Tokens, found: Single) -> Single:
    either = lexicon.longest(lexicon.PLUS_MINUS, tokens, found.end)
    number = core(tokens, either[1]) if either else None
    if not number:
        return found
    unit, factor, end = _unit(tokens, number)
    if unit and (found.unit, found.per) == ("count", ""):
        found = replace(found, unit=unit, factor=factor)
    fits = unit in ("", found.unit) or (unit == "percentage points" and found.unit == "percent")
    return replace(found, margin=number.value * factor, end=end) if fits else found


def _after(tokens: Tokens, found: Single) -> Single:
    """Return the number with the hedge that stands behind it ("250+", "four or more", "one pass or more")."""
    end = found.end
    if tokens[end].word == "+" and tokens[end].glued:
        return replace(found, hedge="at least", end=end + 1)
    thing = found.unit == "count" and tokens[end].kind == "word" and tokens[end].word not in ("or", "and")
    for i in (end, end + 1)[: 1 + thing]:
        if hedge := lexicon.longest(lexicon.AFTER, tokens, i):
            return replace(found, hedge=hedge[0], end=hedge[1])
    return found


def past_joint(tokens: Tokens, at: int) -> int:
    """Return the index after what joins two numbers to a range, a word or a dash with space on both sides or on neither, or `at`."""
    i = at + (tokens[at].word == "-" and tokens[at].glued and tokens[at + 1].kind == "word" and not tokens[at + 1].glued)
    joins = tokens[i].word in JOINTS and (tokens[i].kind == "word" or tokens[i].glued == tokens[i + 1].glued)
    return i + 1 if joins else at


def range_after(tokens: Tokens, first: Single, *, falls: bool = False) -> Range | None:
    """Return the range that begins with a number, or None where no second end follows that is larger and of its unit.

    Args:
        tokens: The passage.
        first: The number.
        falls: Whether the second end may be smaller, where the first takes its unit or scale.
    """
    second = past_joint(tokens, first.end)
    if second == first.end or not (last := single(tokens, second)) or last.hedge or last.core.form in ("vague", "nothing"):
        return None
    if first.unit in lexicon.MONEY and last.unit == "count":
        last = replace(last, unit=first.unit)
    same = (one for one in _completed(first, last) if (one.unit, one.per) == (last.unit, last.per))
    return next((Range(one, last) for one in same if one.value < last.value or (falls and _falls(first, one, last))), None)


def _falls(first: Single, one: Single, last: Single) -> bool:
    """Return whether a first end that takes unit or scale from the last begins a fall ("40 to 30%", "1.5 to 1.2 million")."""
    scaled = one.core.scale > first.core.scale
    return one != first and one.value > last.value and (not scaled or one.value <= _NEAR * last.value)


_NEAR = 10
"""How many times as large as the other one end of a change may be that takes its scale from it."""


def completed_by(first: Single, second: Single) -> bool:
    """Return whether a number lacks the unit or the scale that the next one has, as in "by 5 to 10%" and "from 1.2 to 1.5 million"."""
    bare = first.unit == "count" and first.core.scale == 1
    scaled = first.core.scale == 1 < second.core.scale and first.core.form == second.core.form == "digits"
    near = scaled and first.value <= _NEAR * second.value / second.core.scale and second.value / second.core.scale <= _NEAR * first.value
    return near if scaled else bare and second.unit != "count"


def _completed(first: Single, last: Single) -> Iterator[Single]:
    """Yield the first end of a range as it may be meant: with scale, unit and rate of the last, with its unit alone, as it stands."""
    bare = first.unit == "count" and not first.per and not last.core.unit
    if bare or first.unit == last.unit:
        like_last = replace(first, unit=last.unit, per=first.per or last.per, factor=last.factor if bare else first.factor)
        if first.core.scale == 1 and last.core.scale != 1 and first.core.form in ("digits", "spelled"):
            scaled = replace(first.core.times(Fraction(last.core.scale), first.core.end), scale=last.core.scale, rounded=True)
            yield replace(like_last, core=scaled)
        yield like_last
    yield first
