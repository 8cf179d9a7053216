"""Charts: declared as rows of `charts.csv`, drawn only from figures, cases and findings of the library."""

from evidence.charts.data import ChartData, chart_data
from evidence.charts.drawing import VEGA_LITE, bundle, plain_text, strip_links
from evidence.charts.forms import specification

__all__ = ["VEGA_LITE", "ChartData", "bundle", "chart_data", "plain_text", "specification", "strip_links"]
