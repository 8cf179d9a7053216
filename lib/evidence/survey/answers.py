"""What respondents say by the codebook: which of them give an answer, and the numbers of a scale."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from evidence.errors import SurveyError
from evidence.problems import Place, Problem
from evidence.survey.codebook import Codebook, Scale
from evidence.survey.responses import Responses, numbers

_LEADING = re.compile(
    r"\s*([+-]?\d+(?:[.,]\d+)?)(?![\d.,])(?!\s*(?:[-–—]\s*\d|to\s+\d|\+|%|(?:or|and)\s+(?:more|over|older|above|up|less|under|fewer|younger|below)\b))",
    re.IGNORECASE,
)
"""A number at the beginning of an answer that is one number: a span such as 18-34 or 55+ is none."""
PROMOTERS, DETRACTORS = 9, 6
"""A net promoter score counts answers from 9 on for, and up to 6 against.

Source:
    Reichheld (2003), The one number you need to grow, Harvard Business Review 81(12)."""


class Answers:
    """The answers of an export, asked by the codebook.

    Args:
        responses: The answers.
        codebook: How they are asked.
    """

    def __init__(self, responses: Responses, codebook: Codebook) -> None:
        self.responses, self.codebook = responses, codebook
        self.frame, self.name = responses.frame, responses.name
        self._answered: dict[tuple[str, ...], np.ndarray] = {}

    def says(self, column: str, answers: Iterable[str]) -> np.ndarray:
        """Return whether each respondent gives one of these answers, among others where a cell holds several."""
        wanted = {self.responses.spelled(column, answer) for answer in answers}
        known = self.frame[column].cat.categories
        chosen = np.append([bool(wanted & parts_of(cell, self.codebook.delimited.get(column, ""))) for cell in known], False)
        found: np.ndarray = chosen.astype(bool)[self.frame[column].cat.codes]
        return found

    def answered(self, columns: Iterable[str]) -> np.ndarray:
        """Return whether each respondent answers in any of the columns."""
        names = tuple(columns)
        if names not in self._answered:
            self._answered[names] = self.frame[list(names)].notna().any(axis=1).to_numpy()
        return self._answered[names]

    def numbers(self, column: str) -> np.ndarray:
        """Return a column as numbers by its scale, where it has one; no answer is `nan`.

        Raises:
            SurveyError: If an answer is no number, lies outside the scale, or its scale would be guessed.
        """
        scale, labels = self.codebook.scales.get(column), self.responses.labels.get(column, {})
        if scale is None and not labels:
            values = numbers(self.frame, column, self.name, self.responses.decimal)
            self._check_no_code(column, values)
            return values
        if scale is None:
            raise self._refusal(column, "its values have labels, so whether each is a number of a scale is not told.", "Declare its scale")
        known = self.frame[column].cat.categories
        values = np.append([self._number(column, answer, scale) for answer in known], np.nan)
        found: np.ndarray = values[self.frame[column].cat.codes]
        return found

    def promotion(self, column: str) -> np.ndarray:
        """Return 1 for who promotes, -1 for who detracts, and 0 for others; no answer is `nan`."""
        values = self.numbers(column)
        return np.where(np.isnan(values), np.nan, (values >= PROMOTERS).astype(float) - (values <= DETRACTORS))

    def _number(self, column: str, answer: str, scale: Scale) -> float:
        value = self._by_declaration(column, answer, scale) if scale.values else self._by_spelling(column, answer, scale)
        if not scale.low <= value <= scale.high:
            count = int((self.frame[column] == answer).sum())
            told = f'"{answer}" ({count:,}) is {value:g}, outside the scale from {scale.low:g} to {scale.high:g}.'
            raise SurveyError(Problem(Place(self.name, column=column), told, "Name it in missing or missing_in, or correct the scale."))
        return value

    def _by_declaration(self, column: str, answer: str, scale: Scale) -> float:
        named = {self.responses.spelled(column, one): value for one, value in scale.values.items()}
        if answer not in named:
            raise self._refusal(
                column, f'"{answer}" is none of the answers that values names.', "Give its number there, or name it in missing"
            )
        return named[answer]

    def _by_spelling(self, column: str, answer: str, scale: Scale) -> float:
        """Return the number that the file's code or the words of an answer give."""
        codes = [code for code, label in self.responses.labels.get(column, {}).items() if label == answer]
        by_code, by_label = (float(codes[0]) if len(codes) == 1 and _is_number(codes[0]) else None), leading(answer)
        if by_code is not None and by_label is not None and by_code != by_label and not scale.numbers:
            told = f'"{answer}" has the code {by_code:g} and says {by_label:g}.'
            raise self._refusal(column, told, 'Say numbers = "codes" or numbers = "labels"')
        plain = _is_number(self._decimal(answer)) or scale.numbers == "labels"
        value = by_label if scale.numbers == "labels" or by_code is None else by_code
        if value is None or (by_code is None and not plain):
            raise self._refusal(column, f'"{answer}" is no number.', "Give its number in values, or name it in missing")
        return value

    def _decimal(self, answer: str) -> str:
        return answer.replace(self.responses.decimal, ".")

    def _refusal(self, column: str, told: str, remedy: str) -> SurveyError:
        return SurveyError(
            Problem(Place(self.name, column=column), told, f'{remedy} in the codebook: [scales."{column}"] low = ... high = ...')
        )

    def _check_no_code(self, column: str, values: np.ndarray) -> None:
        """Refuse a mean in which what looks like a code for no answer would count."""
        found = np.unique(values[np.isfinite(values)])
        if codes := codes_for_none(found):
            named = " and ".join(f"{code:g} ({np.count_nonzero(values == code):,} respondents)" for code in codes)
            looks = "looks like a code" if len(codes) == 1 else "look like codes"
            told = f"{named} {looks} for no answer; the other numbers run from {_span(found, codes)}."
            raise self._refusal(column, told, f'Name it in missing_in."{column}", or declare the scale')


def parts_of(cell: str, delimiter: str) -> set[str]:
    """Return the answers that a cell holds.

    Example:
        >>> sorted(parts_of("1; 3;", ";")), parts_of("Yes, both", "")
        (['1', '3'], {'Yes, both'})
    """
    return {part for piece in cell.split(delimiter) if (part := piece.strip())} if delimiter else {cell}


def leading(text: str) -> float | None:
    """Return the number that an answer begins with, or None.

    Example:
        >>> leading("10 Extremely likely"), leading("Likely"), leading("1.2.3")
        (10.0, None, None)
        >>> leading("18-34"), leading("55+"), leading("3 or more"), leading("1 - Very bad")
        (None, None, None, 1.0)
    """
    found = _LEADING.match(text)
    return float(found[1].replace(",", ".")) if found else None


def codes_for_none(values: np.ndarray) -> list[float]:
    """Return the numbers among those of a column that look like codes for no answer.

    Such codes are all nines, eights or sevens, or end in 6, 7 or 8 after nines, and stand far above all other numbers; or they are negative, one of them at
    most -7, or all others above nought.

    Args:
        values: The distinct numbers, sorted.

    Example:
        >>> codes_for_none(np.array([1.0, 2, 3, 4, 5, 97, 98])), codes_for_none(np.array([-1.0, 0, 1])), codes_for_none(np.array([18.0, 50, 97]))
        ([97.0, 98.0], [], [])
        >>> codes_for_none(np.array([-9.0, -8, 1, 2, 3, 99]))
        [-9.0, -8.0, 99.0]
    """
    if len(values) < 3:
        return []
    below, rest = values[values < 0], values[values >= 0]
    told = _usual(below, r"9*[1-9]") and rest.size and (rest.min() > 0 or below.min() <= -7)
    return [*map(float, below if told else ()), *_far_above(rest if told else values)]


def _far_above(values: np.ndarray) -> list[float]:
    """Return the largest numbers that look like codes and are five times all others."""
    for first in range(2, len(values)):
        codes, others = values[first:], values[:first]
        if codes.min() >= max(5 * others.max(), 10) and _usual(codes, r"9+[6789]?|8+|7+"):
            return list(map(float, codes))
    return []


def _usual(codes: np.ndarray, pattern: str) -> bool:
    return bool(codes.size) and all(re.fullmatch(pattern, f"{abs(code):g}") for code in codes)


def _span(values: np.ndarray, codes: list[float]) -> str:
    others = values[~np.isin(values, codes)]
    return f"{others.min():g} to {others.max():g}"


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False
