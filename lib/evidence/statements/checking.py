"""Check what prose states against the data library: every link holds, every number is bound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from evidence.catalog import Library, where
from evidence.catalog.declaration import COMPARE, record_kind
from evidence.catalog.wordings import SHOWN, as_read
from evidence.claims import spelled_out
from evidence.problems import Place, Problem
from evidence.quantity import Found, find_numbers
from evidence.statements.candidates import candidates
from evidence.statements.holding import check_link
from evidence.statements.pages import Passage
from evidence.statements.prose import Link
from evidence.statements.rules import broken_rules


@dataclass(frozen=True, slots=True)
class Statement:
    """A place in prose where a figure, claim or finding is used, and whether it holds.

    Attributes:
        page: Chapter or data file it stands in.
        where: Its place, for a message.
        sentence: The sentence around it.
        kind: `figure`, `claim` or `finding`.
        target: Id it is bound to.
        text: What the prose states.
        found: What the library says, in words and figures.
        holds: Whether the library bears it out.
        problem: What is wrong and what to do; None when it holds.
        noticed: Whether it does not, and a declared notice tells readers so until its author has dealt with it.
    """

    page: str
    where: Place
    sentence: str
    kind: str
    target: str
    text: str
    found: str
    holds: bool
    problem: Problem | None
    noticed: bool

    @property
    def link(self) -> str:
        """The link as an author writes it; a comparison is a claim whose link spells it out."""
        return f"[{self.text}]({COMPARE if spelled_out(self.target) else self.kind}:{self.target})"


@dataclass(slots=True)
class Checked:
    """The outcome of a check of passages.

    Attributes:
        statements: Every evidence link, in order.
        allowed: Numbers let through by the allow-list, with their place.
        unbound: Numbers bound to nothing.
        faults: Faults of form.
        used: Rows of the allow-list that were needed, as (chapter, text).
        read: How many passages were looked at.
    """

    statements: list[Statement] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    unbound: list[Problem] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)
    read: int = 0

    @property
    def problems(self) -> list[Problem]:
        """Everything that must be mended, in order of kind: form, broken statements, unbound numbers."""
        broken = [statement.problem for statement in self.statements if statement.problem and not statement.noticed]
        return [*self.faults, *broken, *self.unbound]

    def add(self, other: Checked) -> None:
        """Take in the outcome of a check of other passages."""
        self.statements += other.statements
        self.allowed += other.allowed
        self.unbound += other.unbound
        self.faults += other.faults
        self.used |= other.used
        self.read += other.read

    @property
    def bound(self) -> int:
        """Number of numbers bound to a figure."""
        return sum(statement.kind == "figure" for statement in self.statements)


def check_passages(passages: Iterable[Passage], library: Library, *, ruled: bool = True) -> Checked:
    """Return what passages of prose state, and whether it holds on a library.

    Args:
        passages: The passages.
        library: The data library.
        ruled: Whether the rules of sentences are asked of every passage, and not only where a declared notice awaits what they say.
    """
    checked = Checked()
    allowed = _allowed(library)
    for passage in passages:
        checked.read += 1
        statements = [_statement(passage, link, library) for link in passage.block.links]
        broken = list(broken_rules(passage, library)) if ruled or any(_declared(one, library) for one in statements) else []
        awaiting = _awaiting(statements, broken, library)
        checked.statements += [replace(s, noticed=s.noticed or (s.sentence in awaiting and _declared(s, library))) for s in statements]
        known = len(checked.unbound)
        _numbers(passage, allowed, checked, library)
        lost = {unbound.sentence for unbound in checked.unbound[known:]} | {s.sentence for s in statements if _unknown(s, library)}
        told = [
            problem for problem in broken if not _moved(problem, awaiting) and not (problem.rule == "foreign" and problem.sentence in lost)
        ]
        checked.faults += [*_faults(passage), *told]  # of a number whose record is not found nobody knows whom it is about
    return checked


def _unknown(statement: Statement, library: Library) -> bool:
    """Return whether a link names a figure that is not in the library."""
    return statement.kind == "figure" and statement.target not in library.figures and statement.target not in library.ranges


MOVED_BY_DATA = frozenset(("subject", "crossed", "foreign", "unlinked"))
"""Rules that new data can break in a sentence that nobody has touched."""


def _moved(problem: Problem, awaiting: set[str]) -> bool:
    return problem.rule in MOVED_BY_DATA and problem.sentence in awaiting


def _awaiting(statements: list[Statement], broken: list[Problem], library: Library) -> set[str]:
    """Return the sentences that break a rule since the data moved, and that a declared notice leaves to their author."""
    moved = {problem.sentence for problem in broken if problem.rule in MOVED_BY_DATA}
    return {statement.sentence for statement in statements if statement.sentence in moved and _declared(statement, library)}


def _declared(statement: Statement, library: Library) -> bool:
    return (statement.page, statement.kind, statement.target, statement.text) in _notices(library)


def _faults(passage: Passage) -> Iterator[Problem]:
    block = passage.block
    yield from (Problem(passage.where(), *fault) for fault in block.faults)
    for link in [link for link in block.links if link.scheme == "figure"][: block.heading]:
        message = f'the heading "{block.text}" holds a figure, and headings outlive values.'
        yield passage.problem(link.start, link.end, message, "State it in the text.")


def _allowed(library: Library) -> list[tuple[str, str]]:
    return [(row["chapter"], row["text"]) for row in library.rows("allowed-numbers")]


def statements_of(passages: Iterable[Passage], library: Library) -> list[Statement]:
    """Return what passages state, and whether it holds, without looking for numbers that are bound to nothing."""
    return [_statement(passage, link, library) for passage in passages for link in passage.block.links]


def _statement(passage: Passage, link: Link, library: Library) -> Statement:
    sentence = passage.block.sentence(link.start)
    answer = check_link(link, sentence, library)
    place, problem = passage.where(link.start), None
    if not answer.holds:
        message = f"[{link.text}]({link.scheme}:{link.target}) does not hold: {answer.wrong}"
        problem = passage.problem(link.start, link.end, message, answer.remedy, answer.nearest)
    noticed = not answer.holds and (passage.page, record_kind(link.scheme), link.target, link.text) in _notices(library)
    of = record_kind(link.scheme)
    return Statement(passage.page, place, sentence, of, link.target, link.text, answer.found, answer.holds, problem, noticed)


def _notices(library: Library) -> set[tuple[str, str, str, str]]:
    return {(row["page"], row["kind"], row["target"], row["text"]) for row in library.rows("notices")}


@dataclass(frozen=True, slots=True)
class Loose:
    """A number in prose that is bound to nothing.

    Attributes:
        passage: Where it stands.
        found: The number, with its span in the passage's text.
    """

    passage: Passage
    found: Found


def loose_numbers(passages: Iterable[Passage], library: Library) -> list[Loose]:
    """Return the numbers of passages that are bound to nothing and that no allowance lets through."""
    allowed = _allowed(library)
    return [
        Loose(passage, found)
        for passage in passages
        for found in find_numbers(passage.block.without(bool))
        if not _allowance(passage, found.start, found.end, allowed)
    ]


def _numbers(passage: Passage, allowed: list[tuple[str, str]], checked: Checked, library: Library) -> None:
    block = passage.block
    for found in find_numbers(block.without(bool)):
        rule = _allowance(passage, found.start, found.end, allowed)
        if rule:
            checked.used.add(rule)
            checked.allowed.append(f"{passage.where(found.start)}: {found.text}")
            continue
        nearest = tuple(hit.id for hit in candidates(found.text, block.sentence(found.start), library)[:3])
        remedy = f"Write [{found.text}](figure:ID); evidence cite WORDS finds the id."
        message = f'"{found.text}" is bound to nothing.'
        checked.unbound.append(passage.problem(found.start, found.end, message, remedy, nearest))


def _allowance(passage: Passage, start: int, end: int, allowed: list[tuple[str, str]]) -> tuple[str, str] | None:
    for page, text in allowed:
        places = re.finditer(re.escape(text), passage.block.text) if page in ("*", passage.page) else ()
        if any(place.start() <= start and end <= place.end() for place in places):
            return page, text
    return None


def stale_allowances(library: Library, checked: Checked) -> list[Problem]:
    """Return a problem for each row of the allow-list that let nothing through."""
    return [
        Problem(where(row), f'"{row["text"]}" stands nowhere in {row["chapter"]}.', "Remove the row.")
        for row in library.rows("allowed-numbers")
        if (row["chapter"], row["text"]) not in checked.used
    ]


def stale_notices(library: Library, checked: Checked) -> list[Problem]:
    """Return a problem for each declared notice whose sentence holds again or is gone."""
    noticed = {(s.page, s.kind, s.target, s.text) for s in checked.statements if s.noticed}
    return [
        Problem(where(row), f'"{row["text"]}" in {row["page"]} holds again or is gone.', "Remove the row.")
        for row in library.rows("notices")
        if (row["page"], row["kind"], row["target"], row["text"]) not in noticed
    ]


_LINKED = ("claim", "finding")
"""Schemes whose declared words prose links; those of a correction are held where it is."""


def stale_wordings(library: Library, checked: Checked) -> list[Problem]:
    """Return a problem for each declared wording that neither prose nor a claim shows."""
    linked = {(s.kind, s.target, as_read(s.text)) for s in checked.statements}
    linked |= {("claim", row["id"], as_read(row[column])) for row in library.rows("claims") for column in SHOWN}
    return [
        Problem(
            where(row), f'no prose links "{row["wording"]}" to {row["scheme"]}:{row["target"]}.', "Remove the row, or correct its words."
        )
        for row in library.rows("wordings")
        if row["scheme"] in _LINKED and (row["scheme"], row["target"], as_read(row["wording"])) not in linked
    ]
