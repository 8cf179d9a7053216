"""`Places`: what the chapter on places shows of all areas or of one, once the library holds place data; without them it shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from evidence import places as room
from evidence.catalog import Library
from evidence.chapter import place_tables
from evidence.chapter.output import Output
from evidence.chapter.place_maps import measure_map
from evidence.markup import Html
from evidence.places import CHOICE, FINDER, Atlas, PlaceData

NOTHING = Output(Html(), "")
"""What is shown where the library does not hold what a view needs."""


class Places:
    """Views of place data, each with its own heading; where the library does not hold what one needs, it shows nothing.

    Args:
        library: The data library.
        place: Code of the place the page is about, with its set where needed; empty for all.

    Attributes:
        library: The data library.
        data: Its place data.
        chosen: The set of areas and code of the place the page is about, or None.

    Raises:
        PlacesError: If the library holds place data, but not this place.
    """

    def __init__(self, library: Library, place: str = "") -> None:
        self.library, self.data = library, PlaceData(library)
        self.chosen = room.find(self.data, place) if place and self.data.held else None
        self._place = place

    def finder(self) -> Output:
        """Show the field in which a reader types the name of a place."""
        return Output(Html(FINDER), "A field to find a place by its name.") if self.atlas else NOTHING

    def tiles(self) -> Output:
        """Show the map of tiles, coloured by a choice of facts, with the table of every area; each leads to the page of its area."""
        return Output(Html(CHOICE), "A map of tiles, one for each area, and their table.") if self.atlas else NOTHING

    @cached_property
    def atlas(self) -> Atlas:
        """The areas that have a page of their own."""
        return Atlas(self.library)

    def held(self) -> Output:
        """Show which place data the library holds, with their producers and boundaries."""
        return place_tables.held_table(self.data) if self.data.held else NOTHING

    def profile(self) -> Output:
        """Show the measures of the place the page is about, each with its rank among the areas of the same boundaries."""
        if not self._place:
            return NOTHING
        if not self.data.held:
            return place_tables.note(f"Nothing can be shown of {self._place}: this library holds no place data.")
        return place_tables.profile_table(room.profile(self.data, self._place))

    def map(self, name: str, areas: str = "") -> Output:
        """Show a measure in its newest year, as a map.

        Args:
            name: The measure, such as `pay`.
            areas: The set of areas; the first that the measure is held for when empty.
        """
        chosen = areas or next((row["areas"] for row in self.data.held if row["measure"] == name), "")
        return self.mapped(lambda: measure_map(self.data, self.library, self.data.measure(name, chosen)), chosen, name)

    def own(self, areas: str) -> str:
        """Return the code of the place the page is about, if it is of a set of areas."""
        return self.chosen[1] if self.chosen and self.chosen[0].id == areas else ""

    def mapped(self, drawn: Callable[[], Output], areas: str, *names: str) -> Output:
        """Show a map where its measures are held and the page is of all areas."""
        if not self.data.has(areas, *names) or not self.data.drawable(areas):
            return NOTHING
        if self.chosen:
            return place_tables.note("The map is left out of the page of one place; it stands on the page of all areas.")
        return drawn()
