"""Formulas: one line of arithmetic or of comparison over named numbers, read under a closed grammar into interval arithmetic.

| written | means |
|---|---|
| `{sme.count}` | a figure by its id |
| `12`, `0.5`, `1 / 4` | a bare number: a multiple, or beside a share or a count one of those |
| `+ - * /` and parentheses | as in arithmetic |
| `sum(a, b)`, `mean(a, b)`, `min(a, b)`, `max(a, b)` | of two numbers or more in one unit |
| `a / b as percent` | what stands before it, as far as the parenthesis, in another unit of its kind; `as percentage points`; `as GBP` leaves out a "per ..." |

A condition compares such numbers:

| written | holds when |
|---|---|
| `a > b`, `a > b > c`, `a < b` | every value one may have is above every value the other may have |
| `a != b` | no value can be both |
| `a in b` | the point of `a` is one that `b` may have |
| `"words" in {id}`, `"words" not in {id}` | they stand, or do not stand, in what the source says there |
| `and`, `or`, `not` | as in English |

Python's own parser reads the line; nothing but what stands here is let through, and nothing of Python is run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from evidence.errors import QuantityError
from evidence.quantity import units
from evidence.quantity.reckoning import COMPARISONS, FUNCTIONS, SIGNS, Read, Reckoned, Reckoning, Says, Trial
from evidence.quantity.stated import Quantity, to_fraction

_LARGEST = 300
_UNIT = rf"(?:{'|'.join(sorted(units.BASES, key=len, reverse=True))})(?: per (?:{'|'.join(units.PERIODS)}))?"
_SPECIAL = re.compile(rf'"[^"]*"|\{{(?P<name>[^{{}}"]*)\}}|\bas (?:(?P<unit>{_UNIT})\b|(?P<strange>\w+))')
_NAMED = ", ".join(f"{name}(...)" for name in FUNCTIONS)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A formula or a condition that has been read.

    Attributes:
        text: As it was written.
        names: Ids in braces, in order, each once.
        source: The text with a name of Python, as long as itself, for each id and unit.
        meaning: What each of those names stands for.
        tree: What Python's parser makes of the source.
    """

    text: str
    names: tuple[str, ...]
    source: str
    meaning: dict[str, str]
    tree: ast.expr

    def reckon(self, read: Read, shown: Callable[[str], str] = str) -> Reckoned:
        """Return what a formula gives.

        Args:
            read: Returns the quantity of an id.
            shown: Returns how its number is written for readers.

        Raises:
            QuantityError: If units do not fit, or a divisor may be zero.
        """
        return Reckoning(self.meaning, read, shown).of(self.tree)

    def holds(self, read: Read, says: Says | None = None) -> bool:
        """Return whether a condition holds.

        Args:
            read: Returns the quantity of an id.
            says: Returns whether the words of an id hold some words; None where no words can be asked for.

        Raises:
            QuantityError: If it compares numbers of different units, or asks for words where none can be.
        """
        return Trial(Reckoning(self.meaning, read), says or _wordless).of(self.tree)

    def sides(self, read: Read) -> tuple[Quantity, Quantity] | None:
        """Return both sides of the first comparison of numbers in a condition, or None where it has none."""
        compared = (node for node in ast.walk(self.tree) if isinstance(node, ast.Compare) and not _asks_for_words(node))
        if (first := next(compared, None)) is None:
            return None
        reckoning = Reckoning(self.meaning, read)
        return reckoning.of(first.left).quantity, reckoning.of(first.comparators[0]).quantity

    def written(self, node: ast.expr) -> str:
        """Return a part of the line as it was written."""
        source = self.source.encode()
        start, end = (len(source[:place].decode()) for place in (node.col_offset, node.end_col_offset))
        return self.text[start:end]


_LINE_END = re.compile(r"[\n\r\f\v]")
"""What would begin a new line; a formula is one, so that places in it are counted from its beginning."""


def _asks_for_words(node: ast.Compare) -> bool:
    return isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)


def _wordless(name: str, words: str) -> bool:
    raise QuantityError(f'nothing tells whether {name} says "{words}"; compare numbers')


@lru_cache(maxsize=1024)
def read_formula(text: str) -> Line:
    """Return a formula that has been read.

    Raises:
        QuantityError: If the text is none: says what was found that the grammar does not know.

    Example:
        >>> from evidence.quantity import parse
        >>> line = read_formula("{part} / {whole} as percent")
        >>> reckoned = line.reckon({"part": parse("36"), "whole": parse("48")}.__getitem__)
        >>> line.names, int(reckoned.quantity.anchor), reckoned.quantity.unit
        (('part', 'whole'), 75, 'percent')
    """
    line = _read(text)
    _check_formula(line, line.tree)
    if not line.names:
        raise QuantityError("names no figure; write ids in braces")
    used = [name for name in line.meaning.values() if name in line.names]
    if twice := [name for name in line.names if used.count(name) > 1]:
        raise QuantityError(f"reads {twice[0]} twice, which would widen its interval; write it so that each figure occurs once")
    return line


@lru_cache(maxsize=1024)
def read_condition(text: str) -> Line:
    """Return a condition that has been read.

    Raises:
        QuantityError: If the text is none: says what was found that the grammar does not know.

    Example:
        >>> from evidence.quantity import parse
        >>> read_condition("{a} > 2 * {b}").holds({"a": parse("71%"), "b": parse("30%")}.__getitem__)
        True
    """
    line = _read(text)
    _check_condition(line, line.tree)
    return line


def _read(text: str) -> Line:
    """Return a line whose ids and units are names of Python, each as long as itself, so that places are those of the text."""
    meaning: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        if match["strange"]:
            raise QuantityError(f'unknown unit "{match["strange"]}"; use one of {", ".join(units.BASES)}')
        if not (found := match["name"] or match["unit"]):
            return match.group()
        sign, letter = ("", "ƒ") if match["name"] else ("|", "ŧ")
        name = f"{letter}{len(meaning)}".ljust(len(match.group()) - len(sign), "_")
        meaning[name] = found
        return sign + name

    source = _SPECIAL.sub(stand_in, _LINE_END.sub(" ", text))
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = max((getattr(error, "offset", None) or 1) - 1, 0)
        raise QuantityError(f'cannot be read at "{text[at : at + 40].strip() or text[-40:]}"') from None
    if sum(1 for _ in ast.walk(tree)) > _LARGEST:
        raise QuantityError("is too long; compute parts of it as figures of their own")
    return Line(text, tuple(dict.fromkeys(found for name, found in meaning.items() if name[0] == "ƒ")), source, meaning, tree)


def _check_formula(line: Line, node: ast.expr) -> None:
    """Raise an error at the first part of a formula that the grammar does not know."""
    match node:
        case ast.Name(id=name) if name in line.meaning:
            return
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            to_fraction(value)
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Name(id=unit)) if unit in line.meaning and unit[0] == "ŧ":
            _check_formula(line, left)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS:
            _check_formula(line, left)
            _check_formula(line, right)
        case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as numbers, keywords=[]) if name in FUNCTIONS:
            for number in numbers:
                _check_formula(line, number)
        case _:
            raise QuantityError(f'"{line.written(node)}" {_fault(node)}')


def _fault(node: ast.expr) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS:
            return "needs two numbers or more, separated by commas"
        case ast.Call():
            return f"is an unknown function; there are {_NAMED}"
        case ast.Name():
            return "is no number; write figures by their ids in braces"
        case _:
            return f"is no part of a formula; there are + - * /, parentheses, {_NAMED} and as UNIT"


def _check_condition(line: Line, node: ast.expr) -> None:
    """Raise an error at the first part of a condition that the grammar does not know."""
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                _check_condition(line, value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _check_condition(line, operand)
        case ast.Compare(left=ast.Constant(value=str()), ops=[ast.In() | ast.NotIn()], comparators=[ast.Name(id=name)]) if (
            name in line.meaning
        ):
            return
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(sign) in COMPARISONS for sign in ops):
            for part in (left, *others):
                _check_formula(line, part)
        case _:
            raise QuantityError(f'"{line.written(node)}" compares nothing; write a > b, a < b, a != b, a in b, or "words" in {{id}}')
