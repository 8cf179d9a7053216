"""The way in: the finder, the map of tiles that is coloured by a choice of facts, and the table of every area."""

from __future__ import annotations

from evidence.markup import Html, html, joined
from evidence.places import Area, Atlas, Fact, region_slug, tile_map


def map_and_table(atlas: Atlas) -> Html:
    """Return the map of tiles of the first set of areas, each tile a link, and the table of its areas."""
    name = next(iter(atlas.sets))
    facts = atlas.facts[name]
    return html(
        '<div class="tile-map" id="tile-map">{}{}{}</div>{}',
        _choice(facts),
        _map(atlas, name, facts),
        _legend(atlas, facts),
        _folded(atlas, name),
    )


def _choice(facts: list[Fact]) -> Html:
    """Return the buttons that choose what the tiles are coloured by."""
    button = '<label><input type="radio" name="tile-fact" value="{}"{}> {}</label>'
    buttons = joined(
        html(button, fact.name, Html(" checked") if not number else "", fact.row["short"]) for number, fact in enumerate(facts)
    )
    return html('<fieldset class="tile-choice"><legend>Coloured by</legend>{}</fieldset>', buttons)


def _map(atlas: Atlas, areas: str, facts: list[Fact]) -> Html:
    """Return the tiles, each with the number of its shade for every fact in turn."""
    found = [{code: atlas.shade(fact, group) for code, group in atlas.groups(fact)[1].items()} for fact in facts]
    groups = {code: "".join(str(shades.get(code, 0)) for shades in found) for code in atlas.sets[areas]}
    return tile_map(atlas, areas, groups, f"A map of tiles, one for each {atlas.called(areas)}; each leads to its page")


def _legend(atlas: Atlas, facts: list[Fact]) -> Html:
    """Return what the colours mean for each fact, and the line that says which tile is looked at."""
    keys = []
    for number, fact in enumerate(facts):
        steps = range(1, len(atlas.groups(fact)[0]) + 1)
        items = joined(
            html('<li><span class="key g{}"></span>{}</li>', atlas.shade(fact, step), atlas.show(f"group {fact.name} {step}", "span"))
            for step in steps
        )
        told = fact.unit.removeprefix("per ") in fact.row["label"].lower()  # "Median weekly pay" is told per week already
        unit = Html() if told else html(", {}", atlas.show(f"unit {fact.name}", "span"))
        title = html("{}{}, {}", fact.row["label"], unit, atlas.show(f"when {fact.name}", "span"))
        keys.append(
            html(
                '<div class="tile-key" data-key="{}"{}><p>{}</p><ul>{}</ul></div>', number, Html(" hidden") if number else "", title, items
            )
        )
    note = "Tiles of one size stand in for areas of every size, near where they lie; tiles that touch need not be neighbours. A blank tile has no value."
    return html('<div class="tile-side"><p class="tile-now" aria-live="polite"></p>{}<p class="note">{}</p></div>', joined(keys), note)


def _folded(atlas: Atlas, areas: str) -> Html:
    facts = atlas.facts[areas]
    heads = joined(
        html('<th scope="col">{} <small>{}</small></th>', fact.row["short"], atlas.show(f"when {fact.name}", "span")) for fact in facts
    )
    rows = joined((_row(atlas, area, facts) for area in sorted(atlas.sets[areas].values(), key=lambda one: one.name)), "\n")
    regions = joined(html('<li><a href="../places/{}.html">{}</a></li>', region_slug(name), name) for name in atlas.regions)
    table = html(
        '<div class="table-wrap"><table class="evidence place-table"><thead><tr><th scope="col">Place</th>{}</tr></thead><tbody>{}</tbody></table></div>',
        heads,
        rows,
    )
    called = atlas.called(areas)
    return html(
        '<ul class="place-regions" aria-label="Regions">{}</ul><details class="place-all"><summary>Every {} in a table</summary>{}</details>',
        regions,
        called,
        table,
    )


def _row(atlas: Atlas, area: Area, facts: list[Fact]) -> Html:
    cells = [atlas.show(f"{fact.name} {area.code}", "td") if area.code in fact.values else Html("<td>–</td>") for fact in facts]
    return html(
        '<tr data-row="{}"><td><a href="../places/{}.html">{}</a></td>{}</tr>', area.code, atlas.address(area), area.name, joined(cells)
    )
