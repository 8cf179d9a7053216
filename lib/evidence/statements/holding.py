"""Whether the text of a link holds for what it is bound to, and if not, what is wrong and what to do."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from evidence import claims
from evidence.catalog import Figure, Library, unknown_id
from evidence.catalog.declaration import COMPARE
from evidence.errors import DataError, QuantityError
from evidence.problems import NOWHERE, Problem
from evidence.quantity import Quantity, find_numbers, format_, narrow, parse, readable
from evidence.statements.candidates import candidates
from evidence.statements.propositions import direction, misfit, number
from evidence.statements.prose import Link

_BOUNDS = {"least": ("at least",), "most": ("up to",)}
"""Hedges that make a number a bound, by the side on which it is one."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What the library says to a link.

    Attributes:
        holds: Whether it bears the link out.
        found: What it says, in words and figures; empty where it has nothing of that name.
        wrong: What is wrong; empty when it holds.
        remedy: What to do about it.
        nearest: Ids that may have been meant, best first.
    """

    holds: bool
    found: str = ""
    wrong: str = ""
    remedy: str = ""
    nearest: tuple[str, ...] = ()


def check_link(link: Link, sentence: str, library: Library) -> LinkAnswer:
    """Return whether a link of any kind holds on a library.

    Args:
        link: The link.
        sentence: The sentence around it, by which figures that fit better are found.
        library: The data library.
    """
    if link.scheme == "figure":
        return check_statement(link.text, link.target, library, sentence)
    if link.scheme == COMPARE:
        return _comparison(link, library)
    answer = _claim(link.target, library) if link.scheme == "claim" else _finding(link.target, library)
    if answer.holds and find_numbers(link.text):
        return LinkAnswer(False, answer.found, "a claim or finding link holds a number.", "Link the number by itself, outside.")
    return answer


def check_statement(link_text: str, target: str, library: Library, sentence: str = "") -> LinkAnswer:
    """Return whether a link's text holds for a figure, what the library says, and what to do if not.

    Args:
        link_text: The number as prose states it.
        target: Id of a figure, or of a range without `.low` and `.high`.
        library: The data library.
        sentence: The sentence around it, by which figures that fit better are found.
    """
    try:
        stated = parse(number(link_text))
    except QuantityError as error:
        return LinkAnswer(
            False, wrong=f"{error}.", remedy="Let the text of the link be the number with its hedge and unit, and nothing else."
        )
    if target in library.ranges and target not in library.figures:
        return _range(stated, library.ranges[target])
    try:
        figure = library.figure(target)
    except DataError as error:
        return _unknown(target, error.problems[0], library)
    if figure.unit == "calendar year" and stated.unit == "count":
        stated = stated.relabelled("calendar year").exact()
    if stated.ends and not narrow(stated.ends[0].anchor, stated.ends[1].anchor):
        wrong = f"a range as wide as this says little of one number; the library says {figure.shown}."
        return LinkAnswer(False, figure.shown, wrong, "State the number, or link the two figures that are the ends of the range.")
    if _opposed(stated, figure):
        return LinkAnswer(
            False, figure.shown, f"it is a bound on the other side than {figure.shown}.", "State the bound as the library has it."
        )
    if stated.admits(figure.quantity):
        return _directed(link_text, figure)
    wrong, remedy = _mismatch(stated, figure)
    return LinkAnswer(False, figure.shown, wrong, remedy, tuple(hit.id for hit in candidates(link_text, sentence, library)[:3]))


def _opposed(stated: Quantity, figure: Figure) -> bool:
    """Return whether one of two bounds is a least and the other a most: "four or fewer" of a figure that is "four or more"."""
    sides = [next((side for side, hedges in _BOUNDS.items() if one.hedge in hedges), "") for one in (stated, figure.quantity)]
    return all(sides) and sides[0] != sides[1]


def _directed(text: str, figure: Figure) -> LinkAnswer:
    """Return whether the words beside the number of a link, such as "fell by", tell the direction of its figure."""
    told, known = direction(text), figure.direction
    if not told or told == known:
        return LinkAnswer(True, figure.shown)
    if known:
        return LinkAnswer(
            False, figure.shown, f"it tells of a {told}, and the figure is a {known}.", "Turn the words round, or link another figure."
        )
    wrong = f"it tells of a {told}, and the library gives {figure.id} no direction."
    remedy = (
        f'Write "{told}" into its column direction if it is the size of a change; else link the word by itself: [word](compare:A/above/B).'
    )
    return LinkAnswer(False, figure.shown, wrong, remedy)


def _range(stated: Quantity, ends: tuple[Figure, Figure]) -> LinkAnswer:
    low, high = ends
    found = f"{low.shown} to {high.shown}"
    if len(stated.ends) == 2 and stated.ends[0].admits(low.quantity) and stated.ends[1].admits(high.quantity):
        return LinkAnswer(True, found)
    return LinkAnswer(False, found, f"the library says {found}.", f"State both ends, or link one of {low.id} and {high.id}.")


def _mismatch(stated: Quantity, figure: Figure) -> tuple[str, str]:
    interval = figure.quantity.interval
    ends = f"{readable(interval.low, figure.unit, 4)} to {readable(interval.high, figure.unit, 4)}"
    if not stated.unit.startswith(figure.unit.partition(" per ")[0]) and stated.unit != figure.unit:
        return f"it is in {stated.unit}, but the figure is in {figure.unit} ({figure.shown}).", "Put the unit into the link."
    try:
        advice = f"Write {format_(figure.quantity.anchor, stated.text)}"
    except QuantityError:
        advice = "Choose other words"
    return f"the library says {figure.shown} ({ends}).", f"{advice}, or link another figure."


def _unknown(target: str, problem: Problem, library: Library, kind: str = "figure") -> LinkAnswer:
    for row in library.rows("aliases"):
        if (row["kind"] or "figure") != kind:
            continue
        if row["old"] == target and row["new"]:
            return LinkAnswer(False, wrong=f"{target} was renamed on {row['date']}.", remedy=f"Write {row['new']}.", nearest=(row["new"],))
        if row["old"] == target:
            return LinkAnswer(False, wrong=f"{target} was retired on {row['date']}: {row['reason']}", remedy="State another figure.")
    return LinkAnswer(False, wrong=problem.message, remedy=problem.remedy, nearest=problem.nearest)


def _claim(target: str, library: Library) -> LinkAnswer:
    entry = claims.find(target, library)
    if entry is None:
        near = tuple(difflib.get_close_matches(target, claims.known(library), n=3, cutoff=0.5))
        told = Problem(NOWHERE, f'unknown claim "{target}".', "Declare it with: evidence new claim", nearest=near)
        return _unknown(target, told, library, "claim")
    try:
        judged = claims.judge(entry, library)
    except (DataError, QuantityError) as error:
        wrong, near = error.problems[0].message, error.problems[0].nearest
        return LinkAnswer(False, wrong=wrong, remedy="Correct the figures of the claim.", nearest=near)
    inputs = ", ".join(f"{figure.id} = {figure.shown}" for figure in judged.inputs)
    if judged.holds:
        return LinkAnswer(True, inputs)
    return LinkAnswer(False, inputs, f"the data do not bear it out ({inputs}).", "Reword the sentence and its claim, or take them out.")


def _comparison(link: Link, library: Library) -> LinkAnswer:
    try:
        compared = claims.read_comparison(link.target, library)
        evidence = claims.Evidence(library)
        holds, undecided = compared.holds(evidence), compared.undecided(evidence)
    except DataError as error:
        return LinkAnswer(False, wrong=error.problems[0].message, remedy=error.problems[0].remedy, nearest=error.problems[0].nearest)
    except QuantityError as error:
        return LinkAnswer(False, wrong=f"{error}.", remedy="Compare figures of one unit.")
    inputs = ", ".join(f"{figure.id} = {figure.shown}" for figure in evidence.read.values())
    if undecided:
        remedy = "Say that they are about the same, or give the numbers without comparing them."
        return LinkAnswer(False, inputs, f"the numbers as printed do not decide it ({inputs}).", remedy)
    if not holds:
        return LinkAnswer(False, inputs, f"the data do not bear it out ({inputs}).", "Turn the words and the comparison round.")
    wrong = misfit(link.text, compared.relation, compared.factor)
    return LinkAnswer(not wrong, inputs, wrong, "Let words and comparison say the same." if wrong else "")


def _finding(target: str, library: Library) -> LinkAnswer:
    rows = library.by_id("findings")
    if target in rows:
        return LinkAnswer(True, rows[target]["statement"])
    return _unknown(target, unknown_id(target, rows, "finding"), library, "finding")
