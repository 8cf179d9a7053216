"""A number of points, the levels of shares that it may lie between, and whether its words point back to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import shown
from evidence.referee.constructions.gap_words import (
    ALIKE,
    APPOSED,
    AT_A_TARGET,
    BY_NOW,
    DEICTIC,
    FOR_EVERY,
    FURTHER,
    HOPED_FOR,
    IT_IS,
    MISSED_BY,
    MORE,
    NAMED,
    NAMED_NEXT,
    NOTHING_NEW,
    NOW,
    OF_EACH,
    OF_TWO,
    OF_WHOM,
    OUTDOES,
    POINTED,
    SAMPLED,
    SIZE_NOUN,
    SIZE_VERB,
    SO,
    THAT_IS,
    WIDENS,
)
from evidence.referee.constructions.share_levels import Level, gap, gaps, levels_of, list_before, may_be_levels, rows_before, told_before
from evidence.referee.mentions import MARK, YEAR, Occurrence, Sentence, stems
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import behind
from evidence.referee.relations.settling import said
from evidence.referee.relations.subjects import clause_words, label_words

POINTS = re.compile(r"(?: percentage)?[- ]points?\b")


@dataclass(frozen=True)
class PointClaim:
    """So many points that a sentence tells, and what it may speak of.

    Attributes:
        claim: The number of points.
        linker: The report.
    """

    claim: Occurrence
    linker: Linker

    @cached_property
    def near(self) -> list[Sentence]:
        """Its sentence and those before it, the nearest first."""
        return told_before(self.claim.sentence, self.linker.reach)

    @cached_property
    def before(self) -> str:
        """The words of its clause before it."""
        own = self.claim.sentence
        start = max((m.end for m in own.mentions[: self.claim.index] if not in_small_words(m)), default=0)
        return re.split(r"[;:] ", own.text[start : self.claim.start].lower())[-1]

    @cached_property
    def after(self) -> str:
        """The words of its clause behind it."""
        own = self.claim.sentence
        end = min((m.start for m in own.mentions[self.claim.index + 1 :] if not in_small_words(m)), default=len(own.text))
        return re.split(r"[;:]|\. ", own.text[self.claim.end : end].lower())[0]

    @cached_property
    def levels(self) -> list[Level]:
        """The nearest levels of shares: that right behind it with one before, those of as many sentences before as tell two or four, and else those behind it."""
        if rows := self.of_rows:
            return rows
        wanted = 4 if self.of_gaps or OF_TWO.search(self.before) else 2
        own = [one for one in levels_of(self.claim.sentence) if one.number is not self.claim]
        found = [one for one in own if isinstance(one.number, Occurrence) and one.number.start < self.claim.start]
        behind_it = [one for one in own if one not in found]
        held = self._held_against(behind_it)
        if found and held:
            return [found[-1], *held]
        if not found and (named := self._named()):
            return levels_of(named)
        for sentence in self.near[1:]:
            if len(found) >= wanted:
                break
            found = [*levels_of(sentence), *found]
        return [*found, *held] if found else [one for one in behind_it if not one.wanted]

    def _held_against(self, levels: list[Level]) -> list[Level]:
        """Return the level right behind it that it is above or below, or to which it leads: "seven points short of the 44% that was planned"."""
        index = self.claim.index + 1
        return [one for one in levels if _HELD_AGAINST.search(self.after) and getattr(one.number, "index", None) == index]

    @property
    def before_it(self) -> list[Level]:
        """Those of its levels that are not told behind it."""
        own = self.claim.sentence
        return [
            one
            for one in self.levels
            if not (isinstance(one.number, Occurrence) and one.number.sentence is own and one.number.start > self.claim.start)
        ]

    def _named(self) -> Sentence | None:
        """Return the one sentence before its own that tells two levels of what its clause names, where the nearest tells two of something else."""
        told = [one for one in self.near[1:] if len(levels_of(one)) > 1]
        subject = set(stems(re.sub(MARK, " ", re.split(r",", self.before)[-1]))) - NOTHING_NEW
        named = [one for one in told if subject & one.stems]
        return named[0] if len(named) == 1 and named[0] is not told[0] and not self.of_gaps else None

    @cached_property
    def of_rows(self) -> list[Level]:
        """The levels of the one item of a list, or the one row of a table, right before its paragraph that its clause names."""
        sentence, reach = self.claim.sentence, self.linker.reach
        if any(levels_of(one) for one in reach.near(sentence)) or self.of_gaps or re.search(r"\bbetween\b.* and\b", self.before):
            return []
        rows = [(re.split(rf"[:{MARK[1:-1]}]", one.masked)[0], levels_of(one)) for one in list_before(sentence, reach)] or rows_before(
            sentence, reach
        )
        words = clause_words(re.split(r"[,;:]", sentence.masked.partition(self.claim.mark)[0])[-1])
        named = [held for label, held in rows if len(held) > 1 and (own := label_words(label)) and own <= words]
        best = named or [held for label, held in rows if len(held) > 1 and label_words(label) & words]
        return best[0] if len(best) == 1 else []

    @cached_property
    def points(self) -> list[Interval]:
        """The other numbers of points around it."""
        return [
            said(m.quantity)
            for one in self.near
            for m in one.mentions
            if m is not self.claim and m.quantity.unit == "percentage points" and not m.quantity.ends
        ]

    @cached_property
    def of_gaps(self) -> bool:
        """Whether it is by how much a gap changed, or one change was larger than another."""
        moved = re.search(rf"\b{SIZE_VERB}\b", self.before)
        return bool(WIDENS.search(self.before) or OUTDOES.search(self.before) or (moved and FURTHER.match(self.after)))

    @cached_property
    def at_a_target(self) -> bool:
        """Whether it is held against what was planned or foreseen, and that is told."""
        return bool(AT_A_TARGET.search(f"{self.before} # {self.after}"))

    def strange(self, text: str) -> bool:
        """Return whether words speak of what the sentences around have not named."""
        known = frozenset[str]().union(*(one.stems for one in self.near[1:]), stems(self.claim.sentence.heading.lower()))
        own = self.claim.sentence.text.lower().replace(self.before, " ", 1).replace(self.after, " ", 1)
        rest = set(stems(re.sub(MARK, " ", text))) - NOTHING_NEW - known - set(stems(own))
        return bool(rest)

    @cached_property
    def bound(self) -> bool:
        """Whether its words point back to the levels around it, and to nothing else."""
        other = OF_WHOM.match(self.after)
        years = {year[:4] for year in YEAR.findall(f"{self.before} {self.after.partition(',')[0]}")}
        known = {
            year[:4]
            for one in self.near
            for year in YEAR.findall(one.text.replace(self.after, " ") if one is self.claim.sentence else one.text)
        }
        beside = MORE.match(self.after)
        if SAMPLED.search(self.claim.sentence.masked) or self._of_other_names() or self._opens_anew() or self._of_two_things():
            return False
        if HOPED_FOR.search(self.before) and not MISSED_BY.search(f"{self.before} {self.after}"):
            return False
        if FOR_EVERY.search(self.claim.sentence.masked) or OF_EACH.search(self.before) or (beside and not self._set_beside(beside["rest"])):
            return False
        if (other and not beside and self.strange(other["rest"])) or years - known:
            return False
        return (
            any(self._pointing())
            or self._plain()
            or bool(self.of_rows and re.search(rf"\b(?:{SIZE_VERB}|{SIZE_NOUN})\b|^,? ?that of\b", self.before))
        )

    def _of_other_names(self) -> bool:
        """Return whether its clause names one, and the clauses of the levels name others alone."""
        own = {name.lower() for name in self.claim.sentence.names} & set(re.findall(r"[a-z]+", self.before))
        told = [one for one in self.levels if isinstance(one.number, Occurrence)]
        words = set(re.findall(r"[a-z]+", " ".join(one.words for one in told)))
        others = {name.lower() for one in told if isinstance(one.number, Occurrence) for name in one.number.sentence.names}
        return bool(own) and not own & words and bool(others & words)

    def _of_two_things(self) -> bool:
        """Return whether its own clause tells a level of a thing that the only one of the sentences before has no word of."""
        own = [one for one in self.levels if isinstance(one.number, Occurrence) and one.number.sentence is self.claim.sentence]
        earlier = [one for one in self.levels if one not in own]
        if (
            len(own) != 1
            or not earlier
            or self.of_rows
            or any(one.wanted for one in self.levels)
            or IT_IS.match(self.claim.sentence.masked)
        ):
            return False
        subject = self._told_of(own[0]) - NOTHING_NEW - ALIKE
        return bool(subject) and not any(isinstance(one.number, Occurrence) and subject & one.number.sentence.stems for one in earlier)

    def _opens_anew(self) -> bool:
        """Return whether its levels stand in another paragraph, and its sentence tells a number or a year before it."""
        own, near = self.claim.sentence, self.linker.reach.near(self.claim.sentence)
        apart = any(isinstance(one.number, Occurrence) and one.number.sentence not in near for one in self.levels)
        return apart and not self.of_rows and re.search(r"\d", own.text[: self.claim.start]) is not None

    def _pointing(self) -> Iterator[bool]:
        text = self.before
        for rule in (DEICTIC, THAT_IS, APPOSED):
            if match := rule.search(text):
                yield not self.strange(" ".join(part for part in match.groups() if part))
        if (match := POINTED.search(text)) and (named := NAMED.match(self.after)):
            yield not self.strange(f"{match['kind']} {named['kind']}")
        if re.search(r"(?:^|\b)at $", text) and (named := NAMED_NEXT.match(self.after)):
            yield not self.strange(named["kind"])
        if re.search(rf"{SO}\b", text):
            yield True

    def _plain(self) -> bool:
        """Return whether a clause of a change, or one that sets two beside each other, has no words that are not told before."""
        clause = re.split(r"[,(\u2013\u2014]", self.before)[-1]
        moved = re.search(rf"\b{SIZE_VERB}\b", clause) or re.search(rf"\b{SIZE_NOUN}\b", clause) or MORE.match(self.after)
        return bool(moved) and not self.strange(clause)

    def _set_beside(self, text: str) -> bool:
        """Return whether what something is said to be more or less than is one of the levels around it, or goes by a word that stands for one."""
        if self.at_a_target and any(one.wanted for one in self.levels):
            return True
        if NOW.match(text) or self.strange(text) or not self._codes_and_means_are_told():
            return False
        words = set(stems(text)) - NOTHING_NEW - ALIKE
        told = [self._told_of(one) for one in self.levels]
        if not re.search(r"\b(?:that|those) (?:of|in|for|among)\b", text):
            return not words or any(words <= one for one in told)
        subject = re.sub(MARK, " ", self.claim.sentence.masked.partition(self.claim.mark)[0])
        own = set(stems(subject)) - words - NOTHING_NEW
        return any(words <= one and own & one for one in told)

    def _codes_and_means_are_told(self) -> bool:
        """Return whether the clause of a level has each name, code or word for a mean by which that goes which it is set beside."""
        rest = re.split(r"[;:,(]|\. ", self.claim.sentence.text[self.claim.end :])[0]
        words = set(re.findall(r"\w+", " ".join(one.words.replace(rest.lower(), " ") for one in self.levels)))
        return all(name.lower() in words for name in re.findall(r"\b(?:[A-Z]\w*|average|mean|median)\b", rest))

    def _told_of(self, one: Level) -> set[str]:
        """Return the words of the clause of a level; of its own sentence those before the level."""
        own = isinstance(one.number, Occurrence) and one.number.sentence is self.claim.sentence
        return set(stems(one.words.partition("#")[0] if own else one.words))

    @cached_property
    def ways(self) -> list[tuple[str, Interval]]:
        """What the nearest levels give that the words may mean."""
        return list(self._of_gaps() if self.of_gaps else self._of_levels())

    def _of_levels(self) -> Iterator[tuple[str, Interval]]:
        wanted = self.at_a_target and any(one.wanted for one in self.levels)
        latest = bool(BY_NOW.search(self.before))
        for one, two, span in gaps(self.levels):
            if (not wanted or one.wanted or two.wanted) and not (latest and (one.earlier or two.earlier)):
                yield f"between {one.text} and {two.text}", span
            if self.at_a_target:
                yield from ((f"between {one.text} and {two.text}", gap(span, points)) for points in self.points)

    def _of_four(self) -> Iterator[Interval]:
        """Yield what two moves give together, or one against the other, where four levels are told last."""
        levels = [one.span for sentence in reversed(self.near) for one in levels_of(sentence) if one.number is not self.claim]
        if len(levels) >= _FOUR and not self.of_gaps:
            a, b, c, d = levels[-_FOUR:]
            for first, second in ((a - b, c - d), (a - c, b - d)):
                yield from (gap(first, second), gap(first, -second))

    def _of_gaps(self) -> Iterator[tuple[str, Interval]]:
        """Yield by how much two gaps differ: those of two things at two times, of one thing at two, or that are told in points."""
        spans = [one.span for one in self.levels]
        if len(spans) == _FOUR:
            a, b, c, d = spans
            for first, second in ((a - b, c - d), (a - c, b - d)):
                yield _gaps_told(first, second), gap(first, second)
                yield _gaps_told(first, second), gap(_size_of(first), _size_of(second))
        held = [*(span for *_, span in gaps(self.levels)), *self.points]
        for one in self.points:
            yield from ((_gaps_told(one, other), gap(one, other)) for other in held if other is not one)

    @cached_property
    def wide(self) -> list[Interval]:
        """What any numbers around it give, which may explain it."""
        after = self.linker.reach.after(self.claim.sentence)
        held = [
            one for sentence in (*self.near, *([after] if after else [])) for one in may_be_levels(sentence) if one.number is not self.claim
        ]
        spans = (
            [span for *_, span in gaps(held)]
            if not (self.at_a_target or self.of_gaps or self.of_rows or BY_NOW.search(self.before))
            else []
        )
        rated = [
            m.quantity.interval
            for m in self.claim.sentence.mentions
            if m.quantity.unit == "count" and m is not self.claim and not m.quantity.ends
        ]
        spans += [gap(one, two) for one, two in combinations(rated, 2)]
        return [
            *spans,
            *self._of_four(),
            *(gap(one, two) for one, two in combinations(self.points, 2)),
            *(one + two for one, two in combinations(self.points, 2)),
        ]


def in_small_words(mention: Occurrence) -> bool:
    """Return whether a number is a word that its clause goes on across: "the two measures"."""
    return mention.quantity.unit == "count" and bool(re.fullmatch(r"[a-z-]+", mention.text.lower())) and not POINTS.match(behind(mention))


_FOUR = 4
_HELD_AGAINST = re.compile(
    r"^(?!.*\b(?:and|but|yet|still|though|while)\b)[^,]*\b(?:of|than|above|below|over|under|behind|against|to|from|on)(?: (?:the|its|their|an?|just|only|about))* $"
)


def _size_of(span: Interval) -> Interval:
    return span if span.low >= 0 else -span if span.high <= 0 else Interval(span.low - span.low, max(span.high, -span.low))


def _gaps_told(one: Interval, two: Interval) -> str:
    return f"between gaps of {shown(_size_of(one))} and {shown(_size_of(two))} points"
