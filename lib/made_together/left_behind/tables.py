"""Tables of the two definitions: their thresholds, the areas that meet them, and which areas flip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from evidence.chapter.output import Output, stacked, table
from evidence.chapter.place_tables import note
from evidence.markup import Html, html, joined
from evidence.places import AreaSet, Atlas, Measure, tile_map
from made_together.left_behind.definitions import Reading, Standing
from made_together.left_behind.readings import GROWTH_AREAS, met_under
from made_together.left_behind.sensitivity import Flip, always, ever

_SECTIONS = {
    "growth": (
        "GDP per head, jobs and people",
        "The blog calls regions left-behind where GDP per head is “consistently below-average”, employment growth “low or negative”, and "
        "population “stagnant or declining”. Every threshold is ours. Jobs are counted where the work is, not where people live, because that "
        "is what is published for areas of this size. The first and the last year decide a growth rate, and the last one lies in the pandemic; "
        "a list of places is worth as much as it withstands another choice.",
    ),
    "deprivation": (
        "Deprivation and missing social infrastructure",
        "The Demos report calls an area left-behind that “ranks highly in indices of multiple deprivation” and also “lacks key social "
        "infrastructure”. It does not say which index, how high, or which infrastructure. We rank districts by how many of their neighbourhoods "
        "are among the most deprived of England. Without a table of social infrastructure the definition can only say which districts it "
        "cannot rule out, and none is called left-behind.",
    ),
}
"""Heading and words of a part of the page that is there once its place data are."""


def section(name: str) -> Output:
    """Return the heading of a part of the page, and what a reader should know before its tables."""
    title, words = _SECTIONS[name]
    return Output(html("<h2>{}</h2><p>{}</p>", title, words), f"{title}\n{words}")


def thresholds_table(chosen: Any, reading: Mapping[str, Reading]) -> Output:
    """Return what the words of a definition are read as."""
    rows = [[reading[name].words, reading[name].told(value), name] for name, value in asdict(chosen).items()]
    return table(
        ["Words of the document", "Our reading", "Parameter"],
        rows,
        caption="The definition as code: no threshold is printed in the document",
    )


def sourced(measures: Iterable[Measure], period: str) -> str:
    """Return the sources of several measures over a period, with their boundaries."""
    listed = list(measures)
    return f"{'; '.join(dict.fromkeys(measure.row['source'] for measure in listed))}, {period}, boundaries of {listed[0].areas.vintage}"


def standings_table(standings: Mapping[str, Standing], areas: AreaSet, source: str) -> Output:
    """Return how many areas meet each condition, and the areas that meet all of them or may."""
    conditions = list(next(iter(standings.values())).met)
    rows = []
    for name in conditions:
        met = Counter(standing.met[name] for standing in standings.values())
        rows.append([name, str(met[True]), str(met[False]), str(met[None])])
    whole = Counter(standing.left_behind for standing in standings.values())
    rows.append(["left-behind: all conditions", str(whole[True]), str(whole[False]), str(whole[None])])
    counts = table(["Condition", "Met", "Not met", "Not known"], rows, caption=f"{len(standings)} areas, {areas.about}")
    return stacked(
        counts,
        _listed(standings, areas, True, "Areas that meet all conditions"),
        _listed(standings, areas, None, _OPEN),
        note(f"Source: {source}."),
    )


_OPEN = "Areas that fail no condition, but of which something is not known"


def _listed(standings: Mapping[str, Standing], areas: AreaSet, outcome: bool | None, caption: str) -> Output:
    chosen = {code: standing for code, standing in standings.items() if standing.left_behind is outcome}
    if not chosen:
        return note(f"{caption}: none.")
    names = list(next(iter(chosen.values())).met)
    rows = [[areas.names[code], code, *(_number(standing, name) for name in names)] for code, standing in chosen.items()]
    return table(["Area", "Code", *map(_head, names)], rows, caption=f"{caption}: {len(chosen)}", folded=True)


_HEADS = {
    "GDP per head below average": "Years with GDP per head below average, %",
    "low growth of jobs": "Growth of jobs, % a year",
    "stagnant or falling population": "Growth of population, % a year",
    "among the most deprived": "Neighbourhoods in the most deprived tenth, %",
    "lacks social infrastructure": "Lack of social infrastructure, score",
}


def _head(name: str) -> str:
    return _HEADS.get(name, name)


def _number(standing: Standing, name: str) -> str:
    return f"{standing.found[name]:.2f}" if name in standing.found else "not known"


def standing_of(code: str, standings: Mapping[str, Standing], areas: AreaSet, source: str) -> Output:
    """Return how one area stands under a definition."""
    if code not in standings:
        return note(f"The definition is tried on {areas.about}, and this place is none of those with a value.")
    standing = standings[code]
    words = {True: "yes", False: "no", None: "not known"}
    rows = [[name, words[met], _head(name), _number(standing, name)] for name, met in standing.met.items()]
    caption = f"{areas.names[code]}, left-behind by this definition: {words[standing.left_behind]}"
    return stacked(table(["Condition", "Met", "Measured as", "Value"], rows, caption=caption), note(f"Source: {source}."))


def flips_table(flips: list[Flip], reading: Mapping[str, Reading], areas: AreaSet, called: str) -> Output:
    """Return how many areas are found with each value of each threshold, and which are gained and lost against the chosen one."""
    rows = []
    for flip in flips:
        told = reading[flip.threshold].told(flip.value) + (" (chosen)" if flip.chosen else "")
        rows.append([told, str(len(flip.found)), _names(flip.gained, areas), _names(flip.lost, areas)])
    under_all, under_any = always(flips), ever(flips)
    caption = f"Which areas flip when one threshold is another: {len(under_all)} {called} with every value tried, {len(under_any)} with at least one"
    headers = ["Threshold", f"Areas {called}", "Gained", "Lost"]
    return stacked(
        table(headers, rows, caption=caption), note(f"{called.capitalize()} with every value tried: {_names(under_all, areas)}.")
    )


def _names(codes: Iterable[str], areas: AreaSet) -> str:
    listed = sorted(areas.names[code] for code in codes)
    return f"{len(listed)}: {'; '.join(listed)}" if listed else "none"


def flips_of(code: str, flips: list[Flip], reading: Mapping[str, Reading], areas: AreaSet, called: str) -> Output:
    """Return with which values of the thresholds one area changes sides."""
    if not code:
        return note(f"The thresholds are varied on {areas.about}; this place is none of them.")
    turned = [flip for flip in flips if code in flip.gained | flip.lost]
    if not turned:
        return note(f"{areas.names[code]} does not change sides with any value tried.")
    rows = [[reading[flip.threshold].told(flip.value), called if code in flip.gained else f"not {called}"] for flip in turned]
    return table(["With this threshold alone", "it would be"], rows, caption=f"{areas.names[code]} changes sides when")


_STEPS = ((0, 0), (1, 3), (4, 9), (10, 14))
"""From how many to how many readings a tile has each shade; the last shade is for all readings."""


def _step(met: int, asked: int) -> int:
    """Return the number of the shade of an area, from 1."""
    return len(_STEPS) + 1 if met == asked else next(number for number, (low, high) in enumerate(_STEPS, start=1) if low <= met <= high)


def steps_told(asked: int) -> list[str]:
    """Return how each shade is told, when so many readings were tried."""
    spans = [*(range(low, min(high, asked - 1) + 1) for low, high in _STEPS), range(asked, asked + 1)]
    return [f"{span[0]} to {span[-1]} of {asked}" if len(span) > 1 else f"{span[0]} of {asked}" for span in spans]


def readings_view(atlas: Atlas) -> Output:
    """Return a map of tiles in the shade of the readings under which each area is left-behind, and a table of those that are under any."""
    met = {code: met_under(atlas.data, code) for code in atlas.sets[GROWTH_AREAS]}
    groups = {code: str(_step(*counts)) for code, counts in met.items()}
    label = "A map of tiles, one for each statistical area, darker the more readings find it left-behind; each leads to its page"
    items = joined(
        html('<li><span class="key g{}"></span>{}</li>', number, atlas.show(f"step {number}", "span"))
        for number in range(1, len(_STEPS) + 2)
    )
    side = html(
        '<div class="tile-side"><p class="tile-now" aria-live="polite"></p><div class="tile-key"><p>{}</p><ul>{}</ul></div></div>',
        *("Left-behind under so many readings", items),
    )
    shown = html('<div class="tile-map" id="tile-map">{}{}</div>', tile_map(atlas, GROWTH_AREAS, groups, label), side)
    found = sorted((code for code in met if met[code][0]), key=lambda code: (-met[code][0], atlas.sets[GROWTH_AREAS][code].name))
    return stacked(Output(shown, label + "."), _found_table(atlas, found))


def _found_table(atlas: Atlas, codes: list[str]) -> Output:
    """Return the table of areas that some reading finds, those of the most readings first."""
    areas = [atlas.sets[GROWTH_AREAS][code] for code in codes]
    texts = [[area.name, area.region, atlas.told[f"readings {area.code}"]] for area in areas]
    rows = joined(
        html(
            '<tr data-row="{}"><td><a href="../places/{}.html">{}</a></td>{}<td>{}</td></tr>',
            *(area.code, atlas.address(area), area.name),
            atlas.show(f"readings {area.code}", "td"),
            area.region,
        )
        for area in areas
    )
    heads = Html('<tr><th scope="col">Area</th><th scope="col">Readings that find it left-behind</th><th scope="col">Region</th></tr>')
    told = "Every area that a reading finds"
    table = html(
        '<details class="evidence"><summary>{}</summary><div class="table-wrap"><table class="evidence place-table"><thead>{}</thead><tbody>{}</tbody></table></div></details>',
        told,
        heads,
        rows,
    )
    return Output(table, "\n".join([told, *(" | ".join(row) for row in texts)]))
