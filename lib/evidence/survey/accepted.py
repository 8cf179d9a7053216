"""The waves of surveys that a data library holds: what readers are told of each, and on whom its numbers rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.catalog import Library
from evidence.survey.disclosing import DisclosedItem, told_of

_INTERVALS = "They hold what everybody would have answered in 95 of 100 such samples, by the linearised variance of the design."


@dataclass(frozen=True, slots=True)
class BasedNumber:
    """A number of a wave.

    Attributes:
        figure: Its id.
        stated: How the wave states it.
        interval: The ends of its interval as the wave states them; empty where it has none.
        category: Its label among those of its question.
        wording: The question.
        asked: Who was asked.
        unweighted: Respondents it rests on, as printed.
        weighted: The sum of their weights, as printed.
        newest: Whether no later wave states it.
    """

    figure: str
    stated: str
    interval: str
    category: str
    wording: str
    asked: str
    unweighted: str
    weighted: str
    newest: bool


@dataclass(frozen=True, slots=True)
class AcceptedWave:
    """A wave.

    Attributes:
        source: Key of its source.
        as_of: Day it was published, ISO.
        told: What readers must be told of it, with what is told.
        further: What they are told beside it, by name.
        numbers: Its numbers.
    """

    source: str
    as_of: str
    told: tuple[DisclosedItem, ...]
    further: dict[str, str]
    numbers: tuple[BasedNumber, ...]

    @property
    def name(self) -> str:
        """What tells it from all other waves."""
        return f"{self.source}/{self.as_of}"

    def words(self) -> Iterator[str]:
        """Yield everything that is told of it."""
        yield self.as_of
        yield from (item.told for item in self.told)
        yield from self.further.values()
        for one in self.numbers:
            yield from (one.stated, one.interval, one.wording, one.asked, one.unweighted, one.weighted)


def accepted_waves(library: Library) -> list[AcceptedWave]:
    """Return the waves of a library, by source, newest first."""
    rows = sorted(library.rows("waves"), key=lambda row: row["as_of"], reverse=True)
    return [_wave(library, row) for row in sorted(rows, key=lambda row: row["source"])]


def _wave(library: Library, row: Mapping[str, str]) -> AcceptedWave:
    own = [base for base in library.rows("wave-bases") if (base["source"], base["as_of"]) == (row["source"], row["as_of"])]
    further = {"Effective sample size": f"{int(row['effective']):,}", "Intervals": _INTERVALS, "Withheld": row["withheld"]}
    told = tuple(told_of(row, [base["wording"] for base in own]))
    return AcceptedWave(row["source"], row["as_of"], told, further, tuple(_number(library, base) for base in own))


def _number(library: Library, base: Mapping[str, Any]) -> BasedNumber:
    identifier, day = base["figure"], base["as_of"]
    whole, point, decimals = base["weighted"].partition(".")
    ends = [_stated(library, f"{identifier}.interval.{end}", day) for end in ("low", "high")]
    figure = library.figures.get(identifier)
    return BasedNumber(
        figure=identifier,
        stated=_stated(library, identifier, day),
        interval=" to ".join(ends) if all(ends) else "",
        category=figure.category if figure else "",
        wording=base["wording"],
        asked=base["asked"],
        unweighted=f"{int(base['unweighted']):,}",
        weighted=f"{int(whole):,}{point}{decimals}",
        newest=figure is not None and figure.as_of == day,
    )


def _stated(library: Library, identifier: str, as_of: str) -> str:
    """Return what a figure states as of a day, or nothing."""
    return next((record.stated for record in library.records.get(identifier, ()) if record.as_of == as_of), "")
