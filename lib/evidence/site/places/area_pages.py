"""The page of each area: where it stands in the country and among its neighbours, what it is part of, and what the book knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from evidence.extension import contributed
from evidence.markup import Html, html, joined
from evidence.places import COUNTRY, Area, Atlas, Fact, region_slug, tiles
from evidence.places.likeness import SOURCE
from evidence.places.trends import trend
from evidence.settings import short_name
from evidence.site.places.files import area_file
from evidence.site.places.frame import AreaFrame
from evidence.site.publication import Publication

_MOST = 5
"""How many figures of the book a page names at most; the ledger holds them all."""


_NEAR = Html('<span class="near" title="not told apart">≈</span> ')
"""What stands before a number that years do not tell apart from that of the place a page is about."""


class Writer:
    """Writes the pages of all areas and regions, and a file for each area.

    Args:
        atlas: The areas.
        edition: What is published; a page takes of it only the figures that are about its area.
        way_in: Address of the page of the map, below the root of the site.
    """

    def __init__(self, atlas: Atlas, edition: Publication, way_in: str) -> None:
        self.atlas, self._edition = atlas, edition
        self._frame, self._book = AreaFrame(way_in), short_name()
        self._sections: Any = contributed("places", "SECTIONS", lambda _atlas, _area: [])

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield file name and HTML of the page of each area and each region."""
        for area in self.atlas.areas:
            yield f"{self.atlas.address(area)}.html", self.area_page(area)
        for name, areas in self.atlas.regions.items():
            yield f"{region_slug(name)}.html", self.region_page(name, areas)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of the file of each area."""
        for area in self.atlas.areas:
            yield self.file_name(area), area_file(self.atlas, area)

    def file_name(self, area: Area) -> str:
        """Return the name of the file of an area, which tells the book and the place."""
        return f"{self._book}-{self.atlas.address(area)}.csv"

    def area_page(self, area: Area) -> str:
        """Return the HTML of an area's page."""
        atlas = self.atlas
        inside = atlas.overlapping(area)
        overlap = _section(_overlap_title(atlas, area), self._table(inside)) if inside else Html()
        left = self._among(area) + self._alike(area) + overlap
        right = joined(_section(title, told) for title, told in self._sections(atlas, area)) + self._figures(area)
        parts = [
            self._head(area),
            html('<div class="glance">{}</div>', joined(self._fact(fact, area) for fact in atlas.facts[area.areas])),
            _key(atlas, area),
            html('<div class="rest"><div>{}</div><div>{}</div></div>', left, right),
            self._taken(area),
        ]
        about = f"{area.name}: where it stands beside its neighbours and in the country, with the source of every number."
        article = html('<article data-area="{}">{}</article>', f"{area.areas}/{area.code}", joined(parts, "\n"))
        return self._frame.page(area.name, about, article)

    def region_page(self, name: str, areas: list[Area]) -> str:
        """Return the HTML of a region's page: its areas of every set."""
        parts = [html('<header class="place-head"><div><h1>{}</h1><p class="kind">Region of {}</p></div></header>', name, areas[0].country)]
        for each, facts in self.atlas.facts.items():
            own = sorted((area for area in areas if area.areas == each), key=lambda area: area.name)
            if own and facts:
                parts.append(_section(f"Every {self.atlas.called(each)}", self._table(own)))
        about = f"{name}: every area of the region, with the source of every number."
        return self._frame.page(name, about, html('<article data-region="{}">{}</article>', name, joined(parts, "\n")))

    def _head(self, area: Area) -> Html:
        atlas, beside = self.atlas, self.atlas.beside(area)
        marked = [*((one, "near") for one in beside), (area, "own")]
        drawn = tiles.locator(atlas, marked, area.areas, f"Where {area.name} lies among the {atlas.called(area.areas)}s of the country")
        where = html('<a href="{}.html">{}</a>', region_slug(area.region), area.region)
        country = f", {area.country}" if area.country != area.region else ""
        called = atlas.called(area.areas)
        kind = html('<p class="kind">{} in {}{}</p>', called[:1].upper() + called[1:], where, country)
        return html('<header class="place-head"><div><h1>{}</h1>{}</div>{}</header>', area.name, kind, drawn)

    def _fact(self, fact: Fact, area: Area) -> Html:
        """Return what is told of a measure: the number, where it stands, and where it comes from."""
        atlas, name = self.atlas, fact.name
        title = html("<h2>{} <small>{}</small></h2>", fact.row["label"], atlas.show(f"when {name}", "span"))
        if area.code not in fact.values:
            told = html('<p class="lacking">The producer’s file has no value for {}.</p>', area.name)
        else:
            unit = html(" <small>{}</small>", atlas.show(f"unit {name}", "span")) if fact.unit else Html()
            number = html('<p class="number">{}{}</p>', atlas.show(f"{name} {area.code}"), unit)
            told = number + tiles.strip(fact, area, atlas.beside(area)) + html('<p class="stands">{}</p>', self._stands(fact, area))
            told += self._over_years(fact, area)
        return html('<section class="fact" id="{}">{}{}{}</section>', name, title, told, self._origin(fact, area))

    def _stands(self, fact: Fact, area: Area) -> Html:
        """Return in words how an area stands in the country: no rank of an estimate, and no difference that its years do not bear out."""
        atlas, key = self.atlas, f"{fact.name} {area.code}"
        whole = fact.compared_with
        country = (
            html("{}: {}. ", whole, atlas.show(f"{fact.name} {COUNTRY}"))
            if COUNTRY in fact.values and fact.row["kind"] != "ratio"
            else Html()
        )
        if fact.counted:
            return country + html("Number {} from the highest.", atlas.show(f"rank {key}"))
        stood = fact.beside(area.code)
        if not stood.years:
            return country
        side, word = ("below", "Below") if stood.below >= stood.above else ("above", "Above")
        open_ = "" if stood.told_apart else " Which is the higher cannot be told."
        of = html("{} it", word) if country else html("{} the {}’s", word, whole)
        return country + html("{} in {} years, {}.{}", of, atlas.show(f"{side} {key}"), atlas.show(f"span {fact.name}", "span"), open_)

    def _over_years(self, fact: Fact, area: Area) -> Html:
        """Return the line of an area over the years, and between what it lay in them."""
        atlas, drawn, key = self.atlas, trend(fact, area), f"{fact.name} {area.code}"
        if not drawn:
            return Html()
        span = atlas.show(f"span {fact.name}", "span")
        ends = html("{} and {}", atlas.show(f"lowest {key}"), atlas.show(f"highest {key}")) if fact.row["kind"] != "growth" else Html()
        told = html("{}: between {}", span, ends) if ends else span
        return html('<div class="by-year">{}<p class="stands">{}</p></div>', drawn, told)

    def _origin(self, fact: Fact, area: Area) -> Html:
        """Return what stands behind a number: what it means, its source, and the cell it was cut from."""
        row = fact.measure.row
        source = self._sources.get(row["source"])
        named = html('<a href="../chapters/{}.html">{}</a>', self._edition.page(source), row["source"]) if source else row["source"]
        file = html("file <code>{}</code>, row <code>{}</code>", row["file"], area.code)
        return html(
            '<details><summary>What it is, and its source</summary><p>{}</p><p>{}, {}; <a href="{}">the producer’s page</a>. {}.</p></details>',
            *(fact.row["about"], named, file, row["address"], row["licence"]),
        )

    @cached_property
    def _sources(self) -> dict[str, str]:
        return {source["short"]: key for key, source in self._edition.sources.items()}

    def _among(self, area: Area) -> Html:
        """Return the table of an area, its neighbours and the country."""
        beside = self.atlas.beside(area)
        if not self.atlas.facts[area.areas]:
            return Html()
        told = self._table([area, *beside], own=area)
        note = _near(area) if _NEAR in told else "It borders on no other area." if not beside else ""
        return _section(
            "Beside its neighbours" if beside else "Beside the country", told + (html('<p class="note">{}</p>', note) if note else "")
        )

    def _alike(self, area: Area) -> Html:
        """Return the table of the areas most like an area, with how they were found."""
        alike = self.atlas.alike(area)
        if not alike:
            return Html()
        how = html(
            "Nearest by the newest numbers above alone, each in standard deviations from the mean of all places that have them, after the "
            '<a href="{}">statistical nearest neighbours of the ONS</a>, which rest on more. An estimate that is off moves who is near.',
            SOURCE,
        )
        told = self._table([area, *alike], own=area)
        near = html('<p class="note">{}</p>', _near(area)) if _NEAR in told else Html()
        return _section("Places like it", told + near + html('<p class="note">{}</p>', how))

    def _table(self, areas: Iterable[Area], own: Area | None = None) -> Html:
        """Return a table of areas of one set; those of another set than the first are left out."""
        areas = list(areas)
        facts = self.atlas.facts[areas[0].areas]
        heads = joined(html('<th scope="col">{} <small>{}</small></th>', fact.row["short"], self._small(fact)) for fact in facts)
        rows = [self._row(area, facts, own) for area in areas if area.areas == areas[0].areas]
        foot = [self._country_row(facts)] if any(COUNTRY in fact.values for fact in facts) else []
        return html(
            '<div class="wide" tabindex="0"><table><thead><tr><th scope="col">Place</th>{}</tr></thead><tbody>{}</tbody></table></div>',
            *(heads, joined([*rows, *foot], "\n")),
        )

    def _small(self, fact: Fact) -> Html:
        when = self.atlas.show(f"when {fact.name}", "span")
        return html('<span class="unit">{}, </span>{}', self.atlas.show(f"unit {fact.name}", "span"), when) if fact.unit else when

    def _row(self, area: Area, facts: list[Fact], own: Area | None) -> Html:
        cells = joined(self._cell(fact, area, own) for fact in facts)
        if area is own:
            return html('<tr class="own"><th scope="row">{}</th>{}</tr>', area.name, cells)
        return html('<tr><th scope="row"><a href="{}.html">{}</a></th>{}</tr>', self.atlas.address(area), area.name, cells)

    def _cell(self, fact: Fact, area: Area, own: Area | None) -> Html:
        if area.code not in fact.values:
            return Html('<td class="none">–</td>')
        stood = fact.beside(area.code, own.code) if own and own is not area and not fact.counted else None
        near = _NEAR if stood and stood.years and not stood.told_apart else Html()
        return html("<td>{}{}</td>", near, self.atlas.show(f"{fact.name} {area.code}", "span"))

    def _country_row(self, facts: list[Fact]) -> Html:
        cells = [
            html("<td>{} <small>{}</small></td>", self.atlas.show(f"{fact.name} {COUNTRY}", "span"), fact.compared_with)
            if COUNTRY in fact.values and fact.row["kind"] != "ratio"
            else Html('<td class="none">–</td>')
            for fact in facts
        ]
        return html('<tr class="country"><th scope="row">Country</th>{}</tr>', joined(cells))

    def _figures(self, area: Area) -> Html:
        """Return the figures of the book about an area, but for those its page has told."""
        names = {area.name, *area.also, *area.towns}
        told = {fact.measure.row["source"] for facts in self.atlas.facts.values() for fact in facts}
        skipped = {self._sources.get(source) for source in told}
        found = [figure for figure in self._edition.ledger["figures"] if figure["place"] in names and figure["source"] not in skipped]
        found = list({str(_words(figure)): figure for figure in sorted(found, key=lambda one: not _quoted(one))}.values())
        if not found:
            return Html()
        item = '<li data-evidence="figure {}"><a href="../chapters/{}">{}</a> {} <small>{}</small></li>'
        items = [
            html(item, one["id"], self._edition.address("figure", one["id"]), one["shown"], _words(one), self._short(one))
            for one in found[:_MOST]
        ]
        more = html('<p class="note"><a href="../chapters/ledger.html">More in the ledger</a></p>') if len(found) > _MOST else Html()
        return _section("What this book states of it", html('<ul class="stated">{}</ul>{}', joined(items), more))

    def _short(self, figure: Mapping[str, Any]) -> str:
        return str(self._edition.sources[figure["source"]]["short"])

    def _taken(self, area: Area) -> Html:
        attribution = self.atlas.data.declared_areas(area.areas)["attribution"]
        link = html('<a href="{0}" download><code>{0}</code></a>', self.file_name(area))
        return html('<footer class="taken"><p>These numbers as a table: {}</p><p>{}</p></footer>', link, attribution)


def _key(atlas: Atlas, area: Area) -> Html:
    """Return what the marks on the lines mean."""
    beside = Html('<span class="near">its neighbours</span>') if area.neighbours else Html()
    line = "Each line holds every {} from the lowest to the highest:"
    return html(
        '<p class="strip-key">{} <span class="own">{}</span>{}<span class="whole">the country</span></p>',
        line.format(atlas.called(area.areas)),
        area.name,
        beside,
    )


def _quoted(figure: Mapping[str, Any]) -> str:
    """Return the words of a source that hold a figure; empty where it is not quoted."""
    return next((str(place["quote"]) for place in figure["places"] if place["quote"]), "")


def _words(figure: Mapping[str, Any]) -> Html:
    """Return the words of a source that hold a figure, or whom and when it is about where the source is not quoted."""
    return html("<q>{}</q>", _quoted(figure)) if _quoted(figure) else html("{}, {}", figure["population"], figure["period"])


def _overlap_title(atlas: Atlas, area: Area) -> str:
    others = atlas.overlapping(area)
    other = atlas.called(others[0].areas)
    return f"Every {other} in it" if other == "district" else f"The {other}{'s' * (len(others) > 1)} it lies in"


def _near(area: Area) -> Html:
    """Return what the mark of numbers that cannot be told apart says."""
    return html("≈ cannot be told apart from {}: each was the higher in some of the years looked at.", area.name)


def _section(title: str, inner: Html) -> Html:
    return html("<section><h2>{}</h2>{}</section>", title, inner)
