"""The two definitions and which areas flip: put a test here with made areas whose answer can be worked out by hand."""

import made
import pytest

from evidence.errors import PlacesError
from evidence.places import PlaceData, prepare
from made_together.left_behind import DeprivationThresholds, GrowthThresholds, always, by_deprivation, by_growth, ever, flips
from made_together.left_behind.definitions import DEPRIVED, GDP, JOBS, LACKING, POPULATION, growth_pct

CHOSEN = GrowthThresholds(first_year=2002, last_year=2004)
FALLING, RICH, GROWING, UNKNOWN = made.AREAS["itl3-2021"]


def measures(data):
    return [data.measure(name, "itl3-2021") for name in ("gdp-per-head", "jobs", "population")]


def standing(data, code, **thresholds):
    chosen = GrowthThresholds(**({"first_year": 2002, "last_year": 2004} | thresholds))
    return by_growth(*measures(data), chosen)[code]


def left_behind(data, **thresholds):
    chosen = GrowthThresholds(**({"first_year": 2002, "last_year": 2004} | thresholds))
    return {code for code, one in by_growth(*measures(data), chosen).items() if one.left_behind}


def test_growth_is_compounded():
    assert growth_pct(100, 121, 2) == pytest.approx(10, abs=1e-9)
    assert growth_pct(100, 81, 2) == pytest.approx(-10, abs=1e-9)
    assert growth_pct(50, 50, 7) == 0


def test_an_area_that_meets_all_three_conditions_is_left_behind(data):
    found = standing(data, FALLING)
    assert found.left_behind is True
    assert found.count == 3
    assert found.found[GDP] == 100
    assert found.found[JOBS] == pytest.approx(-10, abs=1e-9)
    assert found.found[POPULATION] == 0


def test_an_area_above_the_average_is_not_though_its_jobs_fall(data):
    assert standing(data, RICH).met == {GDP: False, JOBS: True, POPULATION: True}
    assert standing(data, RICH).left_behind is False


def test_an_area_that_grows_is_not_though_it_is_below_the_average(data):
    assert standing(data, GROWING).met == {GDP: True, JOBS: False, POPULATION: False}


def test_what_is_not_known_is_neither_left_behind_nor_not(data):
    found = standing(data, UNKNOWN)
    assert found.met == {GDP: True, JOBS: None, POPULATION: True}
    assert found.left_behind is None
    assert found.count == 2


def test_an_area_that_fails_one_condition_is_not_left_behind_whatever_is_not_known(data):
    assert standing(data, UNKNOWN, population_growth_pct=-1).left_behind is False


def test_a_value_at_the_average_is_not_below_it(data):
    assert standing(data, GROWING, gdp_ratio_pct=99).found[GDP] == pytest.approx(200 / 3)  # 90, 90 and 99 of 100 against 99
    assert standing(data, FALLING, gdp_ratio_pct=80).met[GDP] is False


def test_growth_at_the_threshold_counts(data):
    assert left_behind(data, jobs_growth_pct=-9) == {FALLING}
    assert left_behind(data, jobs_growth_pct=-11) == set()
    assert left_behind(data, population_growth_pct=0) == {FALLING}


def test_the_years_looked_at_decide(data):
    assert standing(data, UNKNOWN, last_year=2003).left_behind is True


def test_years_without_values_are_refused(data):
    with pytest.raises(PlacesError, match=r"gdp-per-head on itl3-2021 has no values for 2001. Choose other years"):
        standing(data, FALLING, first_year=2001)
    with pytest.raises(PlacesError, match="2004 to 2004: no change can be told"):
        standing(data, FALLING, first_year=2004)


def test_the_first_definition_refuses_measures_on_different_boundaries(data):
    gdp = data.measure("gdp-per-head", "itl3-2025")
    with pytest.raises(PlacesError, match="gdp-per-head is on itl3-2025 and jobs on itl3-2021"):
        by_growth(gdp, *measures(data)[1:], CHOSEN)


GRID = {"jobs_growth_pct": (-11, 0.5, 10.5), "population_growth_pct": (-1, 0.25, 10.5), "gdp_ratio_pct": (100, 200)}


def test_areas_that_flip_are_told_for_each_value_of_each_threshold(data):
    table = flips(lambda chosen: by_growth(*measures(data), chosen), CHOSEN, GRID)
    told = {(flip.threshold, flip.value): (set(flip.found), set(flip.gained), set(flip.lost)) for flip in table}
    assert told == {
        ("jobs_growth_pct", -11): (set(), set(), {FALLING}),
        ("jobs_growth_pct", 0.5): ({FALLING}, set(), set()),
        ("jobs_growth_pct", 10.5): ({FALLING}, set(), set()),  # Growing still has too many people
        ("population_growth_pct", -1): (set(), set(), {FALLING}),
        ("population_growth_pct", 0.25): ({FALLING}, set(), set()),
        ("population_growth_pct", 10.5): ({FALLING}, set(), set()),
        ("gdp_ratio_pct", 100): ({FALLING}, set(), set()),
        ("gdp_ratio_pct", 200): ({FALLING, RICH}, {RICH}, set()),
    }
    assert [flip.chosen for flip in table] == [False, True, False, False, True, False, True, False]
    assert always(table) == set()
    assert ever(table) == {FALLING, RICH}


def test_a_grid_without_the_chosen_value_is_refused(data):
    with pytest.raises(PlacesError, match=r"jobs_growth_pct: the chosen value 0.5 is not among those tried \(0, 1\)"):
        flips(lambda chosen: by_growth(*measures(data), chosen), CHOSEN, {"jobs_growth_pct": (0, 1)})


@pytest.fixture
def deprived(tmp_path):
    """Five districts: deprivation 50, 40, 40, 10, 0; social infrastructure is known of four and most lacking in the second."""
    codes = ("X00000001", "X00000002", "X00000003", "X00000004", "X00000005")
    given = made.write_files(tmp_path / "given")
    lines = [(code, "deprivation", "", "", value) for code, value in zip(codes, (50, 40, 40, 10, 0), strict=True)]
    lines += [(code, "social-infrastructure", "", "", value) for code, value in zip(codes[:4], (1, 9, 5, 7), strict=True)]
    made.write_table(given / "lad-2024.csv", lines)
    (given / "lad-2024.topo.json").write_text(made.json.dumps(made.topology(codes)), encoding="utf-8")
    tables = [made.table_row(name, "lad-2024") for name in ("deprivation", "social-infrastructure")]
    library = made.declared(areas=[made.area_row("lad-2024", count="5")], tables=tables)
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    data = PlaceData(library, tmp_path / "overlay" / "places")
    return data.measure("deprivation", "lad-2024"), data.measure("social-infrastructure", "lad-2024")


def outcomes(deprivation, infrastructure, *thresholds):
    return [one.left_behind for one in by_deprivation(deprivation, infrastructure, DeprivationThresholds(*thresholds)).values()]


def test_the_second_definition_asks_for_deprivation_and_missing_social_infrastructure(deprived):
    # Among the two worst of five: 50 and both 40 (one is higher than they are). Among the worst quarter of four: only 9.
    assert outcomes(*deprived, 40, 25) == [False, True, False, False, False]
    assert outcomes(*deprived, 40, 100) == [True, True, True, False, False]


def test_areas_of_the_same_value_stand_together(deprived):
    standings = by_deprivation(deprived[0], None, DeprivationThresholds(deprived_pct=40))
    assert [one.met[DEPRIVED] for one in standings.values()] == [True, True, True, False, False]


def test_without_a_measure_of_social_infrastructure_nobody_is_called_left_behind(deprived):
    assert outcomes(deprived[0], None, 20, 20) == [None, False, False, False, False]


def test_an_area_of_unknown_social_infrastructure_is_left_open(deprived):
    last = list(by_deprivation(*deprived, DeprivationThresholds(100, 100)).values())[-1]
    assert last.met == {DEPRIVED: True, LACKING: None}
    assert last.left_behind is None


def test_the_second_definition_refuses_measures_on_different_boundaries(deprived, data):
    with pytest.raises(PlacesError, match="deprivation is on lad-2024 and gdp-per-head on itl3-2025"):
        by_deprivation(deprived[0], data.measure("gdp-per-head", "itl3-2025"), DeprivationThresholds())
