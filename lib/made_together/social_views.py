"""Views of social value: activities with the value of one where a source states it, and the matching of priorities with contracts.

Both are worked by the reader, in the page; what a reader enters never comes near the library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evidence.audit import Verdict
from evidence.catalog import Figure, Library
from evidence.chapter.output import Output, figure_link, linked
from evidence.chapter.views import marked, worded
from evidence.charts import strip_links
from evidence.markup import Html, html, joined
from made_together import tables

_NO_VALUE = "No value that can be cited"
_FITS = {"unsuited": 0, "suits": 3}
"""How well a contract fits a priority where a source says so, on the page's scale of none, some, good and best."""
_UNSAID = 1
_ADDITIONALITY = "assumption.additionality"
"""The assumption of the impact model that the calculator begins with."""


def calculator_view(library: Library, verdict_of: Mapping[str, Verdict], titles: Mapping[str, str]) -> Output:
    """Return every activity with its value and what that leaves out, to be multiplied in the page by how many there are.

    Args:
        library: The data library.
        verdict_of: Verdict by figure id.
        titles: Name by source.

    Raises:
        UnpublishedError: If a figure of a value is not there on this day.
    """
    return _Calculator(library, verdict_of, titles).view()


class _Calculator:
    def __init__(self, library: Library, verdict_of: Mapping[str, Verdict], titles: Mapping[str, str]) -> None:
        self._library, self._verdicts, self._titles = library, verdict_of, titles
        self._rows = library.rows(tables.SOCIAL_VALUE.name)
        self._figures = {row["id"]: self._figures_of(row) for row in self._rows}

    def _figures_of(self, row: Mapping[str, Any]) -> list[Figure]:
        return [self._library.figure(row[column]) for column in ("value", "low", "high") if row[column]]

    def view(self) -> Output:
        kinds = list(dict.fromkeys(row["kind"] for row in self._rows if row["kind"]))
        groups = [self._group(kind) for kind in [*kinds, ""]]
        totals = joined(html('<div><dt>{}</dt><dd data-kind="{}">nothing entered</dd></div>', _title(kind), kind) for kind in kinds)
        data = json.dumps([self._page_row(row) for row in self._rows], separators=(",", ":"))
        section = html(
            '<section class="worked value-calculator" data-activities="{}" aria-labelledby="value-calculator-title">'
            '<p class="worked-title" id="value-calculator-title">Activities and what one is worth</p>'
            '<form autocomplete="off">{}<div class="needs-scripts">{}'
            '<div class="totals" role="status"><p class="worked-title">Your calculation</p><dl>{}</dl>'
            '<p class="uncounted"></p></div>'
            '<p class="worked-buttons"><button type="button" data-do="csv">Download as CSV</button> '
            '<button type="button" data-do="clear">Clear</button></p></div></form></section>',
            *(data, joined(group.html for group in groups), self._additional(), totals),
        )
        return Output(section, "\n".join(["Activities and what one is worth", *(group.text for group in groups)]))

    def _additional(self) -> Html:
        """Return the field for the part that is additional; it begins with the value that the impact model holds likeliest."""
        likely = self._library.by_id(tables.ASSUMPTIONS.name)[_ADDITIONALITY]["likely"]
        figure = self._library.figure(likely)
        return html(
            '<p class="part"><label for="additional">Part of all this that would not have happened anyway</label> '
            '<input type="number" id="additional" min="0" max="100" step="any" value="{}" inputmode="decimal"> '
            "<span>%. Nobody has measured it for these activities: {}, where our "
            '<a href="impact.html">model</a> of the growth estimate puts it likeliest, is the part of their growth in turnover that '
            "firms advised by Growth Hubs had beyond a control group. Put your own.</span></p>",
            *(f"{float(figure.quantity.anchor):g}", figure_link(likely, figure.shown)),
        )

    def _group(self, kind: str) -> Output:
        rows = [row for row in self._rows if row["kind"] == kind]
        activities = joined(self._activity(row) for row in rows)
        lines = [f"{row['name']}, {row['one']}: {self._worth(row)[1]}. {strip_links(_about(row))}" for row in rows]
        return Output(html("<fieldset><legend>{}</legend>{}</fieldset>", _title(kind), activities), "\n".join([_title(kind), *lines]))

    def _activity(self, row: Mapping[str, Any]) -> Html:
        name, why = _name(row), "What that counts" if row["kind"] else "Why no value"
        told = html("{} {}, {}.", linked(_about(row)), self._titles[row["source"]], row["locator"])
        return html(
            '<div class="activity"><p><label for="count-{0}">{1}</label></p>'
            '<p class="worth"><input type="number" id="count-{0}" name="{0}" min="0" step="any" inputmode="decimal" aria-describedby="one-{0}"> '
            '<span id="one-{0}"><span class="times">×</span>{2}</span>: {3}</p>'
            '<details class="counts"><summary>{4}</summary><p>{5}</p></details></div>',
            *(name, row["name"], row["one"], self._worth(row)[0], why, told),
        )

    def _worth(self, row: Mapping[str, Any]) -> tuple[str, str]:
        figures = self._figures[row["id"]]
        if not figures:
            return "no value", "no value"
        verdict = self._verdicts[figures[0].id]
        shown = joined((figure_link(figure.id, figure.shown) for figure in figures), " to ")
        text = " to ".join(figure.shown for figure in figures)
        return html("{} {}", shown, marked(verdict)), f"{text} ({worded(verdict)})"

    def _page_row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the page's script needs of an activity: of one figure all that its rounding admits, of a range its ends as printed."""
        figures = self._figures[row["id"]]
        found = {"id": _name(row), "name": row["name"], "one": row["one"], "kind": row["kind"], "source": self._titles[row["source"]]}
        if not figures:
            return found
        quantities = [figure.quantity for figure in figures]
        ends: tuple[Fraction, Fraction | None, Fraction]
        if len(figures) == 1:
            ends = (quantities[0].interval.low, quantities[0].anchor, quantities[0].interval.high)
        else:
            ends = (quantities[0].anchor, None, quantities[1].anchor)
        low, value, high = (None if end is None else float(end) for end in ends)
        unit, _, per = figures[0].unit.partition(" per ")
        total = unit if per and row["one"].startswith(per) else figures[0].unit  # so many a week, for so many weeks
        return {**found, "figures": [figure.id for figure in figures], "unit": total, "low": low, "value": value, "high": high}


def matching_view(library: Library) -> Output:
    """Return the demonstrator that matches priorities with contracts in the page; it begins with the example of a source."""
    rows = library.rows(tables.MATCHING_EXAMPLE.name)
    contracts = [row for row in rows if row["kind"] == "contract"]
    priorities = [{"name": row["name"], "fits": [_fit(row, one["id"]) for one in contracts]} for row in rows if row["kind"] == "priority"]
    example = {"contract": [{"name": row["name"]} for row in contracts], "priority": priorities}
    data = json.dumps(example, separators=(",", ":"))
    section = html(
        '<section class="worked contract-matching needs-scripts" data-example="{}" aria-labelledby="contract-matching-title">'
        '<p class="worked-title" id="contract-matching-title">Match priorities with contracts</p>'
        '<form autocomplete="off"><fieldset class="contracts"><legend>Contracts</legend><div class="rows"></div>'
        '<p class="worked-buttons"><button type="button" data-do="add-contract">Add a contract</button></p></fieldset>'
        '<fieldset class="priorities"><legend>Priorities</legend><div class="rows"></div>'
        '<p class="worked-buttons"><button type="button" data-do="add-priority">Add a priority</button></p></fieldset>'
        '<div class="matched" role="status"></div>'
        '<p class="worked-buttons"><button type="button" data-do="csv">Download as CSV</button> '
        '<button type="button" data-do="example">Back to the example</button> <button type="button" data-do="clear">Clear</button></p>'
        "</form></section>",
        data,
    )
    lines = [f"{row['kind']}: {row['name']}" + "".join(f"; {word} {row[word]}" for word in _FITS if row[word]) for row in rows]
    return Output(section, "\n".join(["Match priorities with contracts, to begin with", *lines]))


def _fit(priority: Mapping[str, Any], contract: str) -> int:
    return next((fit for word, fit in _FITS.items() if priority[word] == contract), _UNSAID)


def _name(row: Mapping[str, Any]) -> str:
    return str(row["id"]).partition(".")[2]


def _title(kind: str) -> str:
    return kind[:1].upper() + kind[1:] if kind else _NO_VALUE


def _about(row: Mapping[str, Any]) -> str:
    return f"{row['counts']} Left out: {row['leaves_out']}" if row["leaves_out"] else str(row["counts"])
