"""Check what prose states against the data library: every link holds, every number is bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence import claims
from evidence.catalog import Figure, Library, unknown_id, where
from evidence.errors import DataError, QuantityError
from evidence.quantity import Quantity, find_numbers, format_, parse, readable
from evidence.statements.pages import Passage
from evidence.statements.prose import Block, Link


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
        noticed: Whether it does not, and a declared notice tells readers so until its author has dealt with it.
        problem: What is wrong and what to do; empty when it holds.
    """

    page: str
    where: str
    sentence: str
    kind: str
    target: str
    text: str
    found: str
    holds: bool
    problem: str = ""
    noticed: bool = False


@dataclass(slots=True)
class Checked:
    """The outcome of a check of passages.

    Attributes:
        statements: Every evidence link, in order.
        allowed: Numbers let through by the allow-list, with their place.
        unbound: Numbers bound to nothing, as messages.
        faults: Faults of form, as messages.
        used: Rows of the allow-list that were needed, as (chapter, text).
    """

    statements: list[Statement] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    unbound: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    @property
    def problems(self) -> list[str]:
        """Everything that must be mended, in order of kind: form, broken statements, unbound numbers."""
        broken = [statement.problem for statement in self.statements if not statement.holds and not statement.noticed]
        return [*self.faults, *broken, *self.unbound]

    @property
    def bound(self) -> int:
        """Number of numbers bound to a figure."""
        return sum(statement.kind == "figure" for statement in self.statements)


def check_passages(passages: Iterable[Passage], library: Library) -> Checked:
    """Return what passages of prose state, and whether it holds on a library."""
    checked = Checked()
    allowed = [(row["chapter"], row["text"]) for row in library.rows("allowed-numbers")]
    for passage in passages:
        block = passage.block
        checked.faults += [f"{passage.where}: {fault}." for fault in block.faults]
        checked.statements += [_statement(passage, link, library) for link in block.links]
        if block.heading and any(link.scheme == "figure" for link in block.links):
            checked.faults.append(
                f'{passage.where}: the heading "{block.text}" holds a figure; headings outlive values, so state it in the text.'
            )
        _numbers(passage, allowed, checked)
    return checked


def statements_of(passages: Iterable[Passage], library: Library) -> list[Statement]:
    """Return what passages state, and whether it holds, without looking for numbers that are bound to nothing."""
    return [_statement(passage, link, library) for passage in passages for link in passage.block.links]


def check_statement(link_text: str, target: str, library: Library) -> tuple[bool, str, str]:
    """Return whether a link's text holds for a figure, what the library says, and what to do if not.

    Args:
        link_text: The number as prose states it.
        target: Id of a figure, or of a range without `.low` and `.high`.
        library: The data library.
    """
    try:
        stated = parse(link_text)
    except QuantityError as error:
        return False, "", f"{error}."
    if target in library.ranges and target not in library.figures:
        return _range_holds(stated, library.ranges[target])
    try:
        figure = library.figure(target)
    except DataError as error:
        return False, "", _renamed(target, library) or f"{error}."
    found = figure.shown
    if figure.unit == "calendar year" and stated.unit == "count":
        stated = stated.relabelled("calendar year").exact()
    if stated.admits(figure.quantity):
        return True, found, ""
    return False, found, _remedy(stated, figure)


def _range_holds(stated: Quantity, ends: tuple[Figure, Figure]) -> tuple[bool, str, str]:
    low, high = ends
    found = f"{low.shown} to {high.shown}"
    if len(stated.ends) == 2 and stated.ends[0].admits(low.quantity) and stated.ends[1].admits(high.quantity):
        return True, found, ""
    return False, found, f"the library says {found}; state both ends, or link one of {low.id} and {high.id}."


def _remedy(stated: Quantity, figure: Figure) -> str:
    interval = figure.quantity.interval
    ends = f"{readable(interval.low, figure.unit, 4)} to {readable(interval.high, figure.unit, 4)}"
    if not stated.unit.startswith(figure.unit.partition(" per ")[0]) and stated.unit != figure.unit:
        return f"it is in {stated.unit}, but the figure is in {figure.unit} ({figure.shown}); put the unit into the link."
    try:
        advice = f"write {format_(figure.quantity.anchor, stated.text)}"
    except QuantityError:
        advice = "choose other words"
    return f"the library says {figure.shown} ({ends}); {advice}."


def _renamed(target: str, library: Library) -> str:
    for row in library.rows("aliases"):
        if row["old"] == target:
            return (
                f"{target} was renamed to {row['new']} on {row['date']}."
                if row["new"]
                else f"{target} was retired on {row['date']}: {row['reason']}"
            )
    return ""


def _statement(passage: Passage, link: Link, library: Library) -> Statement:
    if link.scheme == "figure":
        holds, found, advice = check_statement(link.text, link.target, library)
    elif link.scheme == "claim":
        holds, found, advice = _claim(link.target, library)
    else:
        holds, found, advice = _finding(link.target, library)
    if holds and link.scheme != "figure" and find_numbers(link.text):
        holds, advice = False, "a claim or finding link holds a number; link the number by itself, outside."
    sentence = passage.block.sentence(link.start)
    problem = "" if holds else f'{passage.where}: [{link.text}]({link.scheme}:{link.target}) does not hold: {advice} Sentence: "{sentence}"'
    noticed = not holds and (passage.page, link.scheme, link.target, link.text) in _notices(library)
    return Statement(passage.page, passage.where, sentence, link.scheme, link.target, link.text, found, holds, problem, noticed)


def _notices(library: Library) -> set[tuple[str, str, str, str]]:
    return {(row["page"], row["kind"], row["target"], row["text"]) for row in library.rows("notices")}


def _claim(target: str, library: Library) -> tuple[bool, str, str]:
    if target not in claims.REGISTER:
        return False, "", f'unknown claim "{target}"; register it in evidence.claims.'
    try:
        judged = claims.judge(target, library)
    except DataError as error:
        return False, "", f"{error}."
    inputs = ", ".join(f"{figure.id} = {figure.shown}" for figure in judged.inputs)
    return judged.holds, inputs, "" if judged.holds else f"the data no longer bear it out ({inputs})."


def _finding(target: str, library: Library) -> tuple[bool, str, str]:
    rows = library.by_id("findings")
    if target not in rows:
        return False, "", unknown_id(target, rows).replace("figure", "finding", 1) + "."
    return True, rows[target]["statement"], ""


def _numbers(passage: Passage, allowed: list[tuple[str, str]], checked: Checked) -> None:
    block = passage.block
    for found in find_numbers(_masked(block)):
        rule = _allowance(passage, found.start, found.end, allowed)
        if rule:
            checked.used.add(rule)
            checked.allowed.append(f"{passage.where}: {found.text}")
        else:
            checked.unbound.append(
                f'{passage.where}: "{found.text}" is bound to nothing. Write [{found.text}](figure:ID); evidence cite WORDS finds the id. '
                f'Sentence: "{block.sentence(found.start)}"'
            )


def _masked(block: Block) -> str:
    """Return the block's text with evidence links blanked out, so that only what is bound to nothing is left."""
    text = block.text
    for link in block.links:
        text = text[: link.start] + "\u2063" * (link.end - link.start) + text[link.end :]
    return text


def _allowance(passage: Passage, start: int, end: int, allowed: list[tuple[str, str]]) -> tuple[str, str] | None:
    for page, text in allowed:
        if page not in ("*", passage.page):
            continue
        position = passage.block.text.find(text)
        while position >= 0:
            if position <= start and end <= position + len(text):
                return page, text
            position = passage.block.text.find(text, position + 1)
    return None


def stale_allowances(library: Library, checked: Checked) -> list[str]:
    """Return a message for each row of the allow-list that let nothing through."""
    return [
        f'{where(row)}: "{row["text"]}" stands nowhere in {row["chapter"]}. Remove the row.'
        for row in library.rows("allowed-numbers")
        if (row["chapter"], row["text"]) not in checked.used
    ]


def stale_notices(library: Library, checked: Checked) -> list[str]:
    """Return a message for each declared notice whose sentence holds again or is gone."""
    noticed = {(s.page, s.kind, s.target, s.text) for s in checked.statements if s.noticed}
    return [
        f'{where(row)}: "{row["text"]}" in {row["page"]} holds again or is gone. Remove the row.'
        for row in library.rows("notices")
        if (row["page"], row["kind"], row["target"], row["text"]) not in noticed
    ]
