"""Likely bases: from which two numbers of a report a share, a rate or a multiple is likely reckoned, wherever they stand.

The words of its clause speak for what is counted, those behind "of", "per", "as" or "than" for what that is held against. The weights were fitted to
reports without faults: there the two numbers give what is stated.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence.quantity import Interval
from evidence.referee.checks.apart import of_other_things
from evidence.referee.mentions import Occurrence
from evidence.referee.relations.one_thing import HEAP, IF, Links, read_weights
from evidence.referee.relations.reach import ahead, base
from evidence.referee.relations.reckoned_from import SPANS, StatedQuotient, reckoned
from evidence.referee.relations.told import Told, Words, of_mention

_WEIGHTS = {
    "share": read_weights(
        "both here 4.6; - 3.38; one row 2.92; of beside 2.42; of of -2.3; on before 2.26; of small 1.97; on of 1.96; of behind -1.92; "
        "of row said 1.88; on behind -1.69; of part 1.67; column of all 1.64; on own 1.63; years differ -1.62; on beside 1.46; on near 1.4; "
        "on same -1.27; on based near 1.17; one column 1.06; of known 1.05; on small 1.04; one table -0.93; of same 0.89; on row said 0.83; "
        "of before 0.77; on supposed -0.77; on all 0.75; of no words 0.68; on strange -0.67; of near 0.66; of own 0.66; one sentence -0.66; "
        "of other year -0.64; on known 0.61; of strange -0.49; of names differ -0.48; on noun 0.47; of next 0.46; of cell -0.43; "
        "year of neither -0.4; on next 0.37; of noun -0.36; in order 0.35; on cell -0.33; of clause 0.31; on no words 0.25; on said 0.25; "
        "apart -0.24; neither here -0.24; on often 0.2; on row on 0.19; of rare -0.17; of said 0.17; apart tables 0.16; on head 0.15; "
        "on other year -0.15; on row 0.15; shared 0.15"
    ),
    "each": read_weights(
        "on next -5.97; of before 4.42; on row 4.26; of noun 3.69; - 3.37; on before 3.11; of of 2.98; of own 2.86; on row on -2.86; "
        "one column 2.84; of row on 2.44; of near 2.36; on based near -2.27; on noun 2.27; of row 2.15; on other year -2.09; on small 2.07; "
        "one sentence 2.03; on known 1.81; on supposed -1.74; of next -1.73; of other year -1.72; of small 1.68; one table 1.63; on all 1.6; "
        "of same 1.52; of behind 1.5; on own 1.4; on no words 1.34; of head -1.25; on near 1.23; of part 1.12; of beside -1.08; "
        "of often 0.96; of no words 0.93; of names differ 0.77; on of 0.76; column of all -0.75; on behind -0.72; of rare 0.7; "
        "on rare -0.67; one row 0.67; both here 0.63; on names differ 0.63; on head 0.62; on strange -0.6; of strange 0.57; on beside 0.56; "
        "on same -0.55; years differ -0.55; of all -0.48; on size -0.43; of row said 0.4; year of neither -0.39; of cell 0.34; "
        "neither here -0.33; on cell 0.31; of supposed -0.28; in order -0.26; on row said 0.25; of clause -0.24; on clause 0.2; "
        "of apart -0.17; apart 0.16; on often 0.15"
    ),
    "times": read_weights(
        "both here 4.12; on before 3.4; of beside 2.93; of same 2.81; of small -2.71; of row said 2.16; of noun 1.95; one column 1.73; "
        "on next 1.65; years differ -1.48; on small 1.34; in order 1.29; of row 1.23; neither here -1.2; of rare 1.09; on strange -1.07; "
        "apart tables -1.06; of names differ -1.06; of row on 1.02; of size -1.0; on size -1.0; on row on 0.94; of next -0.91; of all -0.86; "
        "column of all 0.82; - 0.77; on near -0.74; on own 0.72; on names differ -0.71; on based near -0.69; of behind 0.64; of own 0.62; "
        "of said 0.62; of other year 0.55; on all -0.54; on other year 0.54; of head -0.53; on head -0.48; of clause -0.47; of near 0.47; "
        "on same 0.46; of of -0.45; on said 0.4; on supposed -0.39; of cell -0.38; one row -0.34; on based -0.32; on known 0.32; "
        "on often 0.31; on rare 0.3; of strange -0.29; on cell -0.29; shared 0.27; on noun 0.26; of no words 0.24; one sentence 0.24; "
        "year of neither 0.23; on row said 0.22; of supposed -0.2; on beside 0.18; on no words 0.15"
    ),
}
"""Weights of what speaks for and against two numbers being those from which one is reckoned: the first as what is counted (of), the second as what that is held against (on)."""
_ENDS_OF = re.compile(r"\b(?:of|out of|among) (?:(?:the|all|our|its|these|those|a total of) )*$")
_NEAR, _SCALES = Fraction(8, 5), (Fraction(1), Fraction(1000), Fraction(1, 1000))
_FAR, _FEW = 3, 12


@dataclass(frozen=True)
class Reckonings:
    """The shares, rates and multiples of a report.

    Attributes:
        links: Its numbers.
    """

    links: Links

    @cached_property
    def claims(self) -> list[StatedQuotient]:
        """What may be reckoned from two numbers."""
        known = {told.mention: told for told in self.links.told}
        sentences = (one for one in self.links.reach.sentences if len(one.mentions) < HEAP and not IF.search(one.masked))
        told = (known.get(m) or of_mention(m) for one in sentences for m in one.mentions if not m.quantity.ends and m.quantity.anchor > 0)
        return [one for m in told if (one := reckoned(m))]

    @cached_property
    def pool(self) -> list[Told]:
        """The numbers that others may be reckoned from."""
        held = (*self.links.told, *self.links.cells)
        return [
            told
            for told in held
            if told.unit not in SPANS
            and told.quantity.anchor > (0 if re.search(r"\d", told.text) else _FEW)
            and not told.signed
            and not re.fullmatch(r"(?:19|20)\d\d", told.text)
        ]

    @cached_property
    def parts(self) -> dict[StatedQuotient, Occurrence]:
        """The count that stands right beside each share, and the total right before each rate."""
        return {one: part for one in self.claims if (part := one.part)}

    @cached_property
    def _based(self) -> dict[tuple[str, Fraction], list[Occurrence]]:
        """The shares that stand beside a count, by each number that they are of."""
        found: dict[tuple[str, Fraction], list[Occurrence]] = {}
        wholes = {(told.unit, told.quantity.anchor) for told in self.pool}
        for one, part in self.parts.items():
            for unit, whole in wholes:
                if one.kind == "share" and unit == base(part) and one.span.contains(part.quantity.anchor / whole):
                    found.setdefault((unit, whole), []).append(one.mention)
        return found

    @cached_property
    def often(self) -> Counter[tuple[str, Fraction]]:
        """How often each number is told."""
        return Counter((told.unit, told.quantity.anchor) for told in self.pool)

    def _side(self, claim: StatedQuotient, told: Told, words: Words, side: str) -> dict[str, float]:
        """Return what speaks for a number being one of the two."""
        weigh, own = self.links.weigh, claim.told
        apart = claim.mention.sentence.number - told.number if told.mention else _FAR
        at = told.mention.index - claim.mention.index if told.mention and apart == 0 and told.mention else 0
        total = weigh(words) or 1.0
        based = self._based.get((told.unit, told.quantity.anchor), []) if side == "on" else []
        others = [one for one in based if one is not own.mention]
        found = {
            "same": apart == 0,
            "beside": apart == 0 and abs(at) == 1,
            "behind": apart == 0 and at > 0,
            "before": apart == 1,
            "next": apart == -1,
            "near": told.mention is not None and 1 < abs(apart) < _FAR + 1,
            "cell": told.cell is not None,
            "own": weigh(words & told.own) / total,
            "known": weigh(words & told.known) / total,
            "rare": weigh(words & told.own) / 5,
            "clause": weigh(own.own & told.own) / 5,
            "said": weigh(own.said & told.own) / 5,
            "strange": weigh(told.own - own.known) / (weigh(told.own) or 1),
            "no words": not words,
            "noun": bool(told.noun & words),
            "row": bool(told.row) and told.row <= own.own,
            "row said": bool(told.row) and told.row <= own.said,
            "row on": bool(told.row) and told.row <= words,
            "head": bool(told.head & own.said),
            "all": bool(told.cell and told.cell.all),
            "size": told.size,
            "supposed": told.supposed is not own.supposed,
            "other year": bool(told.years and own.years and not told.years & own.years),
            "apart": min(_FAR, len(told.apart ^ own.apart)),
            "names differ": bool(told.names and own.names and not told.names & own.names),
            "often": min(_FAR, self.often[told.unit, told.quantity.anchor] - 1),
            "small": told.quantity.anchor < 10,
            "part": told.mention is not None and told.mention is claim.part,
            "of": apart == 0 and told.mention is not None and bool(_ENDS_OF.search(ahead(told.mention))),
            "based": min(_FAR, len(others)),
            "based near": min(_FAR, sum(abs(one.sentence.number - own.number) < _FAR for one in others)),
        }
        return {f"{side} {name}": float(value) for name, value in found.items() if value}

    def _weight(self, claim: StatedQuotient, one: Told, two: Told) -> float:
        """Return how much speaks for a number being reckoned from two others."""
        weights = _WEIGHTS[claim.kind]
        cells = one.cell is not None and two.cell is not None
        table = bool(one.cell and two.cell and one.cell.table is two.cell.table)
        column = bool(table and one.cell and two.cell and one.cell.column == two.cell.column)
        row = bool(table and one.cell and two.cell and one.cell.place == two.cell.place)
        both = {
            "one table": table,
            "one column": column,
            "one row": row,
            "column of all": column and bool(two.cell and two.cell.all),
            "apart tables": cells and not table,
            "one sentence": one.mention is not None and two.mention is not None and one.number == two.number,
            "both here": one.number == two.number == claim.told.number,
            "in order": one.number == two.number == claim.told.number
            and bool(one.mention and two.mention and one.mention.index < two.mention.index),
            "neither here": claim.told.number not in (one.number, two.number),
            "year of neither": bool(claim.told.years and not claim.told.years & (one.years | two.years)),
            "shared": self.links.weigh(one.own & two.own) / 5,
            "years differ": bool(one.years and two.years and not one.years & two.years),
            "apart": min(_FAR, len(one.apart ^ two.apart)),
        }
        sides = self._held("of", claim, one, claim.of) + self._held("on", claim, two, claim.on)
        return sides + sum(weights.get(name, 0.0) * value for name, value in both.items() if value)

    def _held(self, side: str, claim: StatedQuotient, told: Told, words: Words) -> float:
        key = (side, claim, told)
        if key not in self._sides:
            weights = _WEIGHTS[claim.kind]
            self._sides[key] = sum(weights.get(name, 0.0) * much for name, much in self._side(claim, told, words, side).items())
        return self._sides[key]

    @cached_property
    def _sides(self) -> dict[tuple[str, StatedQuotient, Told], float]:
        return {}

    def _kin(self, claim: StatedQuotient, words: Words, told: Told) -> bool:
        """Return whether a number stands near a claim, or shares a word with it."""
        own = claim.told
        if told.mention is claim.mention:
            return False
        near = told.mention is not None and abs(told.number - own.number) < _FAR
        return near or bool(words & told.own) or bool(told.cell and (told.cell.all or told.row & own.said))

    def weighed(self, claim: StatedQuotient) -> list[tuple[Told, Told, Interval, float]]:
        """Return the two numbers each from which one may be reckoned, with their quotient and how likely it is reckoned from these."""
        held = [(one, two, value, math.exp(self._weight(claim, one, two))) for one, two, value in self.pairs(claim)]
        whole = sum(much for _, _, _, much in held) + math.exp(_WEIGHTS[claim.kind][""])
        return [(one, two, value, much / whole) for one, two, value, much in held]

    def pairs(self, claim: StatedQuotient) -> Iterator[tuple[Told, Told, Interval]]:
        """Yield the two numbers each from which one may be reckoned, or a slip of it, with their quotient."""
        part = claim.part
        tops = [
            told
            for told in self.pool
            if (told.mention is part if part else self._fits(claim, told) and self._kin(claim, claim.of | claim.on, told))
        ]
        under = sorted(
            (told for told in self.pool if self._under(claim, told) and (part or self._kin(claim, claim.on or claim.of, told))),
            key=lambda told: told.quantity.anchor,
        )
        sizes = [told.quantity.anchor for told in under]
        value = claim.value
        for one in tops:
            for scale in _SCALES if claim.kind == "each" and one.cell else _SCALES[:1]:
                size = one.quantity.anchor * scale
                for two in under[bisect_left(sizes, size / value / _NEAR) : bisect_right(sizes, size / value * _NEAR)]:
                    if two is not one and self._goes(claim, one, two):
                        yield one, two, _quotient(one, two, scale)

    def _fits(self, claim: StatedQuotient, told: Told) -> bool:
        if claim.kind == "each":
            return told.unit == claim.told.unit
        return told.unit != "percent" or (claim.kind == "times" and bool(re.search(r"\d", told.text)))

    def _under(self, claim: StatedQuotient, told: Told) -> bool:
        if claim.kind != "each":
            return self._fits(claim, told)
        near = told.number == claim.told.number
        named = claim.on & (told.row | told.head | told.around if told.cell else told.tight | told.noun) if claim.on else near
        return told.unit == "count" and told.quantity.anchor.denominator == 1 and bool(named)

    def _goes(self, claim: StatedQuotient, one: Told, two: Told) -> bool:
        if claim.kind == "each":
            return one.quantity.anchor != two.quantity.anchor
        here = one.mention and two.mention and one.mention.sentence is two.mention.sentence
        if here and claim.kind == "share" and one.mention and two.mention and of_other_things(two.mention, one.mention):
            return False
        return one.unit == two.unit and one.size is two.size and one.quantity.anchor != two.quantity.anchor


def _quotient(one: Told, two: Told, scale: Fraction) -> Interval:
    first, second = one.quantity.interval.scaled(scale), two.quantity.interval
    return Interval(first.low / second.high, first.high / second.low) if second.low > 0 else Interval(Fraction(0), Fraction(0))
