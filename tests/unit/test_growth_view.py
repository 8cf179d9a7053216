"""The picture of the impact model's draws: put a test here for where a column or a line stands."""

import re

from evidence.chapter import Chapter

SHOWN = str(Chapter("impact").growth_draws().html)


def test_lines_stand_where_their_numbers_do_on_a_line_of_thirty_billion_pounds_and_six_hundred_units():
    """1.5, 10.8 and 27.7 of 30 billion are 5, 36 and 92.33 percent of 600 units."""
    assert re.findall(r'<line x1="([\d.]+)"', SHOWN) == ["30.0", "216.0", "554.0"]


def test_the_tallest_column_fills_the_picture_and_half_of_the_draws_stand_before_the_median():
    columns = [(float(x), float(height)) for x, height in re.findall(r'<rect x="([\d.]+)"[^>]*height="([\d.]+)"', SHOWN)]
    assert max(height for _, height in columns) == 150
    before = sum(height for x, height in columns if x < 30)
    assert 0.4 < before / sum(height for _, height in columns) < 0.6


def test_each_number_marked_leads_to_its_figure():
    targets = re.findall(r'href="ledger.html#([^"]+)"', SHOWN)
    assert targets == ["computed.growth.simulated.median", "impact.growth.total.low", "impact.growth.total.high"]
