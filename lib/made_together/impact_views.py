"""Views of the impact model: its assumptions as a table, and the sliders with which a reader moves them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from evidence.catalog import Figure, Library
from evidence.chapter.output import Output, figure_link, linked, table
from evidence.charts import strip_links
from evidence.markup import Html, html, joined
from evidence.recompute import Inputs
from made_together.impact import Terms, page_specification, terms_specification
from made_together.impact.appraisal import BINS, LEAST_WORTH
from made_together.simulated import CAUTIOUS, HEADLINE, TABLE, impact_model

_BASES = {"figure": "A figure of the documents", "literature": "Published research", "ours": "Our own assumption"}
_HEADS = ("Assumption", "Range", "In the report", "Why")
_STEP_PCT = 5
RATE = "assumption.discount-rate"
"""By how much a pound is worth less a year later."""


def assumptions_view(library: Library) -> Output:
    """Return what the impact model assumes: what it is about, its range, the report's own value, and the reason.

    Raises:
        DataError: If a figure of an assumption is not there on this day.
    """
    cells, texts = [], []
    for row in library.rows(TABLE):
        named = [f"{row['id']}.low", f"{row['id']}.high", row["likely"], row["report"]]
        numbers = [library.figure(name) for name in named if name]
        why = f"{_BASES[row['basis']]}. {row['reason']}"
        shown, text = (_numbers(numbers, shown) for shown in (lambda one: figure_link(one.id, one.shown), lambda one: one.shown))
        cells.append([html("<strong>{}</strong><br>{}", row["name"], row["what"]), *map(Html, shown), linked(why)])
        texts.append([f"{row['name']}: {row['what']}", *text, strip_links(why)])
    return table(_HEADS, texts, cells, caption="What the model assumes", folded=True)


def _numbers(numbers: list[Figure], shown: Callable[[Figure], str]) -> tuple[str, str]:
    """Return the range and the report's value, from the figures of both ends, of the likely value if there is one, and of the report's."""
    low, high, *likely, report = (shown(number) for number in numbers)
    return f"{low} to {high}" + (f", likeliest {likely[0]}" if likely else ""), report


def explorer_view(library: Library) -> Output:
    """Return the sliders of the impact model with all that the page's script needs; it answers in the page, without a server.

    Raises:
        DataError: If a figure of the model is not there on this day.
    """
    model = page_specification(impact_model(Inputs(library)))
    printed = {name: float(library.figure(identifier).quantity.anchor) for name, identifier in (("high", HEADLINE), ("low", CAUTIOUS))}
    rows, terms = library.rows(TABLE), terms_specification(Terms(rate=float(library.figure(RATE).quantity.within("times").anchor)))
    named = {"names": {_name(row): row["name"] for row in rows}, "terms": terms, "bins": BINS, "leastWorth": LEAST_WORTH}
    data = json.dumps({**model, "printed": printed, **named}, separators=(",", ":"))
    sliders = joined((_sliders(row, model["spreads"][_name(row)]) for row in rows), "\n")
    section = html(
        '<section class="impact-explorer" data-model="{}" aria-labelledby="impact-explorer-title">'
        '<p class="explorer-title" id="impact-explorer-title">Try your own assumptions</p>'
        '<p class="explorer-note">What stands here follows from your assumptions and is no figure of this book.</p>'
        "{}"
        '<p class="explorer-answer"></p><p class="visually-hidden explorer-status" role="status"></p>'
        '<form autocomplete="off">{}'
        '<fieldset class="explorer-terms"><legend>As an appraisal</legend>{}</fieldset><p class="explorer-appraisal"></p>'
        '<p class="explorer-buttons"><button type="button" data-set="ours">Back to our ranges</button> '
        '<button type="button" data-set="report">As the report assumes</button></p></form></section>',
        *(data, _PICTURE, sliders, _terms(terms)),
    )
    lines = [f"{row['name']}: {_ends(model['spreads'][_name(row)])}" for row in rows]
    lines += [f"{label}: {times * terms[name]:g}" for name, label, times, *_ in _TERMS]
    return Output(
        section,
        "\n".join(["Sliders of the impact model", *lines, f"Printed: {printed['low']:.0f} to {printed['high']:.0f}", _known(model)]),
    )


def _known(model: Mapping[str, Any]) -> str:
    """Return the known numbers as text, so that recorded outputs tell when one of them has moved."""
    return json.dumps(model["known"], sort_keys=True)


def _name(row: Mapping[str, Any]) -> str:
    return str(row["id"]).partition(".")[2]


def _ends(spread: Mapping[str, Any]) -> str:
    likely = "" if spread["likely"] is None else f", likeliest {_percent(spread['likely'])}"
    return f"{_percent(spread['low'])} to {_percent(spread['high'])}{likely}, in the report {_percent(spread['report'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _sliders(row: Mapping[str, Any], spread: Mapping[str, Any]) -> Html:
    """Return two sliders, of the low and the high end of an assumption, which reach as far as any share of its kind can."""
    name, top = _name(row), max(100, round(100 * spread["high"]))
    slider = (
        '<p><label for="{0}-{1}">{2}</label><input type="range" id="{0}-{1}" name="{0}" data-end="{1}" min="0" max="{3}" '
        'step="{4}" value="{5}"><output for="{0}-{1}">{6}</output></p>'
    )
    inputs = joined(
        html(slider, name, end, word, top, _STEP_PCT, f"{100 * spread[end]:.0f}", _percent(spread[end]))
        for end, word in (("low", "from"), ("high", "to"))
    )
    return html("<fieldset><legend>{}</legend>{}</fieldset>", row["name"], inputs)


def _terms(terms: Mapping[str, float]) -> Html:
    """Return a slider for each term of the appraisal, as it stands when nobody has moved it."""
    slider = (
        '<p><label for="term-{0}">{1}</label><input type="range" id="term-{0}" data-term="{0}" data-times="{2}" min="{3}" max="{4}" step="{5}" '
        'value="{6}"><output for="term-{0}"></output></p>'
    )
    return joined((html(slider, name, label, times, *reach, f"{times * terms[name]:g}") for name, label, times, *reach in _TERMS), "\n")


_TERMS = (
    ("years", "Years counted", 1, 1, 30, 1),
    ("ramp", "Years in which firms begin", 1, 1, 10, 1),
    ("persistence", "Gain kept from year to year", 100, 0, 100, 5),
    ("rate", "Discount rate", 100, 0, 10, 0.5),
    ("displacement", "Displacement: lost by competitors", 100, 0, 100, 5),
    ("substitution", "Substitution: in place of other activity", 100, 0, 100, 5),
    ("leakage", "Leakage: to others than are meant", 100, 0, 100, 5),
    ("optimism", "Optimism bias", 100, 0, 100, 5),
    ("cost", "Cost to a firm that acts, once", 1, 0, 10_000, 100),
    ("together", "Draws in which all assumptions go together", 100, 0, 100, 5),
)
"""Name, label, factor between the slider and the term, lowest, highest and step of each slider."""

_PICTURE = Html(
    '<svg class="explorer-picture" viewBox="0 0 600 150" role="img" aria-label="Growth under your assumptions, beside the printed estimates">'
    '<path class="explorer-bars" d=""/><path class="explorer-axis" d="M0 120H600"/><g class="explorer-marks"></g></svg>'
)
"""Room for the distribution, which the script draws: the same size before and after."""
