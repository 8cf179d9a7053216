"""What a column of an export is, as far as its answers, its labels and its name tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from evidence.survey.answers import codes_for_none, leading, parts_of
from evidence.survey.exports.statistical import AnswerSet
from evidence.survey.occurring import folded

Kind = Literal[
    "empty", "respondent", "weight", "strata", "clusters", "date", "set", "mentions", "delimited", "scale", "single", "number", "text"
]

MOST_ANSWERS = 40
"""Most different answers of a question whose answers were given to choose from."""
_LONGEST_SCALE = 11
_FEW = 2

_NAMES: dict[Kind, str] = {
    "respondent": r"(?:resp\w*|record|case|interview|user|person|participant|uuid|serial|sys)?_?-?(?:id|no|num|number|nr|key)$|uuid|serial|respond?ent|response_?id",
    "weight": r"(?:^|[^a-z])(?:w(?:eigh)?ts?|weights?|wgt|pond|gewicht|finalwgt|cellweight)(?:$|[^a-z])|weight|^w(?:t|gt)|wgt$",
    "strata": r"(?:^|[^a-z])(?:v|sdmv)?stra(?:t|ta|tum|tid)?(?:$|[^a-z])",
    "clusters": r"(?:^|[^a-z])(?:v|sdmv|sam)?psu(?:id)?(?:$|[^a-z])|cluster",
    "date": r"date|day$|start|end(?:ed|time)?$|time",
}
"""How columns that are no questions are called, in small letters."""

_WHOLE_WEIGHT = r"wgt|(?:^p|hh|per|pers|fin|final)wt|^wt(?:mec|int|ss)"
"""How weights are called that may be whole numbers; a weight so called in full may be that of a body."""
_NAMED = 0.9
"""Part of a column that is as its name says; the rest is a mistake, such as a respondent twice or a negative weight, which is refused by its row."""
_LEAST_CLUSTERS = 10
"""Fewest different answers of a column called cluster; with fewer it is a typology of respondents."""

_NONE = {
    *("don't know", "dont know", "do not know", "dk", "refused", "refuse", "refusal", "prefer not to say", "prefer not to answer"),
    *("not applicable", "n/a", "na", "not asked", "no answer", "not stated", "missing", "skipped", "don't know / refused", "dk/ref"),
    *(
        "dontknow",
        "refusals",
        "weiß nicht",
        "weiss nicht",
        "keine angabe",
        "ne sait pas",
        "sans réponse",
        "no sabe",
        "no contesta",
        "ns/nc",
    ),
    *(
        "don't know/refused",
        "don't know/no answer",
        "don't know (vol.)",
        "refused (vol.)",
        "don't know/refused (vol.)",
        "(vol.) don't know/refused",
    ),
}
"""What is usually no answer, folded."""

_CHOSEN = ("yes", "selected", "checked", "ticked", "chosen", "quoted", "mentioned", "true", "1", "x")
_NOT_CHOSEN = (
    "no",
    "not selected",
    "unchecked",
    "not checked",
    "not ticked",
    "not chosen",
    "not quoted",
    "not mentioned",
    "false",
    "0",
    "unselected",
)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?|(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?|\d{1,2}:\d{2}:\d{2}(?:\.\d+)?")
_MEMBERS = (re.compile(r"(.+\S) - .+"), re.compile(r"(.+)[_.\-\s]\w+"), re.compile(r"(.+?\d)[rc]\d+"), re.compile(r"(.*\D)\d+"))


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What a column is.

    Attributes:
        name: Its name.
        kind: What it seems to be.
        answers: How many give each answer, most first; those of a cell with several apart.
        distinct: How many different answers there are.
        empty: How many respondents have none.
        wording: What the file says it is; may be empty.
        labels: Label by code, where the file has them.
        delimiter: What parts several answers in a cell; empty for one.
        low: Smallest number of a column of numbers, and of a scale; of days written as 2026-04-30 the first, counted from the year 1.
        high: Largest.
        missing: Answers that are probably none.
        group: Name that the columns of one question with several answers share; empty for any other.
        counted: Which answer the file declares to say that an answer of a set was chosen; empty where it declares none.
        together: Columns that hold answers of one question in any order, where this stands for all of them.
    """

    name: str
    kind: Kind
    answers: dict[str, int]
    distinct: int
    empty: int
    wording: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    delimiter: str = ""
    low: float = 0.0
    high: float = 0.0
    missing: tuple[str, ...] = ()
    group: str = ""
    counted: str = ""
    together: tuple[str, ...] = ()

    @property
    def chosen(self) -> str:
        """Which answer says that an answer of a set was chosen; empty when none is declared, and none of its answers is usual for that."""
        if self.counted:
            return self.counted
        by_fold = {folded(answer): answer for answer in (*self.answers, *self.labels.values())}
        found = next((by_fold[word] for word in _CHOSEN if word in by_fold), "")
        others = [answer for answer in self.answers if answer not in self.missing and folded(answer) not in _NOT_CHOSEN]
        return found or (others[0] if len(others) == 1 else "")


def profile(name: str, answers: pd.Series, labels: dict[str, str], wording: str, decimal: str) -> ColumnProfile:
    """Return what a column is.

    Args:
        name: Its name.
        answers: Its answers, categories of text.
        labels: Label by code, where the file has them.
        wording: What the file says it is.
        decimal: What stands before decimals.
    """
    codes, known_texts = answers.array.codes, list(answers.array.categories)
    counts = np.bincount(codes[codes >= 0], minlength=len(known_texts))
    texts = {str(known_texts[place]): int(counts[place]) for place in np.argsort(-counts, kind="stable") if counts[place]}
    given = int(counts.sum())
    numbers = np.array([_number(text, decimal) for text in texts])
    known = np.unique(numbers[np.isfinite(numbers)])
    missing = tuple(text for text in texts if folded(text) in _NONE)
    if not labels and (codes := codes_for_none(known)):
        missing = (*missing, *(text for text in texts if _number(text, decimal) in codes))
    delimiter = delimiter_of(texts)
    kind = _kind(name, texts, numbers, labels, delimiter, missing, given)
    reach = _reach(kind, texts, labels, missing, decimal)
    parts = _parts(texts, delimiter) if kind == "delimited" else dict(list(texts.items())[:MOST_ANSWERS])
    shown = {"delimiter": delimiter if kind == "delimited" else "", "low": reach[0], "high": reach[1], "missing": missing}
    return ColumnProfile(name, kind, parts, len(texts), len(answers) - given, wording, labels, **shown)  # type: ignore[arg-type]


def _kind(
    name: str, texts: dict[str, int], numbers: np.ndarray, labels: dict[str, str], delimiter: str, missing: tuple[str, ...], given: int
) -> Kind:
    if not texts:
        return "empty"
    if role := _role(name, texts, numbers, labels, given):
        return role
    if delimiter:
        return "delimited"
    if labels:
        return "scale" if _is_scale(texts, labels, missing) else "single"
    if sum(1 for text in texts if _DATE.fullmatch(text)) > len(texts) / 2:
        return "date"
    finite = np.isfinite(numbers)
    if finite.all() or (finite.sum() > _FEW and set(np.array(list(texts))[~finite]) <= set(missing)):
        return (
            "scale" if _FEW < len(texts) <= _LONGEST_SCALE + len(missing) and (numbers[finite] % 1 == 0).all() else _few_or(texts, "number")
        )
    return "scale" if _is_scale(texts, labels, missing) else _few_or(texts, "text")


def _few_or(texts: dict[str, int], other: Kind) -> Kind:
    few = len(texts) <= (_FEW if other == "number" else MOST_ANSWERS) and (other == "number" or max(texts.values()) > 1)
    return "single" if few else other


def _role(name: str, texts: dict[str, int], numbers: np.ndarray, labels: dict[str, str], given: int) -> Kind | None:
    """Return what a column is that is no question, or None."""
    lower, whole = name.lower(), bool(np.isfinite(numbers).all())
    nearly_all = len(texts) == given > _FEW or len(texts) > max(given * _NAMED, MOST_ANSWERS)
    if nearly_all and re.search(_NAMES["respondent"], lower):
        return "respondent"
    if (
        whole
        and not labels
        and len(texts) > _FEW
        and called_weight(name)
        and (numbers >= 0).mean() > _NAMED
        and ((numbers % 1 > 0).any() or (re.search(_WHOLE_WEIGHT, lower) and len(texts) > MOST_ANSWERS))
    ):
        return "weight"
    designs: tuple[Kind, ...] = ("clusters", "strata")
    for kind in designs:
        if re.search(_NAMES[kind], lower) and (_LEAST_CLUSTERS if lower.startswith("cluster") else _FEW) <= len(texts) < given:
            return kind
    return None


def called_weight(name: str) -> bool:
    """Return whether the name of a column says that it holds weights."""
    return re.search(_NAMES["weight"], name.lower()) is not None


def _is_scale(texts: dict[str, int], labels: dict[str, str], missing: tuple[str, ...]) -> bool:
    """Return whether answers begin with the numbers of a scale, such as `10 Extremely likely`; one end or both may have words beside them."""
    answers = [text for text in (labels.values() if labels else texts) if text not in missing and folded(text) not in _NONE]
    values = [leading(answer) for answer in answers]
    return len(answers) > _FEW and None not in values and len(set(values)) == len(answers) <= _LONGEST_SCALE


def _reach(kind: Kind, texts: dict[str, int], labels: dict[str, str], missing: tuple[str, ...], decimal: str) -> tuple[float, float]:
    if kind == "date":
        days = [day.toordinal() for text in texts if (day := _day(text))]
        return (float(min(days)), float(max(days))) if days else (0.0, 0.0)
    if kind not in ("scale", "number"):
        return 0.0, 0.0
    answers = [text for text in (labels.values() if labels else texts) if text not in missing and folded(text) not in _NONE]
    values = [leading(answer) if kind == "scale" else _number(answer, decimal) for answer in answers]
    found = [value for value in values if value is not None and np.isfinite(value)]
    return (min(found), max(found)) if found else (0.0, 0.0)


def delimiter_of(texts: dict[str, int]) -> str:
    """Return what parts several answers within cells, or an empty text.

    Cells must be put together from fewer parts than there are cells, and parts must come again in other cells.

    Example:
        >>> delimiter_of({"1;2;": 3, "2;": 1, "1;": 2, "1;3;": 1, "3;": 1})
        ';'
        >>> delimiter_of({"Yes, often": 3, "No, never": 1})
        ''
    """
    for mark in (";", "|", "\n", ", ", ","):
        if any(mark in text for text in texts):
            cells = [parts_of(text, mark) for text in texts]
            parts = Counter(part for cell in cells for part in cell)
            several = sum(len(cell) > 1 for cell in cells)
            if (
                1 < len(parts) <= MOST_ANSWERS
                and several > 1
                and min(len(parts), several) < len(texts)
                and len(parts) < sum(map(len, cells)) * 0.75
            ):
                return mark.strip(" ")
    return ""


def _parts(texts: dict[str, int], delimiter: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for text, count in texts.items():
        for part in parts_of(text, delimiter):
            counts[part] += count
    return dict(counts.most_common())


def with_declared(columns: list[ColumnProfile], sets: Iterable[AnswerSet]) -> list[ColumnProfile]:
    """Return the columns with those put together that a file declares to be one question: a column an answer, or each with any of the answers."""
    of = {name: one for one in sets for name in one.columns}
    return [_declared(column, of[column.name]) if column.name in of and column.answers else column for column in columns]


def _declared(column: ColumnProfile, own: AnswerSet) -> ColumnProfile:
    if own.counted:
        return replace(column, kind="set", group=own.name, counted=column.labels.get(own.counted, own.counted))
    return replace(column, kind="mentions", group=own.name, wording=own.label or column.wording)


def with_sets(columns: list[ColumnProfile]) -> list[ColumnProfile]:
    """Return the columns with those that are one question with several answers put together: alike in name and in their two answers at most."""
    members: dict[tuple[str, frozenset[str]], list[str]] = {}
    for column in columns:
        if stem := stem_of(column.name) if _is_member(column) else "":
            members.setdefault((stem, _alike(column)), []).append(column.name)
    group = {name: stem for (stem, _), names in members.items() if len(names) > 1 for name in names}
    return [_in_set(column, group[column.name]) if column.name in group else column for column in columns]


def _is_member(column: ColumnProfile) -> bool:
    return column.kind in ("single", "number", "scale") and len({*column.answers} - {*column.missing}) <= _FEW and bool(column.chosen)


def _alike(column: ColumnProfile) -> frozenset[str]:
    """Return what the columns of one set have in common: their labels, or which answer says that they were chosen."""
    return frozenset(column.labels.values()) if column.labels and folded(column.chosen) in _CHOSEN else frozenset()


def _in_set(column: ColumnProfile, group: str) -> ColumnProfile:
    return replace(column, kind="set", group=group)


def stem_of(name: str) -> str:
    """Return what the names of the columns of one question share, or an empty text.

    Example:
        >>> stem_of("Q1_12"), stem_of("q8r3"), stem_of("likes.music"), stem_of("Which bread? - Dark rye"), stem_of("age")
        ('Q1', 'q8', 'likes', 'Which bread?', '')
    """
    return next((found[1] for pattern in _MEMBERS if (found := pattern.fullmatch(name))), "")


def _day(text: str) -> date | None:
    """Return the day that a text begins with, written as 2026-04-30; None for any other, of which nobody can tell day from month."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(text: str, decimal: str) -> float:
    try:
        return float(text.replace(decimal, ".") if decimal == "." or "." not in text else "")
    except ValueError:
        return float("nan")
