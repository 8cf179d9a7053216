"""What an export cannot tell of itself: at most fifteen questions, each with what is proposed, kept in a file until an author has answered."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evidence.errors import SurveyError
from evidence.parsing import parse_toml
from evidence.problems import Place, Problem
from evidence.survey.fitting import UNANSWERED
from evidence.survey.looking.files import FileProfile

OPEN = UNANSWERED

_LISTED = "; "
_STATUS = re.compile(r"screen(?:ed)?.?out|quota.?full|terminat|over.?quota|test (?:respondent|interview|case)|^test$", re.IGNORECASE)
_SPAN = "2026-04-01 to 2026-04-12"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to an author.

    Attributes:
        key: Its name.
        text: The question, with how to answer.
        proposed: What the file makes likely; empty for nothing.
        optional: Whether an empty answer is one.
        answer: What an author has answered; None for not yet.
    """

    key: str
    text: str
    proposed: str = ""
    optional: bool = False
    answer: str | None = None

    @property
    def given(self) -> str:
        """The answer, or else what is proposed; `?` when neither is there and one is needed."""
        told = self.proposed if self.answer is None else self.answer
        return told or ("" if self.optional else OPEN)

    @property
    def by(self) -> str:
        """Who has answered: `author`, or `proposal`."""
        return "proposal" if self.answer is None or self.answer == self.proposed else "author"


def questions(found: FileProfile) -> list[Question]:
    """Return what to ask of an export, in order.

    Args:
        found: What the export is.
    """
    return [
        Question("source", "Key of the source: small letters and hyphens, no digits, such as bread-survey.", _key(found.name)),
        Question("title", "Title of the survey."),
        Question("client", "Who commissioned it?"),
        Question("publisher", "Who carried it out and publishes it?"),
        Question(
            "fieldwork", f"First and last day on which respondents were asked, as {_SPAN}; never the day of publication.", _fieldwork(found)
        ),
        Question("method", "How were they asked: online, by telephone, face to face, on paper?"),
        Question("universe", "Whom do they stand for, such as adults aged 18 or over?"),
        Question("coverage", "Where, as places of the library are written?"),
        Question("sampling", "How were they chosen, and from where, such as quotas from an opt-in panel?"),
        Question("licence", "Licence of the figures, as the publisher states it.", "not stated"),
        Question("tables", "Address of the full tables; empty if there are none.", optional=True),
        Question(
            "respondent", "Column that names each respondent once; empty if there is none.", _first(found, "respondent"), optional=True
        ),
        Question(
            "weights",
            "Column of weights, then of strata and of clusters, as weight; stratum; psu; empty parts where there are none.",
            _design(found),
            optional=True,
        ),
        Question(
            "missing",
            "Answers that are no answer in whatever column, with semicolons between them.",
            _LISTED.join(_missing(found)),
            optional=True,
        ),
        Question(
            "left-out",
            "Who does not count (screened out, quota full, tests), as column: answer; answer. Empty for nobody.",
            _status(found),
            optional=True,
        ),
    ]


def _key(name: str) -> str:
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z]+", "-", Path(name).stem.lower())).strip("-") or "survey"


def _first(found: FileProfile, kind: str) -> str:
    return next((column.name for column in found.of_kind(kind)), "")


def _design(found: FileProfile) -> str:
    parts = [_first(found, kind) for kind in ("weight", "strata", "clusters")]
    return _LISTED.join(parts) if any(parts) else ""


def _fieldwork(found: FileProfile) -> str:
    """Return the days that the first column of days spans."""
    days = next(((int(one.low), int(one.high)) for one in found.of_kind("date") if one.low), None)
    return f"{date.fromordinal(days[0])} to {date.fromordinal(days[1])}" if days else ""


def _missing(found: FileProfile) -> list[str]:
    """Return the answers that look like none, most frequent first; codes among numbers are the business of their column."""
    counts: Counter[str] = Counter()
    for column in found.columns:
        if column.kind in ("single", "scale", "set", "mentions", "delimited"):
            counts.update({answer: column.answers.get(answer, 0) for answer in column.missing if not _is_code(answer)})
    return [answer for answer, _ in counts.most_common()]


def _is_code(answer: str) -> bool:
    return re.fullmatch(r"-?\d+", answer) is not None


def _status(found: FileProfile) -> str:
    for column in found.of_kind("single"):
        if told := [answer for answer in column.answers if _STATUS.search(answer)]:
            return f"{column.name}: {_LISTED.join(told)}"
    return ""


def written(asked: list[Question]) -> str:
    """Return the file in which an author answers."""
    head = "# What the export cannot tell of itself. Answer, save, and run the same command again; an answer left as it is counts as a proposal accepted.\n"
    return head + "".join(f"\n[{one.key}]\nquestion = {quoted(one.text)}\nanswer = {quoted(one.given)}\n" for one in asked)


def answered(asked: list[Question], path: Path) -> list[Question]:
    """Return questions with the answers of a file.

    Raises:
        SurveyError: If it is no such file, or answers what is not asked.
    """
    try:
        told = parse_toml(path.read_text(encoding="utf-8"))
        given = {key: str(entry["answer"]).strip() for key, entry in told.items()}
    except (ValueError, KeyError, TypeError) as error:
        raise SurveyError(
            Problem(
                Place(str(path)),
                f"holds no answers ({type(error).__name__}: {error}).",
                "Correct the line, or remove the file to be asked anew.",
            )
        ) from None
    if strange := sorted(set(given) - {one.key for one in asked}):
        raise SurveyError(Problem(Place(str(path), name=strange[0]), "is not asked.", "Remove it."))
    return [replace(one, answer=given[one.key]) if given.get(one.key, OPEN) != OPEN else one for one in asked]


def quoted(text: str | int) -> str:
    """Return a text, or a number, as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def columns_of(found: FileProfile, answer: str, key: str) -> list[str]:
    """Return the columns that an answer names, empty where it names none.

    Raises:
        SurveyError: If the export has no such column.
    """
    names = [name.strip() for name in answer.split(";")] if answer else []
    known = {column.name for column in found.columns}
    for name in names:
        if name and name not in known:
            raise SurveyError(Problem(Place(found.name, name=key), f'there is no column "{name}".', "Correct the answer."))
    return names
