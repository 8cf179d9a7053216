"""What the page of a place tells beside its numbers: under which readings it is left-behind, the nearest case, and what the sources say of such places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidence.chapter.output import anchor
from evidence.markup import Html, html, joined
from evidence.places import Area, Atlas, Fact
from made_together.left_behind import GROWTH_READING, Flip
from made_together.left_behind.readings import GROWTH_AREAS, distinct, met_under, tried
from made_together.left_behind.tables import steps_told

NEAR_KM = 5
"""Under so many kilometres a case is called near, and no distance is told."""


def _told(atlas: Atlas) -> dict[str, str]:
    """Return every text with a number that the sections hold, by key."""
    readings, texts = tried(atlas.data), dict[str, str]()
    for code in atlas.sets.get(GROWTH_AREAS, {}) if readings else ():
        met, asked = met_under(atlas.data, code)
        texts[f"readings {code}"] = f"{met} of {asked}"
    texts |= {_key(flip): _value(flip) for flip in readings}
    texts |= {f"step {number}": told for number, told in enumerate(steps_told(len(distinct(readings))), start=1)} if readings else {}
    for area in atlas.areas:
        case = _nearest(atlas, area)
        if case and not _inside(area, case) and (away := _away_km(area, case)) >= NEAR_KM:
            texts[f"distance {area.areas}/{area.code}"] = f"{round(away, -1 if away >= 20 else 0):.0f} km"
    return texts


def _key(flip: Flip) -> str:
    return f"reading {flip.threshold} {flip.value:g}"


def _value(flip: Flip) -> str:
    return f"{flip.value:g}{'%' if flip.threshold.endswith('_pct') else ''}"


def _sections(atlas: Atlas, area: Area) -> list[tuple[str, Html]]:
    """Return title and content of each section of an area's page."""
    made = [
        ("Left-behind?", _left_behind(atlas, area)),
        ("The nearest case", _case(atlas, area)),
        ("What bears on it", _bearing(atlas, area)),
    ]
    return [(title, told) for title, told in made if told]


def _left_behind(atlas: Atlas, area: Area) -> Html:
    """Return under how many readings an area, or each area that a district lies in, is left-behind."""
    if not tried(atlas.data):
        return Html()
    own = [area] if area.areas == GROWTH_AREAS else [one for one in atlas.overlapping(area) if one.areas == GROWTH_AREAS]
    lines = joined(html("<p>{}</p>", _standing(atlas, one, area)) for one in own)
    why = html(
        '<p class="note">The blog on coworking asks for {}, {} and {}, and prints no threshold; each reading is ours. '
        '<a href="../chapters/places.html">What the word is worth</a></p>',
        *("output below the country’s", "jobs that hardly grow", "people who do not grow in number"),
    )
    return lines + why + (_chips(atlas, area) if own == [area] else Html())


def _standing(atlas: Atlas, one: Area, area: Area) -> Html:
    met, asked = met_under(atlas.data, one.code)
    name = html("It") if one is area else html('<a href="{}.html">{}</a>', atlas.address(one), one.name)
    if not met:
        return html("{} is left-behind under no reading that we tried.", name)
    always = ", which is all of them" if met == asked else ""
    return html("{} is left-behind under {} readings{}.", name, atlas.show(f"readings {one.code}"), always)


def _chips(atlas: Atlas, area: Area) -> Html:
    """Return every value of every threshold, and whether the area is left-behind with it while the others stay as we chose them."""
    rows = []
    for name, reading in GROWTH_READING.items():
        moved = [flip for flip in tried(atlas.data) if flip.threshold == name]
        marks = joined(html('<li class="{}">{}{}</li>', *_chip(atlas, flip, area)) for flip in moved)
        rows.append(
            html('<tr><th scope="row">{}</th><td><ul class="chips">{}</ul></td></tr>', reading.rule.format("…").replace("…%", "…"), marks)
        )
    told = "Every reading: one threshold moved at a time"
    return html('<details class="readings"><summary>{}</summary><table>{}</table></details>', told, joined(rows))


def _chip(atlas: Atlas, flip: Flip, area: Area) -> tuple[str, Html, str]:
    met = area.code in flip.found
    said = (" left-behind" if met else " not") + (" (ours)" if flip.chosen else "")
    return "met" if met else "not-met", atlas.show(_key(flip)), said


def _nearest(atlas: Atlas, area: Area) -> dict[str, Any] | None:
    """Return the case whose settlement is nearest to the centre of an area; one inside it before all others."""
    placed = [case for case in atlas.library.rows("cases") if case["latitude"]]
    return min(placed, key=lambda case: (not _inside(area, case), _away_km(area, case)), default=None)


def _inside(area: Area, case: dict[str, Any]) -> bool:
    return case["settlement"] in (area.name, *area.also, *area.towns)


def _away_km(area: Area, case: dict[str, Any]) -> float:
    return area.distance_km(float(case["latitude"]), float(case["longitude"]))


def _case(atlas: Atlas, area: Area) -> Html:
    case, key = _nearest(atlas, area), f"distance {area.areas}/{area.code}"
    if case is None:
        return Html()
    away = html("about {} from its centre", atlas.show(key)) if key in atlas.told else html("here")
    link = html('<a href="../chapters/{}.html">{}</a>', _page(case), case["name"])
    return html("<p>{} in {}, {}: {}</p>", link, case["settlement"], away, case["summary"])


def _page(case: dict[str, Any]) -> str:
    return str(case["id"]).replace(".", "-")


def _of(atlas: Atlas, name: str) -> Fact | None:
    return next((fact for facts in atlas.facts.values() for fact in facts if fact.name == name), None)


def _compared(name: str, wanted: Callable[[float, float], bool], otherwise: float = 0) -> Callable[[Atlas, Area], bool]:
    """Return the condition that the number of a fact and the country's, or another where there is none, stand as wanted."""

    def holds(atlas: Atlas, area: Area) -> bool:
        fact = _of(atlas, name)
        return fact is not None and area.code in fact.values and wanted(fact.values[area.code], fact.values.get("country", otherwise))

    return holds


def _ever(atlas: Atlas, area: Area) -> bool:
    return any(met_under(atlas.data, code)[0] for code in (area.code, *area.overlaps))


TENTH = 10
"""Share of England's neighbourhoods that are in its most deprived tenth, in percent, by construction."""

CONDITIONS: dict[str, Callable[[Atlas, Area], bool]] = {
    "left-behind under a reading": _ever,
    "left-behind under no reading": lambda atlas, area: bool(tried(atlas.data)) and not _ever(atlas, area),
    "fewer apprenticeships than the country": _compared("apprenticeships", lambda own, country: own < country),
    "more deprivation than the country": _compared("deprivation", lambda own, country: own > country, TENTH),
}
"""When a row of place-bearings.csv bears on an area."""


def _bearing(atlas: Atlas, area: Area) -> Html:
    """Return the findings that bear on places like an area, each with its strength."""
    findings, items = atlas.library.by_id("findings"), []
    holds = {name: condition(atlas, area) for name, condition in CONDITIONS.items()}
    for row in atlas.library.rows("place-bearings"):
        finding = findings.get(row["finding"])
        if finding and holds[row["holds"]]:
            address = f"../chapters/{anchor('finding', row['finding'])}"
            items.append(html('<li><a href="{}">{}</a> <small>{}</small></li>', address, finding["statement"], finding["strength"]))
    return (
        html('<ul class="bears">{}</ul><p class="note">Said of places like this one, not of this one.</p>', joined(items))
        if items
        else Html()
    )


def _found(atlas: Atlas) -> list[list[str]]:
    """Return the cases, for the finder of places: name, what it is, address."""
    return [[case["name"], f"case in {case['place']}", f"chapters/{_page(case)}.html"] for case in atlas.library.rows("cases")]


TOLD, SECTIONS, FOUND = _told, _sections, _found
"""What the engine takes: the texts with numbers, the sections of a page, and what the finder finds beside areas."""
