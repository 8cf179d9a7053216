"""Tiles and strips: drawings that the pages of areas share, and the marks that each page lays over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import log

from evidence.markup import Html, html, joined
from evidence.places.areas import Area
from evidence.places.atlas import Atlas
from evidence.places.facts import COUNTRY, Fact

_NEUTRAL = "#8a949c"
"""A grey that stands on light and dark paper alike, since a picture does not know which it lies on."""

STRIP_WIDTH, STRIP_HEIGHT = 300, 26


def pictures(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield name and SVG of each drawing that pages share: the tiles of every set, and the values of every fact on a line."""
    for name, known in atlas.sets.items():
        yield ground_name(name), _drawing(*extent(known.values()), _tiles(known.values()))
    for facts in atlas.facts.values():
        for fact in facts:
            yield strip_name(fact), _drawing(STRIP_WIDTH, STRIP_HEIGHT, _ticks(fact))


def ground_name(areas: str) -> str:
    """Return the file of the tiles of a set."""
    return f"tiles-{areas}.svg"


def strip_name(fact: Fact) -> str:
    """Return the file of the strip of a fact."""
    return f"strip-{fact.name}.svg"


def _drawing(width: float, height: float, path: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path d="{path}" fill="{_NEUTRAL}" fill-opacity=".4"/></svg>\n'
    )


TILES = '<div class="tile-map"'
"""How a map of tiles begins on a page, which then needs style and script."""

FINDER = '<div class="places-finder"></div>'
"""What a page shows where the site is to put the finder of places."""

CHOICE = '<div class="places-map"></div>'
"""What a page shows where the site is to put the map of tiles with a choice of facts, and its table."""

SIDE = 10
"""Length of a tile with the gap behind it, in the units of its drawing."""

GAP = 1


def extent(known: Iterable[Area]) -> tuple[int, int]:
    """Return width and height of the tiles of a set."""
    tiles = [(area.column, area.line) for area in known]
    return (max(column for column, _ in tiles) + 1) * SIDE, (max(line for _, line in tiles) + 1) * SIDE


def _tiles(known: Iterable[Area]) -> str:
    size = SIDE - GAP
    return "".join(f"M{area.column * SIDE} {area.line * SIDE}h{size}v{size}h-{size}z" for area in known)


def tile(area: Area, kind: str) -> Html:
    """Return the tile of an area as a mark of a kind."""
    size = SIDE - GAP
    return html('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', kind, area.column * SIDE, area.line * SIDE, size, size)


def tile_map(atlas: Atlas, areas: str, groups: Mapping[str, str], label: str) -> Html:
    """Return the tiles of a set as a map, each a link to the page of its area.

    Args:
        atlas: The areas.
        areas: The set.
        groups: Of each area the number of its group, from 1, or 0 for none; one digit for each fact that the tiles may be coloured by.
        label: What the map shows, in words.
    """
    known = sorted(atlas.sets[areas].values(), key=lambda area: (area.line, area.column))
    width, height = extent(known)
    link = '<a href="../places/{}.html" aria-label="{}" data-code="{}" data-groups="{}">{}</a>'
    drawn = joined(
        html(link, atlas.address(area), area.name, area.code, groups[area.code], tile(area, f"g{groups[area.code][0]}")) for area in known
    )
    return html('<svg class="tiles" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>', width, height, label, drawn)


def locator(atlas: Atlas, marked: Iterable[tuple[Area, str]], areas: str, label: str) -> Html:
    """Return the tiles of a set, some of them marked.

    Args:
        atlas: The areas.
        marked: Areas with the kind of mark each has.
        areas: The set.
        label: What the drawing shows, in words.
    """
    width, height = extent(atlas.sets[areas].values())
    return html(
        '<svg class="locator" viewBox="0 0 {0} {1}" role="img" aria-label="{2}"><image href="../_static/places/{3}" width="{0}" height="{1}"/>{4}</svg>',
        *(width, height, label, ground_name(areas), joined(tile(area, kind) for area, kind in marked)),
    )


def _scale(fact: Fact) -> tuple[float, float]:
    """Return lowest value and width of the line that a fact is drawn on; of ratios, of their logarithms, since some are many times the others."""
    low, high = (_drawn(fact, number) for number in fact.ends)
    return low, (high - low) or 1


def _drawn(fact: Fact, number: float) -> float:
    return log(number) if fact.row["kind"] == "ratio" and number > 0 else number


def position(fact: Fact, number: float) -> float:
    """Return where a number of a fact stands on its line, in the units of its drawing."""
    low, width = _scale(fact)
    return round(4 + (STRIP_WIDTH - 8) * (_drawn(fact, number) - low) / width, 1)


def _ticks(fact: Fact) -> str:
    places = sorted(position(fact, number) for code, number in fact.values.items() if code != COUNTRY)
    return "".join(f"M{place - 0.5:g} 8h1v10h-1z" for place in places)


def strip(fact: Fact, area: Area, beside: Iterable[Area]) -> Html:
    """Return the line of all areas with those beside an area, the country and the area itself marked; a drawing for the eye, whose numbers are told in words."""
    values = fact.values
    near = joined(
        html('<circle class="near" cx="{}" cy="13" r="3.4"/>', position(fact, values[one.code])) for one in beside if one.code in values
    )
    whole = html('<path class="whole" d="M{0} 2v22"/>', position(fact, values[COUNTRY])) if COUNTRY in values else Html()
    own = html('<circle class="own" cx="{}" cy="13" r="6"/>', position(fact, values[area.code]))
    return html(
        '<svg class="strip" viewBox="0 0 {0} {1}" aria-hidden="true"><image href="../_static/places/{2}" width="{0}" height="{1}"/>{3}{4}{5}</svg>',
        *(STRIP_WIDTH, STRIP_HEIGHT, strip_name(fact), near, whole, own),
    )
