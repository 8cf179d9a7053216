"""The producers' whole files, which are not part of this repository: put a test here for what only all areas can show."""

import pytest

from evidence.catalog import load
from evidence.errors import PlacesError
from evidence.places import PlaceData, one_set, prepare

pytestmark = pytest.mark.needs("producers")


@pytest.fixture(scope="module")
def whole(open_data, tmp_path_factory):
    """The place data of all areas."""
    into = tmp_path_factory.mktemp("whole")
    prepared = prepare(load(), open_data, into, "2026-11-22")
    assert prepared.missing == ("social_infrastructure_lad.csv",)
    assert len(prepared.measures) == 8
    return PlaceData(load(), into / "places")


def test_the_areas_are_as_many_as_their_producer_says(whole):
    sizes = {name: len(whole.areas(name).names) for name in ("itl3-2021", "itl3-2025", "lad-2024", "lad-2025")}
    assert sizes == {"itl3-2021": 179, "itl3-2025": 182, "lad-2024": 361, "lad-2025": 361}


def test_the_vintages_share_most_codes_and_still_refuse_each_other(whole):
    old, new = whole.measure("gdp-per-head", "itl3-2021"), whole.measure("gdp-per-head", "itl3-2025")
    shared = set(old.areas.names) & set(new.areas.names)
    assert len(shared) == 122
    assert sum(old.areas.names[code] == new.areas.names[code] for code in shared) == 120
    with pytest.raises(PlacesError, match="gdp-per-head is on itl3-2021 and gdp-per-head on itl3-2025"):
        one_set(old, new)


def test_the_areas_whose_newest_population_is_lacking_are_those_that_the_pages_name(whole):
    population = whole.measure("population", "itl3-2021")
    lacking = [name for code, name in sorted(population.areas.names.items()) if code not in population.values[2022]]
    towns = ["Caithness", "Inverness", "Lochaber", "East Dunbartonshire", "East Ayrshire"]
    assert [next(town for town in towns if name.startswith(town)) for name in lacking] == towns
    (told,) = (row["about"] for row in load().rows("place-facts") if row["fact"] == "people")
    assert f"five areas in Scotland: those of {', '.join(towns[:-1])} and {towns[-1]}." in told
