"""What the book counts over all areas, counted again with pandas from the values it keeps: put a test here when a count over areas is wrong."""

import pandas as pd
from whole import LIBRARY

from evidence import paths

KEPT = paths.data_dir() / "places"
MOVED = {
    "first": (2007, 2012),
    "last": (2016, 2019),
    "ratio": (0.75, 0.9),
    "part": (0.5, 0.75, 0.9),
    "jobs": (0, 0.25, 0.75),
    "people": (0, 0.5),
}
"""The thresholds that are tried beside the chosen one, one at a time."""
CHOSEN = {"first": 2002, "last": 2021, "ratio": 1, "part": 1, "jobs": 0.5, "people": 0.25}


def values(file):
    """Return the values of each measure of a file, a row for each area and a column for each year."""
    table = pd.read_csv(KEPT / file).set_index(["measure", "code"])
    table.columns = table.columns.astype(int)
    return {name: part.droplevel(0) for name, part in table.groupby(level=0)}


def left_behind(measures, first, last, ratio, part, jobs, people):
    """Return the areas that all three conditions hold of."""
    gdp = measures["gdp-per-head"].loc[:, first:last]
    below = gdp.drop(index="UK").lt(gdp.loc["UK"] * ratio).mean(axis=1) >= part
    yearly = {name: ((measures[name][last] / measures[name][first]) ** (1 / (last - first)) - 1) * 100 for name in ("jobs", "population")}
    return set(below.index[below & (yearly["jobs"].drop("UK") <= jobs) & (yearly["population"].drop("UK") <= people)])


def apart(values, country):
    """Return how many areas have a value of the newest year, and of how many no year or only some were on one side of the country's."""
    there = values.loc[country]
    own = values.drop(index=country).dropna(subset=[there.last_valid_index()])
    both = own.notna() & there.notna()
    below, above = own.lt(there).sum(axis=1), own.gt(there).sum(axis=1)
    return len(own), int((~((below == both.sum(axis=1)) | (above == both.sum(axis=1)))).sum())


def stated(name):
    return int(LIBRARY.figure(f"computed.{name}").quantity.anchor)


def test_the_areas_left_behind_under_each_reading_are_those_that_pandas_finds():
    measures = values("itl3-2021.csv")
    readings = [CHOSEN, *(CHOSEN | {name: value} for name, tried in MOVED.items() for value in tried)]
    found = [left_behind(measures, **reading) for reading in readings]
    counted = {
        "areas": len(measures["jobs"]) - 1,
        "readings": len(readings),
        "chosen": len(found[0]),
        "fewest": min(map(len, found)),
        "most": max(map(len, found)),
        "ever": len(set.union(*found)),
        "always": len(set.intersection(*found)),
    }
    assert {name: stated(f"left-behind.{name}") for name in counted} == counted


def test_the_districts_that_can_be_told_from_the_country_are_those_that_pandas_finds():
    measures = values("lad-2024.csv")
    for name, measure, first in (("pay", "pay", 2021), ("work", "employment-rate", 2019)):
        districts, unclear = apart(measures[measure].loc[:, first:], "K02000001")
        assert (stated(f"places.{name}.districts"), stated(f"places.{name}.open")) == (districts, unclear), name
    deprived = measures["deprivation"][2025]
    assert stated("places.deprivation.districts") == len(deprived)
    assert stated("places.deprivation.none") == int((deprived == 0).sum())
