"""Draft a codebook from a look at an export and the answers of an author: each closed question becomes figures, with its wording."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from evidence.catalog.patterns import LONGEST_ID
from evidence.survey.looking.columns import ColumnProfile
from evidence.survey.looking.files import FileProfile
from evidence.survey.looking.questions import Question, columns_of, quoted

_PART = 28
"""Longest part of an id that is made from a column or an answer."""
_DIGITS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_RECOMMEND = re.compile(r"recommend", re.IGNORECASE)
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def draft(found: FileProfile, asked: list[Question], only: Iterable[str] = ()) -> str:
    """Return a codebook as TOML.

    Args:
        found: What the export is.
        asked: The questions with their answers; open ones leave a `?`, which no check lets through.
        only: Columns whose questions become figures; all of them when empty.

    Raises:
        SurveyError: If an answer names a column that is not there, or fits no question.
    """
    given = {one.key: one.given for one in asked}
    wanted = set(only)
    columns_of(found, ";".join(wanted), "only")
    parts = [*_head(found, given), *_rules(found, given), *_disclosed(given), *_log(asked)]
    roles = {name for key in ("respondent", "weights") for name in columns_of(found, given[key], key)} | {
        given["left-out"].partition(":")[0]
    }
    shown = [one for one in found.columns if one.name not in roles and (not wanted or one.name in wanted)]
    return "\n".join([*parts, *_figures(found, shown, given), ""])


def _head(found: FileProfile, given: dict[str, str]) -> Iterator[str]:
    yield f"source = {quoted(given['source'])}"
    yield f"title = {quoted(given['title'])}"
    if given["respondent"]:
        yield f"respondent = {quoted(given['respondent'])}"
    missing = [answer for answer in given["missing"].split("; ") if answer]
    if missing:
        yield f"missing = {_array(missing)}"
    apart = {one.name: [code for code in one.missing if code not in missing] for one in found.of_kind("scale", "number", "single")}
    if apart := {name: codes for name, codes in apart.items() if codes}:
        yield "missing_in = { " + ", ".join(f"{_key(name)} = {_array(codes)}" for name, codes in apart.items()) + " }"
    yield f"# Groups by which every share is broken down, such as {_array([one.name for one in found.of_kind('single')][:2])}"
    yield "groups = []"


def _rules(found: FileProfile, given: dict[str, str]) -> Iterator[str]:
    if export := found.written.model_dump(exclude_defaults=True):
        yield from _table("export", export)
    if given["left-out"]:
        name, _, answers = given["left-out"].partition(":")
        columns_of(found, name, "left-out")
        yield "\n[[leave_out]]"
        yield from _pairs(
            {"column": name.strip(), "answers": [one.strip() for one in answers.split(";")], "why": "screened out, over quota or a test"}
        )
    if scales := found.of_kind("scale"):
        yield "\n[scales]"
        yield from (f"{_key(one.name)} = {_scale(one)}" for one in scales)
    if doubtful := [one.name for one in found.of_kind("single", "set") if set(one.labels) & set(one.labels.values())]:
        yield from _table("named_by", dict.fromkeys(doubtful, "labels"))
    if several := found.of_kind("delimited"):
        yield from _table("delimited", {one.name: one.delimiter for one in several})
    weight, strata, clusters = [*columns_of(found, given["weights"], "weights"), "", "", ""][:3]
    why = f"The agency's weights, column {weight}." if weight else "The export has no weights: each respondent counts the same."
    own: dict[str, Any] = {"column": weight, "strata": strata, "clusters": clusters} | ({"nested": True} if strata and clusters else {})
    own |= {"zero": "leave out"} if weight else {}
    own |= {"empty": "leave out"} if any(one.name == weight and one.empty for one in found.columns) else {}
    yield from _table("weights", {name: value for name, value in own.items() if value} | {"why": why})


def _scale(one: ColumnProfile) -> str:
    numbers = ', numbers = "labels"' if _words_beside(one) or any(label != code for code, label in one.labels.items()) else ""
    return f"{{ low = {one.low:g}, high = {one.high:g}{numbers} }}"


def _words_beside(one: ColumnProfile) -> bool:
    return any(not re.fullmatch(r"[+-]?[\d.,]+", answer) for answer in (*one.answers, *one.labels.values()) if answer not in one.missing)


def _disclosed(given: dict[str, str]) -> Iterator[str]:
    yield from _table(
        "about", {"title": given["title"], "short": given["title"], "publisher": given["publisher"], "licence": given["licence"]}
    )
    first, _, last = given["fieldwork"].partition(" to ")
    told = {name: given[name] for name in ("client", "method", "universe", "sampling", "coverage", "tables") if given[name]}
    yield from _table("disclosure", told | {"first_day": first.strip(), "last_day": (last or first).strip()})


def _log(asked: list[Question]) -> Iterator[str]:
    for one in asked:
        yield "\n[[asked]]"
        yield from _pairs({"question": one.text, "answer": one.given, "by": one.by})


def _figures(found: FileProfile, shown: list[ColumnProfile], given: dict[str, str]) -> Iterator[str]:
    taken: set[str] = set()
    key, more = given["source"], {"new": True, "population": given["universe"], "place": given["coverage"]}
    yield from _figure({"id": _unique(f"{key}.respondents", taken), "kind": "respondents", **more})
    for one in _once(shown):
        for name, told in _of_column(one, given, _left_empty(found, one)):
            yield from _figure({"id": _unique(f"{key}.{part(one.name)}.{name}", taken), **told, **_wording(one), **more})


def _once(shown: list[ColumnProfile]) -> Iterator[ColumnProfile]:
    """Yield the columns; of those that hold answers of one question in any order one stands for all, with the answers of all."""
    mentions: dict[str, list[ColumnProfile]] = {}
    for one in shown:
        if one.kind == "mentions":
            mentions.setdefault(one.group, []).append(one)
    for one in shown:
        same = mentions.get(one.group, []) if one.kind == "mentions" else [one]
        if one is same[0]:
            yield _together(same) if one.kind == "mentions" else one


def _together(same: list[ColumnProfile]) -> ColumnProfile:
    counts = sum((Counter(one.answers) for one in same), Counter[str]())
    missing = tuple(dict.fromkeys(answer for one in same for answer in one.missing))
    columns = tuple(one.name for one in same)
    return replace(same[0], name=same[0].group, answers=dict(counts.most_common()), missing=missing, together=columns)


def _left_empty(found: FileProfile, one: ColumnProfile) -> list[str]:
    """Return the columns of a set in which what was not chosen is left empty; none for any other."""
    members = [column for column in found.of_kind("set") if column.group == one.group] if one.group else []
    alone = all(set(column.answers) - set(column.missing) == {column.chosen} for column in members)
    return [column.name for column in members] if alone and any(column.empty for column in members) else []


def _of_column(one: ColumnProfile, given: dict[str, str], left_empty: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a column gives: the name of each figure, and its entry."""
    missing = {*one.missing, *given["missing"].split("; ")}
    columns: dict[str, Any] = {"columns": list(one.together) or [one.name]}
    if one.kind == "set":
        yield "chosen", columns | ({"among": left_empty} if left_empty else {}) | {"codes": [one.chosen]}
        return
    if one.kind in ("scale", "number"):
        yield "mean", columns | {"kind": "mean", "stated": "{}", "decimals": 1}
    if one.kind == "scale" and (one.low, one.high) == (0, 10) and _RECOMMEND.search(one.wording):
        yield "net-promoters", columns | {"kind": "nps", "stated": "{} percentage points"}
    if one.kind in ("single", "scale", "delimited", "mentions"):
        answers = list(dict.fromkeys([*one.answers, *(one.labels.values() if one.kind == "single" else ())]))
        for answer in answers:
            if answer not in missing:
                yield (
                    part(answer),
                    columns | {"codes": [answer], "category": answer} | ({} if answer in one.answers else {"absent": [answer]}),
                )


def _wording(one: ColumnProfile) -> dict[str, str]:
    return {"wording": " ".join(one.wording.split())} if one.wording else {}


def _figure(entry: dict[str, Any]) -> Iterator[str]:
    yield "\n[[figures]]"
    yield from _pairs(entry)


def part(text: str) -> str:
    """Return a text as a part of an id, digits in words, for an id must not hold a value and nobody knows what the value will be.

    Example:
        >>> part("Q1_1"), part("9 Likely"), part("Ÿ"), part("?")
        ('q-one-one', 'nine-likely', 'y', 'other')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    spelled = re.sub(r"\d", lambda digit: f"-{_DIGITS[int(digit[0])]}-", plain)
    return re.sub(r"[^a-z]+", "-", spelled).strip("-")[:_PART].strip("-") or "other"


def _unique(identifier: str, taken: set[str]) -> str:
    """Return an id that is not taken, and take it."""
    short, number = identifier[: LONGEST_ID - 34].rstrip("-."), 1
    chosen = short
    while chosen in taken:
        number += 1
        chosen = f"{short}-{'-'.join(_DIGITS[int(digit)] for digit in str(number))}"
    taken.add(chosen)
    return chosen


def _table(name: str, entries: dict[str, Any]) -> Iterator[str]:
    yield f"\n[{name}]"
    yield from _pairs(entries)


def _pairs(entries: dict[str, Any]) -> Iterator[str]:
    yield from (f"{_key(name)} = {_value(value)}" for name, value in entries.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return _array(value)
    return str(value) if isinstance(value, (int, float)) else quoted(value)


def _array(values: Iterable[str | int]) -> str:
    return f"[{', '.join(map(quoted, values))}]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)
