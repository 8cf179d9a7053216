"""The rule: grounds for an answer in the order in which they are tried, for figures, findings and claims. The first that fits a record decides.

Each ground has words for readers, from which the page that explains the rule is made, and returns what to say after the answer, the fullest way
first, or nothing where it does not fit. What comes from records is quoted as it is, without links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from evidence.audit import DOUBTED, Verdict
from evidence.catalog.periods import Period
from evidence.claims import Judged
from evidence.repeating.advice import Advice, Reply

OVERDUE = "overdue"
"""Name of the ground that the calendar alone decides."""

OLD = 5
"""Years after which a number tells of the past: a council's plan or a survey of firms seldom stands for longer."""


@dataclass(frozen=True, slots=True)
class FigureCase:
    """What is known of a figure that somebody wants to repeat.

    Attributes:
        verdict: Its verdict, with the figure.
        source: The row of its source.
        due: Day on which the next release of its source was due, in words, where that has passed; else empty.
        period: Days it is about.
        day: Day of the edition, ISO.
        nature: What kind of number the library declares it to be, or empty.
        corrections: Rows of the corrections that name it.
        inputs: What is advised of each figure it was derived from.
        modelled: Whether anything it was derived from, by any number of steps, was assumed.
    """

    verdict: Verdict
    source: Mapping[str, Any]
    due: str
    period: Period
    day: str
    nature: str
    corrections: tuple[Mapping[str, Any], ...]
    inputs: tuple[Advice, ...]
    modelled: bool


@dataclass(frozen=True, slots=True)
class FindingCase:
    """What is known of a finding: its row, its strength by the rule of the book, and the corrections that name it."""

    row: Mapping[str, Any]
    strength: str
    corrections: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """What is known of a claim: how it was judged, if it could be, and what is advised of each figure that decides it."""

    judged: Judged | None
    inputs: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for an answer.

    Attributes:
        name: What the ledger calls it.
        answer: The answer it gives.
        when: When it fits, in words for readers.
        ways: From what is known, what may follow the answer, the fullest first; empty where the ground does not fit.
    """

    name: str
    answer: Reply
    when: str
    ways: Callable[[Any], tuple[str, ...]]


def _where(fits: bool, *ways: str) -> tuple[str, ...]:
    return ways if fits else ()


def _quoted(text: str) -> str:
    """Return words of a record so that nothing in them is a link."""
    return text.translate(str.maketrans("[]", "()")).rstrip(".")


def _lowered(text: str) -> str:
    """Return a sentence as it goes on after a colon; a name or a number at its beginning stays."""
    first, rest = text[:1], text[1:]
    return first.lower() + rest if rest[:1].islower() or rest[:1] == " " else text


def _about(case: FigureCase) -> Iterator[str]:
    """Yield whom, where and when a figure is about, the fullest first; the last says nothing."""
    figure = case.verdict.figure
    parts = [_quoted(part) for part in (figure.population, figure.place, figure.period)]
    for kept in (parts, [parts[0], parts[2]], parts[1:], parts[:1], parts[2:]):
        if all(kept):
            yield f"“{', '.join(kept)}”"


def _doubted(case: FigureCase) -> tuple[str, ...]:
    return _where(
        bool(case.verdict.doubt), _lowered(case.verdict.doubt), "its sum checks, but a computation of this book speaks against it"
    )


def _objected(case: FigureCase | FindingCase) -> tuple[str, ...]:
    titles = [f"the audit has an objection, “{_quoted(row['title'])}”" for row in case.corrections if "](" not in row["title"]]
    return _where(bool(case.corrections), *titles, "the audit has an objection to it")


def _contradicted(case: FigureCase | FindingCase) -> bool:
    return any(row["grade"] == "contradiction" for row in case.corrections)


def _old(case: FigureCase) -> tuple[str, ...]:
    period = _quoted(case.verdict.figure.period)
    past = (date.fromisoformat(case.day) - relativedelta(years=OLD)).isoformat()
    return _where(
        bool(case.period.end) and case.period.end < past, f"it is about {period}; name the time with it", "it is old; name its time"
    )


def _second_hand(case: FigureCase) -> tuple[str, ...]:
    short, origin = case.source.get("short", ""), _quoted(case.verdict.figure.origin)
    told = f"{short} takes it from others, whom we have not read; name both"
    fits = bool(origin) and not case.verdict.figure.computed and case.verdict.word == "quoted"
    return _where(fits, f"{short} takes it from {origin}, which we have not read; name both", told)


def _as_stated(case: FigureCase, before: str, after: str) -> tuple[str, ...]:
    """Return ways to say whom a number is about between two parts of a sentence."""
    return (*(f"{before}, of {about}{after}" for about in _about(case)), f"{before}{after}")


def _of_nature(name: str, *ways: str) -> Callable[[FigureCase], tuple[str, ...]]:
    return lambda case: _where(case.nature == name, *ways)


def _any_no(inputs: tuple[Advice, ...]) -> bool:
    return any(advice.answer == "no" for advice in inputs)


def _any_care(inputs: tuple[Advice, ...]) -> bool:
    return any(advice.answer != "yes" for advice in inputs)


FIGURES = (
    Ground(
        *("contradicted", "no", "Its verdict is *differs* or *disputed*, or a correction calls it a contradiction."),
        lambda case: _where(case.verdict.word in DOUBTED or _contradicted(case), "it does not fit other numbers; the audit shows which"),
    ),
    Ground("doubted", "no", "Its sum checks, and a computation of ours still speaks against it.", _doubted),
    Ground(
        *("assumed", "no", "Its verdict is *assumed*."),
        lambda case: _where(case.verdict.word == "assumed", "nobody has measured it; it is an end of a range that a model tries"),
    ),
    Ground(
        *("modelled", "with care", "It comes out of a model, and something that goes into it was assumed."),
        lambda case: _where(case.modelled, "it comes out of a model that rests on assumptions; say so in the same sentence"),
    ),
    Ground("objection", "with care", "A correction of another grade names it.", _objected),
    Ground(
        *("projection", "with care", "It tells what might be, or what is expected."),
        _of_nature("projection", "it is a projection; say what it supposes, since nobody has seen it happen"),
    ),
    Ground(
        *("own count", "with care", "An organisation has counted its own work."),
        _of_nature("own count", "it is the organisation's own count, which nobody else has checked; say who counted"),
    ),
    Ground(
        *("intention", "with care", "It tells what people or firms say they would do."),
        _of_nature("intention", "it is what people say they would do, and not what they did; say so"),
    ),
    Ground(
        *("unweighted sample", "with care", "It is a share of a sample that is not weighted to the whole."),
        _of_nature("unweighted sample", "it is a share of those who were asked, not of all; the sample is not weighted"),
    ),
    Ground(
        *("testimony", "with care", "It is somebody's word, or is stated without a source."),
        _of_nature("testimony", "it is somebody's word without a count behind it; say whose"),
    ),
    Ground(
        *("definition", "yes", "Its source sets it itself, such as a threshold or the number of its own parts."),
        lambda case: _where(case.nature == "definition", f"it is what {_quoted(case.source['short'])} sets or counts itself"),
    ),
    Ground(
        *(OVERDUE, "with care", "A newer release of its source should be out by now."),
        lambda case: _where(bool(case.due), f"a newer release was due on {case.due}; look for it first"),
    ),
    Ground("old", "with care", f"What it is about ended more than {OLD} years before the day of the edition.", _old),
    Ground("second hand", "with care", "Its source takes it from another document, and nothing else confirms it.", _second_hand),
    Ground(
        *("from what fails", "with care", "We made it, and one of the numbers it was made from gets a no."),
        lambda case: _where(_any_no(case.inputs), "we made it from numbers of which some should not be repeated; give the formula with it"),
    ),
    Ground(
        *("from what needs care", "with care", "We made it, and one of the numbers it was made from needs care."),
        lambda case: _where(_any_care(case.inputs), "we made it from numbers that need care themselves; give the formula with it"),
    ),
    Ground(
        *("ours", "yes", "We made it from numbers that may be repeated."),
        lambda case: _where(
            case.verdict.figure.computed, "give the formula with it, for no source prints it; this book made it from others"
        ),
    ),
    Ground(
        *("statistics", "yes", "It is an official statistic, and no newer release is due."),
        lambda case: _where(case.source["kind"] == "statistics", *_as_stated(case, "an official statistic", "")),
    ),
    Ground(
        *("confirmed", "yes", "Other numbers of its source, or another source, give the same."),
        lambda case: _where(
            case.verdict.word != "quoted", *_as_stated(case, f"as what {_quoted(case.source['short'])} says", "; the sum checks")
        ),
    ),
    Ground(
        *("quoted", "yes", "Nothing above fits: it is what its source states, and nothing else confirms it."),
        lambda case: _as_stated(case, f"as what {_quoted(case.source['short'])} says", "; nothing else confirms it"),
    ),
)
"""Grounds for a figure; the last fits any."""

FINDINGS = (
    Ground(
        *("contradicted", "no", "A correction calls it a contradiction."),
        lambda case: _where(_contradicted(case), "it contradicts its own source; the audit shows how"),
    ),
    Ground(
        *("disputed", "with care", "Another finding says otherwise."),
        lambda case: _where(bool(case.row["disputed_with"]), "another study says otherwise; tell of both"),
    ),
    Ground("objection", "with care", "A correction of another grade names it.", _objected),
    Ground(
        *("opinion", "with care", "Its strength is *opinion*."),
        lambda case: _where(case.strength == "opinion", "as the view of those who say it, never as a result"),
    ),
    Ground(
        *("limited", "with care", "Its strength is *limited*."),
        lambda case: _where(case.strength == "limited", "the evidence is limited; write that it suggests, and say who was studied"),
    ),
    Ground(
        *("moderate", "yes", "Its strength is *moderate*."),
        lambda case: _where(case.strength == "moderate", "with who was studied; the evidence is moderate, so leave room for doubt"),
    ),
    Ground("strong", "yes", "Its strength is *strong*.", lambda _case: ("the evidence is strong; say who was studied",)),
)
"""Grounds for a finding; the last fits any."""

CLAIMS = (
    Ground(
        *("undecided", "no", "The numbers that decide it are not published yet."),
        lambda case: _where(case.judged is None, "the numbers that decide it are not published yet"),
    ),
    Ground(
        *("broken", "no", "The numbers that decide it no longer bear it out."),
        lambda case: _where(not case.judged.holds, "the numbers that decide it no longer bear it out"),
    ),
    Ground(
        *("of those asked", "with care", "It holds of those who were asked, and by chance it may be otherwise among all."),
        lambda case: _where(
            case.judged.beyond_chance is False, "it is true of those who were asked; among all, chance could turn the order"
        ),
    ),
    Ground(
        *("on what fails", "with care", "A number that decides it gets a no."),
        lambda case: _where(_any_no(case.inputs), "it rests on a number that should not be repeated by itself"),
    ),
    Ground(
        *("on what needs care", "with care", "A number that decides it needs care."),
        lambda case: _where(_any_care(case.inputs), "the numbers bear it out, but some of them need care themselves"),
    ),
    Ground("borne out", "yes", "The numbers that decide it bear it out.", lambda _case: ("the numbers that decide it bear it out",)),
)
"""Grounds for a claim; the last fits any."""

RULE = (("figure", FIGURES), ("finding", FINDINGS), ("claim", CLAIMS))
"""The whole rule, by what it is about."""
