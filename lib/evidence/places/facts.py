"""What the page of an area tells of a measure: its number, the country's, in how many years it lay below another's, and a rank where that means something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evidence.places.measures import Measure, shown

COUNTRY = "country"
"""The code under which a fact of the whole country is known."""

_PER = " per "


@dataclass(frozen=True, slots=True)
class Beside:
    """How an area stood beside another, or the country, in the years that both have a value for.

    Attributes:
        below: In how many of them its value was the lower.
        above: In how many it was the higher.
        years: How many there are.
    """

    below: int
    above: int
    years: int

    @property
    def told_apart(self) -> bool:
        """Whether it was the lower in all years, or the higher in all."""
        return self.years > 0 and self.years in (self.below, self.above)


@dataclass(frozen=True)
class Fact:
    """What pages tell of a measure, a row of place-facts.csv.

    Attributes:
        row: Its record.
        measure: The measure.
    """

    row: Mapping[str, Any]
    measure: Measure

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.row["fact"])

    @property
    def counted(self) -> bool:
        """Whether each area is counted in full, so that a rank means something."""
        return bool(self.row["basis"] == "count")

    @cached_property
    def years(self) -> list[int]:
        """The years it looks at, oldest first."""
        last = int(self.row["to_year"] or self.measure.years[-1])
        return [year for year in self.measure.years if int(self.row["from_year"]) <= year <= last]

    @property
    def compared_with(self) -> str:
        """Name of the country it is compared with; empty where the producer's file has none."""
        return str(self.measure.row["whole_name"])

    @property
    def unit(self) -> str:
        """What the values are for each of, as `per week`; empty where they are whole."""
        told = self.text(0).partition(_PER)[2] if self.row["kind"] == "value" else ""
        return f"per {told}" if told else ""

    @property
    def period(self) -> str:
        """The newest year, or for growth the first and the last."""
        first, last = (self.measure.when(year) for year in (self.years[0], self.years[-1]))
        return f"{first} to {last}" if self.row["kind"] == "growth" else last

    @cached_property
    def values(self) -> dict[str, float]:
        """The number of each area by code, and of the country under `COUNTRY`; none where the newest year has no value."""
        codes = [*self.measure.areas.names, COUNTRY]
        found = {code: self._number(code) for code in codes}
        return {code: number for code, number in found.items() if number is not None}

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest number of it."""
        return min(self.values.values()), max(self.values.values())

    def _at(self, code: str, year: int) -> float | None:
        return self.measure.whole.get(year) if code == COUNTRY else self.measure.values[year].get(code)

    def _number(self, code: str) -> float | None:
        first, last = self._at(code, self.years[0]), self._at(code, self.years[-1])
        if self.row["kind"] == "growth":
            spanned = self.years[-1] - self.years[0]
            return None if not first or last is None else 100 * (float((last / first) ** (1 / spanned)) - 1)
        return self._compared(code, self.years[-1])

    def _compared(self, code: str, year: int) -> float | None:
        """Return what is compared between areas in a year: the value, or its percentage of the country's."""
        value, whole = self._at(code, year), self.measure.whole.get(year)
        if self.row["kind"] != "ratio":
            return value
        return None if value is None or not whole else 100 * value / whole

    def by_year(self, code: str) -> dict[int, float]:
        """Return what is compared between areas, year by year; of growth what it grew from and to, with the first year as 1."""
        if self.row["kind"] != "growth":
            found = {year: self._compared(code, year) for year in self.years}
        else:
            first = self._at(code, self.years[0])
            found = {year: value / first for year in self.years if first and (value := self._at(code, year)) is not None}
        return {year: number for year, number in found.items() if number is not None}

    def text(self, number: float) -> str:
        """Return a number of it with its unit, as a reader sees it."""
        decimals = int(self.row["decimals"])
        if self.row["kind"] == "value":
            return shown(number, self.measure.row["unit"], decimals)
        signed = f"{number:+.{decimals}f}" if self.row["kind"] == "growth" else f"{number:.{decimals}f}"
        return f"{'0' if signed.strip('+-0.') == '' else signed.replace('-', '−')}%"

    def brief(self, number: float) -> str:
        """Return a number of it without what it is for each of."""
        return self.text(number).partition(_PER)[0]

    def beside(self, code: str, other: str = COUNTRY) -> Beside:
        """Return how an area stood beside another, or the country, year by year; growth has no years to compare."""
        if self.row["kind"] == "growth":
            return Beside(0, 0, 0)
        pairs = [(self._compared(code, year), self._compared(other, year)) for year in self.years]
        both = [(own, there) for own, there in pairs if own is not None and there is not None]
        return Beside(sum(own < there for own, there in both), sum(own > there for own, there in both), len(both))

    def rank(self, code: str) -> str:
        """Return the rank of an area counted in full, 1 for the highest, as `4 of 296` or, where areas share one, `180 to 296 of 296`.

        Empty for an estimate, whose ranks mean nothing, and for the country.
        """
        if not self.counted or code == COUNTRY:
            return ""
        own, others = self.values[code], [number for area, number in self.values.items() if area != COUNTRY]
        first, last = 1 + sum(number > own for number in others), sum(number >= own for number in others)
        return f"{first} of {len(others)}" if first == last else f"{first} to {last} of {len(others)}"

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield every text with a number that a page may show of it, by its key: what it is, the fact's name and the code of an area."""
        yield f"when {self.name}", self.period
        yield f"span {self.name}", f"{self.measure.when(self.years[0])} to {self.measure.when(self.years[-1])}"
        yield f"unit {self.name}", self.unit
        for code, number in self.values.items():
            yield f"full {self.name} {code}", self.text(number)
            yield f"{self.name} {code}", self.brief(number)
            stood = self.beside(code)
            yield f"below {self.name} {code}", f"{stood.below} of {stood.years}"
            yield f"above {self.name} {code}", f"{stood.above} of {stood.years}"
            if self.row["kind"] != "growth":
                known = self.by_year(code).values()
                yield f"lowest {self.name} {code}", self.brief(min(known))
                yield f"highest {self.name} {code}", self.brief(max(known))
            if ranked := self.rank(code):
                yield f"rank {self.name} {code}", ranked
