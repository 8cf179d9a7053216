"""`Atlas`: the areas of a library that have a page of their own, their addresses, and every number that their pages may show."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property

from evidence.catalog import Library
from evidence.extension import contributed
from evidence.markup import Html, html
from evidence.places.areas import Area
from evidence.places.facts import COUNTRY, Fact
from evidence.places.held import PlaceData
from evidence.places.likeness import Likeness
from evidence.places.measures import grouped


class Atlas:
    """The areas of a library that have a page.

    Args:
        library: The data library.

    Attributes:
        library: The data library.
        data: Its place data.
        sets: Areas by code, by set, in the order they are listed; the first set is the one a reader chooses from.
    """

    def __init__(self, library: Library) -> None:
        self.library, self.data = library, PlaceData(library)
        self._groups: dict[str, tuple[list[str], dict[str, int]]] = {}
        self._likeness: dict[str, Likeness] = {}
        self._shown: dict[tuple[str, str], Html] = {}
        names = dict.fromkeys(row["areas"] for row in library.rows("areas"))
        self.sets: dict[str, dict[str, Area]] = {name: self.data.known(name) for name in names}

    def __bool__(self) -> bool:
        return bool(self.sets) and any(self.facts.values())

    @cached_property
    def areas(self) -> list[Area]:
        """Every area, of every set."""
        return [area for known in self.sets.values() for area in known.values()]

    @cached_property
    def facts(self) -> dict[str, list[Fact]]:
        """What is told of the areas of each set, in the order it is declared; without what the library does not hold."""
        found: dict[str, list[Fact]] = {name: [] for name in self.sets}
        for row in self.library.rows("place-facts"):
            if row["areas"] in found and self.data.has(row["areas"], row["measure"]):
                found[row["areas"]].append(Fact(row, self.data.measure(row["measure"], row["areas"])))
        return found

    @cached_property
    def regions(self) -> dict[str, list[Area]]:
        """Areas of every set by region, regions in the order they are listed."""
        found: dict[str, list[Area]] = defaultdict(list)
        for area in self.areas:
            found[area.region].append(area)
        return dict(found)

    def called(self, areas: str) -> str:
        """Return what an area of a set is called."""
        return str(self.data.declared_areas(areas)["called"]) or "area"

    def beside(self, area: Area) -> list[Area]:
        """Return the areas that an area borders on, by name."""
        return sorted((self.sets[area.areas][code] for code in area.neighbours), key=lambda one: one.name)

    def alike(self, area: Area) -> list[Area]:
        """Return the areas of its set that are most like an area by the numbers told of them, the most alike first."""
        if area.areas not in self._likeness:
            self._likeness[area.areas] = Likeness(self.facts[area.areas])
        return [self.sets[area.areas][code] for code in self._likeness[area.areas].nearest(area.code)]

    def overlapping(self, area: Area) -> list[Area]:
        """Return the areas of other sets that an area shares land with, the larger part first."""
        others = [known for name, known in self.sets.items() if name != area.areas]
        return [known[code] for code in area.overlaps for known in others if code in known]

    @cached_property
    def addresses(self) -> dict[tuple[str, str], str]:
        """Name of each area's page without ending, by set and code; one that two areas would share bears the set, or else the code."""
        first = next(iter(self.sets), "")
        plain = {(area.areas, area.code): slug(area.name) + ("" if area.areas == first else f"-{area.areas}") for area in self.areas}
        times = Counter(plain.values())
        return {key: name if times[name] == 1 else f"{name}-{key[1].lower()}" for key, name in plain.items()}

    def address(self, area: Area) -> str:
        """Return the name of an area's page without ending."""
        return self.addresses[area.areas, area.code]

    def groups(self, fact: Fact) -> tuple[list[str], dict[str, int]]:
        """Return how the groups of like size are told in which a map shows a fact, lowest first, and the number of each area's group, from 1."""
        if fact.name not in self._groups:
            values = {code: number for code, number in fact.values.items() if code != COUNTRY}
            names, group_of = grouped(values, fact.brief)
            self._groups[fact.name] = names, {code: names.index(name) + 1 for code, name in group_of.items()}
        return self._groups[fact.name]

    def shade(self, fact: Fact, group: int) -> int:
        """Return the shade of a group, from 1 to 5: the lowest is the lightest and the highest the darkest, however many groups there are."""
        last = len(self.groups(fact)[0])
        return 5 if group == last else 1 + round((group - 1) * 4 / (last - 1))

    @cached_property
    def told(self) -> dict[str, str]:
        """Every text with a number that the pages may show, by its key; what the book adds to them included."""
        texts = {key: text for facts in self.facts.values() for fact in facts for key, text in fact.told()}
        texts |= {f"count {name}": str(len(known)) for name, known in self.sets.items()}
        for fact in (fact for facts in self.facts.values() for fact in facts):
            texts |= {f"group {fact.name} {number}": text for number, text in enumerate(self.groups(fact)[0], start=1)}
        added: Callable[[Atlas], dict[str, str]] = contributed("places", "TOLD", lambda _atlas: {})
        return texts | added(self)

    def show(self, key: str, name: str = "b") -> Html:
        """Return one of the texts of `told` in an element that says which it is, for the gate on what pages show.

        Raises:
            KeyError: If there is none of this key.
        """
        if (key, name) not in self._shown:
            self._shown[key, name] = html('<{0} data-fact="{1}">{2}</{0}>', Html(name), key, self.told[key])
        return self._shown[key, name]


def slug(name: str) -> str:
    """Return a name as it stands in an address.

    Example:
        >>> slug("King's Lynn and West Norfolk"), slug("Ynys Môn"), slug("Bristol, City of")
        ('kings-lynn-and-west-norfolk', 'ynys-mon', 'bristol-city-of')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def region_slug(name: str) -> str:
    """Return the name of a region's page without ending."""
    return f"region-{slug(name)}"
