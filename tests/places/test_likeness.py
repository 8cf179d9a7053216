"""Which places are alike, and how a number went over the years: put a test here when a page names a place that is not like its own, or draws years wrongly."""

import re
from types import SimpleNamespace

import pytest

from evidence.catalog import load
from evidence.places import COUNTRY, Atlas
from evidence.places.likeness import Likeness
from evidence.places.trends import trend


def fact(values, kind="value"):
    return SimpleNamespace(values=values, row={"kind": kind})


def test_the_nearest_by_standardised_numbers_comes_first():
    # Of a, b, c: first numbers 0, 2, 4 and second 0, 30, 10; third all alike. In standard deviations (1.633 and 12.47) b is sqrt(1.5 + 5.79) = 2.70
    # from a and c sqrt(6 + 0.64) = 2.58, though b is nearer in the first.
    facts = [fact({"a": 0, "b": 2, "c": 4, COUNTRY: 99}), fact({"a": 0, "b": 30, "c": 10}), fact({"a": 7, "b": 7, "c": 7})]
    assert Likeness(facts).nearest("a") == ["c", "b"]
    assert Likeness(facts).nearest("a", count=1) == ["c"]


def test_ratios_are_as_far_apart_as_one_is_times_the_other():
    # 50 is half of 100 and 190 not quite twice, so 190 is nearer though 90 away
    facts = [fact({"a": 100, "b": 50, "c": 190}, "ratio"), fact({"a": 1, "b": 1, "c": 1}), fact({"a": 1, "b": 1, "c": 1})]
    assert Likeness(facts).nearest("a") == ["c", "b"]


def test_only_areas_with_the_same_numbers_are_compared_and_two_numbers_make_nobody_alike():
    facts = [fact({"a": 0, "b": 1, "c": 2, "d": 0}), fact({"a": 0, "b": 1, "c": 2, "d": 0}), fact({"a": 0, "b": 1, "c": 2})]
    assert Likeness(facts).nearest("a") == ["b", "c"]
    assert Likeness(facts).nearest("d") == []


@pytest.fixture(scope="module")
def atlas():
    return Atlas(load())


def test_the_places_most_like_an_area_are_of_its_set_and_never_itself(atlas):
    for area in atlas.areas:
        alike = atlas.alike(area)
        assert area not in alike
        assert {one.areas for one in alike} <= {area.areas}
        assert len(alike) in (0, 5)


def test_a_line_over_the_years_goes_from_the_lowest_to_the_highest_number(atlas):
    work = next(one for one in atlas.facts["lad-2024"] if one.name == "work")
    area = atlas.sets["lad-2024"]["E06000001"]
    drawn = str(trend(work, area))
    assert atlas.told["lowest work E06000001"] == f"{min(work.by_year('E06000001').values()):.1f}%"
    points = [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", re.search(r'class="own" d="M([^"]+)"', drawn)[1])]
    own = list(work.by_year("E06000001").values())
    # higher numbers stand higher, and what is drawn is in the order of the years
    assert [points.index(y) for y in sorted(points)] == [own.index(number) for number in sorted(own, reverse=True)]
    assert drawn.count("<path") == 2


def test_growth_is_drawn_from_one_on(atlas):
    jobs = next(one for one in atlas.facts["itl3-2021"] if one.name == "jobs")
    line = jobs.by_year("TLC12")
    assert (min(line), line[min(line)]) == (jobs.years[0], 1)
    # the mean growth a year that the page tells gives the last point back
    assert line[jobs.years[-1]] == pytest.approx((1 + jobs.values["TLC12"] / 100) ** (jobs.years[-1] - jobs.years[0]))
